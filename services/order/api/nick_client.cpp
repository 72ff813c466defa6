#include "services/order/api/nick_client.h"

#include <algorithm>
#include <chrono>

#include "services/platform/server/channel.h"

namespace redress::order {
namespace {

// Orders are found by other things too: a slow answer is not waited for.
constexpr std::chrono::milliseconds kPatience(1'000);

std::chrono::milliseconds TimeLeft(Deadline until) {
  return std::min(kPatience, std::chrono::duration_cast<std::chrono::milliseconds>(
                                 until - std::chrono::steady_clock::now()));
}

}  // namespace

NickClient::NickClient(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(customer::v1::SearchService::NewStub(channel)) {}

std::optional<std::vector<CustomerId>> NickClient::FindByNick(ShopId shop, const std::string& words,
                                                              std::size_t most, Deadline until) {
  customer::v1::SearchCustomersRequest request;
  request.set_words(words);
  request.set_nicks_only(true);
  request.set_page_size(static_cast<std::uint32_t>(most));
  customer::v1::SearchCustomersResponse response;
  grpc::ClientContext context;
  platform::AsService(shop, TimeLeft(until), context);
  if (!stub_->SearchCustomers(&context, request, &response).ok()) return std::nullopt;
  std::vector<CustomerId> customers;
  for (const auto& hit : response.hits()) {
    customers.push_back(platform::ParseId<CustomerId>(hit.customer().customer_id(), "customer_id"));
  }
  return customers;
}

}  // namespace redress::order
