#include "services/aftersales/store/step_texts.h"

#include <map>
#include <string>
#include <vector>

#include "services/aftersales/domain/step_text.h"
#include "services/aftersales/store/step_rows.h"
#include "services/aftersales/store/subject.h"

namespace redress::aftersales {

using platform::Connection;
using platform::Value;

namespace {

// `seal` answers the blobs of the items; an empty one is not stored.
template <class Seal>
void WriteSealed(Connection& db, std::span<const TextRow> texts, const Seal& seal) {
  std::map<ShopId, std::vector<const TextRow*>> by_shop;
  for (const TextRow& text : texts) by_shop[text.shop].push_back(&text);
  for (const auto& [shop, rows] : by_shop) {
    std::vector<std::string> clear;
    for (const TextRow* row : rows) clear.push_back(PackText(row->text));
    std::vector<platform::SealItem> items;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      items.push_back({SubjectOf(rows[i]->customer, rows[i]->order), clear[i]});
    }
    const std::vector<std::string> sealed = seal(shop, items);
    std::vector<Value> values;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (sealed[i].empty()) continue;
      values.insert(values.end(), {shop, rows[i]->case_id, rows[i]->sequence, sealed[i]});
    }
    if (!values.empty()) kInsertTexts.Execute(db, values);
  }
}

}  // namespace

void WriteStepTexts(Connection& db, platform::Sealer& sealer, std::span<const TextRow> texts) {
  WriteSealed(db, texts, [&](ShopId shop, std::span<const platform::SealItem> items) {
    return sealer.SealMany(db, shop, items);
  });
}

void WriteImportedTexts(Connection& db, platform::Sealer& sealer, std::span<const TextRow> texts) {
  WriteSealed(db, texts, [&](ShopId shop, std::span<const platform::SealItem> items) {
    return sealer.SealUnlessErased(db, shop, items);
  });
}

}  // namespace redress::aftersales
