#include "services/desk/api/contact_book_client.h"

#include <chrono>
#include <stdexcept>

#include "services/platform/server/channel.h"
#include "services/platform/server/status.h"

namespace redress::desk {
namespace {

constexpr std::chrono::milliseconds kTimeout(3000);

}  // namespace

ContactLeave ContactBookClient::Ask(ShopId shop, CustomerId customer, const std::string& contact,
                                    std::uint32_t quiet_days) {
  customer::v1::ReserveContactRequest request;
  request.set_request_id(contact);
  request.set_customer_id(platform::ToString(customer));
  request.set_quiet_days(quiet_days);
  customer::v1::ReserveContactResponse response;
  grpc::ClientContext context;
  platform::AsService(shop, kTimeout, context);
  platform::ThrowUnlessOk(stub_->ReserveContact(&context, request, &response));
  switch (response.verdict()) {
    case customer::v1::CONTACT_VERDICT_ALLOWED:
      return ContactLeave::kGiven;
    case customer::v1::CONTACT_VERDICT_REFUSED:
      return ContactLeave::kRefused;
    case customer::v1::CONTACT_VERDICT_QUIET:
      return ContactLeave::kQuiet;
    default:
      throw std::logic_error("ReserveContact answered no verdict that is known");
  }
}

}  // namespace redress::desk
