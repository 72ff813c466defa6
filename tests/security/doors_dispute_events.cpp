// Every event of a dispute case: the state that it is legal in, and who may send it.
#include "tests/e2e/disputes.h"
#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
using aftersales::DisputeEvent;
using e2e::Shop;

constexpr char kDesk[] = "agent supervisor";
constexpr char kBuyersWord[] = "agent supervisor integration";
constexpr char kPlatform[] = "integration";

using EventMaker = void (*)(DisputeEvent& event, const aftersales::Case& now);

Door EventDoor(const std::string& event, MayPass may_pass, const std::string& state,
               EventMaker make_event) {
  Door door = DoorOf<aftersales::ApplyStepRequest>(
      std::move(may_pass),
      [=](Shop& shop, const std::string&, aftersales::ApplyStepRequest& request) {
        const std::string id = e2e::BringDisputeTo(shop, state);
        request.set_request_id(e2e::Unique("step"));
        request.set_case_id(id);
        const aftersales::Case now = shop.Get(id);
        request.set_version(now.version());
        make_event(*request.mutable_dispute(), now);
      });
  door.event = "dispute." + event;
  return door;
}

}  // namespace

// clang-format off
std::vector<Door> DisputeEventDoors() {
  return {
      EventDoor("record_contact", {.roles = kBuyersWord}, "Opened", [](auto& event, auto&) { event.mutable_record_contact(); }),
      EventDoor("begin_investigation", {.roles = kDesk}, "Contacted", [](auto& event, auto&) { event.mutable_begin_investigation(); }),
      EventDoor("add_evidence", {.roles = kBuyersWord}, "Opened", [](auto& event, auto&) { event.mutable_add_evidence()->set_kind("photo"); }),
      EventDoor("propose_options", {.roles = kDesk}, "Proposed", [](auto& event, auto&) {
        event.mutable_propose_options()->set_compensation_minor(5'00);
        event.mutable_propose_options()->set_other(true); }),
      EventDoor("present_options", {.roles = kDesk}, "Proposed", [](auto& event, auto&) { event.mutable_present_options(); }),
      EventDoor("accept_option", {.roles = kBuyersWord}, "AwaitingBuyer", [](auto& event, auto&) { event.mutable_accept_option()->set_option(aftersales::DISPUTE_OPTION_REPLACEMENT); }),
      EventDoor("decline_options", {.roles = kBuyersWord}, "AwaitingBuyer", [](auto& event, auto&) { event.mutable_decline_options(); }),
      EventDoor("rule_for_buyer", {.roles = "supervisor"}, "Arbitration", [](auto& event, auto&) { event.mutable_rule_for_buyer()->set_amount_minor(10'00); }),
      EventDoor("rule_for_shop", {.roles = "supervisor"}, "Arbitration", [](auto& event, auto&) { event.mutable_rule_for_shop(); }),
      EventDoor("record_execution", {.roles = kDesk}, "Executing", [](auto& event, auto&) { event.mutable_record_execution(); }),
      EventDoor("resolve", {.roles = kDesk}, "CauseReview", [](auto& event, auto&) {
        event.mutable_resolve()->set_root_cause("quality");
        event.mutable_resolve()->set_measure("new supplier"); }),
      EventDoor("withdraw", {.roles = kBuyersWord}, "Opened", [](auto& event, auto&) { event.mutable_withdraw(); }),
      EventDoor("record_refund_given", {.services = "aftersales"}, "Opened", [](auto& event, auto&) { event.mutable_record_refund_given()->set_amount_minor(5'00); }),
      EventDoor("record_refund_ended", {.services = "aftersales"}, "Opened", [](auto& event, auto&) { event.mutable_record_refund_ended(); }),
      EventDoor("join_review", {.services = "aftersales"}, "Opened", [](auto& event, auto&) { event.mutable_join_review()->set_review_case_id("1"); }),
      EventDoor("platform_intervened", {.roles = kPlatform}, "Opened", [](auto& event, auto&) { event.mutable_platform_intervened(); }),
      EventDoor("platform_ruled_for_buyer", {.roles = kPlatform}, "Opened", [](auto& event, auto&) { event.mutable_platform_ruled_for_buyer()->set_amount_minor(10'00); }),
      EventDoor("platform_ruled_for_shop", {.roles = kPlatform}, "Opened", [](auto& event, auto&) { event.mutable_platform_ruled_for_shop(); }),
      EventDoor("platform_closed", {.roles = kPlatform}, "Opened", [](auto& event, auto&) { event.mutable_platform_closed(); }),
      EventDoor("deadline_reached", {.services = "aftersales"}, "Opened", [](auto& event, auto& now) { event.mutable_deadline_reached()->set_number(now.deadline().number()); })};
}
// clang-format on

}  // namespace redress::security
