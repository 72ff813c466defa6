// Every event of a refund case: the state that it is legal in, and who may send it.
#include "tests/e2e/cases.h"
#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
using aftersales::RefundEvent;
using e2e::BringTo;
using e2e::kLinePaid;
using e2e::Shop;
using e2e::Unique;

constexpr char kDesk[] = "agent supervisor";
constexpr char kBuyersWord[] = "agent supervisor integration";
constexpr char kRuling[] = "supervisor integration";
constexpr char kPlatform[] = "integration";

using CaseMaker = std::string (*)(Shop&);
using EventMaker = void (*)(RefundEvent& event, const aftersales::Case& now);

template <char const* kState>
std::string Refund(Shop& shop) {
  return BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, kState);
}
template <char const* kState>
std::string Return(Shop& shop) {
  return BringTo(shop, aftersales::REFUND_VARIANT_RETURN_AND_REFUND, kState);
}

constexpr char kRequested[] = "Requested";
constexpr char kPendingApproval[] = "PendingApproval";
constexpr char kRejected[] = "Rejected";
constexpr char kInDispute[] = "InDispute";
constexpr char kAwaitingReturn[] = "AwaitingReturn";
constexpr char kReturning[] = "Returning";
constexpr char kInspecting[] = "Inspecting";
constexpr char kDisagreed[] = "Disagreed";
constexpr char kSettling[] = "Settling";
constexpr char kFollowingUp[] = "FollowingUp";
constexpr char kReshipping[] = "Reshipping";

template <char const* kState>
std::string Reship(Shop& shop) {
  return BringTo(shop, aftersales::REFUND_VARIANT_RESHIP, kState);
}

std::string ReplacementShipped(Shop& shop) {
  const std::string id = Reship<kReshipping>(shop);
  shop.ShipReplacement(id);
  return id;
}

// A refund only of `amount` of an order that is on its way.
std::string RefundOf(Shop& shop, const redress::order::v1::Order& order, std::int64_t amount) {
  const std::string id = shop.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY, amount).case_id();
  shop.Approve(id, amount);
  return id;
}

std::string ParcelToStop(Shop& shop) {
  return RefundOf(shop, shop.PushShipped(shop.PushUnshippedOrder()), kLinePaid);
}

// The first of two that together give back the whole line: its own parcel was left alone.
std::string PartOfAll(Shop& shop) {
  const auto order = shop.PushShipped(shop.PushUnshippedOrder());
  e2e::AwaitShippedRefund(shop);  // by now the order's own events have been heard
  const std::string first = RefundOf(shop, order, 60'00);
  RefundOf(shop, order, kLinePaid - 60'00);
  return first;
}

std::string PassedInPart(Shop& shop) {
  const std::string id = Return<kInspecting>(shop);
  shop.Inspect(id, 1);
  return id;
}

std::string OfUnknownOutcome(Shop& shop) {
  const std::string id = Refund<kSettling>(shop);
  shop.RecordPayment(id, aftersales::SETTLEMENT_STATE_UNKNOWN);
  return id;
}

std::string OutOfAttempts(Shop& shop) {
  constexpr int kAttempts = 3;  // what a shop that sets none has
  const std::string id = Refund<kSettling>(shop);
  for (int i = 0; i < kAttempts; ++i) {
    shop.RecordPayment(id, aftersales::SETTLEMENT_STATE_FAILED);
  }
  return id;
}

Door EventDoor(const std::string& event, MayPass may_pass, CaseMaker make_case,
               EventMaker make_event) {
  Door door = DoorOf<aftersales::ApplyStepRequest>(
      std::move(may_pass),
      [=](Shop& shop, const std::string&, aftersales::ApplyStepRequest& request) {
        const std::string id = make_case(shop);
        request.set_request_id(Unique("step"));
        request.set_case_id(id);
        const aftersales::Case now = shop.Get(id);
        request.set_version(now.version());
        make_event(*request.mutable_refund(), now);
      });
  door.event = "refund." + event;
  return door;
}

void Parcel(auto& message) {
  message.set_carrier("SF");
  message.set_tracking_number("SF1");
}

void Append(std::vector<Door>& doors, std::vector<Door> more) {
  for (Door& door : more) doors.push_back(std::move(door));
}

// clang-format off
std::vector<Door> DeskEvents() {
  return {
      EventDoor("approve", {.roles = kDesk}, Refund<kRequested>, [](auto& event, auto&) { event.mutable_approve()->set_amount_minor(kLinePaid); }),
      EventDoor("approve_large", {.roles = "supervisor"}, Refund<kPendingApproval>, [](auto& event, auto&) { event.mutable_approve_large(); }),
      EventDoor("send_back_for_rework", {.roles = "supervisor"}, Refund<kPendingApproval>, [](auto& event, auto&) { event.mutable_send_back_for_rework(); }),
      EventDoor("reject", {.roles = kDesk}, Refund<kRequested>, [](auto& event, auto&) { event.mutable_reject()->set_reason("used"); }),
      EventDoor("send_goods_back", {.roles = kDesk}, Return<kDisagreed>, [](auto& event, auto&) { Parcel(*event.mutable_send_goods_back()); }),
      EventDoor("ship_replacement", {.roles = kDesk}, Reship<kReshipping>, [](auto& event, auto&) { Parcel(*event.mutable_ship_replacement()); }),
      EventDoor("convert_to_refund", {.roles = kDesk}, Reship<kReshipping>, [](auto& event, auto&) { event.mutable_convert_to_refund()->set_amount_minor(kLinePaid); }),
      EventDoor("record_follow_up", {.roles = kDesk}, Refund<kFollowingUp>, [](auto& event, auto&) { event.mutable_record_follow_up()->set_score(5); }),
      EventDoor("rule_for_buyer", {.roles = kRuling}, Refund<kInDispute>, [](auto& event, auto&) { event.mutable_rule_for_buyer()->set_amount_minor(10'00); }),
      EventDoor("rule_for_shop", {.roles = kRuling}, Refund<kInDispute>, [](auto& event, auto&) { event.mutable_rule_for_shop(); })};
}

std::vector<Door> BuyerEvents() {
  return {
      EventDoor("revise_request", {.roles = kBuyersWord}, Refund<kRequested>, [](auto& event, auto&) {
        event.mutable_revise_request()->set_amount_minor(50'00);
        event.mutable_revise_request()->set_quantity(1);
        event.mutable_revise_request()->set_variant(aftersales::REFUND_VARIANT_REFUND_ONLY); }),
      EventDoor("withdraw", {.roles = kBuyersWord}, Refund<kRequested>, [](auto& event, auto&) { event.mutable_withdraw(); }),
      EventDoor("ship_return", {.roles = kBuyersWord}, Return<kAwaitingReturn>, [](auto& event, auto&) { Parcel(*event.mutable_ship_return()); }),
      EventDoor("accept_partial_offer", {.roles = kBuyersWord}, PassedInPart, [](auto& event, auto&) { event.mutable_accept_partial_offer()->set_amount_minor(10'00); }),
      EventDoor("accept_refusal", {.roles = kBuyersWord}, Return<kDisagreed>, [](auto& event, auto&) { event.mutable_accept_refusal(); }),
      EventDoor("escalate_to_platform", {.roles = kBuyersWord}, Refund<kRejected>, [](auto& event, auto&) { event.mutable_escalate_to_platform(); }),
      EventDoor("sign_for_replacement", {.roles = kBuyersWord}, ReplacementShipped, [](auto& event, auto&) { event.mutable_sign_for_replacement(); }),
      EventDoor("record_replacement_lost", {.roles = kBuyersWord}, ReplacementShipped, [](auto& event, auto&) { event.mutable_record_replacement_lost(); }),
      EventDoor("platform_closed", {.roles = kPlatform}, Refund<kRequested>, [](auto& event, auto&) { event.mutable_platform_closed(); }),
      EventDoor("platform_succeeded", {.roles = kPlatform}, Refund<kRequested>, [](auto& event, auto&) { event.mutable_platform_succeeded()->set_amount_minor(10'00); }),
      EventDoor("platform_intervened", {.roles = kPlatform}, Refund<kRequested>, [](auto& event, auto&) { event.mutable_platform_intervened(); }),
      EventDoor("platform_agreed", {.roles = kPlatform}, Return<kRequested>, [](auto& event, auto&) { event.mutable_platform_agreed()->set_amount_minor(10'00); }),
      EventDoor("platform_refused", {.roles = kPlatform}, Refund<kRequested>, [](auto& event, auto&) { event.mutable_platform_refused(); })};
}

std::vector<Door> MoneyEvents() {
  return {
      EventDoor("reconcile_settlement", {.roles = "finance"}, OfUnknownOutcome, [](auto& event, auto&) { event.mutable_reconcile_settlement()->set_paid(true); }),
      EventDoor("retry_settlement", {.roles = "finance"}, OutOfAttempts, [](auto& event, auto&) { event.mutable_retry_settlement(); })};
}

// Nobody from outside: what people report comes in through methods of its own.
std::vector<Door> OwnEvents() {
  const MayPass own = {.services = "aftersales"};
  return {
      EventDoor("receive_goods", own, Return<kReturning>, [](auto& event, auto&) { event.mutable_receive_goods(); }),
      EventDoor("pass_inspection", own, Return<kInspecting>, [](auto& event, auto&) { event.mutable_pass_inspection(); }),
      EventDoor("fail_inspection", own, Return<kInspecting>, [](auto& event, auto&) { event.mutable_fail_inspection(); }),
      EventDoor("pass_inspection_in_part", own, Return<kInspecting>, [](auto& event, auto&) { event.mutable_pass_inspection_in_part()->set_amount_minor(10'00); }),
      EventDoor("record_order_shipped", own, PartOfAll, [](auto& event, auto&) { event.mutable_record_order_shipped(); }),
      EventDoor("record_interception", own, ParcelToStop, [](auto& event, auto&) { event.mutable_record_interception()->set_caught(true); }),
      EventDoor("record_settled", own, Refund<kSettling>, [](auto& event, auto&) { event.mutable_record_settled(); }),
      EventDoor("record_settlement_failed", own, Refund<kSettling>, [](auto& event, auto&) { event.mutable_record_settlement_failed(); }),
      EventDoor("record_settlement_unknown", own, Refund<kSettling>, [](auto& event, auto&) { event.mutable_record_settlement_unknown(); }),
      EventDoor("end_dispute", own, Refund<kInDispute>, [](auto& event, auto&) { event.mutable_end_dispute(); }),
      EventDoor("join_dispute", own, Refund<kRequested>, [](auto& event, auto& now) {
        event.mutable_join_dispute()->set_amount_minor(10'00);
        event.mutable_join_dispute()->set_dispute_case_id(now.case_id()); }),
      EventDoor("deadline_reached", own, Refund<kRequested>, [](auto& event, auto& now) { event.mutable_deadline_reached()->set_number(now.deadline().number()); })};
}
// clang-format on

}  // namespace

std::vector<Door> RefundEventDoors() {
  std::vector<Door> doors;
  Append(doors, DeskEvents());
  Append(doors, BuyerEvents());
  Append(doors, MoneyEvents());
  Append(doors, OwnEvents());
  return doors;
}

}  // namespace redress::security
