#pragma once

// What the domain offers of rules beside keeping them: explaining a tag and trying a rule of a tag
// or of care.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "services/customer/domain/judge.h"

namespace redress::customer {

struct TagExplanation {
  bool has_tag = false;
  TagOrigin origin = TagOrigin::kNone;
  bool denied = false;
  AccountId account = {};
  std::int64_t decided_at = 0;
  std::int64_t expires_at = 0;
  std::uint32_t rule_version = 0;  // 0: no rule is on
  std::string expression = {};
  bool rule_matches = false;
  std::vector<rules::Reason> why = {};
  std::int64_t next_change_at = 0;
};

// What a rule would do to everybody.
struct RuleTrial {
  std::uint64_t scanned = 0;
  std::uint64_t gains = 0;
  std::uint64_t losses = 0;
  std::uint64_t matches = 0;
  std::vector<CustomerId> gaining = {};  // at most kMostSamples
  std::vector<CustomerId> losing = {};
  bool done = false;
};
inline constexpr std::size_t kMostSamples = 20;

// Whom a care rule means, of everybody.
struct CareTrial {
  std::uint64_t scanned = 0;
  std::uint64_t matches = 0;
  std::uint64_t no_contact = 0;           // of them: they get no task
  std::vector<CustomerId> matching = {};  // at most kMostSamples
  bool done = false;
};

class RuleQuestions {
 public:
  virtual ~RuleQuestions() = default;

  // NOT_FOUND for the customer or the tag.
  virtual TagExplanation Explain(ShopId shop, CustomerId customer, const std::string& tag) = 0;
  // Looks at everybody, page by page; `progress` is told after each and answers whether to go on.
  virtual RuleTrial Try(ShopId shop, const std::string& tag, const std::string& expression,
                        const std::function<bool(const RuleTrial&)>& progress) = 0;
  // The same for a care rule; at a birthday only those count whose birthday is known.
  virtual CareTrial TryCare(ShopId shop, Occasion occasion, const std::string& expression,
                            const std::function<bool(const CareTrial&)>& progress) = 0;
};

}  // namespace redress::customer
