// Facts, figures and groups of customers over a real database.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "services/customer/domain/intake.h"
#include "services/customer/domain/rfm.h"
#include "services/customer/store/customer_event_log.h"
#include "services/customer/store/mysql_fact_archive.h"
#include "services/customer/store/mysql_fact_book.h"
#include "services/customer/store/mysql_facts_reader.h"
#include "services/customer/store/mysql_merges.h"
#include "services/customer/store/mysql_people.h"
#include "services/customer/store/mysql_rfm.h"
#include "services/customer/store/mysql_timeline.h"
#include "services/platform/base/errors.h"
#include "services/platform/events/event_log.h"
#include "tests/integration/customer/customer_house.h"

namespace redress::customer {

// As a client does that repeats on UNAVAILABLE, or a consumer that is given its batch again.
template <class Call>
auto Patiently(Call call) {
  constexpr int kPatience = 50;
  for (int attempt = 1;; ++attempt) {
    try {
      return call();
    } catch (const platform::Refusal& refusal) {
      if (refusal.code() != platform::Code::kUnavailable || attempt == kPatience) throw;
    }
  }
}

struct PersonHouse : CustomerHouse {
  explicit PersonHouse(platform::FaultPlan* faults = test::InjectedFaults())
      : CustomerHouse(faults),
        event_log(ids, clock),
        events(event_log),
        facts(pool),
        intake(facts, clock),
        people(pool),
        merges(pool, sealer, ids, events),
        reader(pool),
        timeline(pool),
        archive(pool, clock),
        scores(pool),
        rfm(scores, clock) {}

  std::vector<CustomerId> MakeCustomers(std::size_t count, ShopId shop = kShop) {
    std::vector<std::string> nicks;
    for (std::size_t i = 0; i < count; ++i) nicks.push_back("nick-" + std::to_string(i));
    return Patiently([&] { return customers.Ensure(shop, "taobao", nicks); });
  }

  void Take(const FactBatch& batch) {
    Patiently([&] {
      intake.Take(batch);
      return 0;
    });
  }

  std::uint32_t VersionOf(CustomerId customer, ShopId shop = kShop) {
    return store.Read(shop, {&customer, 1}).at(0).customer.version;
  }

  Write MakeWrite(ShopId shop = kShop) {
    Write write;
    write.shop = shop;
    write.request_id = "write-" + std::to_string(++writes);
    write.account = platform::AccountId{5};
    write.now_us = clock.NowUs();
    return write;
  }

  Person Merge(CustomerId customer, CustomerId into) {
    const MergeRequest request{.write = MakeWrite(),
                               .customer = customer,
                               .into = into,
                               .version = VersionOf(customer),
                               .into_version = VersionOf(into),
                               .reason = "same buyer"};
    return Patiently([&] { return merges.Merge(request); });
  }

  Person Unmerge(CustomerId customer) {
    const UnmergeRequest request{.write = MakeWrite(),
                                 .customer = customer,
                                 .version = VersionOf(customer),
                                 .reason = "not the same"};
    return Patiently([&] { return merges.Unmerge(request); });
  }

  platform::EventLog event_log;
  CustomerEventLog events;
  MysqlFactRepository facts;
  FactIntake intake;
  MysqlPeople people;
  MysqlMerges merges;
  MysqlFactsReader reader;
  MysqlTimeline timeline;
  MysqlFactArchive archive;
  MysqlRfm scores;
  Rfm rfm;
  int writes = 0;
};

// Orders, cases, conversations and adjustments of these customers as a shop would see them: orders
// that find their customer later, cases of many steps, refunds of one order twice. In order.
FactBatch RandomHistory(std::mt19937& random, const std::vector<CustomerId>& customers,
                        std::size_t orders, std::uint64_t first_id = 1, ShopId shop = kShop);

// The same events late, repeated and in another order, in batches.
std::vector<FactBatch> Shaken(std::mt19937& random, const FactBatch& history,
                              std::size_t per_batch);

// In how many figures the stored ones differ from plain SQL over the facts.
int FiguresUnlikePlainSql(PersonHouse& house, ShopId shop = kShop);

}  // namespace redress::customer
