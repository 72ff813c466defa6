#pragma once

#include "redress/customer/v1/segment_service.grpc.pb.h"
#include "services/customer/domain/segment.h"
#include "services/platform/server/guard.h"

namespace redress::customer {

// SegmentService: named conditions and their members.
class SegmentApi final : public v1::SegmentService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    SegmentRepository& segments;
  };
  explicit SegmentApi(Uses uses) : uses_(uses) {}

  grpc::ServerUnaryReactor* SetSegment(grpc::CallbackServerContext* context,
                                       const v1::SetSegmentRequest* request,
                                       v1::SetSegmentResponse* response) override;
  grpc::ServerUnaryReactor* ArchiveSegment(grpc::CallbackServerContext* context,
                                           const v1::ArchiveSegmentRequest* request,
                                           v1::ArchiveSegmentResponse* response) override;
  grpc::ServerUnaryReactor* ListSegments(grpc::CallbackServerContext* context,
                                         const v1::ListSegmentsRequest* request,
                                         v1::ListSegmentsResponse* response) override;
  grpc::ServerUnaryReactor* GetSegment(grpc::CallbackServerContext* context,
                                       const v1::GetSegmentRequest* request,
                                       v1::GetSegmentResponse* response) override;
  grpc::ServerUnaryReactor* ListSegmentMembers(grpc::CallbackServerContext* context,
                                               const v1::ListSegmentMembersRequest* request,
                                               v1::ListSegmentMembersResponse* response) override;

 private:
  const Uses uses_;
};

}  // namespace redress::customer
