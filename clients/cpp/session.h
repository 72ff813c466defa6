#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "clients/cpp/channels.h"
#include "clients/cpp/session_store.h"

namespace redress::client {

// An account's session: logging in, and access tokens that are renewed before they expire. Safe to
// use from many threads, and side by side with other processes over the same store.
//
// Example:
//   Session session(channels, std::make_shared<SessionMemory>());
//   session.LogIn("agent-1", password, "");
//   Client client(channels, session_ptr, session.current()->shop_id);
class Session {
 public:
  // `timeout` bounds each log-in and renewal.
  Session(std::shared_ptr<Channels> channels, std::shared_ptr<SessionStore> store,
          std::chrono::milliseconds timeout = std::chrono::seconds(30));

  // Starts a session and stores it. `shop_id` chooses where to work; empty takes the account's only
  // shop. Throws CallError, or std::runtime_error when the shop has to be named.
  redress::identity::v1::LogInResponse LogIn(const std::string& account_name,
                                             const std::string& password,
                                             const std::string& shop_id);

  // A token that is good for a while yet. Throws CallError (UNAUTHENTICATED) where there is no
  // session or it has ended.
  std::string AccessToken();

  // A token to use instead of one that a service refused.
  std::string Renew(const std::string& refused);

  // Forgets the session here; ending it is SessionService.LogOut.
  void Forget();

  std::optional<StoredSession> current() { return store_->Load(); }

 private:
  void CallWithoutToken(const google::protobuf::Message& request,
                        google::protobuf::Message& response);
  std::string Refreshed(const std::string& spent);

  const std::shared_ptr<Channels> channels_;
  const std::shared_ptr<SessionStore> store_;
  const std::chrono::milliseconds timeout_;
  std::mutex mutex_;
  std::optional<StoredSession> cached_;
};

}  // namespace redress::client
