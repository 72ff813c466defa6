#include "services/customer/api/customer_api.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/customer/api/mapping.h"
#include "services/customer/api/tag_mapping.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/ids.h"
#include "services/platform/base/text.h"
#include "services/platform/paging/paging.h"
#include "services/platform/server/call.h"

namespace redress::customer {
namespace {

using platform::Call;
using platform::ParseId;

constexpr std::size_t kMaxNickLength = 100;

std::string Actor(const Call& call) {
  return platform::ToString(call.caller.account) + "|" + call.caller.service + "|";
}

// Contact data is left out: its keyed hash joins in the domain, since a plain digest of contact
// data could be guessed.
platform::Digest DigestOf(const Call& call, const v1::UpsertCustomerRequest& request) {
  v1::UpsertCustomerRequest asked = request;
  if (asked.has_contact()) asked.mutable_contact()->Clear();
  return platform::Sha256(Actor(call) + asked.SerializeAsString());
}

UpsertRequest ToUpsert(const Call& call, const v1::UpsertCustomerRequest& request) {
  UpsertRequest upsert{.request_id = request.request_id(),
                       .digest = DigestOf(call, request),
                       .platform = request.platform(),
                       .nick = request.nick(),
                       .contact = std::nullopt,
                       .etag = request.etag()};
  if (request.has_contact()) upsert.contact = FromProto(request.contact());
  return upsert;
}

// Field rules bound messages and lists, not the texts in a list.
void CheckNicks(const google::protobuf::RepeatedPtrField<std::string>& nicks) {
  for (int i = 0; i < nicks.size(); ++i) {
    const std::size_t length = platform::Utf8Length(nicks[i]).value_or(0);
    if (length >= 1 && length <= kMaxNickLength) continue;
    throw platform::InvalidField("nicks[" + std::to_string(i) + "]",
                                 "has " + std::to_string(length) + " characters; give 1 to 100");
  }
}

// The ids are those of the request's nicks.
std::vector<LearntContact> WordsOf(const v1::EnsureCustomersRequest& request,
                                   std::span<const CustomerId> ids) {
  std::vector<LearntContact> words;
  words.reserve(static_cast<std::size_t>(request.contacts_size()));
  for (const v1::LearntContact& said : request.contacts()) {
    if (said.nick_index() >= ids.size()) {
      throw platform::InvalidField("contacts[" + std::to_string(words.size()) + "].nick_index",
                                   "is " + std::to_string(said.nick_index()) +
                                       "; give the place of one of the " +
                                       std::to_string(ids.size()) + " nicks, counted from 0");
    }
    words.push_back({.customer = ids[said.nick_index()],
                     .nick = request.nicks(static_cast<int>(said.nick_index())),
                     .contact = FromProto(said.contact()),
                     .source_at = TimeOf(said.source_time())});
  }
  return words;
}

}  // namespace

grpc::ServerUnaryReactor* CustomerApi::UpsertCustomer(grpc::CallbackServerContext* context,
                                                      const v1::UpsertCustomerRequest* request,
                                                      v1::UpsertCustomerResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::UpsertCustomerRequest& request,
             v1::UpsertCustomerResponse& response) {
        const std::string answer = customers_.Upsert(call.caller.shop, ToUpsert(call, request),
                                                     [](const Customer& customer) {
                                                       v1::Customer stored;
                                                       ToProto(customer, stored);
                                                       stored.clear_nick();
                                                       return stored.SerializeAsString();
                                                     });
        v1::Customer& customer = *response.mutable_customer();
        customer.ParseFromString(answer);
        // Remembered answers outlive an erasure: they hold no name and no contact data, not even
        // masked. The request that is repeated has the same nick.
        customer.set_nick(request.nick());
        const auto id = ParseId<CustomerId>(customer.customer_id(), "customer_id");
        ToProto(customers_.Get(call.caller.shop, id).masked_contact,
                *customer.mutable_masked_contact());
      });
}

grpc::ServerUnaryReactor* CustomerApi::EnsureCustomers(grpc::CallbackServerContext* context,
                                                       const v1::EnsureCustomersRequest* request,
                                                       v1::EnsureCustomersResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::EnsureCustomersRequest& request,
             v1::EnsureCustomersResponse& response) {
        CheckNicks(request.nicks());
        const std::vector<std::string> nicks(request.nicks().begin(), request.nicks().end());
        const auto ids = request.find_only()
                             ? customers_.Find(call.caller.shop, request.platform(), nicks)
                             : customers_.Ensure(call.caller.shop, request.platform(), nicks);
        if (!request.find_only() && request.contacts_size() > 0) {
          customers_.Learn(call.caller.shop, request.platform(), WordsOf(request, ids));
        }
        response.mutable_customer_ids()->Reserve(static_cast<int>(ids.size()));
        for (const CustomerId id : ids) response.add_customer_ids(id.value);
      });
}

grpc::ServerUnaryReactor* CustomerApi::GetCustomer(grpc::CallbackServerContext* context,
                                                   const v1::GetCustomerRequest* request,
                                                   v1::GetCustomerResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetCustomerRequest& request,
             v1::GetCustomerResponse& response) {
        const auto id = ParseId<CustomerId>(request.customer_id(), "customer_id");
        ToProto(customers_.Get(call.caller.shop, id), *response.mutable_customer());
      });
}

grpc::ServerUnaryReactor* CustomerApi::FindCustomer(grpc::CallbackServerContext* context,
                                                    const v1::FindCustomerRequest* request,
                                                    v1::FindCustomerResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call& call, const v1::FindCustomerRequest& request,
                                v1::FindCustomerResponse& response) {
                           const ShopId shop = call.caller.shop;
                           const std::vector<CustomerView> found =
                               request.has_phone()
                                   ? customers_.FindByPhone(shop, request.phone())
                                   : customers_.FindByNick(shop, request.nick().platform(),
                                                           request.nick().nick());
                           for (const CustomerView& view : found)
                             ToProto(view, *response.add_customers());
                         });
}

grpc::ServerUnaryReactor* CustomerApi::ListCustomers(grpc::CallbackServerContext* context,
                                                     const v1::ListCustomersRequest* request,
                                                     v1::ListCustomersResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call& call, const v1::ListCustomersRequest& request,
                                v1::ListCustomersResponse& response) {
                           const platform::PageQuery query("ListCustomers", call.caller.shop);
                           std::optional<CustomerId> before;
                           if (const auto key = query.Decode(request.page_token(), 1)) {
                             before = CustomerId{key->front()};
                           }
                           const CustomerPage page = customers_.List(
                               call.caller.shop, before, platform::PageSize(request.page_size()));
                           for (const CustomerView& view : page.customers)
                             ToProto(view, *response.add_customers());
                           if (page.next)
                             response.set_next_page_token(query.Encode({page.next->value}));
                         });
}

grpc::ServerUnaryReactor* CustomerApi::RevealContact(grpc::CallbackServerContext* context,
                                                     const v1::RevealContactRequest* request,
                                                     v1::RevealContactResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::RevealContactRequest& request,
             v1::RevealContactResponse& response) {
        const Contact contact = customers_.RevealContact(
            call.caller.shop,
            {.request_id = request.request_id(),
             .digest = platform::Sha256(Actor(call) + request.SerializeAsString()),
             .customer = ParseId<CustomerId>(request.customer_id(), "customer_id"),
             .account = call.caller.account,
             .client = call.caller.client,
             .reason = request.reason()});
        ToProto(contact, *response.mutable_contact());
      });
}

}  // namespace redress::customer
