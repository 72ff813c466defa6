#include "services/desk/api/case_facts_client.h"

#include <chrono>

#include "services/platform/server/channel.h"
#include "services/platform/server/status.h"

namespace redress::desk {
namespace {

constexpr std::chrono::milliseconds kTimeout(3000);

platform::Money MoneyOf(const aftersales::v1::Case& from) {
  const common::v1::Money& money = from.has_amount_settled()    ? from.amount_settled()
                                   : from.has_amount_approved() ? from.amount_approved()
                                                                : from.amount_asked();
  return {money.currency_code(), money.minor_units()};
}

void FromNotice(const aftersales::v1::GetCaseNoticeResponse& from, CaseFacts& facts) {
  const aftersales::v1::Case& about = from.case_();
  facts.id = platform::ParseId<CaseId>(about.case_id(), "case_id");
  facts.number = about.case_number();
  facts.state = about.state();
  facts.order = platform::ParseOptionalId<OrderId>(about.order_id(), "order_id");
  facts.customer = platform::ParseOptionalId<CustomerId>(about.customer_id(), "customer_id");
  facts.amount = MoneyOf(about);
  const bool replaced = !about.replacement_tracking_number().empty();
  facts.carrier = replaced ? about.replacement_carrier() : about.return_carrier();
  facts.tracking = replaced ? about.replacement_tracking_number() : about.return_tracking_number();
  if (about.has_deadline()) {
    facts.due_at = about.deadline().due_time().seconds() * platform::kSecondUs;
  }
  facts.follow_up_score = static_cast<std::uint32_t>(from.follow_up_score());
  facts.contact_refused = from.contact_refused();
  facts.complaint_open = from.complaint_open();
}

}  // namespace

CaseFactsClient::CaseFactsClient(const std::shared_ptr<grpc::Channel>& aftersales,
                                 const std::shared_ptr<grpc::Channel>& order,
                                 const std::shared_ptr<grpc::Channel>& customer)
    : notices_(aftersales::v1::CaseNoticeService::NewStub(aftersales)),
      orders_(order::v1::OrderService::NewStub(order)),
      customers_(customer::v1::CustomerService::NewStub(customer)) {}

CaseFacts CaseFactsClient::Read(ShopId shop, CaseId case_id) {
  aftersales::v1::GetCaseNoticeRequest request;
  request.set_case_id(platform::ToString(case_id));
  aftersales::v1::GetCaseNoticeResponse notice;
  grpc::ClientContext context;
  platform::AsService(shop, kTimeout, context);
  platform::ThrowUnlessOk(notices_->GetCaseNotice(&context, request, &notice));
  CaseFacts facts;
  FromNotice(notice, facts);
  if (facts.order) ReadOrder(shop, notice.case_().order_id(), notice.case_().line_id(), facts);
  if (facts.customer) ReadCustomer(shop, notice.case_().customer_id(), facts);
  return facts;
}

void CaseFactsClient::ReadOrder(ShopId shop, const std::string& order_id,
                                const std::string& line_id, CaseFacts& facts) {
  order::v1::GetOrderRequest request;
  request.set_order_id(order_id);
  order::v1::GetOrderResponse response;
  grpc::ClientContext context;
  platform::AsService(shop, kTimeout, context);
  platform::ThrowUnlessOk(orders_->GetOrder(&context, request, &response));
  facts.platform = response.order().platform();
  facts.order_number = response.order().order_number();
  for (const order::v1::OrderLine& line : response.order().lines()) {
    if (line.line_id() == line_id) facts.item = line.title();
  }
}

void CaseFactsClient::ReadCustomer(ShopId shop, const std::string& customer_id, CaseFacts& facts) {
  customer::v1::GetCustomerRequest request;
  request.set_customer_id(customer_id);
  customer::v1::GetCustomerResponse response;
  grpc::ClientContext context;
  platform::AsService(shop, kTimeout, context);
  platform::ThrowUnlessOk(customers_->GetCustomer(&context, request, &response));
  facts.customer_nick = response.customer().nick();
}

}  // namespace redress::desk
