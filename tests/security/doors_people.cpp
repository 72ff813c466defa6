// Who belongs together, timelines, scores.
#include <gtest/gtest.h>
#include <redress/customer/v1/customer_service.pb.h>
#include <redress/customer/v1/person_service.pb.h>
#include <redress/customer/v1/rfm_service.pb.h>
#include <redress/customer/v1/timeline_service.pb.h>

#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace customer = redress::customer::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kReaders[] = "agent supervisor finance admin auditor integration";
constexpr char kLinkers[] = "agent supervisor admin integration";
constexpr char kMergers[] = "supervisor admin";

// A customer that nobody merged before.
customer::Customer Somebody(Shop& shop) {
  customer::UpsertCustomerRequest request;
  request.set_request_id(Unique("customer"));
  request.set_platform("direct");
  request.set_nick(Unique("nick"));
  return shop.As("agent").Call<customer::UpsertCustomerResponse>(request).customer();
}

void FillMerge(Shop& shop, customer::MergeCustomersRequest& request) {
  const customer::Customer one = Somebody(shop);
  const customer::Customer other = Somebody(shop);
  request.set_request_id(Unique("merge"));
  request.set_customer_id(one.customer_id());
  request.set_into_customer_id(other.customer_id());
  request.set_etag(one.etag());
  request.set_into_etag(other.etag());
  request.set_reason("the same buyer");
}

void FillUnmerge(Shop& shop, customer::UnmergeCustomerRequest& request) {
  customer::MergeCustomersRequest merge;
  FillMerge(shop, merge);
  const auto merged = shop.As("supervisor").Call<customer::MergeCustomersResponse>(merge);
  request.set_request_id(Unique("unmerge"));
  request.set_customer_id(merge.customer_id());
  for (const customer::Customer& one : merged.person().customers()) {
    if (one.customer_id() == merge.customer_id()) request.set_etag(one.etag());
  }
  request.set_reason("not the same buyer");
}

void FillLink(Shop& shop, customer::LinkIdentityRequest& request) {
  request.set_request_id(Unique("link"));
  request.set_customer_id(Somebody(shop).customer_id());
  request.mutable_identity()->set_kind("open_id");
  request.mutable_identity()->set_platform("direct");
  request.mutable_identity()->set_name(Unique("open"));
}

void FillUnlink(Shop& shop, customer::UnlinkIdentityRequest& request) {
  customer::LinkIdentityRequest link;
  FillLink(shop, link);
  shop.As("agent").Call<customer::LinkIdentityResponse>(link);
  request.set_request_id(Unique("unlink"));
  request.set_customer_id(link.customer_id());
  *request.mutable_identity() = link.identity();
}

}  // namespace

std::vector<Door> PeopleDoors() {
  return {
      DoorOf<customer::GetTimelineRequest>({.roles = kReaders},
                                           [](Shop& shop, auto&, auto& request) {
                                             request.set_customer_id(Somebody(shop).customer_id());
                                           }),
      DoorOf<customer::ListDuplicatesRequest>({.roles = "agent supervisor admin"},
                                              [](Shop&, auto&, auto&) {}),
      DoorOf<customer::MergeCustomersRequest>(
          {.roles = kMergers}, [](Shop& shop, auto&, auto& request) { FillMerge(shop, request); }),
      DoorOf<customer::UnmergeCustomerRequest>(
          {.roles = kMergers},
          [](Shop& shop, auto&, auto& request) { FillUnmerge(shop, request); }),
      DoorOf<customer::ListMergesRequest>({.roles = "agent supervisor admin auditor"},
                                          [](Shop& shop, auto&, auto& request) {
                                            request.set_customer_id(Somebody(shop).customer_id());
                                          }),
      DoorOf<customer::LinkIdentityRequest>(
          {.roles = kLinkers}, [](Shop& shop, auto&, auto& request) { FillLink(shop, request); }),
      DoorOf<customer::UnlinkIdentityRequest>(
          {.roles = kLinkers}, [](Shop& shop, auto&, auto& request) { FillUnlink(shop, request); }),
      DoorOf<customer::FindPersonRequest>({.roles = kReaders},
                                          [](Shop& shop, auto&, auto& request) {
                                            request.set_customer_id(Somebody(shop).customer_id());
                                          }),
      DoorOf<customer::ComputeRfmRequest>(
          {.roles = kMergers, .services = "operator"},
          [](Shop&, auto&, auto& request) { request.set_request_id(Unique("rfm")); }),
      DoorOf<customer::GetRfmRequest>({.roles = kReaders},
                                      [](Shop& shop, auto&, auto& request) {
                                        request.set_customer_id(Somebody(shop).customer_id());
                                      }),
      DoorOf<customer::RebuildFactsRequest>({.roles = kMergers, .services = "operator"},
                                            [](Shop&, auto&, auto&) {})};
}

}  // namespace redress::security
