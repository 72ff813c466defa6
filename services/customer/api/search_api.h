// SearchService: maps a request to the domain, calls once, maps the answer back.
#pragma once

#include "redress/customer/v1/search_service.grpc.pb.h"
#include "services/customer/domain/customer_search.h"
#include "services/platform/server/guard.h"

namespace redress::customer {

class SearchApi final : public v1::SearchService::CallbackService {
 public:
  // Both outlive the api.
  SearchApi(platform::Guard& guard, CustomerSearch& search) : guard_(guard), search_(search) {}

  grpc::ServerUnaryReactor* SearchCustomers(grpc::CallbackServerContext* context,
                                            const v1::SearchCustomersRequest* request,
                                            v1::SearchCustomersResponse* response) override;

 private:
  void Search(const platform::Call& call, const v1::SearchCustomersRequest& request,
              v1::SearchCustomersResponse& response);

  platform::Guard& guard_;
  CustomerSearch& search_;
};

}  // namespace redress::customer
