#pragma once

#include <redress/identity/v1/session_service.pb.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace redress::client {

// A session as a client keeps it between calls.
struct StoredSession {
  std::string account_id;
  std::string account_name;
  std::string shop_id;    // the shop that calls are made in; empty when none was chosen
  std::string time_zone;  // the shop's
  std::string currency_code;
  redress::identity::v1::SessionTokens tokens;
};

// Where the tokens are kept. A refresh token is good for one use, and using it twice ends the
// session: whoever refreshes holds the lock from reading the old token to storing the new one.
class SessionStore {
 public:
  // Released by its destructor.
  class Lock {
   public:
    virtual ~Lock() = default;
  };

  virtual ~SessionStore() = default;
  // Waits until no other thread or process holds it.
  virtual std::unique_ptr<Lock> Acquire() = 0;
  virtual std::optional<StoredSession> Load() = 0;
  virtual void Save(const StoredSession& session) = 0;
  virtual void Remove() = 0;
};

// One file per session, readable by its owner only (0600), replaced as a whole so that a reader
// never sees half of it; the lock is a file beside it. Failures are std::runtime_error.
class SessionFile final : public SessionStore {
 public:
  // Makes the folder (0700) when it is missing.
  explicit SessionFile(std::string path);

  std::unique_ptr<Lock> Acquire() override;
  std::optional<StoredSession> Load() override;
  void Save(const StoredSession& session) override;
  void Remove() override;

  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

// For programs that log in at their start and keep nothing.
class SessionMemory final : public SessionStore {
 public:
  std::unique_ptr<Lock> Acquire() override;
  std::optional<StoredSession> Load() override;
  void Save(const StoredSession& session) override;
  void Remove() override;

 private:
  std::mutex refreshing_;
  std::mutex mutex_;
  std::optional<StoredSession> session_;
};

}  // namespace redress::client
