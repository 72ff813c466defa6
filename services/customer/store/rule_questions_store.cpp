#include "services/customer/store/rule_questions_store.h"

#include <algorithm>

#include "services/customer/domain/person_facts.h"
#include "services/customer/domain/rules/type_check.h"
#include "services/customer/store/definitions.h"
#include "services/customer/store/person_states.h"
#include "services/customer/store/tag_rows.h"
#include "services/customer/store/tag_sql.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"

namespace redress::customer {

using platform::Connection;
using platform::Result;
using rules::Subject;

namespace {

constexpr std::size_t kTriedAtOnce = 256;

void CheckTagExists(Connection& db, ShopId shop, const std::string& code) {
  const auto tags = ReadTags(db, shop);
  const bool exists =
      std::any_of(tags.begin(), tags.end(), [&](const Tag& tag) { return tag.code == code; });
  if (!exists) throw platform::NotFound("tag", code);
}

struct Page {
  std::vector<CustomerId> heads;
  CustomerId last;
  bool is_last = false;
};

Page NextHeads(Connection& db, ShopId shop, CustomerId after) {
  Result rows = db.Query(sql::kNextHeads, {shop, after.value, kTriedAtOnce});
  Page page{.heads = {}, .last = after, .is_last = rows.RowCount() < kTriedAtOnce};
  while (rows.Next()) {
    page.last = rows.Id<CustomerId>(0);
    if (!rows.Id<CustomerId>(1)) page.heads.push_back(page.last);
  }
  return page;
}

std::set<std::string> TagsIn(const PersonState& state) {
  std::set<std::string> tags;
  for (const CustomerTag& one : state.tags) tags.insert(one.tag);
  return tags;
}

// Judged by what the person has now, whatever decided it.
bool Matches(const rules::Expression& expression, const CustomerFacts& person,
             const PersonState& state, const rules::Moment& moment) {
  const std::set<std::string> tags = TagsIn(state);
  std::set<std::string> segments;
  for (const auto& [customer, code] : state.segments) segments.insert(code);
  return rules::Evaluate(expression, rules::PersonFacts(person, tags, segments), moment).matches();
}

void Count(RuleTrial& trial, const CustomerFacts& person, const PersonState& state,
           const std::string& tag, const rules::Expression& expression,
           const rules::Moment& moment) {
  const bool has = TagsIn(state).contains(tag);
  bool would = Matches(expression, person, state, moment);
  for (const CustomerTag& decision : DecidedByHand(state.decisions, moment.now_us)) {
    if (decision.tag == tag) would = !decision.denied;
  }
  ++trial.scanned;
  if (would) ++trial.matches;
  if (would && !has) {
    ++trial.gains;
    if (trial.gaining.size() < kMostSamples) trial.gaining.push_back(person.customer);
  }
  if (has && !would) {
    ++trial.losses;
    if (trial.losing.size() < kMostSamples) trial.losing.push_back(person.customer);
  }
}

void Count(CareTrial& trial, const CustomerFacts& person, const PersonState& state,
           Occasion occasion, const rules::Expression& expression, const rules::Moment& moment) {
  ++trial.scanned;
  if (occasion == Occasion::kBirthday && state.birthday.empty()) return;
  if (!Matches(expression, person, state, moment)) return;
  ++trial.matches;
  if (state.no_contact) ++trial.no_contact;
  if (trial.matching.size() < kMostSamples) trial.matching.push_back(person.customer);
}

void ExplainByHand(const Judgement& judged, const std::string& tag, TagExplanation& explained) {
  for (const CustomerTag& decision : judged.by_hand) {
    if (decision.tag != tag) continue;
    explained.origin = TagOrigin::kHand;
    explained.denied = decision.denied;
    explained.account = decision.account;
    explained.decided_at = decision.since;
    explained.expires_at = decision.expires_at;
  }
}

}  // namespace

TagExplanation SqlRuleQuestions::Explain(ShopId shop, CustomerId customer, const std::string& tag) {
  const Person person = uses_.people.PersonOf(shop, customer);
  const std::vector<CustomerFacts> facts = uses_.facts.Read(shop, {&person.head, 1});
  if (facts.empty()) throw platform::NotFound("customer", platform::ToString(customer));
  return platform::Read(uses_.pool, [&](Connection& db) {
    CheckTagExists(db, shop, tag);
    const Definitions definitions = ReadDefinitions(db, shop);
    const auto states = ReadStates(db, uses_.sealer, shop, facts);
    const PersonState& state = states.at(person.head);
    const auto zone = uses_.zone_of(shop);
    const rules::Moment moment{uses_.clock.NowUs(), *zone};
    const Judgement judged =
        Judge(definitions, facts.front(), state.decisions, state.birthday, moment);
    TagExplanation explained;
    explained.has_tag = judged.tags.contains(tag);
    for (const RuleInForce& rule : definitions.rules) {
      if (rule.subject != Subject{Subject::Kind::kTag, tag}) continue;
      const rules::PersonFacts known(facts.front(), judged.tags, judged.segments);
      rules::Outcome outcome = rules::Evaluate(rule.expression, known, moment);
      explained.origin = TagOrigin::kRule;
      explained.rule_version = rule.version;
      explained.expression = rules::Print(rule.expression);
      explained.rule_matches = outcome.matches();
      explained.why = std::move(outcome.why);
      explained.next_change_at = outcome.until;
    }
    for (const CustomerTag& one : state.tags) {
      if (one.customer == person.head && one.tag == tag) explained.decided_at = one.since;
    }
    ExplainByHand(judged, tag, explained);
    return explained;
  });
}

template <class JudgeOne, class Paged>
void SqlRuleQuestions::LookAtAll(ShopId shop, JudgeOne judge, Paged paged) {
  CustomerId after{};
  for (bool goes_on = true; goes_on;) {
    const Page page =
        platform::Read(uses_.pool, [&](Connection& db) { return NextHeads(db, shop, after); });
    const std::vector<CustomerFacts> people = uses_.facts.Read(shop, page.heads);
    const auto states = platform::Read(
        uses_.pool, [&](Connection& db) { return ReadStates(db, uses_.sealer, shop, people); });
    for (const CustomerFacts& person : people) judge(person, states.at(person.customer));
    after = page.last;
    goes_on = paged(page.is_last) && !page.is_last;
  }
}

RuleTrial SqlRuleQuestions::Try(ShopId shop, const std::string& tag, const std::string& expression,
                                const std::function<bool(const RuleTrial&)>& progress) {
  const rules::Expression read = rules::ReadCondition(expression, "expression");
  const auto zone = uses_.zone_of(shop);
  const rules::Moment moment{uses_.clock.NowUs(), *zone};
  RuleTrial trial;
  LookAtAll(
      shop,
      [&](const CustomerFacts& person, const PersonState& state) {
        Count(trial, person, state, tag, read, moment);
      },
      [&](bool is_last) {
        trial.done = is_last;
        return progress(trial);
      });
  return trial;
}

CareTrial SqlRuleQuestions::TryCare(ShopId shop, Occasion occasion, const std::string& expression,
                                    const std::function<bool(const CareTrial&)>& progress) {
  platform::Read(uses_.pool, [&](Connection& db) { CheckCondition(db, shop, expression); });
  const rules::Expression read = rules::ReadCondition(expression, "expression");
  const auto zone = uses_.zone_of(shop);
  const rules::Moment moment{uses_.clock.NowUs(), *zone};
  CareTrial trial;
  LookAtAll(
      shop,
      [&](const CustomerFacts& person, const PersonState& state) {
        Count(trial, person, state, occasion, read, moment);
      },
      [&](bool is_last) {
        trial.done = is_last;
        return progress(trial);
      });
  return trial;
}

}  // namespace redress::customer
