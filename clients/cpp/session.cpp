#include "clients/cpp/session.h"

#include <chrono>
#include <stdexcept>
#include <vector>

#include "clients/cpp/call_error.h"
#include "clients/cpp/text.h"
#include "clients/cpp/wire.h"

namespace redress::client {
namespace {

namespace identity = redress::identity::v1;

// Renewed this long before it expires, so that no call sets out with a token that dies on the way.
constexpr std::int64_t kMarginSeconds = 60;

std::int64_t NowSeconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

bool Fresh(const StoredSession& session) {
  return session.tokens.access_expire_time().seconds() - kMarginSeconds > NowSeconds();
}

CallError NotLoggedIn() {
  return CallError({grpc::StatusCode::UNAUTHENTICATED,
                    "you are not logged in: log in with `redress log-in --account NAME`"});
}

const identity::ShopMembership* ChosenShop(const identity::LogInResponse& answer,
                                           const std::string& shop_id) {
  if (shop_id.empty()) return answer.memberships_size() == 1 ? &answer.memberships(0) : nullptr;
  std::vector<std::string> known;
  for (const identity::ShopMembership& membership : answer.memberships()) {
    if (membership.shop_id() == shop_id) return &membership;
    known.push_back(membership.shop_id() + " (" + membership.shop_name() + ")");
  }
  throw std::runtime_error("the account does not work in shop " + shop_id +
                           "; its shops are: " + Join(known, ", "));
}

}  // namespace

Session::Session(std::shared_ptr<Channels> channels, std::shared_ptr<SessionStore> store,
                 std::chrono::milliseconds timeout)
    : channels_(std::move(channels)), store_(std::move(store)), timeout_(timeout) {}

// A call that carries no token. It is tried once: whether a refresh token was spent cannot be known
// after a failure, so it waits for the connection instead of trying again.
void Session::CallWithoutToken(const google::protobuf::Message& request,
                               google::protobuf::Message& response) {
  const auto& method = MethodOf(*request.GetDescriptor());
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + timeout_);
  context.set_wait_for_ready(method.name() == "RefreshSession");
  const grpc::Status status =
      UnaryCall(channels_->To(ServiceOf(method)), PathOf(method), context, request, response);
  if (!status.ok()) throw CallError(status);
}

identity::LogInResponse Session::LogIn(const std::string& account_name, const std::string& password,
                                       const std::string& shop_id) {
  identity::LogInRequest request;
  request.set_account_name(account_name);
  request.set_password(password);
  identity::LogInResponse answer;
  CallWithoutToken(request, answer);
  const identity::ShopMembership* shop = ChosenShop(answer, shop_id);
  StoredSession session{.account_id = answer.account_id(),
                        .account_name = account_name,
                        .shop_id = shop == nullptr ? "" : shop->shop_id(),
                        .time_zone = shop == nullptr ? "UTC" : shop->time_zone(),
                        .currency_code = shop == nullptr ? "" : shop->currency_code(),
                        .tokens = answer.tokens()};
  const auto lock = store_->Acquire();
  store_->Save(session);
  std::lock_guard guard(mutex_);
  cached_ = std::move(session);
  return answer;
}

std::string Session::AccessToken() {
  {
    std::lock_guard guard(mutex_);
    if (!cached_) cached_ = store_->Load();
    if (!cached_) throw NotLoggedIn();
    if (Fresh(*cached_)) return cached_->tokens.access_token();
  }
  return Refreshed("");
}

std::string Session::Renew(const std::string& refused) { return Refreshed(refused); }

// Refreshes unless another thread or process has done it in the meantime. `spent` is a token that a
// service refused although its time is not over.
std::string Session::Refreshed(const std::string& spent) {
  const auto lock = store_->Acquire();
  std::optional<StoredSession> session = store_->Load();
  if (!session) throw NotLoggedIn();
  const bool someone_else_did = Fresh(*session) && session->tokens.access_token() != spent;
  if (!someone_else_did) {
    identity::RefreshSessionRequest request;
    request.set_refresh_token(session->tokens.refresh_token());
    identity::RefreshSessionResponse answer;
    try {
      CallWithoutToken(request, answer);
    } catch (const CallError& error) {
      if (error.code() != grpc::StatusCode::UNAUTHENTICATED) throw;
      throw CallError({grpc::StatusCode::UNAUTHENTICATED,
                       "your session has ended: log in again with `redress log-in --account " +
                           session->account_name + "`"});
    }
    session->tokens = answer.tokens();
    store_->Save(*session);
  }
  std::lock_guard guard(mutex_);
  cached_ = std::move(session);
  return cached_->tokens.access_token();
}

void Session::Forget() {
  const auto lock = store_->Acquire();
  store_->Remove();
  std::lock_guard guard(mutex_);
  cached_.reset();
}

}  // namespace redress::client
