#pragma once

#include "services/platform/database/pool.h"
#include "services/scoring/domain/funnel.h"

namespace redress::scoring {

// Each reading on a connection of the pool. A count reads page by page, between which a fact may
// arrive.
class DatabaseFunnel final : public FunnelReader {
 public:
  struct Limits {
    std::size_t page = 2'000;       // steps of one statement
    std::size_t steps = 2'000'000;  // of one count
  };

  explicit DatabaseFunnel(platform::Pool& pool) : DatabaseFunnel(pool, Limits()) {}
  DatabaseFunnel(platform::Pool& pool, Limits limits) : pool_(pool), limits_(limits) {}

  FunnelCounts Count(const FunnelSpan& span) override;
  std::vector<FunnelCase> Entering(const FunnelSpan& span, const std::string& state,
                                   const FunnelPosition& after, std::size_t limit) override;
  std::vector<FunnelCase> Taking(const FunnelSpan& span, const Edge& edge,
                                 const FunnelPosition& after, std::size_t limit) override;
  std::vector<FunnelCase> StandingIn(const FunnelSpan& span, const std::string& state,
                                     std::uint64_t after_case, std::size_t limit) override;

 private:
  platform::Pool& pool_;
  const Limits limits_;
};

}  // namespace redress::scoring
