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

void WriteStepTexts(Connection& db, platform::Sealer& sealer, std::span<const TextRow> texts) {
  std::map<ShopId, std::vector<const TextRow*>> by_shop;
  for (const TextRow& text : texts) by_shop[text.shop].push_back(&text);
  for (const auto& [shop, rows] : by_shop) {
    std::vector<std::string> clear;
    for (const TextRow* row : rows) clear.push_back(PackText(row->text));
    std::vector<platform::SealItem> items;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      items.push_back({SubjectOf(rows[i]->customer, rows[i]->order), clear[i]});
    }
    const std::vector<std::string> sealed = sealer.SealMany(db, shop, items);
    std::vector<Value> values;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      values.insert(values.end(), {shop, rows[i]->case_id, rows[i]->sequence, sealed[i]});
    }
    kInsertTexts.Execute(db, values);
  }
}

}  // namespace redress::aftersales
