#pragma once

#include "services/platform/database/pool.h"
#include "services/scoring/domain/funnel.h"

namespace redress::scoring {

// Each reading on a connection of the pool. A count is of several statements, between which a fact
// may arrive.
class DatabaseFunnel final : public FunnelReader {
 public:
  explicit DatabaseFunnel(platform::Pool& pool) : pool_(pool) {}

  FunnelCounts Count(const FunnelSpan& span) override;
  std::vector<FunnelCase> Entering(const FunnelSpan& span, const std::string& state,
                                   const FunnelPosition& after, std::size_t limit) override;
  std::vector<FunnelCase> Taking(const FunnelSpan& span, const Edge& edge,
                                 const FunnelPosition& after, std::size_t limit) override;
  std::vector<FunnelCase> StandingIn(const FunnelSpan& span, const std::string& state,
                                     std::uint64_t after_case, std::size_t limit) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::scoring
