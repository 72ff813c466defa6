// PersonService: maps a request to the domain, calls once, maps the answer back.
#pragma once

#include "redress/customer/v1/person_service.grpc.pb.h"
#include "services/customer/domain/customer_store.h"
#include "services/customer/domain/merging.h"
#include "services/platform/server/guard.h"

namespace redress::customer {

class PersonApi final : public v1::PersonService::CallbackService {
 public:
  // All outlive the api.
  struct Uses {
    platform::Guard& guard;
    MergeRepository& merges;
    People& people;
    CustomerStore& customers;
  };

  explicit PersonApi(const Uses& uses) : uses_(uses) {}

  grpc::ServerUnaryReactor* ListDuplicates(grpc::CallbackServerContext* context,
                                           const v1::ListDuplicatesRequest* request,
                                           v1::ListDuplicatesResponse* response) override;
  grpc::ServerUnaryReactor* MergeCustomers(grpc::CallbackServerContext* context,
                                           const v1::MergeCustomersRequest* request,
                                           v1::MergeCustomersResponse* response) override;
  grpc::ServerUnaryReactor* UnmergeCustomer(grpc::CallbackServerContext* context,
                                            const v1::UnmergeCustomerRequest* request,
                                            v1::UnmergeCustomerResponse* response) override;
  grpc::ServerUnaryReactor* ListMerges(grpc::CallbackServerContext* context,
                                       const v1::ListMergesRequest* request,
                                       v1::ListMergesResponse* response) override;
  grpc::ServerUnaryReactor* LinkIdentity(grpc::CallbackServerContext* context,
                                         const v1::LinkIdentityRequest* request,
                                         v1::LinkIdentityResponse* response) override;
  grpc::ServerUnaryReactor* UnlinkIdentity(grpc::CallbackServerContext* context,
                                           const v1::UnlinkIdentityRequest* request,
                                           v1::UnlinkIdentityResponse* response) override;
  grpc::ServerUnaryReactor* FindPerson(grpc::CallbackServerContext* context,
                                       const v1::FindPersonRequest* request,
                                       v1::FindPersonResponse* response) override;

 private:
  void ShowDuplicates(ShopId shop, const v1::ListDuplicatesRequest& request,
                      v1::ListDuplicatesResponse& response);
  void ShowMerges(ShopId shop, const v1::ListMergesRequest& request,
                  v1::ListMergesResponse& response);
  void Show(ShopId shop, const Person& person, v1::Person& out);

  Uses uses_;
};

}  // namespace redress::customer
