#pragma once

#include <redress/aftersales/v1/case_service.pb.h>
#include <redress/order/v1/order_service.pb.h>

#include <string>

#include "clients/cli/context.h"

namespace redress::cli {

// How people name things: cases by the number they read (`#12` or `12`) or by id, orders by
// `PLATFORM:NUMBER` or by id. Ids have 18 digits or more; a number of up to 9 digits is a case
// number.
inline constexpr const char* kCaseHelp = "The case: its number (12 or '#12') or its id";
inline constexpr const char* kOrderHelp =
    "The order: PLATFORM:NUMBER, e.g. direct:536384, or its id";

// Sets whichever key the text is; throws UsageError.
redress::aftersales::v1::GetCaseRequest CaseKey(const std::string& text);
redress::order::v1::GetOrderRequest OrderKey(const std::string& text);

// Reads the case or order; throws CallError.
redress::aftersales::v1::Case FindCase(Context& context, const std::string& text);
redress::order::v1::Order FindOrder(Context& context, const std::string& text);

// The id; asks the service only when the text is not one already.
std::string CaseId(Context& context, const std::string& text);
std::string OrderId(Context& context, const std::string& text);

}  // namespace redress::cli
