// Every event of a review case: the state that it is legal in, and who may send it.
#include "tests/e2e/reviews.h"
#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
using aftersales::ReviewEvent;
using e2e::Shop;

constexpr char kDesk[] = "agent supervisor";
constexpr char kBuyersWord[] = "agent supervisor integration";

using EventMaker = void (*)(ReviewEvent& event, const aftersales::Case& now);

Door EventDoor(const std::string& event, MayPass may_pass, const std::string& state,
               EventMaker make_event) {
  Door door = DoorOf<aftersales::ApplyStepRequest>(
      std::move(may_pass),
      [=](Shop& shop, const std::string&, aftersales::ApplyStepRequest& request) {
        const std::string id = e2e::BringReviewTo(shop, state);
        request.set_request_id(e2e::Unique("step"));
        request.set_case_id(id);
        request.set_text("为商品的问题向您致歉");
        const aftersales::Case now = shop.Get(id);
        request.set_version(now.version());
        make_event(*request.mutable_review(), now);
      });
  door.event = "review." + event;
  return door;
}

}  // namespace

// clang-format off
std::vector<Door> ReviewEventDoors() {
  return {
      EventDoor("judge_genuine", {.roles = kDesk}, "Detected", [](auto& event, auto&) { event.mutable_judge_genuine(); }),
      EventDoor("judge_malicious", {.roles = kDesk}, "Detected", [](auto& event, auto&) { event.mutable_judge_malicious(); }),
      EventDoor("record_attempt", {.roles = kDesk}, "Contacting", [](auto& event, auto&) { event.mutable_record_attempt()->set_contact_channel(aftersales::CONTACT_CHANNEL_PHONE); }),
      EventDoor("refuse_contact", {.roles = kBuyersWord}, "Contacting", [](auto& event, auto&) { event.mutable_refuse_contact(); }),
      EventDoor("make_offer", {.roles = kDesk}, "Negotiating", [](auto& event, auto&) { 
        event.mutable_make_offer()->set_offer(aftersales::REVIEW_OFFER_OTHER);
        event.mutable_make_offer()->set_unconditional(true); }),
      EventDoor("accept_offer", {.roles = kBuyersWord}, "Offered", [](auto& event, auto&) { event.mutable_accept_offer(); }),
      EventDoor("record_refusal", {.roles = kBuyersWord}, "Offered", [](auto& event, auto&) { event.mutable_record_refusal(); }),
      EventDoor("conclude_talks", {.roles = kDesk}, "Negotiating", [](auto& event, auto&) { event.mutable_conclude_talks(); }),
      EventDoor("record_fulfilment", {.roles = kDesk}, "Agreed", [](auto& event, auto&) { event.mutable_record_fulfilment(); }),
      EventDoor("add_evidence", {.roles = kBuyersWord}, "Detected", [](auto& event, auto&) { event.mutable_add_evidence()->set_kind("photo"); }),
      EventDoor("file_report", {.roles = kDesk}, "CollectingEvidence", [](auto& event, auto&) { event.mutable_file_report(); }),
      EventDoor("report_turned_down", {.roles = kBuyersWord}, "Reported", [](auto& event, auto&) { event.mutable_report_turned_down(); }),
      EventDoor("publish_reply", {.roles = kDesk}, "Replying", [](auto& event, auto&) { event.mutable_publish_reply(); }),
      EventDoor("close_unanswered", {.roles = "supervisor"}, "Replying", [](auto& event, auto&) { event.mutable_close_unanswered(); }),
      EventDoor("void_case", {.roles = "supervisor"}, "Detected", [](auto& event, auto&) { event.mutable_void_case(); }),
      EventDoor("review_revised", {.roles = kBuyersWord}, "Detected", [](auto& event, auto&) { event.mutable_review_revised()->set_rating(aftersales::REVIEW_RATING_GOOD); }),
      EventDoor("review_removed", {.roles = kBuyersWord}, "Detected", [](auto& event, auto&) { event.mutable_review_removed(); }),
      EventDoor("reveal_fault", {.roles = kDesk}, "Detected", [](auto& event, auto&) { event.mutable_reveal_fault()->set_fault(aftersales::REVIEW_FAULT_QUALITY); }),
      EventDoor("record_dispute_end", {.services = "aftersales"}, "Replying", [](auto& event, auto&) { event.mutable_record_dispute_end(); }),
      EventDoor("correct_rating", {.roles = "integration"}, "Detected", [](auto& event, auto&) { event.mutable_correct_rating()->set_rating(aftersales::REVIEW_RATING_NEUTRAL); }),
      EventDoor("deadline_reached", {.services = "aftersales"}, "Detected", [](auto& event, auto& now) { event.mutable_deadline_reached()->set_number(now.deadline().number()); })};
}
// clang-format on

}  // namespace redress::security
