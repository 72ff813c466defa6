// What is kept of persons in orders: shown on record, exported, erased and forgotten when old.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "services/order/store/personal_data.h"
#include "services/order/store/receiver_reveals.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "services/platform/privacy/erasure_consumer.h"
#include "services/platform/privacy/retention.h"
#include "tests/integration/order/work_house.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

using platform::Connection;

constexpr std::uint64_t kReveal = 900;

OrderInput Of(const std::string& number, const std::string& nick) {
  OrderInput input = PaidOrder(number, {MakeLine("1", 1, "10.00")}, nick);
  input.receiver = {"王小明", "13812345678", "浙江省杭州市西湖区文三路 1 号"};
  input.details.buyer_message = "请打 13987654321";
  return input;
}

redress::events::v1::Event Erased(CustomerId customer, std::uint32_t sequence = 1) {
  redress::events::v1::Event event;
  event.set_shop_id(kShop.value);
  event.set_aggregate_id(customer.value);
  event.set_sequence(sequence);
  event.mutable_customer_erased()->add_customer_ids(customer.value);
  return event;
}

class OrderPrivacyTest : public ::testing::Test {
 protected:
  OrderHouse house_{test::InjectedFaults()};
  OrderPersonalData data_{house_.plain, house_.sealer};
  ReceiverReveals reveals_{house_.plain, house_.sealer, house_.clock};
  int confirmed_ = 0;
  platform::ErasureConsumer erasures_{house_.plain, data_,
                                      [this](ShopId, CustomerId) { ++confirmed_; }, house_.clock};
};

TEST_F(OrderPrivacyTest, ARevealShowsTheSameForEver) {
  const Order order = house_.Push(Of("T1", "tom"), "r1");
  EXPECT_EQ(reveals_.Show(kShop, order.id, kReveal).phone, "13812345678");
  OrderInput moved = Of("T1", "tom");
  moved.receiver.phone = "13900000000";
  moved.source_at = *moved.source_at + kDay;
  house_.Push(moved, "r2");
  EXPECT_EQ(reveals_.Show(kShop, order.id, kReveal).phone, "13812345678");
  EXPECT_EQ(reveals_.Show(kShop, order.id, kReveal + 1).phone, "13900000000");
  EXPECT_TRUE(reveals_.Show(kOtherShop, order.id, kReveal).empty());
}

TEST_F(OrderPrivacyTest, ErasingDestroysReceiversAndWordsAndKeepsTheOrder) {
  const Order before = house_.Push(Of("T1", "tom"), "r1");
  const Order other = house_.Push(Of("T2", "ann"), "r2");
  reveals_.Show(kShop, before.id, kReveal);
  erasures_.Handle(std::vector{Erased(before.customer)});
  EXPECT_EQ(confirmed_, 1);
  const OrderView after = house_.reading.Get(kShop, before.id);
  EXPECT_TRUE(after.masked_receiver.empty());
  EXPECT_TRUE(after.masked_details.empty());
  EXPECT_EQ(after.order.PaidMinor(), before.PaidMinor());
  EXPECT_EQ(after.order.version, before.version);
  EXPECT_EQ(after.order.customer, before.customer);
  EXPECT_TRUE(reveals_.Show(kShop, before.id, kReveal).empty());
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_contacts"), 1);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_details"), 1);
  EXPECT_EQ(reveals_.Show(kShop, other.id, kReveal + 1).phone, "13812345678");
  house_.ExpectHistoryIsWhole();
}

TEST_F(OrderPrivacyTest, WhatCarriersToldGoesWithTheReceiver) {
  const Order order = house_.Push(Of("T1", "tom"), "r1");
  const Order other = house_.Push(Of("T2", "ann"), "r2");
  platform::Transact(house_.plain, [&](Connection& db) {
    for (const Order& told : {order, other}) {
      db.Execute(
          "INSERT INTO parcel_tracks (shop_id, order_id, tracking_number, track_at, text_hash,"
          " subject_kind, subject_id, sealed) VALUES (?, ?, 'SF1', 1, '', 1, ?, 'sealed')",
          {kShop, told.id, told.customer});
    }
  });
  erasures_.Handle(std::vector{Erased(order.customer)});
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM parcel_tracks WHERE order_id = " +
                         std::to_string(order.id.value)),
            0);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM parcel_tracks"), 1);
}

TEST_F(OrderPrivacyTest, WhatComesLaterIsNotKept) {
  const Order order = house_.Push(Of("T1", "tom"), "r1");
  erasures_.Handle(std::vector{Erased(order.customer)});
  OrderInput again = Of("T1", "");
  again.source_at = *again.source_at + kDay;
  house_.Push(again, "r2");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_contacts"), 0);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_details"), 0);
  EXPECT_TRUE(house_.reading.Get(kShop, order.id).masked_receiver.empty());
}

TEST_F(OrderPrivacyTest, AnEventThatComesAgainChangesNothing) {
  const Order order = house_.Push(Of("T1", "tom"), "r1");
  erasures_.Handle(std::vector{Erased(order.customer)});
  erasures_.Handle(std::vector{Erased(order.customer)});
  EXPECT_EQ(confirmed_, 1);
  const platform::AggregateKey key{kShop, order.customer.value};
  EXPECT_EQ(erasures_.FirstMissing("customer", {&key, 1}), std::vector{2u});
}

// The customer service is down when the event comes: it comes again until it was told.
TEST_F(OrderPrivacyTest, AnErasureThatWasNotConfirmedIsDoneAgain) {
  const Order order = house_.Push(Of("T1", "tom"), "r1");
  bool down = true;
  platform::ErasureConsumer erasures(
      house_.plain, data_,
      [&](ShopId, CustomerId) {
        if (down) throw platform::Unavailable("DOWN", "down");
        ++confirmed_;
      },
      house_.clock);
  EXPECT_THROW(erasures.Handle(std::vector{Erased(order.customer)}), platform::Refusal);
  const platform::AggregateKey key{kShop, order.customer.value};
  EXPECT_EQ(erasures.FirstMissing("customer", {&key, 1}), std::vector{1u});
  down = false;
  erasures.Handle(std::vector{Erased(order.customer)});
  EXPECT_EQ(confirmed_, 1);
}

TEST_F(OrderPrivacyTest, ALostEventIsMissed) {
  erasures_.Handle(std::vector{Erased(CustomerId{70}, 2)});
  const platform::AggregateKey key{kShop, 70};
  EXPECT_EQ(erasures_.FirstMissing("customer", {&key, 1}), std::vector{1u});
}

// Pushes of the person's orders run while they are erased: whatever comes last, nothing is left.
TEST_F(OrderPrivacyTest, NothingSlipsThroughWhileOrdersComeIn) {
  constexpr int kOrders = 40;
  const Order first = house_.Push(Of("T0", "tom"), "r0");
  std::atomic<bool> erased = false;
  std::thread pushing([&] {
    for (int i = 1; i <= kOrders; ++i) {
      house_.Push(Of("T" + std::to_string(i), "tom"), "r" + std::to_string(i));
    }
  });
  // What others kept from being erased comes again.
  std::thread erasing([&] {
    while (!erased) {
      try {
        erasures_.Handle(std::vector{Erased(first.customer)});
        erased = true;
      } catch (const platform::Refusal& refusal) {
        EXPECT_TRUE(refusal.code() == platform::Code::kAborted ||
                    refusal.code() == platform::Code::kUnavailable)
            << refusal.what();
      }
    }
  });
  pushing.join();
  erasing.join();
  EXPECT_TRUE(erased);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_contacts"), 0);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_details"), 0);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM orders"), kOrders + 1);
}

TEST_F(OrderPrivacyTest, ExportsPageByPageInClear) {
  constexpr std::size_t kOrders = platform::PersonalData::kExportPage + 3;
  std::vector<OrderInput> inputs;
  for (std::size_t i = 0; i < kOrders; ++i) inputs.push_back(Of("T" + std::to_string(i), "tom"));
  house_.Import(inputs);
  const Order other = house_.Push(Of("X", "ann"), "r");
  const std::vector customers{house_.Stored("T0").customer, other.customer};
  std::vector<platform::PersonalRecord> records;
  platform::ExportPlace place;
  bool more = true;
  while (more) {
    const auto page = data_.Export(kShop, customers, place);
    records.insert(records.end(), page.records.begin(), page.records.end());
    place = page.end;
    more = page.more;
  }
  std::erase_if(records, [](const auto& record) { return record.kind != "order"; });
  ASSERT_EQ(records.size(), kOrders + 1);
  for (const auto& record : records) {
    EXPECT_EQ(record.fields.at("receiver_phone"), "13812345678");
    EXPECT_EQ(record.fields.at("buyer_message"), "请打 13987654321");
  }
  platform::ExportPage theirs{.more = true};
  while (theirs.more) {
    theirs = data_.Export(kOtherShop, customers, theirs.end);
    EXPECT_TRUE(theirs.records.empty());
  }
}

TEST_F(OrderPrivacyTest, OldContactDataGoesWhereTheShopSaysSo) {
  const Order old = house_.Push(Of("T1", "tom"), "r1");
  OrderInput young = Of("T2", "tom");
  young.order_at = house_.clock.NowUs() - kDay;
  young.paid_at = young.order_at;
  const Order kept = house_.Push(young, "r2");
  std::string months = "0";
  platform::Retention retention({.pool = house_.plain,
                                 .ids = house_.ids,
                                 .clock = house_.clock,
                                 .shops = [] { return std::vector{kShop}; },
                                 .setting = [&](ShopId, std::string_view) { return months; }},
                                {ContactRetention()});
  const auto never = [] { return false; };
  retention.Run(never);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_contacts"), 2);
  EXPECT_EQ(retention.Preview(kShop, 6).at(0).due, 1u);
  months = "6";
  retention.Run(never);
  EXPECT_TRUE(house_.reading.Get(kShop, old.id).masked_receiver.empty());
  EXPECT_FALSE(house_.reading.Get(kShop, kept.id).masked_receiver.empty());
  EXPECT_EQ(retention.Preview(kShop, std::nullopt).at(0).due, 0u);
  EXPECT_EQ(retention.List(kShop, {}, 10).at(0).destroyed, 1u);
}

// An order whose receiver was changed, with a memo and a track of its parcel.
class WorkedOnTest : public ::testing::Test {
 protected:
  WorkedOnTest() {
    const OrderInput input =
        Paid(UnpaidOrder("A1", kNoon, {MakeLine("1", 1, "10.00")}), kNoon + kSecond);
    order_ = house_.ChangeAddress(house_.Push(input, "push"), AddressOf("李小明"), "change");
    house_.WriteMemo(order_, 0, "wants blue", "memo");
    OrderInput shipped = Shipped(input, "SF1", kNoon + kDay);
    order_ = house_.Push(shipped, "ship");
    house_.Take({"SF1", ParcelState::kInTransit, {{"SF1", kNoon + kDay, "派件人:叶剑锋", false}}});
  }

  void Retain() {
    platform::Retention retention({.pool = house_.plain,
                                   .ids = house_.ids,
                                   .clock = house_.clock,
                                   .shops = [] { return std::vector{kShop}; },
                                   .setting = [](ShopId, std::string_view) { return "6"; }},
                                  {ContactRetention()});
    retention.Run([] { return false; });
  }
  std::vector<platform::PersonalRecord> ExportAll() {
    std::vector<platform::PersonalRecord> records;
    platform::ExportPage page{.more = true};
    for (int pages = 0; page.more; ++pages) {
      if (pages > 100) throw std::runtime_error("an export without an end");
      page = data_.Export(kShop, std::vector{order_.customer}, page.end);
      records.insert(records.end(), page.records.begin(), page.records.end());
    }
    return records;
  }

  WorkHouse house_{test::InjectedFaults()};
  OrderPersonalData data_{house_.plain, house_.sealer};
  Order order_;
};

TEST_F(WorkedOnTest, ExportTellsWhatWasBoughtAndPaid) {
  const auto records = ExportAll();
  const auto line = std::find_if(records.begin(), records.end(),
                                 [](const auto& record) { return record.kind == "order_line"; });
  ASSERT_NE(line, records.end());
  EXPECT_EQ(line->id, order_.lines.at(0).id.value);
  EXPECT_EQ(line->fields.at("order_number"), "A1");
  EXPECT_EQ(line->fields.at("title"), order_.lines.at(0).title);
  EXPECT_EQ(line->fields.at("quantity"), "1");
  EXPECT_EQ(line->fields.at("currency"), "CNY");
  EXPECT_EQ(line->fields.at("paid_minor"), "1000");
  EXPECT_EQ(line->fields.at("order_id"), std::to_string(order_.id.value));
  EXPECT_EQ(line->fields.at("removed"), "false");
  EXPECT_EQ(records.at(0).fields.at("status"), "WAIT_BUYER_CONFIRM_GOODS");
}

// Of one order with many lines, and of many orders.
TEST_F(WorkedOnTest, ExportPagesLines) {
  constexpr std::size_t kMany = platform::PersonalData::kExportPage + 1;
  std::vector<LineInput> lines;
  for (std::size_t i = 1; i <= kMany; ++i) lines.push_back(MakeLine(std::to_string(i), 1, "1.00"));
  order_ = house_.Push(Paid(UnpaidOrder("B", kNoon, lines), kNoon + kSecond), "many");
  std::vector<OrderInput> others;
  for (std::size_t i = 0; i < kMany; ++i) {
    OrderInput other = UnpaidOrder("C" + std::to_string(i), kNoon, {MakeLine("1", 1, "1.00")});
    other.buyer_nick = "nick-B";
    others.push_back(Paid(other, kNoon + kSecond));
  }
  house_.Import(others);
  std::set<std::string> ids;
  for (const auto& record : ExportAll()) {
    if (record.kind == "order_line") {
      EXPECT_TRUE(ids.insert(std::to_string(record.id)).second);
    }
  }
  EXPECT_EQ(ids.size(), 2 * kMany);
}

TEST_F(WorkedOnTest, ExportHoldsChangesAndTracks) {
  std::vector<std::string> kinds;
  std::string address_before, memo_after, track;
  for (const auto& record : ExportAll()) {
    kinds.push_back(record.kind);
    const auto text = [&](const char* field) {
      const auto found = record.fields.find(field);
      return found == record.fields.end() ? std::string() : found->second;
    };
    if (text("changed") == "address" && address_before.empty()) {
      address_before = text("receiver_phone_before");
    }
    if (text("changed") == "memo") memo_after = text("memo_after");
    if (record.kind == "parcel_track") track = text("text");
  }
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "order"), 1);
  EXPECT_EQ(address_before, "13812345678");
  EXPECT_NE(memo_after.find("wants blue"), std::string::npos) << memo_after;
  EXPECT_EQ(track, "派件人:叶剑锋");
}

TEST_F(WorkedOnTest, ExportPagesChangesAndTracks) {
  constexpr std::uint32_t kMany = platform::PersonalData::kExportPage + 1;
  for (std::uint32_t i = 1; i < kMany; ++i) {
    house_.WriteMemo(order_, house_.store.Memo(kShop, order_.id).number,
                     "memo " + std::to_string(i), "memo" + std::to_string(i));
  }
  TrackPush push{"SF1", ParcelState::kInTransit, {}};
  for (std::uint32_t i = 0; i < kMany; ++i) {
    push.tracks.push_back({"SF1", kNoon + kDay + i * kSecond, "stop " + std::to_string(i), false});
  }
  house_.Take(push);
  std::map<std::string, std::size_t> kinds;
  for (const auto& record : ExportAll()) ++kinds[record.kind];
  EXPECT_EQ(kinds["order"], 1u);
  EXPECT_EQ(kinds["order_change"], house_.Count("SELECT COUNT(1) FROM order_changes"));
  EXPECT_GE(kinds["order_change"], kMany);
  EXPECT_EQ(kinds["parcel_track"], kMany + 1);
}

TEST_F(WorkedOnTest, WhatIsSaidLaterGoesAsWell) {
  house_.clock.Advance(8 * platform::Retention::kMonthUs);
  Retain();
  house_.WriteMemo(order_, house_.store.Memo(kShop, order_.id).number, "once more", "later");
  EXPECT_FALSE(house_.store.Memo(kShop, order_.id).erased);
  Retain();
  EXPECT_TRUE(house_.store.Memo(kShop, order_.id).erased);
}

TEST_F(WorkedOnTest, WhatWasSaidOfOldChangesGoesWithTheContact) {
  house_.clock.Advance(8 * platform::Retention::kMonthUs);
  Retain();
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM order_changes WHERE sealed <> ''"), 0);
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM parcel_tracks"), 0);
  const auto changes = house_.Changes(order_);
  ASSERT_FALSE(changes.empty());
  for (const StoredChange& change : changes) {
    EXPECT_TRUE(change.erased);
    EXPECT_TRUE(change.record.receiver_before.empty());
    EXPECT_NE(change.record.at, 0) << "who and when stay";
  }
  EXPECT_TRUE(house_.store.Memo(kShop, order_.id).erased);
}

}  // namespace
}  // namespace redress::order
