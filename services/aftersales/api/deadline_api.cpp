#include "services/aftersales/api/deadline_api.h"

#include <algorithm>

#include "services/aftersales/api/answering.h"
#include "services/aftersales/api/deadline_mapping.h"
#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/due_explanation.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;
using platform::ParseId;

// Clocks of callers run a little behind.
constexpr std::int64_t kPastTolerated = 60 * platform::kSecondUs;

}  // namespace

std::int64_t EffectiveAt(bool is_given, const google::protobuf::Timestamp& given,
                         std::int64_t now_us) {
  return is_given ? TimeOf(given) : now_us;
}

void CheckEffective(std::int64_t effective_at, std::int64_t now_us) {
  if (effective_at >= now_us - kPastTolerated) return;
  throw platform::InvalidField("effective_time",
                               "lies in the past; leave it out for now, or name a later time");
}

grpc::ServerUnaryReactor* DeadlineApi::WhyDue(grpc::CallbackServerContext* context,
                                              const v1::WhyDueRequest* request,
                                              v1::WhyDueResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::WhyDueRequest& request, v1::WhyDueResponse& response) {
        Explain(call, request, response);
      });
}

void DeadlineApi::Explain(const Call& call, const v1::WhyDueRequest& request,
                          v1::WhyDueResponse& response) {
  const ShopId shop = call.caller.shop;
  const bool by_number = request.key_case() == v1::WhyDueRequest::kCaseNumber;
  const auto found = by_number
                         ? uses_.cases.FindByNumber(shop, request.case_number())
                         : uses_.cases.Find(shop, ParseId<CaseId>(request.case_id(), "case_id"));
  if (!found) {
    throw platform::NotFound("case",
                             by_number ? std::to_string(request.case_number()) : request.case_id());
  }
  if (request.sequence() > found->version) {
    throw platform::InvalidField("sequence", "is no step of the case; ask for 1 to " +
                                                 std::to_string(found->version) + ", or 0 for now");
  }
  const auto why = ExplainDue(uses_.cases, uses_.deadlines, *found, request.sequence());
  if (why) ToProto(*why, *response.mutable_explanation());
}

grpc::ServerUnaryReactor* DeadlineApi::RecordPlatformDeadline(
    grpc::CallbackServerContext* context, const v1::RecordPlatformDeadlineRequest* request,
    v1::RecordPlatformDeadlineResponse* response) {
  return uses_.guard.Async(
      context, request, response,
      [this](const Call& call, const v1::RecordPlatformDeadlineRequest& request,
             v1::RecordPlatformDeadlineResponse& response, platform::Done done) {
        auto command = uses_.commands.Make(call, request.request_id(), request, "");
        command->case_id = ParseId<CaseId>(request.case_id(), "case_id");
        const std::int64_t due_at = TimeOf(request.due_time());
        if (due_at <= 0) {
          throw platform::InvalidField("due_time", "is before 1970; name the platform's time");
        }
        command->body = PlatformDeadline{due_at};
        RequireVersion(*command, request.version());
        AnswerLater(uses_.engine, std::move(command), std::move(done),
                    [&response](const Answer& answer) {
                      ToProto(answer.after, *response.mutable_case_());
                    });
      });
}

grpc::ServerUnaryReactor* DeadlineApi::ListCalendars(grpc::CallbackServerContext* context,
                                                     const v1::ListCalendarsRequest* request,
                                                     v1::ListCalendarsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListCalendarsRequest& request,
             v1::ListCalendarsResponse& response) {
        const platform::PageQuery page("ListCalendars", call.caller.shop);
        const auto token = page.Decode(request.page_token(), 1);
        const std::size_t begin = token ? token->at(0) : 0;
        const std::size_t size = platform::PageSize(request.page_size());
        const DeadlineSettings settings = uses_.deadlines.Settings(call.caller.shop);
        const DeadlineRules rules(settings);
        // Nothing is ever taken out of the list, and new versions come behind those of their name.
        const auto& calendars = settings.calendars;
        for (std::size_t i = begin; i < calendars.size() && i < begin + size; ++i) {
          v1::BusinessCalendar& added = *response.add_calendars();
          ToProto(calendars[i], added);
          const auto* now = rules.CalendarAt(calendars[i].name, call.clock.NowUs());
          added.set_current(now != nullptr && now->version == calendars[i].version);
        }
        if (begin + size < calendars.size()) {
          response.set_next_page_token(page.Encode({std::uint64_t{begin + size}}));
        }
      });
}

grpc::ServerUnaryReactor* DeadlineApi::SetCalendar(grpc::CallbackServerContext* context,
                                                   const v1::SetCalendarRequest* request,
                                                   v1::SetCalendarResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SetCalendarRequest& request,
             v1::SetCalendarResponse& response) { Set(call, request, response); });
}

void DeadlineApi::Set(const Call& call, const v1::SetCalendarRequest& request,
                      v1::SetCalendarResponse& response) {
  const std::int64_t now_us = call.clock.NowUs();
  BusinessCalendar calendar = CalendarOf(request);
  CheckCalendar(calendar);
  calendar.effective_at =
      EffectiveAt(request.has_effective_time(), request.effective_time(), now_us);
  DatedChange change;
  change.request = uses_.commands.MakeWrite(call, request.request_id(), request);
  change.request.check = [&] { CheckEffective(calendar.effective_at, now_us); };
  if (request.has_version()) change.seen_version = request.version();
  change.set_by = call.caller.account;
  change.now_us = now_us;
  ToProto(uses_.deadlines.SetCalendar(call.caller.shop, change, calendar),
          *response.mutable_calendar());
  response.mutable_calendar()->set_current(calendar.effective_at <= now_us);
  uses_.policies.Forget(call.caller.shop);
}

}  // namespace redress::aftersales
