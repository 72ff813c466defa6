#include "services/customer/api/privacy_api.h"

#include <optional>
#include <utility>

#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"
#include "services/platform/paging/paging.h"
#include "services/platform/privacy/timestamps.h"

namespace redress::customer {
namespace {

using platform::Call;
using platform::ParseId;
using platform::ParseOptionalId;
using platform::SetTime;

void ToProto(const Reveal& reveal, v1::Reveal& out) {
  out.set_reveal_id(std::to_string(reveal.id));
  out.set_kind(static_cast<v1::RevealKind>(reveal.kind));
  out.set_customer_id(platform::ToString(reveal.customer));
  out.set_order_id(platform::ToString(reveal.order));
  out.set_account_id(platform::ToString(reveal.account));
  out.set_client(reveal.client);
  out.set_reason(reveal.reason);
  SetTime(reveal.revealed_at, *out.mutable_reveal_time());
}

void ToProto(const Erasure& erasure, v1::Erasure& out) {
  out.set_customer_id(platform::ToString(erasure.named));
  for (const CustomerId id : erasure.customers) {
    out.add_erased_customer_ids(platform::ToString(id));
  }
  out.set_account_id(platform::ToString(erasure.account));
  out.set_reason(erasure.reason);
  SetTime(erasure.erased_at, *out.mutable_erase_time());
  for (const ErasureConfirmation& one : erasure.confirmations) {
    v1::ErasureConfirmation& confirmation = *out.add_confirmations();
    confirmation.set_service(one.service);
    if (one.confirmed_at != 0) SetTime(one.confirmed_at, *confirmation.mutable_confirm_time());
  }
}

// The service that shows the data is no part of what was asked: an export goes through several.
RevealRequest ToReveal(const Call& call, const v1::RecordRevealRequest& request) {
  RevealRequest reveal{
      .request_id = request.request_id(),
      .digest = platform::Sha256(platform::ToString(call.caller.account) + "|reveal|" +
                                 request.SerializeAsString()),
      .customer = ParseOptionalId<CustomerId>(request.customer_id(), "customer_id"),
      .account = call.caller.account,
      .client = call.caller.client,
      .reason = request.reason(),
      .kind = static_cast<RevealKind>(request.kind()),
      .order = ParseOptionalId<OrderId>(request.order_id(), "order_id")};
  if (!reveal.customer && !reveal.order) {
    throw platform::InvalidField("customer_id", "is missing, and so is order_id; name whose data");
  }
  return reveal;
}

}  // namespace

grpc::ServerUnaryReactor* PrivacyApi::RecordReveal(grpc::CallbackServerContext* context,
                                                   const v1::RecordRevealRequest* request,
                                                   v1::RecordRevealResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::RecordRevealRequest& request,
             v1::RecordRevealResponse& response) {
        const ShopId shop = call.caller.shop;
        const RevealRequest reveal = ToReveal(call, request);
        response.set_reveal_id(std::to_string(uses_.customers.RecordReveal(shop, reveal)));
        if (!reveal.customer) return;
        for (const CustomerId id : uses_.groups.GroupOf(shop, reveal.customer)) {
          response.add_customer_ids(id.value);
        }
      });
}

grpc::ServerUnaryReactor* PrivacyApi::ListReveals(grpc::CallbackServerContext* context,
                                                  const v1::ListRevealsRequest* request,
                                                  v1::ListRevealsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListRevealsRequest& request,
             v1::ListRevealsResponse& response) {
        RevealQuery query{
            .account = ParseOptionalId<AccountId>(request.account_id(), "account_id"),
            .customer = ParseOptionalId<CustomerId>(request.customer_id(), "customer_id"),
            .after = std::nullopt};
        if (query.account && query.customer) {
          throw platform::InvalidField("customer_id",
                                       "and account_id are both given; give one of them");
        }
        const platform::PageQuery page("ListReveals", call.caller.shop,
                                       {request.account_id(), request.customer_id()});
        if (const auto key = page.Decode(request.page_token(), 2)) {
          query.after = std::pair(static_cast<std::int64_t>((*key)[0]), (*key)[1]);
        }
        const std::size_t size = platform::PageSize(request.page_size());
        // One more than the page tells whether another page follows.
        query.limit = size + 1;
        std::vector<Reveal> reveals = uses_.reveals.List(call.caller.shop, query);
        if (reveals.size() > size) {
          reveals.resize(size);
          const Reveal& last = reveals.back();
          response.set_next_page_token(
              page.Encode({static_cast<std::uint64_t>(last.revealed_at), last.id}));
        }
        for (const Reveal& reveal : reveals) ToProto(reveal, *response.add_reveals());
      });
}

grpc::ServerUnaryReactor* PrivacyApi::EraseCustomer(grpc::CallbackServerContext* context,
                                                    const v1::EraseCustomerRequest* request,
                                                    v1::EraseCustomerResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::EraseCustomerRequest& request,
             v1::EraseCustomerResponse& response) {
        const EraseRequest erase{
            .request_id = request.request_id(),
            .digest = platform::Sha256(platform::ToString(call.caller.account) + "|erase|" +
                                       request.SerializeAsString()),
            .customer = ParseId<CustomerId>(request.customer_id(), "customer_id"),
            .account = call.caller.account,
            .reason = request.reason()};
        const Erasure erasure = uses_.erasures.Erase(
            call.caller.shop, erase, [&](ShopId, std::span<const CustomerId> group) {
              return uses_.obstacles(call, group);
            });
        ToProto(erasure, *response.mutable_erasure());
      });
}

grpc::ServerUnaryReactor* PrivacyApi::GetErasure(grpc::CallbackServerContext* context,
                                                 const v1::GetErasureRequest* request,
                                                 v1::GetErasureResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetErasureRequest& request,
             v1::GetErasureResponse& response) {
        const auto customer = ParseId<CustomerId>(request.customer_id(), "customer_id");
        ToProto(uses_.erasures.Get(call.caller.shop, customer), *response.mutable_erasure());
      });
}

grpc::ServerUnaryReactor* PrivacyApi::ListErasures(grpc::CallbackServerContext* context,
                                                   const v1::ListErasuresRequest* request,
                                                   v1::ListErasuresResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::ListErasuresRequest& request,
                                     v1::ListErasuresResponse& response) {
                                const platform::PageQuery page("ListErasures", call.caller.shop);
                                std::optional<std::uint64_t> before;
                                if (const auto key = page.Decode(request.page_token(), 1))
                                  before = key->front();
                                const std::size_t size = platform::PageSize(request.page_size());
                                std::vector<Erasure> erasures =
                                    uses_.erasures.List(call.caller.shop, before, size + 1);
                                if (erasures.size() > size) {
                                  erasures.resize(size);
                                  response.set_next_page_token(page.Encode({erasures.back().id}));
                                }
                                for (const Erasure& erasure : erasures)
                                  ToProto(erasure, *response.add_erasures());
                              });
}

grpc::ServerUnaryReactor* PrivacyApi::ConfirmErasure(grpc::CallbackServerContext* context,
                                                     const v1::ConfirmErasureRequest* request,
                                                     v1::ConfirmErasureResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::ConfirmErasureRequest& request,
                                     v1::ConfirmErasureResponse&) {
                                uses_.erasures.Confirm(
                                    call.caller.shop,
                                    ParseId<CustomerId>(request.customer_id(), "customer_id"),
                                    call.caller.service);
                              });
}

}  // namespace redress::customer
