#pragma once

// Rules that set tags. A rule belongs to one tag; each condition that it is given is its next
// version, which is drafted, tried on all customers, switched on, switched off.

#include <cstdint>
#include <string>
#include <vector>

#include "services/customer/domain/write.h"

namespace redress::customer {

enum class RuleState : std::uint8_t { kDraft = 1, kTried = 2, kOn = 3, kOff = 4 };

struct TagRule {
  std::string tag = {};
  std::uint32_t version = 0;
  std::string expression = {};  // of the version
  RuleState state = RuleState::kDraft;
  std::uint32_t on_version = 0;  // in force; 0: none
  std::string on_expression = {};
  AccountId author = {};  // of the version
  std::int64_t written_at = 0;
  std::int64_t changed_at = 0;
};

// A version that is to be switched on has to be tried, or to have been on before. Throws the
// refusal RULE_NOT_TRIED.
void CheckMayBeOn(const TagRule& rule);

// A tag with a rule that ships.
struct ShippedRule {
  std::string tag;
  std::string group;
  std::string colour;
  std::string name_zh;
  std::string name_en;
  std::string meaning_zh;
  std::string meaning_en;
  std::string expression;
};
// For a shop of that currency. Amounts are 500,000 of its smallest unit, since an amount in another
// currency is one that nobody of the shop's has paid: 5000.00 GBP, 500000 JPY, 500.000 KWD.
std::vector<ShippedRule> ShippedRules(const std::string& currency);

class TagRuleRepository {
 public:
  virtual ~TagRuleRepository() = default;

  // The next version, or the first for version 0. NOT_FOUND for the tag; ABORTED; INVALID_ARGUMENT
  // for a condition that names what there is not, or closes a circle.
  virtual TagRule Set(const Write& write, const std::string& tag, std::uint32_t version,
                      const std::string& expression) = 0;
  virtual TagRule Switch(const Write& write, const std::string& tag, std::uint32_t version,
                         bool on) = 0;
  // Nothing for a version that is no draft (any more).
  virtual void MarkTried(const Write& write, const std::string& tag, std::uint32_t version) = 0;
  // The shipped rules of these tags, all for none; makes what the shop has not, with amounts in its
  // currency.
  virtual std::vector<TagRule> Adopt(const Write& write, const std::vector<std::string>& tags,
                                     const std::string& currency) = 0;

  // NOT_FOUND for a tag without one.
  virtual TagRule Get(ShopId shop, const std::string& tag) = 0;
  virtual std::vector<TagRule> List(ShopId shop) = 0;
  // Newest first, below `before` where it is not 0; only version, expression, author, written_at.
  virtual std::vector<TagRule> Versions(ShopId shop, const std::string& tag, std::uint32_t before,
                                        std::size_t limit) = 0;
};

}  // namespace redress::customer
