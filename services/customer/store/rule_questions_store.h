#pragma once

#include <functional>
#include <memory>

#include "services/customer/domain/customer_facts.h"
#include "services/customer/domain/person.h"
#include "services/customer/domain/rule_questions.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

class SqlRuleQuestions final : public RuleQuestions {
 public:
  struct Uses {
    platform::Pool& pool;
    platform::Clock& clock;
    platform::Sealer& sealer;
    CustomerFactsReader& facts;
    People& people;
    std::function<std::shared_ptr<const platform::TimeZone>(ShopId)> zone_of;
  };
  explicit SqlRuleQuestions(Uses uses) : uses_(std::move(uses)) {}

  TagExplanation Explain(ShopId shop, CustomerId customer, const std::string& tag) override;
  RuleTrial Try(ShopId shop, const std::string& tag, const std::string& expression,
                const std::function<bool(const RuleTrial&)>& progress) override;
  CareTrial TryCare(ShopId shop, Occasion occasion, const std::string& expression,
                    const std::function<bool(const CareTrial&)>& progress) override;

 private:
  // Looks at everybody, page by page: judge(person, state) for each, then `paged` with whether it
  // was the last page, which answers whether to go on.
  template <class JudgeOne, class Paged>
  void LookAtAll(ShopId shop, JudgeOne judge, Paged paged);

  const Uses uses_;
};

}  // namespace redress::customer
