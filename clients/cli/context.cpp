#include "clients/cli/context.h"

#include <unistd.h>

#include <cstdlib>
#include <ostream>
#include <stdexcept>

#include "clients/cpp/json.h"

namespace redress::cli {
namespace {

bool IsFileName(const std::string& name) {
  return !name.empty() && name[0] != '.' &&
         name.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
             std::string::npos;
}

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

const client::Endpoints& Context::endpoints() {
  if (!endpoints_) {
    try {
      endpoints_ = client::FindEndpoints(state_directory);
    } catch (const std::runtime_error& error) {
      throw UsageError(error.what());
    }
  }
  return *endpoints_;
}

std::shared_ptr<client::Channels> Context::channels() {
  if (!channels_) channels_ = std::make_shared<client::Channels>(endpoints(), kUserAgent);
  return channels_;
}

// In the state folder when there is one that this user may write, else among the user's own state.
std::string Context::SessionPath() {
  if (!IsFileName(session_name)) {
    throw UsageError("--as: `" + session_name + "` is not a name: use letters, digits, . _ and -");
  }
  const std::string& state = endpoints().state_directory;
  if (!state.empty() && access(state.c_str(), W_OK) == 0) {
    return state + "/sessions/" + session_name + ".json";
  }
  std::string home = Environment("XDG_STATE_HOME");
  if (home.empty()) home = Environment("HOME") + "/.local/state";
  // Sessions of several installations do not meet in one file.
  std::string installation = endpoints().AddressOf("identity");
  for (char& c : installation) {
    if (c == '/' || c == ':') c = '_';
  }
  return home + "/redress/" + installation + "/" + session_name + ".json";
}

client::Session& Context::session() {
  if (!session_) {
    session_ = std::make_shared<client::Session>(
        channels(), std::make_shared<client::SessionFile>(SessionPath()), call_options().timeout);
  }
  return *session_;
}

client::CallOptions Context::call_options() const {
  return {.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(timeout_seconds * 1000)),
          .attempts = client::CallOptions().attempts};
}

client::StoredSession Context::LoggedIn() {
  auto stored = session().current();
  if (!stored) {
    throw std::runtime_error(
        "you are not logged in" +
        (session_name == "default" ? std::string() : " as `" + session_name + "`") +
        ": log in with `redress log-in --account NAME`");
  }
  return *stored;
}

client::Client& Context::account() {
  if (!account_) {
    const std::string shop = shop_id.empty() ? LoggedIn().shop_id : shop_id;
    session();
    account_ = std::make_unique<client::Client>(channels(), session_, shop, call_options());
  }
  return *account_;
}

client::Client& Context::installation_operator() {
  if (!operator_) {
    auto own = std::make_shared<client::Channels>(endpoints(), kUserAgent,
                                                  client::Channels::Identity::kOperator);
    operator_ = std::make_unique<client::Client>(own, nullptr, shop_id, call_options());
  }
  return *operator_;
}

const Locale& Context::locale() {
  if (!locale_) {
    locale_.emplace();
    if (const auto stored = session().current()) {
      absl::LoadTimeZone(stored->time_zone, &locale_->time_zone);
      locale_->currency_code = stored->currency_code;
    }
  }
  return *locale_;
}

void Context::ApplyRequestId(google::protobuf::Message& request) const {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr || request_id.empty()) return;
  request.GetReflection()->SetString(&request, field, request_id);
}

void Context::Print(const google::protobuf::Message& answer, const std::string& text) {
  if (json) {
    out() << client::ToJson(answer) << '\n';
  } else {
    out() << text;
  }
  out().flush();
}

}  // namespace redress::cli
