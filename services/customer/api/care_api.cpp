#include "services/customer/api/care_api.h"

#include <algorithm>

#include "services/customer/api/person_mapping.h"
#include "services/customer/api/tag_mapping.h"
#include "services/platform/base/errors.h"
#include "services/platform/paging/paging.h"
#include "services/platform/privacy/timestamps.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::customer {

using platform::Call;
using platform::ParseId;

namespace {

CareRule RuleOf(const v1::SetCareRuleRequest& from) {
  CareRule rule{.code = from.rule_code(),
                .name_zh = from.name_zh(),
                .name_en = from.name_en(),
                .expression = from.expression(),
                .occasion = static_cast<Occasion>(from.occasion()),
                .days_ahead = from.days_ahead(),
                .quiet_days = from.quiet_days(),
                .coupon = from.coupon(),
                .enabled = from.enabled(),
                .version = from.version()};
  for (int i = 0; i < from.days_size(); ++i) {
    rule.days.push_back(platform::ParseDay(from.days(i), "days[" + std::to_string(i) + "]"));
  }
  std::sort(rule.days.begin(), rule.days.end());
  const bool festival = rule.occasion == Occasion::kFestival;
  if (festival == rule.days.empty()) {
    throw platform::InvalidField("days", festival ? "is empty; name the days of the festival"
                                                  : "belongs to a festival; leave it empty");
  }
  return rule;
}

void ToProto(const CareTrial& from, v1::TryCareRuleResponse& to) {
  to.Clear();
  to.set_scanned(from.scanned);
  to.set_matches(from.matches);
  to.set_no_contact(from.no_contact);
  for (const CustomerId id : from.matching) to.add_customer_ids(platform::ToString(id));
  to.set_done(from.done);
}

template <class Request>
CareChange ChangeTo(CareState to, const Request& request) {
  return {.task = ParseId<CareTaskId>(request.task_id(), "task_id"),
          .version = request.version(),
          .to = to};
}

}  // namespace

grpc::ServerUnaryReactor* CareApi::SetCareRule(grpc::CallbackServerContext* context,
                                               const v1::SetCareRuleRequest* request,
                                               v1::SetCareRuleResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SetCareRuleRequest& request,
             v1::SetCareRuleResponse& response) {
        ToProto(uses_.care.SetRule(MakeWrite(call, request.request_id(), request), RuleOf(request)),
                *response.mutable_rule());
      });
}

grpc::ServerUnaryReactor* CareApi::ListCareRules(grpc::CallbackServerContext* context,
                                                 const v1::ListCareRulesRequest* request,
                                                 v1::ListCareRulesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListCareRulesRequest&,
             v1::ListCareRulesResponse& response) {
        for (const CareRule& rule : uses_.care.ListRules(call.caller.shop)) {
          ToProto(rule, *response.add_rules());
        }
      });
}

grpc::ServerWriteReactor<v1::TryCareRuleResponse>* CareApi::TryCareRule(
    grpc::CallbackServerContext* context, const v1::TryCareRuleRequest* request) {
  return uses_.guard.Streaming<v1::TryCareRuleResponse>(
      context, request,
      [this](const Call& call, const v1::TryCareRuleRequest& request,
             platform::StreamWriter<v1::TryCareRuleResponse>& writer) {
        v1::TryCareRuleResponse progress;
        uses_.questions.TryCare(call.caller.shop, static_cast<Occasion>(request.occasion()),
                                request.expression(), [&](const CareTrial& so_far) {
                                  ToProto(so_far, progress);
                                  return writer.Write(progress);
                                });
      });
}

grpc::ServerUnaryReactor* CareApi::AdoptShippedCareRules(
    grpc::CallbackServerContext* context, const v1::AdoptShippedCareRulesRequest* request,
    v1::AdoptShippedCareRulesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::AdoptShippedCareRulesRequest& request,
             v1::AdoptShippedCareRulesResponse& response) {
        for (const CareRule& rule :
             uses_.care.Adopt(MakeWrite(call, request.request_id(), request))) {
          ToProto(rule, *response.add_rules());
        }
      });
}

grpc::ServerUnaryReactor* CareApi::ReserveContact(grpc::CallbackServerContext* context,
                                                  const v1::ReserveContactRequest* request,
                                                  v1::ReserveContactResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ReserveContactRequest& request,
             v1::ReserveContactResponse& response) {
        // A repeat is the same contact, also where the caller counts the quiet days anew.
        v1::ReserveContactRequest contact = request;
        contact.clear_quiet_days();
        const ContactAnswer answer = uses_.care.ReserveContact(
            MakeWrite(call, request.request_id(), contact),
            ParseId<CustomerId>(request.customer_id(), "customer_id"), request.quiet_days());
        response.set_verdict(static_cast<v1::ContactVerdict>(answer.verdict));
        if (answer.contacted_at != 0) {
          platform::SetTime(answer.contacted_at, *response.mutable_contact_time());
        }
      });
}

grpc::ServerUnaryReactor* CareApi::SetCareWishes(grpc::CallbackServerContext* context,
                                                 const v1::SetCareWishesRequest* request,
                                                 v1::SetCareWishesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SetCareWishesRequest& request,
             v1::SetCareWishesResponse& response) {
        CheckBirthday(request.birthday(), "birthday");
        const CareWishes wishes{
            .customer = ParseId<CustomerId>(request.customer_id(), "customer_id"),
            .birthday = request.birthday(),
            .no_contact = request.no_contact(),
            .version = request.version()};
        // 366 digests would tell the birthday: the store adds it under its key.
        v1::SetCareWishesRequest without_birthday = request;
        without_birthday.clear_birthday();
        ToProto(
            uses_.care.SetWishes(MakeWrite(call, request.request_id(), without_birthday), wishes),
            *response.mutable_wishes());
      });
}

grpc::ServerUnaryReactor* CareApi::GetCareWishes(grpc::CallbackServerContext* context,
                                                 const v1::GetCareWishesRequest* request,
                                                 v1::GetCareWishesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetCareWishesRequest& request,
             v1::GetCareWishesResponse& response) {
        ToProto(uses_.care.GetWishes(call.caller.shop,
                                     ParseId<CustomerId>(request.customer_id(), "customer_id")),
                *response.mutable_wishes());
      });
}

grpc::ServerUnaryReactor* CareApi::ListCareTasks(grpc::CallbackServerContext* context,
                                                 const v1::ListCareTasksRequest* request,
                                                 v1::ListCareTasksResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListCareTasksRequest& request,
             v1::ListCareTasksResponse& response) {
        CareQuery query{.shop = call.caller.shop};
        if (request.state() != v1::CARE_TASK_STATE_UNSPECIFIED) {
          query.state = static_cast<CareState>(request.state());
        }
        const std::string state = std::to_string(static_cast<int>(query.state));
        const platform::PageQuery page("ListCareTasks", query.shop, {state});
        if (const auto after = page.Decode(request.page_token(), 2)) {
          query.after_due_at = static_cast<std::int64_t>(after->at(0));
          query.after = CareTaskId{after->at(1)};
        }
        const std::size_t size = platform::PageSize(request.page_size());
        query.limit = size + 1;
        auto tasks = uses_.care.List(query);
        if (tasks.size() > size) {
          tasks.pop_back();
          response.set_next_page_token(page.Encode(
              {static_cast<std::uint64_t>(tasks.back().due_at), tasks.back().id.value}));
        }
        for (const CareTask& task : tasks) ToProto(task, *response.add_tasks());
      });
}

grpc::ServerUnaryReactor* CareApi::ClaimCareTask(grpc::CallbackServerContext* context,
                                                 const v1::ClaimCareTaskRequest* request,
                                                 v1::ClaimCareTaskResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ClaimCareTaskRequest& request,
             v1::ClaimCareTaskResponse& response) {
        ToProto(uses_.care.Change(MakeWrite(call, request.request_id(), request),
                                  ChangeTo(CareState::kClaimed, request)),
                *response.mutable_task());
      });
}

grpc::ServerUnaryReactor* CareApi::ReleaseCareTask(grpc::CallbackServerContext* context,
                                                   const v1::ReleaseCareTaskRequest* request,
                                                   v1::ReleaseCareTaskResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ReleaseCareTaskRequest& request,
             v1::ReleaseCareTaskResponse& response) {
        CareChange change = ChangeTo(CareState::kOpen, request);
        change.may_release_others = call.caller.has(common::v1::ROLE_SUPERVISOR);
        ToProto(uses_.care.Change(MakeWrite(call, request.request_id(), request), change),
                *response.mutable_task());
      });
}

grpc::ServerUnaryReactor* CareApi::FinishCareTask(grpc::CallbackServerContext* context,
                                                  const v1::FinishCareTaskRequest* request,
                                                  v1::FinishCareTaskResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::FinishCareTaskRequest& request,
             v1::FinishCareTaskResponse& response) {
        CareChange change = ChangeTo(CareState::kDone, request);
        change.result = request.result();
        change.coupon = request.coupon_code();
        ToProto(uses_.care.Change(MakeWrite(call, request.request_id(), request), change),
                *response.mutable_task());
      });
}

grpc::ServerUnaryReactor* CareApi::SkipCareTask(grpc::CallbackServerContext* context,
                                                const v1::SkipCareTaskRequest* request,
                                                v1::SkipCareTaskResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SkipCareTaskRequest& request,
             v1::SkipCareTaskResponse& response) {
        CareChange change = ChangeTo(CareState::kSkipped, request);
        change.result = request.reason();
        ToProto(uses_.care.Change(MakeWrite(call, request.request_id(), request), change),
                *response.mutable_task());
      });
}

}  // namespace redress::customer
