#include "services/platform/privacy/export_pages.h"

#include <utility>

namespace redress::platform {

ExportPage PageThrough(std::uint64_t tables, const ExportPlace& after,
                       const std::function<ExportPage(std::uint64_t table)>& read) {
  if (after.table >= tables) return {};
  ExportPage page = read(after.table);
  if (page.more) {
    page.end.table = after.table;
    return page;
  }
  page.end = {.table = after.table + 1};
  page.more = page.end.table < tables;
  return page;
}

void SealedRecords::Add(PersonalRecord record, Subject subject, std::string sealed) {
  records_.push_back(std::move(record));
  subjects_.push_back(subject);
  sealed_.push_back(std::move(sealed));
}

std::vector<PersonalRecord> SealedRecords::Open(Sealer& sealer, Connection& connection, ShopId shop,
                                                const OnClear& on_clear) && {
  std::vector<OpenItem> items;
  items.reserve(sealed_.size());
  for (std::size_t i = 0; i < sealed_.size(); ++i) items.push_back({subjects_[i], sealed_[i]});
  const auto clear = sealer.OpenMany(connection, shop, items);
  for (std::size_t i = 0; i < clear.size(); ++i) {
    if (clear[i]) on_clear(records_[i], *clear[i]);
  }
  return std::move(records_);
}

void SealedRecords::PutText(PersonalRecord& record, const std::string& clear) {
  record.fields["text"] = clear;
}

}  // namespace redress::platform
