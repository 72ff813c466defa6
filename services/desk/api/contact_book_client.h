#pragma once

#include <grpcpp/channel.h>

#include <memory>

#include "redress/customer/v1/care_service.grpc.pb.h"
#include "services/desk/domain/contact_book.h"

namespace redress::desk {

// Asks the customer service over mTLS, as the service itself.
class ContactBookClient final : public ContactBook {
 public:
  explicit ContactBookClient(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(customer::v1::CareService::NewStub(channel)) {}

  ContactLeave Ask(ShopId shop, CustomerId customer, const std::string& contact,
                   std::uint32_t quiet_days) override;

 private:
  const std::unique_ptr<customer::v1::CareService::Stub> stub_;
};

}  // namespace redress::desk
