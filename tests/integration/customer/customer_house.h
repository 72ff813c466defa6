// The customer service's own parts over a real database.
#pragma once

#include <cstdint>
#include <string>

#include "services/customer/domain/customers.h"
#include "services/customer/migrations/migrations.gen.h"
#include "services/customer/store/mysql_customer_store.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/fault_plan.h"
#include "services/platform/database/pool.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/master_key.h"
#include "services/platform/sealing/sealer.h"
#include "tests/support/private_maria_db.h"

namespace redress::customer {

inline constexpr ShopId kShop{7};
inline constexpr ShopId kOtherShop{8};

struct CustomerHouse {
  // Faults, where given, strike at the service's commits, never at the test's own reads.
  explicit CustomerHouse(platform::FaultPlan* faults)
      : config(test::PrivateMariaDb::Instance().CreateSchema("customers")),
        pool(config, faults),
        plain(config),
        master(platform::SecretKey::Random()),
        keys(plain, clock),
        sealer(keys, master),
        ids(clock, 1),
        store(pool, sealer, ids, clock),
        customers(store, ids, clock) {
    platform::Migrate(plain, platform::PlatformMigrations());
    platform::Migrate(plain, CustomerMigrations());
  }

  std::int64_t Count(const std::string& sql) {
    platform::Result rows = plain.Acquire()->Query(sql);
    return rows.Next() ? rows.Int64(0) : -1;
  }

  platform::ManualClock clock;
  platform::DatabaseConfig config;
  platform::Pool pool;
  platform::Pool plain;  // without faults
  platform::MasterKeys master;
  platform::KeyStore keys;
  platform::Sealer sealer;
  platform::TimeOrderedIds ids;
  MysqlCustomerStore store;
  Customers customers;
};

}  // namespace redress::customer
