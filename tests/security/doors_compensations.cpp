// What is given to buyers outside refunds.
#include <redress/aftersales/v1/category_service.pb.h>
#include <redress/aftersales/v1/compensation_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

#include <set>
#include <stdexcept>

#include "tests/e2e/cases.h"
#include "tests/security/doors.h"
#include "tests/support/wait_for.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace identity = redress::identity::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kDesk[] = "agent supervisor";
constexpr char kGivers[] = "agent supervisor finance";
constexpr std::int64_t kSmall = 1;            // far below every limit, however often it is offered
constexpr std::int64_t kAboveSingle = 20'01;  // of an agent

void FillOffer(Shop& shop, std::int64_t amount, aftersales::CompensationKind kind,
               aftersales::OfferCompensationRequest& request) {
  const std::string id = e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Requested");
  const aftersales::Case of = shop.Get(id);
  request.set_request_id(Unique("offer"));
  request.set_case_id(id);
  request.set_version(of.version());
  request.set_kind(kind);
  request.mutable_amount()->set_currency_code(of.amount_asked().currency_code());
  request.mutable_amount()->set_minor_units(amount);
  request.set_reason("quality");
}

aftersales::Compensation Offered(Shop& shop, const std::string& who, std::int64_t amount,
                                 aftersales::CompensationKind kind) {
  aftersales::OfferCompensationRequest request;
  FillOffer(shop, amount, kind, request);
  return shop.As(who).Call<aftersales::OfferCompensationResponse>(request).compensation();
}

// The whole matrix offers more than a month usually has.
void RaiseMonth(Shop& shop) {
  static std::set<std::string> raised;
  if (!raised.insert(shop.shop_id()).second) return;
  constexpr std::int64_t kPlenty = 1'000'000'00;
  identity::SetShopSettingRequest set;
  set.set_request_id(Unique("month"));
  set.set_name("compensation_agent_month");
  set.set_value(std::to_string(kPlenty));
  shop.As("admin").Call<identity::SetShopSettingResponse>(set);
  const bool is_raised = test::WaitFor([&] {
    return shop.As("agent")
               .Call<aftersales::GetCompensationBudgetResponse>(
                   aftersales::GetCompensationBudgetRequest())
               .budget()
               .month_limit()
               .minor_units() == kPlenty;
  });
  if (!is_raised) throw std::runtime_error("the month's limit was not raised");
}

aftersales::Compensation Waiting(Shop& shop) {
  RaiseMonth(shop);
  return Offered(shop, "agent", kAboveSingle, aftersales::COMPENSATION_KIND_MONEY);
}

// A coupon, for finance money.
aftersales::Compensation Granted(Shop& shop, const std::string& who) {
  return Offered(shop, who == "supervisor" ? who : "agent", kSmall,
                 who == "finance" ? aftersales::COMPENSATION_KIND_MONEY
                                  : aftersales::COMPENSATION_KIND_COUPON);
}

template <class Request>
void Fill(const aftersales::Compensation& one, Request& request) {
  request.set_request_id(Unique("compensation"));
  request.set_case_id(one.case_id());
  request.set_number(one.number());
  request.set_version(one.version());
}

void FillRecord(Shop& shop, const std::string& who,
                aftersales::RecordCompensationResultRequest& request) {
  aftersales::BeginCompensationRequest begin;
  Fill(Granted(shop, who), begin);
  Fill(shop.As(who).Call<aftersales::BeginCompensationResponse>(begin).compensation(), request);
  request.set_result(aftersales::COMPENSATION_STATE_GIVEN);
  if (who == "finance") {
    request.set_payment_reference(Unique("pay"));
  } else {
    request.set_coupon_code(Unique("code"));
  }
}

}  // namespace

std::vector<Door> CompensationDoors() {
  constexpr auto kWaiting = [](Shop& shop, auto&, auto& request) { Fill(Waiting(shop), request); };
  constexpr auto kGranted = [](Shop& shop, auto& who, auto& request) {
    Fill(Granted(shop, who), request);
  };
  return {
      DoorOf<aftersales::MarkNotReturnableRequest>(
          {.roles = kDesk},
          [](Shop& shop, auto&, auto& request) {
            const std::string id =
                e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Requested");
            request.set_request_id(Unique("mark"));
            request.set_case_id(id);
            request.set_version(shop.Get(id).version());
            request.set_reason(aftersales::NOT_RETURNABLE_REASON_OPENED);
          }),
      DoorOf<aftersales::OfferCompensationRequest>(
          {.roles = kDesk},
          [](Shop& shop, auto&, auto& request) {
            FillOffer(shop, kSmall, aftersales::COMPENSATION_KIND_MONEY, request);
          }),
      DoorOf<aftersales::ApproveCompensationRequest>({.roles = "supervisor"}, kWaiting),
      DoorOf<aftersales::DeclineCompensationRequest>({.roles = "supervisor"}, kWaiting),
      DoorOf<aftersales::CancelCompensationRequest>({.roles = kDesk}, kGranted),
      DoorOf<aftersales::BeginCompensationRequest>({.roles = kGivers}, kGranted),
      DoorOf<aftersales::RecordCompensationResultRequest>({.roles = kGivers}, FillRecord),
      DoorOf<aftersales::ListCompensationsRequest>(
          {.roles = "agent supervisor finance admin auditor"},
          [](Shop& shop, auto&, auto& request) {
            request.set_case_id(Granted(shop, "agent").case_id());
          }),
      DoorOf<aftersales::GetCompensationBudgetRequest>(
          {.roles = "agent supervisor admin auditor"}, [](Shop& shop, auto& who, auto& request) {
            request.set_account_id(shop.AccountOf(who));
          })};
}

}  // namespace redress::security
