#include "services/desk/api/customer_book.h"

#include <stdexcept>

#include "services/platform/server/channel.h"
#include "services/platform/server/status.h"

namespace redress::desk {

std::vector<CustomerId> CustomerBookClient::Ensure(ShopId shop, const std::string& platform,
                                                   std::span<const std::string> nicks,
                                                   Until until) {
  customer::v1::EnsureCustomersRequest request;
  request.set_platform(platform);
  for (const std::string& nick : nicks) request.add_nicks(nick);
  customer::v1::EnsureCustomersResponse response;
  grpc::ClientContext context;
  platform::AsService(shop,
                      std::chrono::duration_cast<std::chrono::milliseconds>(
                          until - std::chrono::steady_clock::now()),
                      context);
  platform::ThrowUnlessOk(stub_->EnsureCustomers(&context, request, &response));
  if (static_cast<std::size_t>(response.customer_ids_size()) != nicks.size()) {
    throw std::logic_error("EnsureCustomers answered another number of ids than nicks");
  }
  std::vector<CustomerId> ids;
  ids.reserve(nicks.size());
  for (const std::uint64_t id : response.customer_ids()) ids.push_back(CustomerId{id});
  return ids;
}

}  // namespace redress::desk
