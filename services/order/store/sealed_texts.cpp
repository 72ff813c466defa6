#include "services/order/store/sealed_texts.h"

#include "services/order/store/order_rows.h"

namespace redress::order {
namespace {

using platform::Result;
using platform::Subject;
using platform::SubjectKind;

}  // namespace

Subject SubjectOf(const Order& order) {
  return order.customer ? Subject{SubjectKind::kCustomer, order.customer.value}
                        : Subject{SubjectKind::kOrder, order.id.value};
}

std::vector<OpenedText> OpenTexts(platform::Sealer& sealer, platform::Connection& connection,
                                  const platform::MultiRow& select, ShopId shop,
                                  std::span<const OrderId> orders) {
  std::vector<OpenedText> found;
  std::vector<Subject> subjects;
  std::vector<std::string> sealed;
  select.Query(connection, KeysOf(shop, orders), [&](Result& row) {
    found.push_back({row.Id<OrderId>(0), {}});
    subjects.push_back({static_cast<SubjectKind>(row.Uint64(1)), row.Uint64(2)});
    sealed.push_back(row.String(3));
  });
  std::vector<platform::OpenItem> items;
  for (std::size_t i = 0; i < found.size(); ++i) items.push_back({subjects[i], sealed[i]});
  std::vector<std::optional<std::string>> clear = sealer.OpenMany(connection, shop, items);
  for (std::size_t i = 0; i < found.size(); ++i) found[i].clear = std::move(clear[i]);
  return found;
}

std::vector<SealedText> SealTexts(platform::Sealer& sealer, platform::Connection& connection,
                                  ShopId shop, std::span<const ClearText> texts) {
  std::vector<platform::SealItem> items;
  std::vector<SealedText> result;
  for (const ClearText& text : texts) {
    const Subject subject = SubjectOf(*text.order);
    items.push_back({subject, text.clear});
    result.push_back({text.order, subject, {}});
  }
  std::vector<std::string> sealed = sealer.SealUnlessErased(connection, shop, items);
  for (std::size_t i = 0; i < result.size(); ++i) result[i].sealed = std::move(sealed[i]);
  return result;
}

}  // namespace redress::order
