// The queue as a whole: claims, hand-overs, one action over many cases.
#include <redress/aftersales/v1/queue_service.pb.h>

#include "tests/e2e/cases.h"
#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kDesk[] = "agent supervisor";

std::string NewCase(Shop& shop) {
  return e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Requested");
}

void FillHandOver(Shop& shop, const std::string&, aftersales::HandOverCasesRequest& request) {
  shop.Assign(NewCase(shop));
  request.set_request_id(Unique("hand-over"));
  request.set_from_account_id(shop.AccountOf("agent"));
  request.set_to_account_id(shop.AccountOf("supervisor"));
  request.set_note("she has left");
}

using ActionMaker = void (*)(aftersales::BulkApplyRequest& request);

void FillBulk(Shop& shop, aftersales::BulkApplyRequest& request) {
  const std::string id = NewCase(shop);
  request.set_request_id(Unique("bulk"));
  aftersales::SeenCase& seen = *request.add_cases();
  seen.set_case_id(id);
  seen.set_version(shop.Get(id).version());
}

Door ActionDoor(const std::string& action, ActionMaker make_action) {
  Door door = DoorOf<aftersales::BulkApplyRequest>(
      {.roles = kDesk}, [=](Shop& shop, const std::string&, aftersales::BulkApplyRequest& request) {
        FillBulk(shop, request);
        make_action(request);
      });
  door.event = action;
  return door;
}

}  // namespace

std::vector<Door> QueueDoors() {
  return {
      DoorOf<aftersales::ClaimNextCaseRequest>({.roles = kDesk},
                                               [](Shop& shop, auto&, auto& request) {
                                                 NewCase(shop);
                                                 request.set_request_id(Unique("claim"));
                                               }),
      DoorOf<aftersales::HandOverCasesRequest>({.roles = "supervisor"}, FillHandOver),
      DoorOf<aftersales::BulkApplyRequest>({.roles = kDesk},
                                           [](Shop& shop, auto&, auto& request) {
                                             FillBulk(shop, request);
                                             request.mutable_remind();
                                           }),
      ActionDoor("assign", [](auto& request) { request.mutable_assign()->clear_assignee_id(); }),
      ActionDoor("approve", [](auto& request) { request.mutable_approve(); }),
      ActionDoor("remind", [](auto& request) { request.mutable_remind(); }),
      ActionDoor("reject", [](auto& request) { request.mutable_reject()->set_reason("used"); }),
      ActionDoor("withdraw", [](auto& request) { request.mutable_withdraw(); })};
}

}  // namespace redress::security
