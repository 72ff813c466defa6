#include "services/order/api/customer_client.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "services/order/api/mapping.h"
#include "services/platform/server/channel.h"
#include "services/platform/server/status.h"

namespace redress::order {
namespace {

// What one EnsureCustomers call takes.
constexpr std::size_t kMaxNicks = 5000;

std::chrono::milliseconds TimeLeft(Deadline until) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(until -
                                                               std::chrono::steady_clock::now());
}

// Calls `ask` for each part that one call takes; ids in the order of the things.
template <class Thing, class Ask>
std::vector<CustomerId> InParts(std::span<const Thing> things, Ask ask) {
  std::vector<CustomerId> ids;
  ids.reserve(things.size());
  for (; !things.empty(); things = things.subspan(std::min(kMaxNicks, things.size()))) {
    const std::vector<CustomerId> some = ask(things.first(std::min(kMaxNicks, things.size())));
    ids.insert(ids.end(), some.begin(), some.end());
  }
  return ids;
}

// Of the nick that is added next.
void AddContact(const Buyer& buyer, customer::v1::EnsureCustomersRequest& request) {
  customer::v1::LearntContact& said = *request.add_contacts();
  said.set_nick_index(static_cast<std::uint32_t>(request.nicks_size()));
  said.mutable_contact()->set_name(buyer.reached_at.name);
  said.mutable_contact()->set_phone(buyer.reached_at.phone);
  said.mutable_contact()->set_address(buyer.reached_at.address);
  *said.mutable_source_time() = ToTimestamp(buyer.source_at);
}

}  // namespace

CustomerClient::CustomerClient(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(customer::v1::CustomerService::NewStub(channel)) {}

std::vector<CustomerId> CustomerClient::Ensure(ShopId shop, const std::string& platform,
                                               std::span<const Buyer> buyers, Deadline until) {
  return InParts(buyers, [&](std::span<const Buyer> part) {
    customer::v1::EnsureCustomersRequest request;
    request.set_platform(platform);
    for (const Buyer& buyer : part) {
      if (!buyer.reached_at.empty()) AddContact(buyer, request);
      request.add_nicks(buyer.nick);
    }
    return Ask(shop, request, until);
  });
}

std::vector<CustomerId> CustomerClient::Find(ShopId shop, const std::string& platform,
                                             std::span<const std::string> nicks, Deadline until) {
  return InParts(nicks, [&](std::span<const std::string> part) {
    customer::v1::EnsureCustomersRequest request;
    request.set_platform(platform);
    request.set_find_only(true);
    for (const std::string& nick : part) request.add_nicks(nick);
    return Ask(shop, request, until);
  });
}

std::vector<CustomerId> CustomerClient::Ask(ShopId shop,
                                            const customer::v1::EnsureCustomersRequest& request,
                                            Deadline until) {
  customer::v1::EnsureCustomersResponse response;
  grpc::ClientContext context;
  platform::AsService(shop, TimeLeft(until), context);
  platform::ThrowUnlessOk(stub_->EnsureCustomers(&context, request, &response));
  if (response.customer_ids_size() != request.nicks_size()) {
    throw std::logic_error("EnsureCustomers answered another number of ids than nicks");
  }
  std::vector<CustomerId> ids;
  ids.reserve(static_cast<std::size_t>(response.customer_ids_size()));
  for (const std::uint64_t id : response.customer_ids()) ids.push_back(CustomerId{id});
  return ids;
}

}  // namespace redress::order
