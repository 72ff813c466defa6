// Finds customers by what an agent has at hand: a phone, a nick or a part of one, words of a note.
//
// The sources are asked one after another, the surest first, and a page goes on where the one
// before ended. Each call looks at a bounded number of rows: a page may be short and not the last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/customer/domain/customer_store.h"
#include "services/customer/domain/note.h"
#include "services/customer/domain/person.h"

namespace redress::customer {

// In the order in which they are looked for. Numbers are in page tokens and equal those of the API.
enum class CustomerMatch : std::uint8_t {
  kPhone = 1,
  kNick = 2,
  kNickStart = 3,
  kNickPart = 4,
  kNote = 5,
};

struct CustomerHit {
  CustomerView view;
  CustomerId head = {};  // of the person that the customer belongs to
  CustomerMatch matched = CustomerMatch::kNick;
  NoteId note = {};
  std::string excerpt = {};
};

struct CustomerQuery {
  std::string words = {};
  bool nicks_only = false;
  bool notes = false;  // the caller may read notes
};

// Where in a source the last page ended.
struct CustomerSearchKey {
  CustomerMatch source = CustomerMatch::kPhone;
  std::string word = {};
  std::uint64_t id = 0;
};

struct CustomerSearchPage {
  std::vector<CustomerHit> hits;
  std::optional<CustomerSearchKey> next;
  bool incomplete = false;
};

// A row by which a nick is found, with the nick for a second look.
struct NickRow {
  std::string word = {};
  CustomerId customer = {};
  std::string nick = {};
};

struct NickRange {
  bool beginning = false;  // of nicks; otherwise what is behind their first character
  std::string low = {};    // windows from here…
  std::string high = {};   // …to before this
};

// The nicks and phones of a shop, by key. Thread-safe.
class CustomerIndex {
 public:
  virtual ~CustomerIndex() = default;

  // Those who have exactly this nick, on whatever platform.
  virtual std::vector<CustomerId> WithNick(ShopId shop, const std::string& nick) = 0;
  // By word and customer, behind (`word`, `customer`) where that word is not empty.
  virtual std::vector<NickRow> Rows(ShopId shop, const NickRange& range, const std::string& word,
                                    CustomerId customer, std::size_t limit) = 0;
  // Newest first, below `before`.
  virtual std::vector<CustomerId> WithPhone(ShopId shop, const std::string& hash, CustomerId before,
                                            std::size_t limit) = 0;
  // Whether all customers of the shop can be found.
  virtual bool Complete(ShopId shop) = 0;
};

// Thread-safe; its parts outlive it.
class CustomerSearch {
 public:
  CustomerSearch(CustomerStore& customers, CustomerIndex& index, NoteRepository& notes,
                 People& people)
      : customers_(customers), index_(index), notes_(notes), people_(people) {}

  CustomerSearchPage Search(ShopId shop, const CustomerQuery& query,
                            const std::optional<CustomerSearchKey>& after, std::size_t size);

 private:
  CustomerStore& customers_;
  CustomerIndex& index_;
  NoteRepository& notes_;
  People& people_;
};

}  // namespace redress::customer
