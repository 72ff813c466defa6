#include "services/customer/api/timeline_api.h"

#include <algorithm>
#include <string>

#include "services/customer/api/mapping.h"
#include "services/customer/api/note_mapping.h"
#include "services/customer/api/person_mapping.h"
#include "services/platform/base/errors.h"
#include "services/platform/paging/paging.h"
#include "services/platform/privacy/timestamps.h"
#include "services/platform/server/call.h"

namespace redress::customer {
namespace {

using platform::Call;
using platform::SetTime;

constexpr std::size_t kCursorNumbers = 3;

std::string KindsText(const v1::GetTimelineRequest& request) {
  std::string text;
  for (const int kind : request.kinds()) text += std::to_string(kind) + ",";
  return text;
}

// A token is of one person and choice of kinds.
platform::PageQuery PageQueryOf(ShopId shop, const v1::GetTimelineRequest& request) {
  return platform::PageQuery("GetTimeline", shop,
                             {request.customer_id(), request.nick().platform(),
                              request.nick().nick(), KindsText(request)});
}

TimelineQuery QueryOf(const v1::GetTimelineRequest& request, const platform::PageQuery& page) {
  TimelineQuery query;
  query.customer = platform::ParseOptionalId<CustomerId>(request.customer_id(), "customer_id");
  query.platform = request.nick().platform();
  query.nick = request.nick().nick();
  for (int i = 0; i < request.kinds_size(); ++i) {
    const int kind = request.kinds(i);
    if (kind == v1::TIMELINE_KIND_UNSPECIFIED || !v1::TimelineKind_IsValid(kind)) {
      throw platform::InvalidField("kinds[" + std::to_string(i) + "]",
                                   "is no kind of entry; leave the list empty for all");
    }
    query.kinds.push_back(static_cast<EntryKind>(kind));
  }
  query.size = platform::PageSize(request.page_size());
  if (const auto key = page.Decode(request.page_token(), kCursorNumbers)) {
    query.after = TimelineCursor{static_cast<std::int64_t>(key->at(0)),
                                 static_cast<std::uint8_t>(key->at(1)), key->at(2)};
  }
  return query;
}

void ShowPerson(const TimelineView& view, v1::GetTimelineResponse& response) {
  for (std::size_t i = 0; i < view.customers.size(); ++i) {
    ToProto(view.customers[i],
            i == 0 ? *response.mutable_customer() : *response.add_merged_customers());
  }
  for (const PersonTag& tag : view.tags) {
    v1::PersonTag& added = *response.add_tags();
    added.set_code(tag.code);
    added.set_name(tag.name);
    if (tag.since_at != 0) SetTime(tag.since_at, *added.mutable_since_time());
  }
  ToProto(view.risk, *response.mutable_risk());
  if (view.summary.scores && view.summary.bounds) {
    ToProto(*view.summary.scores, *view.summary.bounds, *response.mutable_rfm());
  }
  ToProto(view.summary.figures, *response.mutable_figures());
  response.set_no_contact(view.summary.no_contact);
}

}  // namespace

grpc::ServerUnaryReactor* TimelineApi::GetTimeline(grpc::CallbackServerContext* context,
                                                   const v1::GetTimelineRequest* request,
                                                   v1::GetTimelineResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetTimelineRequest& request,
             v1::GetTimelineResponse& response) {
        const platform::PageQuery page = PageQueryOf(call.caller.shop, request);
        const TimelineQuery query = QueryOf(request, page);
        const TimelineView view = timeline_.Read(call.caller.shop, query);
        if (!query.after) ShowPerson(view, response);
        for (const TimelineEntry& entry : view.page.entries) {
          v1::TimelineEntry& added = *response.add_entries();
          ToProto(entry, added);
          if (added.has_note() && !MayReadNotes(call.caller)) added.mutable_note()->clear_text();
        }
        if (const auto& next = view.page.next) {
          response.set_next_page_token(
              page.Encode({static_cast<std::uint64_t>(next->happened_at), next->kind, next->id}));
        }
      });
}

}  // namespace redress::customer
