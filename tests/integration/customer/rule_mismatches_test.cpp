// Whatever order facts come in, however often, and whenever rules change or dates pass: the tags
// and segments that the judge keeps are those that the rules say of the whole history at once.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>

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
constexpr std::size_t kOrders = 160;

// What a history says of people, worked out apart from the service: of an order the newest version
// counts; of a case the newest step, and the coupons of all its steps.
class HistoryBook {
 public:
  void Apply(const FactBatch& told) {
    for (const OrderFact& order : told.orders) TakeNewer(orders_[order.id], order, order.version);
    for (const AdjustmentFact& one : told.adjustments) adjustments_[one.id] = one;
    for (const CaseFact& step : told.cases) {
      TakeNewer(cases_[step.id], step, step.sequence);
      for (const CaseCoupon& coupon : step.coupons) coupons_[step.id][coupon.number] = coupon;
      if (step.settled_at != 0) settled_[step.id] = step;
    }
  }

  CustomerFacts Of(const Person& person) const {
    CustomerFacts facts;
    facts.customer = person.head;
    facts.members = person.members;
    Sum sum{facts.figures, {.currency = "CNY"}, {}};
    for (const auto& [id, order] : orders_) {
      if (!IsOf(person, order.second.customer)) continue;
      AddOrder(order.second, sum);
      facts.recent_orders.push_back({order.second.id, order.second.ordered_at, order.second.paid_at,
                                     "CNY", order.second.paid_minor, order.second.articles});
    }
    for (const auto& [id, one] : cases_) {
      if (IsOf(person, one.second.customer)) AddCase(one.second, sum);
    }
    for (const auto& [id, one] : adjustments_) {
      if (IsOf(person, one.customer) && one.is_refund) AddRefund(one.order, one.amount_minor, sum);
    }
    facts.figures.refunded_orders = static_cast<std::uint32_t>(sum.refunded.size());
    facts.figures.money = {sum.money};
    std::sort(facts.recent_orders.begin(), facts.recent_orders.end(),
              [](const RecentOrder& a, const RecentOrder& b) {
                return std::pair(a.ordered_at, a.order) > std::pair(b.ordered_at, b.order);
              });
    return facts;
  }

 private:
  template <class Fact>
  using Newest = std::pair<std::uint32_t, Fact>;
  struct Sum {
    CustomerFigures& figures;
    MoneyFigures money;
    std::set<OrderId> refunded;
  };

  template <class Fact>
  static void TakeNewer(Newest<Fact>& known, const Fact& told, std::uint32_t number) {
    if (number > known.first) known = {number, told};
  }
  static bool IsOf(const Person& person, CustomerId customer) {
    const auto& members = person.members;
    return std::find(members.begin(), members.end(), customer) != members.end();
  }
  static void AddRefund(OrderId order, std::int64_t minor, Sum& sum) {
    ++sum.figures.refunds;
    sum.money.refunded_minor += minor;
    sum.refunded.insert(order);
  }

  static void AddOrder(const OrderFact& order, Sum& sum) {
    ++sum.figures.orders;
    sum.figures.last_order_at = std::max(sum.figures.last_order_at, order.ordered_at);
    if (order.paid_at == 0) return;
    ++sum.figures.paid_orders;
    ++sum.money.paid_orders;
    sum.money.paid_minor += order.paid_minor;
    if (order.refunded_minor != 0) AddRefund(order.id, order.refunded_minor, sum);
  }

  void AddCase(const CaseFact& one, Sum& sum) const {
    CustomerFigures& figures = sum.figures;
    ++figures.cases;
    figures.open_cases += one.is_final ? 0 : 1;
    if (one.kind == "dispute") {
      ++figures.disputes;
      figures.lost_disputes += one.verdict == "ruled_for_buyer" ? 1 : 0;
    }
    if (one.kind == "review") {
      ++figures.reviews;
      figures.bad_reviews += one.review_stars <= 2 ? 1 : 0;
      const bool removed = one.review_change == "removed";
      figures.malicious_reviews += removed && one.review_judgement == "malicious" ? 1 : 0;
    }
    const auto settled = settled_.find(one.id);
    if (settled != settled_.end()) {
      AddRefund(one.order, settled->second.settled_minor, sum);
    }
    const auto coupons = coupons_.find(one.id);
    if (coupons == coupons_.end()) return;
    for (const auto& [number, coupon] : coupons->second) {
      ++figures.coupons;
      figures.last_coupon_at = std::max(figures.last_coupon_at, coupon.given_at);
    }
  }

  std::map<OrderId, Newest<OrderFact>> orders_;
  std::map<CaseId, Newest<CaseFact>> cases_;
  std::map<CaseId, std::map<std::uint32_t, CaseCoupon>> coupons_;
  std::map<CaseId, CaseFact> settled_;
  std::map<AdjustmentId, AdjustmentFact> adjustments_;
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
    house_.NewSegment(SegmentName(0), "orders > 0");
  }

  // How many people end with other tags or segments than their history says.
  std::size_t Mismatches() {
    auto told = History();
    for (const FactBatch& event : told) whole_.Apply(event);
    Shuffle(told);
    for (std::size_t i = 0; i < told.size(); ++i) {
      FactBatch batch = told[i];
      if (Chance(3)) Append(told[Below(told.size())], batch);
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

  static void Append(const FactBatch& more, FactBatch& to) {
    to.orders.insert(to.orders.end(), more.orders.begin(), more.orders.end());
    to.cases.insert(to.cases.end(), more.cases.begin(), more.cases.end());
    to.adjustments.insert(to.adjustments.end(), more.adjustments.begin(), more.adjustments.end());
  }
  template <class Fact>
  static FactBatch Alone(std::vector<Fact> FactBatch::*kind, const Fact& fact) {
    FactBatch batch;
    (batch.*kind).push_back(fact);
    return batch;
  }

  // One event each.
  std::vector<FactBatch> History() {
    std::vector<FactBatch> told;
    for (std::size_t i = 1; i <= kOrders; ++i) {
      const OrderFact order = TellOrder(i, told);
      if (Chance(3)) TellCase(order, told);
      if (Chance(8)) TellAdjustment(order, told);
    }
    return told;
  }

  OrderFact TellOrder(std::uint64_t id, std::vector<FactBatch>& told) {
    OrderFact order;
    order.shop = kShop;
    order.id = OrderId{id};
    order.version = 1;
    order.customer = customers_[Below(kCustomers)];
    order.platform = "taobao";
    order.number = std::to_string(id);
    order.currency = "CNY";
    order.ordered_at = house_.clock.NowUs() - DaysBelow(60);
    order.paid_minor = static_cast<std::int64_t>(1 + Below(100'000));
    order.articles = {{"A-1", "尺码:" + std::string(Chance(2) ? "L" : "M"),
                       static_cast<std::int32_t>(1 + Below(3)), order.paid_minor}};
    told.push_back(Alone(&FactBatch::orders, order));
    const std::size_t versions = 1 + Below(3);
    for (std::size_t more = 1; more < versions; ++more) {
      ++order.version;
      order.paid_at = Chance(4) ? 0 : order.ordered_at;
      order.refunded_minor = order.paid_at != 0 && Chance(3) ? order.paid_minor : 0;
      told.push_back(Alone(&FactBatch::orders, order));
    }
    return order;
  }

  void TellCase(const OrderFact& order, std::vector<FactBatch>& told) {
    constexpr const char* kKinds[] = {"refund", "dispute", "review"};
    CaseFact step;
    step.shop = kShop;
    step.id = CaseId{order.id.value};
    step.customer = order.customer;
    step.order = order.id;
    step.kind = kKinds[Below(3)];
    step.currency = "CNY";
    step.opened_at = order.ordered_at;
    step.review_stars = step.kind == "review" ? static_cast<std::uint32_t>(1 + Below(3)) : 0;
    const std::size_t steps = 1 + Below(6);
    for (std::size_t i = 1; i <= steps; ++i) {
      step.sequence = static_cast<std::uint32_t>(i);
      step.last_step_at = step.opened_at + static_cast<std::int64_t>(i);
      step.is_final = i >= 5;
      step.settled_minor = step.settled_at = 0;
      step.coupons.clear();
      if (i == 3 && step.kind == "refund") {
        step.settled_minor = order.paid_minor / 2;
        step.settled_at = step.last_step_at;
      }
      if (i >= 2 && step.kind == "dispute") step.verdict = "ruled_for_buyer";
      if (i >= 2 && step.kind == "review") step.review_judgement = "malicious";
      if (i >= 4 && step.kind == "review") step.review_change = "removed";
      if (i == 2 || i == 4) step.coupons = {{step.sequence, "CNY", 500, step.last_step_at}};
      told.push_back(Alone(&FactBatch::cases, step));
    }
  }

  void TellAdjustment(const OrderFact& order, std::vector<FactBatch>& told) {
    told.push_back(Alone(&FactBatch::adjustments, {.shop = kShop,
                                                   .id = AdjustmentId{order.id.value},
                                                   .sequence = 1,
                                                   .customer = order.customer,
                                                   .order = order.id,
                                                   .line = {},
                                                   .is_refund = !Chance(4),
                                                   .currency = "CNY",
                                                   .amount_minor = 700,
                                                   .adjusted_at = order.ordered_at}));
  }

  std::int64_t DaysBelow(std::size_t bound) {
    return static_cast<std::int64_t>(Below(bound)) * platform::kDayUs;
  }

  // A quarter of them twice, in any order.
  void Shuffle(std::vector<FactBatch>& told) {
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

  // `named` are tags and the first segment, which reads neither; without them facts only.
  std::string Comparison(std::optional<std::size_t> named) {
    const std::string number = std::to_string(Below(6));
    const std::string few = std::to_string(Below(3));
    const std::vector<std::string> of_facts = {
        "paid_orders >= " + number,
        "refund_share > " + std::to_string(Below(60)) + "%",
        "days_since(last_order_at) <= " + std::to_string(Below(90)),
        "lifetime_value >= " + std::to_string(Below(2000)) + " CNY",
        "orders != " + number,
        "refunds > " + few,
        "cases >= " + number,
        "open_cases > " + few,
        "lost_disputes > 0",
        "bad_reviews > " + few,
        "malicious_reviews > 0",
        "coupons >= " + few,
        "days_since(last_coupon_at) <= " + std::to_string(Below(60)),
        "bought(\"尺码:L\") >= " + number,
        "favourite(\"尺码\") = \"M\"",
    };
    const std::size_t chosen = Below(of_facts.size() + (named ? 3 : 0));
    if (chosen < of_facts.size()) return of_facts[chosen];
    if (*named == 0 || Chance(2)) return "segment(\"" + SegmentName(0) + "\")";
    return "tag(\"" + TagName(Below(*named)) + "\")";
  }

  // Reads tags of lower numbers only, so that there is no circle.
  std::string Condition(std::optional<std::size_t> named) {
    std::string condition = Comparison(named);
    const std::size_t more = Below(3);
    for (std::size_t i = 0; i < more; ++i) {
      condition += Chance(2) ? " and " : " or ";
      if (Chance(3)) condition += "not ";
      condition += Comparison(named);
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
    const std::size_t number = Below(kSegments);
    segment.code = SegmentName(number);
    segment.name_zh = segment.name_en = segment.code;
    segment.expression = Condition(number == 0 ? std::nullopt : std::optional(kTags));
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
  HistoryBook whole_;
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
