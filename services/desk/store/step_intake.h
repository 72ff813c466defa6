#pragma once

#include "services/desk/domain/message_repository.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"
#include "services/platform/events/consumer.h"

namespace redress::desk {

// Steps of shops without a rule that is on are not kept: no message can come of them.
class SqlStepIntake final : public StepIntake, public platform::ConsumerMemory {
 public:
  SqlStepIntake(platform::Pool& pool, platform::IdSource& ids) : pool_(pool), ids_(ids) {}

  void Take(std::span<const CaseStep> steps, std::int64_t now_us) override;

  std::vector<std::uint32_t> FirstMissing(
      std::string_view source, std::span<const platform::AggregateKey> aggregates) override;
  std::vector<platform::AggregateKey> Gaps(std::string_view source, std::int64_t noticed_before_us,
                                           std::size_t limit) override;

 private:
  platform::Pool& pool_;
  platform::IdSource& ids_;
};

}  // namespace redress::desk
