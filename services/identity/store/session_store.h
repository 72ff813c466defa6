// Sessions and refresh tokens in MySQL.
#pragma once

#include "services/identity/domain/session.h"
#include "services/platform/database/pool.h"

namespace redress::identity {

class SessionStore final : public SessionRepository {
 public:
  explicit SessionStore(platform::Pool& pool) : pool_(pool) {}

  std::optional<Account> FindAccount(const std::string& name) override;
  std::optional<Account> FindAccount(AccountId id) override;
  std::vector<Workplace> Workplaces(AccountId account, std::int64_t now_us) override;
  void ReplacePasswordHash(AccountId account, const std::string& old_hash,
                           const std::string& new_hash) override;
  void Start(const NewSession& session) override;
  Rotation Rotate(const platform::Digest& spent, const platform::Digest& successor,
                  std::int64_t successor_expires_at, std::int64_t now_us) override;
  void End(SessionId session, std::int64_t now_us) override;
  void Purge(std::int64_t before_us) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::identity
