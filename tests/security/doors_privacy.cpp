// Keys, reveals, exports, erasures and retention.
#include <gtest/gtest.h>
#include <redress/customer/v1/customer_service.pb.h>
#include <redress/customer/v1/privacy_service.pb.h>
#include <redress/events/v1/events_service.pb.h>
#include <redress/order/v1/receiver_service.pb.h>
#include <redress/privacy/v1/key_service.pb.h>
#include <redress/privacy/v1/personal_data_service.pb.h>

#include <utility>

#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace customer = redress::customer::v1;
namespace order = redress::order::v1;
namespace privacy = redress::privacy::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kLookers[] = "supervisor admin auditor";
constexpr char kKeepers[] = "order aftersales desk";
constexpr auto kNothing = [](Shop&, const std::string&, auto&) {};

std::string NewCustomer(Shop& shop) {
  customer::UpsertCustomerRequest request;
  request.set_request_id(Unique("customer"));
  request.set_platform("direct");
  request.set_nick(Unique("nick"));
  request.mutable_contact()->set_phone("13900139001");
  return shop.As("agent").Call<customer::UpsertCustomerResponse>(request).customer().customer_id();
}

void FillErase(Shop& shop, const std::string&, customer::EraseCustomerRequest& request) {
  request.set_request_id(Unique("erase"));
  request.set_customer_id(NewCustomer(shop));
  request.set_reason("asked for it");
}

std::string ErasedCustomer(Shop& shop) {
  customer::EraseCustomerRequest request;
  FillErase(shop, "admin", request);
  return shop.As("admin").Call<customer::EraseCustomerResponse>(request).erasure().customer_id();
}

template <class Message, class Fill>
void AddAtEach(std::vector<Door>& doors, MayPass may_pass, Fill fill) {
  for (const char* program : {"customer", "order", "aftersales", "desk"}) {
    Door door = DoorOf<Message>(may_pass, fill);
    door.program = program;
    doors.push_back(std::move(door));
  }
}

std::vector<Door> CustomersOwn() {
  return {DoorOf<customer::RecordRevealRequest>({.services = kKeepers},
                                                [](Shop& shop, auto&, auto& request) {
                                                  request.set_request_id(Unique("reveal"));
                                                  request.set_kind(customer::REVEAL_KIND_EXPORT);
                                                  request.set_customer_id(NewCustomer(shop));
                                                  request.set_reason("asked for it");
                                                }),
          DoorOf<customer::ListRevealsRequest>(
              {.roles = kLookers},
              [](Shop& shop, auto&, auto& request) { request.set_customer_id(NewCustomer(shop)); }),
          DoorOf<customer::EraseCustomerRequest>({.roles = "admin"}, FillErase),
          DoorOf<customer::GetErasureRequest>({.roles = kLookers},
                                              [](Shop& shop, auto&, auto& request) {
                                                request.set_customer_id(ErasedCustomer(shop));
                                              }),
          DoorOf<customer::ListErasuresRequest>({.roles = kLookers}, kNothing),
          DoorOf<customer::ConfirmErasureRequest>({.services = kKeepers},
                                                  [](Shop& shop, auto&, auto& request) {
                                                    request.set_customer_id(ErasedCustomer(shop));
                                                  }),
          DoorOf<order::RevealReceiverRequest>({.roles = "agent supervisor warehouse integration"},
                                               [](Shop& shop, auto&, auto& request) {
                                                 request.set_request_id(Unique("reveal"));
                                                 request.set_order_id(
                                                     shop.PushUnshippedOrder().order_id());
                                                 request.set_reason("calling back");
                                               })};
}

}  // namespace

std::vector<Door> PrivacyDoors() {
  std::vector<Door> doors = CustomersOwn();
  AddAtEach<privacy::RotateKeysRequest>(doors, {.roles = "admin"}, [](Shop&, auto&, auto& request) {
    request.set_request_id(Unique("rotate"));
    request.set_only_master_key(true);
  });
  AddAtEach<privacy::GetKeyStatusRequest>(doors, {.roles = "admin"}, kNothing);
  AddAtEach<privacy::ExportPersonalDataRequest>(doors, {.roles = "admin"},
                                                [](Shop& shop, auto&, auto& request) {
                                                  request.set_request_id(Unique("export"));
                                                  request.set_customer_id(NewCustomer(shop));
                                                  request.set_reason("asked for it");
                                                });
  AddAtEach<privacy::ListErasureObstaclesRequest>(
      doors, {.services = "customer"}, [](Shop& shop, auto&, auto& request) {
        request.add_customer_ids(std::stoull(NewCustomer(shop)));
      });
  AddAtEach<privacy::PreviewRetentionRequest>(doors, {.roles = "admin auditor"}, kNothing);
  AddAtEach<privacy::ListRetentionRunsRequest>(doors, {.roles = "admin auditor"}, kNothing);
  return doors;
}

}  // namespace redress::security
