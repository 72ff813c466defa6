#include "clients/cli/references.h"

namespace redress::cli {
namespace {

constexpr std::size_t kLongestCaseNumber = 9;

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

redress::aftersales::v1::GetCaseRequest CaseKey(const std::string& text) {
  redress::aftersales::v1::GetCaseRequest request;
  const bool marked = text.starts_with('#');
  const std::string digits = marked ? text.substr(1) : text;
  if (!IsDigits(digits) || digits.size() > 20 || (marked && digits.size() > 18)) {
    throw UsageError("`" + text + "` is neither a case number (12 or '#12') nor a case id");
  }
  if (marked || digits.size() <= kLongestCaseNumber) {
    request.set_case_number(std::stoull(digits));
  } else {
    request.set_case_id(digits);
  }
  return request;
}

redress::order::v1::GetOrderRequest OrderKey(const std::string& text) {
  redress::order::v1::GetOrderRequest request;
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos) {
    request.mutable_number()->set_platform(text.substr(0, colon));
    request.mutable_number()->set_order_number(text.substr(colon + 1));
  } else if (IsDigits(text)) {
    request.set_order_id(text);
  } else {
    throw UsageError("`" + text +
                     "` is neither PLATFORM:NUMBER (e.g. direct:536384) nor an order id");
  }
  return request;
}

redress::aftersales::v1::Case FindCase(Context& context, const std::string& text) {
  return context.account().Call<redress::aftersales::v1::GetCaseResponse>(CaseKey(text)).case_();
}

redress::order::v1::Order FindOrder(Context& context, const std::string& text) {
  return context.account().Call<redress::order::v1::GetOrderResponse>(OrderKey(text)).order();
}

std::string CaseId(Context& context, const std::string& text) {
  const auto key = CaseKey(text);
  return key.case_id().empty() ? FindCase(context, text).case_id() : key.case_id();
}

std::string OrderId(Context& context, const std::string& text) {
  const auto key = OrderKey(text);
  return key.order_id().empty() ? FindOrder(context, text).order_id() : key.order_id();
}

}  // namespace redress::cli
