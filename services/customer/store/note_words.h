// The keyed hashes by which notes are found, and looking by them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/customer/domain/note.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

class NoteWords {
 public:
  // The sealer outlives it.
  explicit NoteWords(platform::Sealer& sealer) : sealer_(sealer) {}

  // The note is found by this text from now on, and no longer by an earlier one.
  void Write(platform::Connection& db, ShopId shop, NoteId note, std::string_view text);
  static void Delete(platform::Connection& db, ShopId shop, NoteId note);
  // None of the customer's notes is found any more; their texts go with the customer's key.
  static void DeleteOfCustomer(platform::Connection& db, ShopId shop, CustomerId customer);

  // Notes below `before` that may have all the words, newest first; `last` is where looking goes
  // on, 0 when all has been looked at. Bounded, however common the words are.
  struct Candidates {
    std::vector<NoteId> notes;
    NoteId last;
  };
  Candidates Find(platform::Connection& db, ShopId shop, const std::vector<std::u32string>& words,
                  NoteId before);

 private:
  std::vector<std::string> HashesOf(ShopId shop, std::u32string_view folded);
  // Those of the hashes that the fewest notes have, the rarest first; empty when no note has one.
  static std::vector<std::string> Rarest(platform::Connection& db, ShopId shop,
                                         const std::vector<std::string>& hashes);

  platform::Sealer& sealer_;
};

}  // namespace redress::customer
