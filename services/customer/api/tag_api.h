#pragma once

#include "redress/customer/v1/tag_service.grpc.pb.h"
#include "services/customer/domain/person.h"
#include "services/customer/domain/rule_questions.h"
#include "services/customer/domain/tag.h"
#include "services/platform/server/guard.h"

namespace redress::customer {

// TagService: tags of a shop and who has them.
class TagApi final : public v1::TagService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    TagRepository& tags;
    RuleQuestions& questions;
    People& people;
  };
  explicit TagApi(Uses uses) : uses_(uses) {}

  grpc::ServerUnaryReactor* SetTag(grpc::CallbackServerContext* context,
                                   const v1::SetTagRequest* request,
                                   v1::SetTagResponse* response) override;
  grpc::ServerUnaryReactor* ArchiveTag(grpc::CallbackServerContext* context,
                                       const v1::ArchiveTagRequest* request,
                                       v1::ArchiveTagResponse* response) override;
  grpc::ServerUnaryReactor* ListTags(grpc::CallbackServerContext* context,
                                     const v1::ListTagsRequest* request,
                                     v1::ListTagsResponse* response) override;
  grpc::ServerUnaryReactor* TagCustomers(grpc::CallbackServerContext* context,
                                         const v1::TagCustomersRequest* request,
                                         v1::TagCustomersResponse* response) override;
  grpc::ServerUnaryReactor* UntagCustomers(grpc::CallbackServerContext* context,
                                           const v1::UntagCustomersRequest* request,
                                           v1::UntagCustomersResponse* response) override;
  grpc::ServerUnaryReactor* ListCustomerTags(grpc::CallbackServerContext* context,
                                             const v1::ListCustomerTagsRequest* request,
                                             v1::ListCustomerTagsResponse* response) override;
  grpc::ServerUnaryReactor* ListTagChanges(grpc::CallbackServerContext* context,
                                           const v1::ListTagChangesRequest* request,
                                           v1::ListTagChangesResponse* response) override;
  grpc::ServerUnaryReactor* ListTaggedCustomers(grpc::CallbackServerContext* context,
                                                const v1::ListTaggedCustomersRequest* request,
                                                v1::ListTaggedCustomersResponse* response) override;
  grpc::ServerUnaryReactor* ExplainTag(grpc::CallbackServerContext* context,
                                       const v1::ExplainTagRequest* request,
                                       v1::ExplainTagResponse* response) override;

 private:
  const Uses uses_;
};

}  // namespace redress::customer
