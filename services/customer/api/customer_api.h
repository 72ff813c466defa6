// CustomerService: maps a request to the domain, calls once, maps the answer back. Who may call
// what, field rules and deadlines are the guard's.
#pragma once

#include "redress/customer/v1/customer_service.grpc.pb.h"
#include "services/customer/domain/customers.h"
#include "services/platform/server/guard.h"

namespace redress::customer {

class CustomerApi final : public v1::CustomerService::CallbackService {
 public:
  // Both outlive the api.
  CustomerApi(platform::Guard& guard, Customers& customers)
      : guard_(guard), customers_(customers) {}

  grpc::ServerUnaryReactor* UpsertCustomer(grpc::CallbackServerContext* context,
                                           const v1::UpsertCustomerRequest* request,
                                           v1::UpsertCustomerResponse* response) override;
  grpc::ServerUnaryReactor* EnsureCustomers(grpc::CallbackServerContext* context,
                                            const v1::EnsureCustomersRequest* request,
                                            v1::EnsureCustomersResponse* response) override;
  grpc::ServerUnaryReactor* GetCustomer(grpc::CallbackServerContext* context,
                                        const v1::GetCustomerRequest* request,
                                        v1::GetCustomerResponse* response) override;
  grpc::ServerUnaryReactor* FindCustomer(grpc::CallbackServerContext* context,
                                         const v1::FindCustomerRequest* request,
                                         v1::FindCustomerResponse* response) override;
  grpc::ServerUnaryReactor* ListCustomers(grpc::CallbackServerContext* context,
                                          const v1::ListCustomersRequest* request,
                                          v1::ListCustomersResponse* response) override;
  grpc::ServerUnaryReactor* RevealContact(grpc::CallbackServerContext* context,
                                          const v1::RevealContactRequest* request,
                                          v1::RevealContactResponse* response) override;

 private:
  platform::Guard& guard_;
  Customers& customers_;
};

}  // namespace redress::customer
