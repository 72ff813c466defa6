#include "services/customer/api/segment_api.h"

#include "services/customer/api/person_mapping.h"
#include "services/customer/api/tag_mapping.h"
#include "services/platform/paging/paging.h"

namespace redress::customer {

using platform::Call;
using platform::ParseId;

namespace {

Segment SegmentOf(const v1::SetSegmentRequest& from) {
  return {.code = from.segment_code(),
          .name_zh = from.name_zh(),
          .name_en = from.name_en(),
          .expression = from.expression(),
          .version = from.version()};
}

}  // namespace

grpc::ServerUnaryReactor* SegmentApi::SetSegment(grpc::CallbackServerContext* context,
                                                 const v1::SetSegmentRequest* request,
                                                 v1::SetSegmentResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SetSegmentRequest& request,
             v1::SetSegmentResponse& response) {
        ToProto(
            uses_.segments.Set(MakeWrite(call, request.request_id(), request), SegmentOf(request)),
            *response.mutable_segment());
      });
}

grpc::ServerUnaryReactor* SegmentApi::ArchiveSegment(grpc::CallbackServerContext* context,
                                                     const v1::ArchiveSegmentRequest* request,
                                                     v1::ArchiveSegmentResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ArchiveSegmentRequest& request,
             v1::ArchiveSegmentResponse& response) {
        ToProto(uses_.segments.SetArchived(MakeWrite(call, request.request_id(), request),
                                           request.segment_code(), request.version(),
                                           !request.restore()),
                *response.mutable_segment());
      });
}

grpc::ServerUnaryReactor* SegmentApi::ListSegments(grpc::CallbackServerContext* context,
                                                   const v1::ListSegmentsRequest* request,
                                                   v1::ListSegmentsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListSegmentsRequest& request,
             v1::ListSegmentsResponse& response) {
        for (const Segment& segment :
             uses_.segments.List(call.caller.shop, request.with_archived(), call.clock.NowUs())) {
          ToProto(segment, *response.add_segments());
        }
      });
}

grpc::ServerUnaryReactor* SegmentApi::GetSegment(grpc::CallbackServerContext* context,
                                                 const v1::GetSegmentRequest* request,
                                                 v1::GetSegmentResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetSegmentRequest& request,
             v1::GetSegmentResponse& response) {
        ToProto(uses_.segments.Get(call.caller.shop, request.segment_code(), call.clock.NowUs()),
                *response.mutable_segment());
      });
}

grpc::ServerUnaryReactor* SegmentApi::ListSegmentMembers(
    grpc::CallbackServerContext* context, const v1::ListSegmentMembersRequest* request,
    v1::ListSegmentMembersResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListSegmentMembersRequest& request,
             v1::ListSegmentMembersResponse& response) {
        const ShopId shop = call.caller.shop;
        const platform::PageQuery page("ListSegmentMembers", shop, {request.segment_code()});
        const auto after = page.Decode(request.page_token(), 1);
        const std::size_t size = platform::PageSize(request.page_size());
        auto members = uses_.segments.Members(shop, request.segment_code(),
                                              CustomerId{after ? after->at(0) : 0}, size + 1);
        if (members.size() > size) {
          members.pop_back();
          response.set_next_page_token(page.Encode({members.back().customer.value}));
        }
        for (const SegmentMember& member : members) ToProto(member, *response.add_members());
      });
}

}  // namespace redress::customer
