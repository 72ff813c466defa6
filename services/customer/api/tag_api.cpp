#include "services/customer/api/tag_api.h"

#include "services/customer/api/person_mapping.h"
#include "services/customer/api/tag_mapping.h"
#include "services/platform/base/errors.h"
#include "services/platform/paging/paging.h"

namespace redress::customer {

using platform::Call;
using platform::ParseId;

namespace {

std::vector<CustomerId> CustomersOf(const google::protobuf::RepeatedPtrField<std::string>& ids) {
  std::vector<CustomerId> customers;
  customers.reserve(static_cast<std::size_t>(ids.size()));
  for (int i = 0; i < ids.size(); ++i) {
    customers.push_back(ParseId<CustomerId>(ids[i], "customer_ids[" + std::to_string(i) + "]"));
  }
  return customers;
}

void ToProto(const std::vector<CustomerId>& customers, const std::vector<TagResult>& results,
             google::protobuf::RepeatedPtrField<v1::TaggedCustomer>& to) {
  for (std::size_t i = 0; i < customers.size(); ++i) {
    v1::TaggedCustomer& added = *to.Add();
    added.set_customer_id(platform::ToString(customers[i]));
    added.set_result(static_cast<v1::TagResult>(results.at(i)));
  }
}

void CheckExpiry(const v1::TagCustomersRequest& request, std::int64_t now_us) {
  if (!request.has_expire_time() || TimeOf(request.expire_time()) > now_us) return;
  throw platform::InvalidField("expire_time", "is over; give a moment that is to come");
}

}  // namespace

grpc::ServerUnaryReactor* TagApi::SetTag(grpc::CallbackServerContext* context,
                                         const v1::SetTagRequest* request,
                                         v1::SetTagResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SetTagRequest& request, v1::SetTagResponse& response) {
        ToProto(uses_.tags.Set(MakeWrite(call, request.request_id(), request), TagOf(request)),
                *response.mutable_tag());
      });
}

grpc::ServerUnaryReactor* TagApi::ArchiveTag(grpc::CallbackServerContext* context,
                                             const v1::ArchiveTagRequest* request,
                                             v1::ArchiveTagResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ArchiveTagRequest& request,
             v1::ArchiveTagResponse& response) {
        ToProto(uses_.tags.SetArchived(MakeWrite(call, request.request_id(), request),
                                       request.tag_code(), request.version(), !request.restore()),
                *response.mutable_tag());
      });
}

grpc::ServerUnaryReactor* TagApi::ListTags(grpc::CallbackServerContext* context,
                                           const v1::ListTagsRequest* request,
                                           v1::ListTagsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListTagsRequest& request, v1::ListTagsResponse& response) {
        for (const Tag& tag : uses_.tags.List(call.caller.shop, request.with_archived())) {
          ToProto(tag, *response.add_tags());
        }
      });
}

grpc::ServerUnaryReactor* TagApi::TagCustomers(grpc::CallbackServerContext* context,
                                               const v1::TagCustomersRequest* request,
                                               v1::TagCustomersResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::TagCustomersRequest& request,
             v1::TagCustomersResponse& response) {
        CheckExpiry(request, call.clock.NowUs());
        const std::vector<CustomerId> customers = CustomersOf(request.customer_ids());
        TagByHand by_hand{.tag = request.tag_code()};
        if (request.has_expire_time()) by_hand.expires_at = TimeOf(request.expire_time());
        ToProto(
            customers,
            uses_.tags.Decide(MakeWrite(call, request.request_id(), request), by_hand, customers),
            *response.mutable_results());
      });
}

grpc::ServerUnaryReactor* TagApi::UntagCustomers(grpc::CallbackServerContext* context,
                                                 const v1::UntagCustomersRequest* request,
                                                 v1::UntagCustomersResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::UntagCustomersRequest& request,
             v1::UntagCustomersResponse& response) {
        const std::vector<CustomerId> customers = CustomersOf(request.customer_ids());
        const TagByHand by_hand{
            .tag = request.tag_code(),
            .decision = request.let_rule_decide() ? HandDecision::kHandBack : HandDecision::kDeny};
        ToProto(
            customers,
            uses_.tags.Decide(MakeWrite(call, request.request_id(), request), by_hand, customers),
            *response.mutable_results());
      });
}

grpc::ServerUnaryReactor* TagApi::ListCustomerTags(grpc::CallbackServerContext* context,
                                                   const v1::ListCustomerTagsRequest* request,
                                                   v1::ListCustomerTagsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListCustomerTagsRequest& request,
             v1::ListCustomerTagsResponse& response) {
        const ShopId shop = call.caller.shop;
        const Person person =
            uses_.people.PersonOf(shop, ParseId<CustomerId>(request.customer_id(), "customer_id"));
        for (const CustomerTag& tag : uses_.tags.Of(shop, person.members, call.clock.NowUs())) {
          if (!tag.denied) ToProto(tag, *response.add_tags());
        }
      });
}

grpc::ServerUnaryReactor* TagApi::ListTagChanges(grpc::CallbackServerContext* context,
                                                 const v1::ListTagChangesRequest* request,
                                                 v1::ListTagChangesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListTagChangesRequest& request,
             v1::ListTagChangesResponse& response) {
        const ShopId shop = call.caller.shop;
        const Person person =
            uses_.people.PersonOf(shop, ParseId<CustomerId>(request.customer_id(), "customer_id"));
        const platform::PageQuery page("ListTagChanges", shop, {request.customer_id()});
        const auto before = page.Decode(request.page_token(), 1);
        const std::size_t size = platform::PageSize(request.page_size());
        auto changes =
            uses_.tags.Changes(shop, person.members, before ? before->at(0) : 0, size + 1);
        if (changes.size() > size) {
          changes.pop_back();
          response.set_next_page_token(page.Encode({changes.back().id}));
        }
        for (const TagChange& change : changes) ToProto(change, *response.add_changes());
      });
}

grpc::ServerUnaryReactor* TagApi::ListTaggedCustomers(grpc::CallbackServerContext* context,
                                                      const v1::ListTaggedCustomersRequest* request,
                                                      v1::ListTaggedCustomersResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListTaggedCustomersRequest& request,
             v1::ListTaggedCustomersResponse& response) {
        const ShopId shop = call.caller.shop;
        const platform::PageQuery page("ListTaggedCustomers", shop, {request.tag_code()});
        const auto after = page.Decode(request.page_token(), 1);
        const std::size_t size = platform::PageSize(request.page_size());
        auto people = uses_.tags.Tagged(shop, request.tag_code(),
                                        CustomerId{after ? after->at(0) : 0}, size + 1);
        if (people.size() > size) {
          people.pop_back();
          response.set_next_page_token(page.Encode({people.back().customer.value}));
        }
        for (const CustomerTag& tag : people) ToProto(tag, *response.add_people());
      });
}

grpc::ServerUnaryReactor* TagApi::ExplainTag(grpc::CallbackServerContext* context,
                                             const v1::ExplainTagRequest* request,
                                             v1::ExplainTagResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ExplainTagRequest& request,
             v1::ExplainTagResponse& response) {
        ToProto(uses_.questions.Explain(call.caller.shop,
                                        ParseId<CustomerId>(request.customer_id(), "customer_id"),
                                        request.tag_code()),
                *response.mutable_explanation());
      });
}

}  // namespace redress::customer
