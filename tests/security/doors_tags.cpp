// Tags, their rules, segments and care.
#include <gtest/gtest.h>
#include <redress/customer/v1/care_service.pb.h>
#include <redress/customer/v1/customer_service.pb.h>
#include <redress/customer/v1/segment_service.pb.h>
#include <redress/customer/v1/tag_rule_service.pb.h>
#include <redress/customer/v1/tag_service.pb.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "tests/e2e/cases.h"
#include "tests/security/doors.h"
#include "tests/support/wait_for.h"

namespace redress::security {
namespace {

namespace customer = redress::customer::v1;
using e2e::Shop;
using e2e::Unique;

constexpr auto kNothing = [](auto&...) {};

constexpr char kReads[] = "agent supervisor admin auditor";
constexpr char kDefines[] = "supervisor admin";
constexpr char kTags[] = "agent supervisor admin";

std::string Code() {
  std::string code = Unique("code");
  std::replace(code.begin(), code.end(), '-', '_');
  return code;
}

std::string NewCustomer(Shop& shop) {
  customer::UpsertCustomerRequest request;
  request.set_request_id(Unique("customer"));
  request.set_platform("direct");
  request.set_nick(Unique("nick"));
  return shop.As("agent").Call<customer::UpsertCustomerResponse>(request).customer().customer_id();
}

void FillTag(Shop&, const std::string&, customer::SetTagRequest& request) {
  request.set_request_id(Unique("tag"));
  request.set_tag_code(Code());
  request.set_group("doors");
  request.set_colour("#123456");
  request.set_name_zh("标签");
  request.set_name_en("Tag");
  request.set_by_hand(true);
}

customer::Tag NewTag(Shop& shop) {
  customer::SetTagRequest request;
  FillTag(shop, "", request);
  return shop.As("supervisor").Call<customer::SetTagResponse>(request).tag();
}

customer::TagRule NewRule(Shop& shop) {
  customer::SetTagRuleRequest request;
  request.set_request_id(Unique("rule"));
  request.set_tag_code(NewTag(shop).tag_code());
  request.set_expression("paid_orders >= 1000");
  return shop.As("supervisor").Call<customer::SetTagRuleResponse>(request).rule();
}

// A shop holds so many tags: doors that change none, nor its rule, share one that has a rule.
const std::string& SharedTag(Shop& shop) {
  static std::map<std::string, std::string> tags;
  std::string& tag = tags[shop.shop_id()];
  if (tag.empty()) tag = NewRule(shop).tag_code();
  return tag;
}

void FillSegment(Shop&, const std::string&, customer::SetSegmentRequest& request) {
  request.set_request_id(Unique("segment"));
  request.set_segment_code(Code());
  request.set_name_zh("人群");
  request.set_name_en("Segment");
  request.set_expression("paid_orders >= 1000");
}

customer::Segment NewSegment(Shop& shop) {
  customer::SetSegmentRequest request;
  FillSegment(shop, "", request);
  return shop.As("supervisor").Call<customer::SetSegmentResponse>(request).segment();
}

std::vector<Door> TagDoors() {
  return {
      DoorOf<customer::SetTagRequest>({.roles = kDefines}, FillTag),
      DoorOf<customer::ArchiveTagRequest>({.roles = kDefines},
                                          [](Shop& shop, auto&, auto& request) {
                                            request.set_request_id(Unique("archive"));
                                            request.set_tag_code(NewTag(shop).tag_code());
                                            request.set_version(1);
                                          }),
      DoorOf<customer::ListTagsRequest>({.roles = kReads}, kNothing),
      DoorOf<customer::TagCustomersRequest>({.roles = kTags},
                                            [](Shop& shop, auto&, auto& request) {
                                              request.set_request_id(Unique("give"));
                                              request.set_tag_code(SharedTag(shop));
                                              request.add_customer_ids(NewCustomer(shop));
                                            }),
      DoorOf<customer::UntagCustomersRequest>({.roles = kTags},
                                              [](Shop& shop, auto&, auto& request) {
                                                request.set_request_id(Unique("take"));
                                                request.set_tag_code(SharedTag(shop));
                                                request.add_customer_ids(NewCustomer(shop));
                                              }),
      DoorOf<customer::ListCustomerTagsRequest>(
          {.roles = kReads},
          [](Shop& shop, auto&, auto& request) { request.set_customer_id(NewCustomer(shop)); }),
      DoorOf<customer::ListTagChangesRequest>(
          {.roles = kReads},
          [](Shop& shop, auto&, auto& request) { request.set_customer_id(NewCustomer(shop)); }),
      DoorOf<customer::ListTaggedCustomersRequest>(
          {.roles = kReads},
          [](Shop& shop, auto&, auto& request) { request.set_tag_code(SharedTag(shop)); }),
      DoorOf<customer::ExplainTagRequest>({.roles = kReads}, [](Shop& shop, auto&, auto& request) {
        request.set_customer_id(NewCustomer(shop));
        request.set_tag_code(SharedTag(shop));
      })};
}

std::vector<Door> TagRuleDoors() {
  return {DoorOf<customer::ListFactsRequest>({.roles = kReads}, kNothing),
          DoorOf<customer::SetTagRuleRequest>({.roles = kDefines},
                                              [](Shop& shop, auto&, auto& request) {
                                                request.set_request_id(Unique("rule"));
                                                request.set_tag_code(NewTag(shop).tag_code());
                                                request.set_expression("paid_orders >= 1000");
                                              }),
          DoorOf<customer::TryTagRuleRequest>({.roles = kDefines},
                                              [](Shop& shop, auto&, auto& request) {
                                                request.set_request_id(Unique("try"));
                                                request.set_tag_code(SharedTag(shop));
                                                request.set_version(1);
                                              }),
          DoorOf<customer::SwitchTagRuleRequest>({.roles = kDefines},
                                                 [](Shop& shop, auto&, auto& request) {
                                                   request.set_request_id(Unique("switch"));
                                                   request.set_tag_code(NewRule(shop).tag_code());
                                                   request.set_version(1);
                                                 }),
          DoorOf<customer::GetTagRuleRequest>(
              {.roles = kReads},
              [](Shop& shop, auto&, auto& request) { request.set_tag_code(SharedTag(shop)); }),
          DoorOf<customer::ListTagRulesRequest>({.roles = kReads}, kNothing),
          DoorOf<customer::ListTagRuleVersionsRequest>(
              {.roles = kReads},
              [](Shop& shop, auto&, auto& request) { request.set_tag_code(SharedTag(shop)); }),
          DoorOf<customer::AdoptShippedRulesRequest>({.roles = kDefines},
                                                     [](Shop&, auto&, auto& request) {
                                                       request.set_request_id(Unique("adopt"));
                                                       request.add_tag_codes("loyal");
                                                     })};
}

std::vector<Door> SegmentDoors() {
  return {DoorOf<customer::SetSegmentRequest>({.roles = kDefines}, FillSegment),
          DoorOf<customer::ArchiveSegmentRequest>({.roles = kDefines},
                                                  [](Shop& shop, auto&, auto& request) {
                                                    request.set_request_id(Unique("archive"));
                                                    request.set_segment_code(
                                                        NewSegment(shop).segment_code());
                                                    request.set_version(1);
                                                  }),
          DoorOf<customer::ListSegmentsRequest>({.roles = kReads}, kNothing),
          DoorOf<customer::GetSegmentRequest>({.roles = kReads},
                                              [](Shop& shop, auto&, auto& request) {
                                                request.set_segment_code(
                                                    NewSegment(shop).segment_code());
                                              }),
          DoorOf<customer::ListSegmentMembersRequest>(
              {.roles = "supervisor admin auditor"}, [](Shop& shop, auto&, auto& request) {
                request.set_segment_code(NewSegment(shop).segment_code());
              })};
}

customer::CareRule NewCareRule(Shop& shop, bool enabled, const std::string& condition) {
  customer::SetCareRuleRequest request;
  request.set_request_id(Unique("care"));
  request.set_rule_code(Code());
  request.set_name_zh("关怀");
  request.set_name_en("Care");
  request.set_expression(condition);
  request.set_occasion(customer::CARE_OCCASION_MATCH);
  request.set_quiet_days(1);
  request.set_enabled(enabled);
  return shop.As("supervisor").Call<customer::SetCareRuleResponse>(request).rule();
}

// One rule of the shop makes a task for everybody who is new.
const std::string& CareRuleOf(Shop& shop) {
  static std::map<std::string, std::string> rules;
  std::string& rule = rules[shop.shop_id()];
  if (rule.empty()) rule = NewCareRule(shop, true, "true").rule_code();
  return rule;
}

customer::CareTask NewTask(Shop& shop) {
  CareRuleOf(shop);
  const std::string whom = NewCustomer(shop);
  // What is recorded of a customer makes them due.
  customer::SetCareWishesRequest wishes;
  wishes.set_request_id(Unique("wishes"));
  wishes.set_customer_id(whom);
  shop.As("agent").Call<customer::SetCareWishesResponse>(wishes);
  customer::CareTask found;
  const bool made = test::WaitFor(
      [&] {
        customer::ListCareTasksRequest list;
        list.set_page_size(200);
        do {
          const auto page = shop.As("agent").Call<customer::ListCareTasksResponse>(list);
          for (const auto& task : page.tasks()) {
            if (task.customer_id() == whom) found = task;
          }
          list.set_page_token(page.next_page_token());
        } while (!list.page_token().empty());
        return !found.task_id().empty();
      },
      std::chrono::seconds(20));
  if (!made) throw std::runtime_error("no care task was made");
  return found;
}

customer::CareTask Claimed(Shop& shop, const std::string& who) {
  const customer::CareTask task = NewTask(shop);
  customer::ClaimCareTaskRequest request;
  request.set_request_id(Unique("claim"));
  request.set_task_id(task.task_id());
  request.set_version(task.version());
  const bool works = who == "agent" || who == "supervisor";
  return shop.As(works ? who : "agent").Call<customer::ClaimCareTaskResponse>(request).task();
}

template <class Request>
void Fill(const customer::CareTask& task, Request& request) {
  request.set_request_id(Unique("task"));
  request.set_task_id(task.task_id());
  request.set_version(task.version());
}

std::vector<Door> CareTaskDoors() {
  const MayPass works{.roles = "agent supervisor"};
  return {
      DoorOf<customer::ListCareTasksRequest>({.roles = kReads}, kNothing),
      DoorOf<customer::ClaimCareTaskRequest>(
          works, [](Shop& shop, auto&, auto& request) { Fill(NewTask(shop), request); }),
      DoorOf<customer::ReleaseCareTaskRequest>(
          works, [](Shop& shop, auto& who, auto& request) { Fill(Claimed(shop, who), request); }),
      DoorOf<customer::FinishCareTaskRequest>(works,
                                              [](Shop& shop, auto& who, auto& request) {
                                                Fill(Claimed(shop, who), request);
                                                request.set_result("reached");
                                              }),
      DoorOf<customer::SkipCareTaskRequest>(works, [](Shop& shop, auto& who, auto& request) {
        Fill(Claimed(shop, who), request);
        request.set_reason("wrong_time");
      })};
}

std::vector<Door> CareRuleDoors() {
  return {
      DoorOf<customer::SetCareRuleRequest>({.roles = kDefines},
                                           [](Shop& shop, auto&, auto& request) {
                                             const auto rule =
                                                 NewCareRule(shop, false, "paid_orders >= 1000");
                                             request.set_request_id(Unique("care"));
                                             request.set_rule_code(rule.rule_code());
                                             request.set_version(rule.version());
                                             request.set_name_zh("关怀");
                                             request.set_name_en("Care");
                                             request.set_expression("paid_orders >= 2000");
                                             request.set_occasion(customer::CARE_OCCASION_MATCH);
                                             request.set_quiet_days(30);
                                           }),
      DoorOf<customer::ListCareRulesRequest>({.roles = kReads}, kNothing),
      DoorOf<customer::TryCareRuleRequest>({.roles = kDefines},
                                           [](Shop&, auto&, auto& request) {
                                             request.set_expression("paid_orders >= 1000");
                                             request.set_occasion(customer::CARE_OCCASION_MATCH);
                                           }),
      DoorOf<customer::AdoptShippedCareRulesRequest>(
          {.roles = kDefines},
          [](Shop&, auto&, auto& request) { request.set_request_id(Unique("adopt")); }),
      DoorOf<customer::ReserveContactRequest>({.services = "desk order"},
                                              [](Shop& shop, auto&, auto& request) {
                                                request.set_request_id(Unique("contact"));
                                                request.set_customer_id(NewCustomer(shop));
                                                request.set_quiet_days(7);
                                              }),
      DoorOf<customer::SetCareWishesRequest>({.roles = kTags},
                                             [](Shop& shop, auto&, auto& request) {
                                               request.set_request_id(Unique("wishes"));
                                               request.set_customer_id(NewCustomer(shop));
                                               request.set_birthday("08-31");
                                             }),
      DoorOf<customer::GetCareWishesRequest>(
          {.roles = kTags},
          [](Shop& shop, auto&, auto& request) { request.set_customer_id(NewCustomer(shop)); })};
}

}  // namespace

std::vector<Door> CustomerTagDoors() {
  std::vector<Door> doors;
  for (auto* part : {&TagDoors, &TagRuleDoors, &SegmentDoors, &CareTaskDoors, &CareRuleDoors}) {
    for (Door& door : part()) doors.push_back(std::move(door));
  }
  return doors;
}

}  // namespace redress::security
