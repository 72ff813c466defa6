#include "services/order/api/customer_client.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

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

}  // namespace

CustomerClient::CustomerClient(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(customer::v1::CustomerService::NewStub(channel)) {}

std::vector<CustomerId> CustomerClient::Ensure(ShopId shop, const std::string& platform,
                                               std::span<const std::string> nicks, Deadline until) {
  return Ask(shop, platform, nicks, until, false);
}

std::vector<CustomerId> CustomerClient::Find(ShopId shop, const std::string& platform,
                                             std::span<const std::string> nicks, Deadline until) {
  return Ask(shop, platform, nicks, until, true);
}

std::vector<CustomerId> CustomerClient::Ask(ShopId shop, const std::string& platform,
                                            std::span<const std::string> nicks, Deadline until,
                                            bool find_only) {
  std::vector<CustomerId> ids;
  ids.reserve(nicks.size());
  for (std::size_t begin = 0; begin < nicks.size(); begin += kMaxNicks) {
    const auto part = nicks.subspan(begin, std::min(kMaxNicks, nicks.size() - begin));
    customer::v1::EnsureCustomersRequest request;
    request.set_platform(platform);
    request.set_find_only(find_only);
    for (const std::string& nick : part) request.add_nicks(nick);
    customer::v1::EnsureCustomersResponse response;
    grpc::ClientContext context;
    platform::AsService(shop, TimeLeft(until), context);
    platform::ThrowUnlessOk(stub_->EnsureCustomers(&context, request, &response));
    if (static_cast<std::size_t>(response.customer_ids_size()) != part.size()) {
      throw std::logic_error("EnsureCustomers answered another number of ids than nicks");
    }
    for (const std::uint64_t id : response.customer_ids()) ids.push_back(CustomerId{id});
  }
  return ids;
}

}  // namespace redress::order
