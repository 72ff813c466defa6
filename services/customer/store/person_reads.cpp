#include "services/customer/store/person_reads.h"

#include <algorithm>

#include "services/customer/domain/person_figures.h"
#include "services/customer/store/customer_keys.h"
#include "services/customer/store/read_sql.h"
#include "services/platform/database/rows.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr std::size_t kMostKeys = 512;

// Never below zero: a sum of what is taken back before it is told of.
std::uint32_t Counted(const Result& row, int column) {
  return static_cast<std::uint32_t>(std::max<std::int64_t>(0, row.Int64(column)));
}

CustomerFigures ReadFigures(const Result& row) {
  CustomerFigures figures;
  figures.orders = Counted(row, 1);
  figures.paid_orders = Counted(row, 2);
  figures.refunds = Counted(row, 3);
  figures.refunded_orders = Counted(row, 4);
  figures.cases = Counted(row, 5);
  figures.open_cases = Counted(row, 6);
  figures.disputes = Counted(row, 7);
  figures.lost_disputes = Counted(row, 8);
  figures.reviews = Counted(row, 9);
  figures.bad_reviews = Counted(row, 10);
  figures.malicious_reviews = Counted(row, 11);
  figures.revised_reviews = Counted(row, 12);
  figures.conversations = Counted(row, 13);
  figures.coupons = Counted(row, 14);
  figures.first_order_at = row.Int64(15);
  figures.first_paid_at = row.Int64(16);
  figures.last_order_at = row.Int64(17);
  figures.last_paid_at = row.Int64(18);
  figures.last_refund_at = row.Int64(19);
  figures.last_case_at = row.Int64(20);
  figures.last_contact_at = row.Int64(21);
  figures.last_coupon_at = row.Int64(22);
  return figures;
}

}  // namespace

FiguresByCustomer SelectFigures(Connection& connection, ShopId shop,
                                std::span<const CustomerId> customers) {
  static const MultiRow select(sql::kSelectFigures, 2, ")", kMostKeys);
  static const MultiRow select_money(sql::kSelectMoney, 2, sql::kByCurrency, kMostKeys);
  FiguresByCustomer figures;
  if (customers.empty()) return figures;
  const std::vector<Value> keys = KeysOf(shop, customers);
  select.Query(connection, keys,
               [&](Result& row) { figures.emplace(row.Id<CustomerId>(0), ReadFigures(row)); });
  select_money.Query(connection, keys, [&](Result& row) {
    MoneyFigures money{.currency = row.String(1),
                       .paid_orders = Counted(row, 2),
                       .paid_minor = row.Int64(3),
                       .refunded_minor = row.Int64(4),
                       .last_paid_at = row.Int64(5)};
    const bool is_nothing =
        money.paid_orders == 0 && money.paid_minor == 0 && money.refunded_minor == 0;
    if (!is_nothing) figures[row.Id<CustomerId>(0)].money.push_back(std::move(money));
  });
  return figures;
}

CustomerFigures FiguresOf(const Person& person, const FiguresByCustomer& figures) {
  CustomerFigures sum;
  for (const CustomerId member : person.members) {
    const auto found = figures.find(member);
    if (found != figures.end()) AddFigures(sum, found->second);
  }
  return sum;
}

}  // namespace redress::customer
