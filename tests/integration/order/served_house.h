// The order and the customer service behind their guards, on real connections with mTLS.
#pragma once

#include <memory>
#include <string>

#include "redress/customer/v1/customer_service.grpc.pb.h"
#include "redress/order/v1/order_service.grpc.pb.h"
#include "services/customer/api/customer_api.h"
#include "services/customer/domain/customers.h"
#include "services/customer/store/mysql_customer_store.h"
#include "services/order/api/customer_client.h"
#include "services/order/api/order_api.h"
#include "tests/integration/order/order_house.h"
#include "tests/integration/platform/server/guarded_server.h"

namespace redress::order {

class ServedHouse {
 public:
  explicit ServedHouse(platform::FaultPlan* faults);

  // A call of a member of kShop, or of a service as itself.
  std::unique_ptr<grpc::ClientContext> As(const std::string& token, ShopId shop = kShop);

  OrderHouse orders;  // its database, and its store for looking behind the API
  platform::DatabaseConfig customer_config;
  platform::Pool customer_pool;
  platform::Pool customer_plain;
  platform::KeyStore customer_keys;
  platform::Sealer customer_sealer;
  customer::MysqlCustomerStore customer_store;
  customer::Customers customers;
  test::GuardedServer customer_server;
  test::GuardedServer order_server;
  customer::CustomerApi customer_api;
  std::unique_ptr<CustomerClient> customer_client;
  std::unique_ptr<OrderIntake> intake;
  std::unique_ptr<OrderApi> order_api;

  std::string integration;  // tokens of accounts in kShop
  std::string agent;
  std::unique_ptr<v1::OrderService::Stub> stub;             // a person's tool
  std::unique_ptr<v1::OrderService::Stub> aftersales_stub;  // the aftersales service
};

// What a client does that repeats on UNAVAILABLE.
template <class Call>
grpc::Status Repeating(Call call) {
  constexpr int kPatience = 20;
  grpc::Status status;
  for (int attempt = 0; attempt < kPatience; ++attempt) {
    status = call();
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE) break;
  }
  return status;
}

google::protobuf::Timestamp At(std::int64_t at_us);

}  // namespace redress::order
