#pragma once

namespace redress::test {

// Shop rows with returns, for tests of importing.
inline constexpr const char* kMapping = R"(
encoding = "utf-8"
group_by = "Invoice"

[time]
format = "%Y-%m-%d %H:%M"
zone = "Asia/Shanghai"

[[records]]
kind = "refund"
column = "Invoice"
prefix = "C"

[[records]]
kind = "correction"
column = "Invoice"
prefix = "A"

[order]
platform = { constant = "direct" }
currency_code = { constant = "CNY" }
status = { column = "State", values = { "交易成功" = "TRADE_FINISHED", "等待买家付款" = "wait-buyer-pay" } }
order_number = "Invoice"
order_time = "When"
buyer_nick = "Buyer"

[order.receiver]
name = "Name"

[line]
sku = "Sku"
quantity = "Units"
unit_price = "Price"

[refund]
platform = { constant = "direct" }
currency_code = { constant = "CNY" }
document_number = "Invoice"
buyer_nick = "Buyer"
adjust_time = "When"
quantity = { column = "Units", negate = true }
unit_price = "Price"

[correction]
platform = { constant = "direct" }
currency_code = { constant = "CNY" }
adjust_time = "When"
quantity = "Units"
unit_price = "Price"
)";

inline constexpr const char* kHeader = "Invoice,State,When,Buyer,Name,Sku,Units, Price \n";

}  // namespace redress::test
