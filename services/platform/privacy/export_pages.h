// What the exports of every service do alike: they go through tables, page by page, and open the
// texts that they find.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "services/platform/database/connection.h"
#include "services/platform/privacy/personal_data.h"
#include "services/platform/sealing/sealer.h"

namespace redress::platform {

// The page behind `after`, of tables that follow each other. `read` answers a page of the table
// that `after` names; `more` and `end` of it are about that table alone.
ExportPage PageThrough(std::uint64_t tables, const ExportPlace& after,
                       const std::function<ExportPage(std::uint64_t table)>& read);

// Records whose texts are still sealed.
class SealedRecords {
 public:
  using OnClear = std::function<void(PersonalRecord& record, const std::string& clear)>;

  void Add(PersonalRecord record, Subject subject, std::string sealed);
  // Opens all of them with one read of keys; an erased person's record is handed to nobody. Without
  // `on_clear` the text becomes the field "text".
  std::vector<PersonalRecord> Open(Sealer& sealer, Connection& connection, ShopId shop,
                                   const OnClear& on_clear = PutText) &&;

 private:
  static void PutText(PersonalRecord& record, const std::string& clear);

  std::vector<PersonalRecord> records_;
  std::vector<Subject> subjects_;
  std::vector<std::string> sealed_;
};

}  // namespace redress::platform
