// PrivacyService: who saw whose personal data, and the erasure of persons.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "redress/customer/v1/privacy_service.grpc.pb.h"
#include "services/customer/domain/customers.h"
#include "services/customer/domain/erasures.h"
#include "services/customer/domain/reveals.h"
#include "services/platform/server/call.h"
#include "services/platform/server/guard.h"

namespace redress::customer {

class PrivacyApi final : public v1::PrivacyService::CallbackService {
 public:
  // All outlive the api. `obstacles` asks, on behalf of the call, what keeps a group from being
  // erased.
  struct Uses {
    platform::Guard& guard;
    Customers& customers;
    RevealLog& reveals;
    Erasures& erasures;
    ErasureStore& groups;
    std::function<std::vector<std::string>(const platform::Call&, std::span<const CustomerId>)>
        obstacles;
  };
  explicit PrivacyApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* RecordReveal(grpc::CallbackServerContext* context,
                                         const v1::RecordRevealRequest* request,
                                         v1::RecordRevealResponse* response) override;
  grpc::ServerUnaryReactor* ListReveals(grpc::CallbackServerContext* context,
                                        const v1::ListRevealsRequest* request,
                                        v1::ListRevealsResponse* response) override;
  grpc::ServerUnaryReactor* EraseCustomer(grpc::CallbackServerContext* context,
                                          const v1::EraseCustomerRequest* request,
                                          v1::EraseCustomerResponse* response) override;
  grpc::ServerUnaryReactor* GetErasure(grpc::CallbackServerContext* context,
                                       const v1::GetErasureRequest* request,
                                       v1::GetErasureResponse* response) override;
  grpc::ServerUnaryReactor* ListErasures(grpc::CallbackServerContext* context,
                                         const v1::ListErasuresRequest* request,
                                         v1::ListErasuresResponse* response) override;
  grpc::ServerUnaryReactor* ConfirmErasure(grpc::CallbackServerContext* context,
                                           const v1::ConfirmErasureRequest* request,
                                           v1::ConfirmErasureResponse* response) override;

 private:
  Uses uses_;
};

}  // namespace redress::customer
