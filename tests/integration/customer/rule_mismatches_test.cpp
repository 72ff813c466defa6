// Whatever order facts come in, however often, and whenever rules change or dates pass: the tags
// and segments that the judge keeps are those that the rules say of the whole history at once.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "services/customer/domain/intake.h"
#include "services/customer/domain/judge.h"
#include "services/customer/domain/rules/type_check.h"
#include "services/customer/store/mysql_fact_book.h"
#include "services/customer/store/mysql_facts_reader.h"
#include "tests/integration/customer/tag_house.h"
#include "tests/support/figure.h"

namespace redress::customer {
namespace {

constexpr std::size_t kWorlds = 4;
constexpr std::size_t kCustomers = 30;
constexpr std::size_t kTags = 7;
constexpr std::size_t kSegments = 3;
constexpr std::size_t kEvents = 250;

// What a history says of people, worked out apart from the service: the newest version of an order
// wins.
class OrderBook {
 public:
  void Apply(const OrderFact& told) {
    OrderFact& known = orders_[told.id];
    if (told.version > known.version) known = told;
  }

  CustomerFacts Of(const Person& person) const {
    CustomerFacts facts;
    facts.customer = person.head;
    facts.members = person.members;
    CustomerFigures& figures = facts.figures;
    MoneyFigures money{.currency = "CNY"};
    for (const auto& [id, order] : orders_) {
      const auto& members = person.members;
      if (std::find(members.begin(), members.end(), order.customer) == members.end()) continue;
      ++figures.orders;
      figures.last_order_at = std::max(figures.last_order_at, order.ordered_at);
      if (order.paid_at == 0) continue;
      ++figures.paid_orders;
      ++money.paid_orders;
      money.paid_minor += order.paid_minor;
      if (order.refunded_minor == 0) continue;
      ++figures.refunds;
      ++figures.refunded_orders;
      money.refunded_minor += order.refunded_minor;
    }
    figures.money = {money};
    return facts;
  }

 private:
  std::map<OrderId, OrderFact> orders_;
};

class World {
 public:
  explicit World(unsigned seed)
      : random_(seed),
        house_(test::InjectedFaults()),
        facts_(house_.pool),
        intake_(facts_, house_.clock),
        reader_(house_.pool),
        judge_({house_.pool, house_.ids, house_.clock, house_.sealer, reader_, TagHouse::Zone,
                [this](ShopId, const std::exception& error) { house_.Failed(error); }}) {
    customers_ = house_.NewCustomers(kCustomers);
    for (std::size_t i = 0; i < kTags; ++i) house_.NewTag(TagName(i));
  }

  // How many people end with other tags or segments than their history says.
  std::size_t Mismatches() {
    auto told = History();
    for (const OrderFact& event : told) whole_.Apply(event);
    Shuffle(told);
    for (std::size_t i = 0; i < told.size(); ++i) {
      FactBatch batch;
      batch.orders.push_back(told[i]);
      if (Chance(3)) batch.orders.push_back(told[Below(told.size())]);
      Patiently([&] {
        intake_.Take(batch);
        return true;
      });
      if (Chance(10)) Patiently([&] { return judge_.JudgeBatch(kShop); });
      if (Chance(20)) house_.clock.Advance(static_cast<std::int64_t>(Below(5)) * platform::kDayUs);
      if (Chance(25)) DecideByHand();
      if (i % 40 == 20) ChangeDefinitions();
      if (i % 100 == 50) Merge();
    }
    house_.Settle(judge_);
    return Compare();
  }

 private:
  static std::string TagName(std::size_t i) { return "t" + std::to_string(i); }
  static std::string SegmentName(std::size_t i) { return "s" + std::to_string(i); }
  std::size_t Below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }
  bool Chance(std::size_t one_in) { return Below(one_in) == 0; }

  std::vector<OrderFact> History() {
    std::vector<OrderFact> told;
    for (std::size_t i = 1; i <= kEvents; ++i) {
      OrderFact order;
      order.shop = kShop;
      order.id = OrderId{i};
      order.version = 1;
      order.customer = customers_[Below(kCustomers)];
      order.platform = "taobao";
      order.number = std::to_string(i);
      order.currency = "CNY";
      order.ordered_at =
          house_.clock.NowUs() - static_cast<std::int64_t>(Below(60)) * platform::kDayUs;
      order.paid_minor = static_cast<std::int64_t>(1 + Below(100'000));
      told.push_back(order);
      const std::size_t versions = 1 + Below(3);
      for (std::size_t more = 1; more < versions; ++more) {
        ++order.version;
        order.paid_at = Chance(4) ? 0 : order.ordered_at;
        order.refunded_minor = order.paid_at != 0 && Chance(3) ? order.paid_minor : 0;
        told.push_back(order);
      }
    }
    return told;
  }

  // A quarter of them twice, in any order.
  void Shuffle(std::vector<OrderFact>& told) {
    const std::size_t once = told.size();
    for (std::size_t i = 0; i < once / 4; ++i) told.push_back(told[Below(once)]);
    std::shuffle(told.begin(), told.end(), random_);
  }

  void Merge() {
    const Person head = house_.people.PersonOf(kShop, customers_[Below(kCustomers)]);
    const Person child = house_.people.PersonOf(kShop, customers_[Below(kCustomers)]);
    if (head.head == child.head || child.members.size() > 1) return;
    house_.Merge(child.head, head.head);
  }

  std::string Comparison(std::size_t readable_tags) {
    const std::string number = std::to_string(Below(6));
    switch (Below(readable_tags == 0 ? 5 : 7)) {
      case 0:
        return "paid_orders >= " + number;
      case 1:
        return "refund_share > " + std::to_string(Below(60)) + "%";
      case 2:
        return "days_since(last_order_at) <= " + std::to_string(Below(90));
      case 3:
        return "lifetime_value >= " + std::to_string(Below(2000)) + " CNY";
      case 4:
        return "orders != " + number;
      default:
        return "tag(\"" + TagName(Below(readable_tags)) + "\")";
    }
  }

  // Reads tags of lower numbers only, so that there is no circle.
  std::string Condition(std::size_t readable_tags) {
    std::string condition = Comparison(readable_tags);
    const std::size_t more = Below(3);
    for (std::size_t i = 0; i < more; ++i) {
      condition += Chance(2) ? " and " : " or ";
      if (Chance(3)) condition += "not ";
      condition += Comparison(readable_tags);
    }
    return condition;
  }

  void ChangeDefinitions() {
    const std::size_t tag = Below(kTags);
    std::uint32_t version = 0;
    for (const TagRule& rule : house_.rules.List(kShop)) {
      if (rule.tag == TagName(tag)) version = rule.version;
    }
    if (version != 0 && Chance(4)) {
      const Write off = house_.NewWrite();
      Patiently([&] { return house_.rules.Switch(off, TagName(tag), version, false); });
    } else {
      house_.RuleOn(TagName(tag), Condition(tag), version);
    }
    Segment segment;
    segment.code = SegmentName(Below(kSegments));
    segment.name_zh = segment.name_en = segment.code;
    segment.expression = Condition(kTags);
    for (const Segment& known : house_.segments.List(kShop, true, house_.clock.NowUs())) {
      if (known.code == segment.code) segment.version = known.version;
    }
    const Write write = house_.NewWrite();
    Patiently([&] { return house_.segments.Set(write, segment); });
  }

  void DecideByHand() {
    const auto decision = static_cast<HandDecision>(Below(3));
    const std::int64_t expires_at =
        decision == HandDecision::kSet && Chance(2)
            ? house_.clock.NowUs() + static_cast<std::int64_t>(1 + Below(9)) * platform::kDayUs
            : 0;
    house_.Decide(TagName(Below(kTags)), decision, {customers_[Below(kCustomers)]}, expires_at);
  }

  Definitions InForce() {
    Definitions definitions;
    for (const TagRule& rule : house_.rules.List(kShop)) {
      if (rule.on_version == 0) continue;
      definitions.rules.push_back({{rules::Subject::Kind::kTag, rule.tag},
                                   rule.on_version,
                                   rules::ReadCondition(rule.on_expression, "expression")});
    }
    for (const Segment& segment : house_.segments.List(kShop, false, house_.clock.NowUs())) {
      definitions.rules.push_back({{rules::Subject::Kind::kSegment, segment.code},
                                   segment.version,
                                   rules::ReadCondition(segment.expression, "expression")});
    }
    PutInOrder(definitions);
    return definitions;
  }

  std::set<std::string> SegmentsOf(CustomerId customer, const Definitions& definitions) {
    std::set<std::string> in;
    for (const RuleInForce& rule : definitions.rules) {
      if (rule.subject.kind != rules::Subject::Kind::kSegment) continue;
      for (const auto& member : house_.segments.Members(kShop, rule.subject.code, {}, 200)) {
        if (member.customer == customer) in.insert(rule.subject.code);
      }
    }
    return in;
  }

  static std::size_t Differ(const char* what, const Person& person,
                            const std::set<std::string>& said, const std::set<std::string>& kept) {
    if (said == kept) return 0;
    ADD_FAILURE() << what << " of " << person.head.value << ": the history says "
                  << testing::PrintToString(said) << ", kept are " << testing::PrintToString(kept);
    return 1;
  }

  std::size_t Compare() {
    const Definitions definitions = InForce();
    const auto zone = TagHouse::Zone(kShop);
    std::size_t mismatches = 0;
    for (const Person& person : house_.people.PeopleOf(kShop, customers_)) {
      std::vector<CustomerTag> decisions;
      for (CustomerTag& tag : house_.tags.Of(kShop, person.members, house_.clock.NowUs())) {
        if (tag.origin == TagOrigin::kHand) decisions.push_back(std::move(tag));
      }
      const Judgement judged =
          Judge(definitions, whole_.Of(person), decisions, "", {house_.clock.NowUs(), *zone});
      mismatches += Differ("tags", person, judged.tags, house_.TagsOf(person.head));
      mismatches +=
          Differ("segments", person, judged.segments, SegmentsOf(person.head, definitions));
    }
    return mismatches;
  }

  std::mt19937 random_;
  TagHouse house_;
  std::vector<CustomerId> customers_;
  MysqlFactRepository facts_;
  FactIntake intake_;
  MysqlFactsReader reader_;
  SqlJudge judge_;
  OrderBook whole_;
};

TEST(RuleMismatches, KeptTagsAreThoseOfTheWholeHistory) {
  std::size_t mismatches = 0;
  for (unsigned seed = 1; seed <= kWorlds; ++seed) {
    SCOPED_TRACE("world " + std::to_string(seed));
    mismatches += World(seed).Mismatches();
  }
  test::Figure("rule_mismatches", static_cast<double>(mismatches));
  EXPECT_EQ(mismatches, 0u);
}

}  // namespace
}  // namespace redress::customer
