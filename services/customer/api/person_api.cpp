#include "services/customer/api/person_api.h"

#include <cstring>
#include <limits>
#include <string>

#include "services/customer/api/mapping.h"
#include "services/customer/api/person_mapping.h"
#include "services/customer/domain/etag.h"
#include "services/platform/base/errors.h"
#include "services/platform/paging/paging.h"
#include "services/platform/server/call.h"

namespace redress::customer {
namespace {

using platform::Call;
using platform::ParseId;

constexpr std::size_t kHashNumbers = 4;  // a hash is four numbers of eight bytes
constexpr std::size_t kHashBytes = kHashNumbers * sizeof(std::uint64_t);

platform::PageKey KeyOf(const DuplicateCursor& cursor) {
  platform::PageKey key(1 + kHashNumbers);
  key[0] = static_cast<std::uint64_t>(cursor.reason);
  // No hash consists of zeros, so these stand for the beginning.
  if (cursor.hash.size() == kHashBytes) std::memcpy(&key[1], cursor.hash.data(), kHashBytes);
  return key;
}

DuplicateCursor CursorOf(const platform::PageKey& key) {
  DuplicateCursor cursor;
  cursor.reason = static_cast<DuplicateReason>(key.at(0));
  cursor.hash.resize(kHashBytes);
  std::memcpy(cursor.hash.data(), &key[1], kHashBytes);
  return cursor;
}

}  // namespace

void PersonApi::Show(ShopId shop, const Person& person, v1::Person& out) {
  out.set_head_customer_id(platform::ToString(person.head));
  for (const CustomerView& view : uses_.customers.Read(shop, person.members)) {
    ToProto(view, *out.add_customers());
  }
  for (const Identity& identity : uses_.merges.IdentitiesOf(shop, person)) {
    ToProto(identity, *out.add_identities());
  }
}

void PersonApi::ShowDuplicates(ShopId shop, const v1::ListDuplicatesRequest& request,
                               v1::ListDuplicatesResponse& response) {
  std::optional<DuplicateReason> only;
  DuplicateCursor after;
  if (request.reason() != v1::DUPLICATE_REASON_UNSPECIFIED) {
    if (!v1::DuplicateReason_IsValid(request.reason())) {
      throw platform::InvalidField("reason", "is none that is known; leave it out for all");
    }
    only = static_cast<DuplicateReason>(request.reason());
    after.reason = *only;
  }
  const platform::PageQuery page("ListDuplicates", shop, {std::to_string(request.reason())});
  if (const auto key = page.Decode(request.page_token(), 1 + kHashNumbers)) after = CursorOf(*key);
  const DuplicatePage found =
      uses_.merges.Duplicates(shop, after, only, platform::PageSize(request.page_size()));
  for (const DuplicateGroup& group : found.groups) {
    v1::Duplicates& added = *response.add_duplicates();
    added.set_reason(static_cast<v1::DuplicateReason>(group.reason));
    for (const CustomerView& view : uses_.customers.Read(shop, group.customers)) {
      ToProto(view, *added.add_customers());
    }
  }
  if (found.next) response.set_next_page_token(page.Encode(KeyOf(*found.next)));
}

void PersonApi::ShowMerges(ShopId shop, const v1::ListMergesRequest& request,
                           v1::ListMergesResponse& response) {
  const auto customer = ParseId<CustomerId>(request.customer_id(), "customer_id");
  const platform::PageQuery page("ListMerges", shop, {request.customer_id()});
  MergeId before{std::numeric_limits<std::uint64_t>::max()};
  if (const auto key = page.Decode(request.page_token(), 1)) before = MergeId{key->front()};
  const std::size_t size = platform::PageSize(request.page_size());
  // One more than the page tells whether another page follows.
  std::vector<Merge> merges = uses_.merges.History(shop, customer, before, size + 1);
  if (merges.size() > size) {
    merges.resize(size);
    response.set_next_page_token(page.Encode({merges.back().id.value}));
  }
  for (const Merge& merge : merges) ToProto(merge, *response.add_merges());
}

grpc::ServerUnaryReactor* PersonApi::ListDuplicates(grpc::CallbackServerContext* context,
                                                    const v1::ListDuplicatesRequest* request,
                                                    v1::ListDuplicatesResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::ListDuplicatesRequest& request,
                                     v1::ListDuplicatesResponse& response) {
                                ShowDuplicates(call.caller.shop, request, response);
                              });
}

grpc::ServerUnaryReactor* PersonApi::MergeCustomers(grpc::CallbackServerContext* context,
                                                    const v1::MergeCustomersRequest* request,
                                                    v1::MergeCustomersResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::MergeCustomersRequest& request,
             v1::MergeCustomersResponse& response) {
        const Person person = uses_.merges.Merge(
            {.write = MakeWrite(call, request.request_id(), request),
             .customer = ParseId<CustomerId>(request.customer_id(), "customer_id"),
             .into = ParseId<CustomerId>(request.into_customer_id(), "into_customer_id"),
             .version = VersionOf(request.etag(), "etag"),
             .into_version = VersionOf(request.into_etag(), "into_etag"),
             .reason = request.reason()});
        Show(call.caller.shop, person, *response.mutable_person());
      });
}

grpc::ServerUnaryReactor* PersonApi::UnmergeCustomer(grpc::CallbackServerContext* context,
                                                     const v1::UnmergeCustomerRequest* request,
                                                     v1::UnmergeCustomerResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::UnmergeCustomerRequest& request,
             v1::UnmergeCustomerResponse& response) {
        const Person person = uses_.merges.Unmerge(
            {.write = MakeWrite(call, request.request_id(), request),
             .customer = ParseId<CustomerId>(request.customer_id(), "customer_id"),
             .version = VersionOf(request.etag(), "etag"),
             .reason = request.reason()});
        Show(call.caller.shop, person, *response.mutable_person());
      });
}

grpc::ServerUnaryReactor* PersonApi::ListMerges(grpc::CallbackServerContext* context,
                                                const v1::ListMergesRequest* request,
                                                v1::ListMergesResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::ListMergesRequest& request,
                                     v1::ListMergesResponse& response) {
                                ShowMerges(call.caller.shop, request, response);
                              });
}

grpc::ServerUnaryReactor* PersonApi::LinkIdentity(grpc::CallbackServerContext* context,
                                                  const v1::LinkIdentityRequest* request,
                                                  v1::LinkIdentityResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::LinkIdentityRequest& request,
                                     v1::LinkIdentityResponse& response) {
                                const Person person = uses_.merges.Link(
                                    MakeWrite(call, request.request_id(), request),
                                    ParseId<CustomerId>(request.customer_id(), "customer_id"),
                                    FromProto(request.identity()));
                                Show(call.caller.shop, person, *response.mutable_person());
                              });
}

grpc::ServerUnaryReactor* PersonApi::UnlinkIdentity(grpc::CallbackServerContext* context,
                                                    const v1::UnlinkIdentityRequest* request,
                                                    v1::UnlinkIdentityResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::UnlinkIdentityRequest& request,
                                     v1::UnlinkIdentityResponse& response) {
                                const Person person = uses_.merges.Unlink(
                                    MakeWrite(call, request.request_id(), request),
                                    ParseId<CustomerId>(request.customer_id(), "customer_id"),
                                    FromProto(request.identity()));
                                Show(call.caller.shop, person, *response.mutable_person());
                              });
}

grpc::ServerUnaryReactor* PersonApi::FindPerson(grpc::CallbackServerContext* context,
                                                const v1::FindPersonRequest* request,
                                                v1::FindPersonResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::FindPersonRequest& request,
             v1::FindPersonResponse& response) {
        const ShopId shop = call.caller.shop;
        const CustomerId customer =
            request.has_identity()
                ? uses_.merges.FindByIdentity(shop, FromProto(request.identity()))
                : ParseId<CustomerId>(request.customer_id(), "customer_id");
        if (!customer) throw platform::NotFound("customer", request.identity().name());
        Show(shop, uses_.people.PersonOf(shop, customer), *response.mutable_person());
      });
}

}  // namespace redress::customer
