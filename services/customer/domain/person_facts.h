#pragma once

#include <optional>
#include <set>
#include <string>

#include "services/customer/domain/customer_facts.h"
#include "services/customer/domain/favourites.h"
#include "services/customer/domain/rules/evaluate.h"

namespace redress::customer::rules {

// One person as conditions see them: figures, and the tags and segments that were decided so far.
// Of one judgement: not for several threads.
class PersonFacts final : public FactSource {
 public:
  // All of them outlive it.
  PersonFacts(const CustomerFacts& facts, const std::set<std::string>& tags,
              const std::set<std::string>& segments)
      : facts_(facts), tags_(tags), segments_(segments) {}

  std::optional<FactValue> Read(const Fact& fact, std::string_view argument) const override;

 private:
  std::optional<FactValue> Favourite(std::string_view property) const;

  const CustomerFacts& facts_;
  const std::set<std::string>& tags_;
  const std::set<std::string>& segments_;
  // Counted once, when the first condition asks: many rules may.
  mutable std::optional<Favourites> favourites_;
};

}  // namespace redress::customer::rules
