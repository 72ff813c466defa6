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

// Judged by what the person has now, whatever decided it.
void Count(RuleTrial& trial, const CustomerFacts& person, const PersonState& state,
           const std::string& tag, const rules::Expression& expression,
           const rules::Moment& moment) {
  std::set<std::string> tags;
  std::set<std::string> segments;
  for (const CustomerTag& one : state.tags) tags.insert(one.tag);
  for (const auto& [customer, code] : state.segments) segments.insert(code);
  const bool has = tags.contains(tag);
  bool would =
      rules::Evaluate(expression, rules::PersonFacts(person, tags, segments), moment).matches();
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

RuleTrial SqlRuleQuestions::Try(ShopId shop, const std::string& tag, const std::string& expression,
                                const std::function<bool(const RuleTrial&)>& progress) {
  const rules::Expression read = rules::ReadCondition(expression, "expression");
  const auto zone = uses_.zone_of(shop);
  const rules::Moment moment{uses_.clock.NowUs(), *zone};
  RuleTrial trial;
  CustomerId after{};
  while (!trial.done) {
    const Page page =
        platform::Read(uses_.pool, [&](Connection& db) { return NextHeads(db, shop, after); });
    const std::vector<CustomerFacts> people = uses_.facts.Read(shop, page.heads);
    const auto states = platform::Read(
        uses_.pool, [&](Connection& db) { return ReadStates(db, uses_.sealer, shop, people); });
    for (const CustomerFacts& person : people) {
      Count(trial, person, states.at(person.customer), tag, read, moment);
    }
    after = page.last;
    trial.done = page.is_last;
    if (!progress(trial)) break;
  }
  return trial;
}

}  // namespace redress::customer
