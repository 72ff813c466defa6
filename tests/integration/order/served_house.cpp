#include "tests/integration/order/served_house.h"

#include <chrono>

#include "services/customer/migrations/migrations.gen.h"
#include "services/platform/migrations/migrations.gen.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

using platform::AccountId;
using platform::Role;

platform::DatabaseConfig CustomerSchema() {
  platform::DatabaseConfig config = test::PrivateMariaDb::Instance().CreateSchema("customers");
  platform::Pool pool(config);
  platform::Migrate(pool, platform::PlatformMigrations());
  platform::Migrate(pool, customer::CustomerMigrations());
  return config;
}

}  // namespace

ServedHouse::ServedHouse(platform::FaultPlan* faults)
    : orders(faults),
      customer_config(CustomerSchema()),
      customer_pool(customer_config, faults),
      customer_plain(customer_config),
      customer_keys(customer_plain, orders.clock),
      customer_sealer(customer_keys, orders.master),
      customer_store(customer_pool, customer_sealer, orders.ids, orders.clock),
      customers(customer_store, orders.ids, orders.clock),
      customer_api(customer_server.guard(), customers) {
  customer_server.AddShop(kShop);
  customer_server.AddShop(kOtherShop);
  customer_server.Start({&customer_api});
  customer_client = std::make_unique<CustomerClient>(customer_server.Channel("order"));
  intake = std::make_unique<OrderIntake>(orders.store, *customer_client, orders.ids, orders.clock);
  order_api = std::make_unique<OrderApi>(order_server.guard(), *intake, orders.reading);
  integration = order_server.Member(AccountId{1}, kShop, {Role::ROLE_INTEGRATION});
  agent = order_server.Member(AccountId{2}, kShop, {Role::ROLE_AGENT});
  order_server.AddShop(kOtherShop);
  order_server.Start({order_api.get()});
  stub = v1::OrderService::NewStub(order_server.Channel());
  aftersales_stub = v1::OrderService::NewStub(order_server.Channel("aftersales"));
}

std::unique_ptr<grpc::ClientContext> ServedHouse::As(const std::string& token, ShopId shop) {
  auto context = std::make_unique<grpc::ClientContext>();
  test::GuardedServer::As(*context, token, shop);
  return context;
}

google::protobuf::Timestamp At(std::int64_t at_us) {
  google::protobuf::Timestamp time;
  time.set_seconds(at_us / kSecond);
  time.set_nanos(static_cast<std::int32_t>(at_us % kSecond * 1000));
  return time;
}

}  // namespace redress::order
