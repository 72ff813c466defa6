// Failed log-ins by account name, in MySQL.
#pragma once

#include <string>

#include "services/identity/domain/session.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::identity {

class LogInFailureStore final : public LogInFailureRepository {
 public:
  // Names above `most_names` are dropped, oldest failure first.
  LogInFailureStore(platform::Pool& pool, platform::Sealer& sealer,
                    std::uint64_t most_names = 100'000)
      : pool_(pool), sealer_(sealer), most_names_(most_names) {}

  LogInFailures Find(const std::string& account_name) override;
  void RecordFailure(const std::string& account_name, std::int64_t now_us) override;
  void Forget(const std::string& account_name) override;
  void Purge(std::int64_t now_us) override;

 private:
  std::string HashOf(const std::string& account_name);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
  const std::uint64_t most_names_;
};

}  // namespace redress::identity
