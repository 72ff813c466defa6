#pragma once

#include <google/protobuf/message.h>

#include <chrono>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include "clients/cli/fields.h"
#include "clients/cpp/client.h"

namespace redress::cli {

inline constexpr const char* kUserAgent = "redress-cli/0.1.0";

// Where a run reads and writes; tests give their own.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

// What every command of one run shares: the global options, and the connection, which is made when
// a command first needs it.
class Context {
 public:
  explicit Context(Streams streams) : streams_(streams) {}

  // Global options.
  std::optional<std::string> state_directory;
  std::string session_name = "default";
  std::string shop_id;  // empty: the session's
  bool json = false;
  std::string request_id;  // empty: random
  double timeout_seconds = 30;

  // Set by a command that has done its work and found something amiss.
  bool has_findings = false;

  const client::Endpoints& endpoints();
  client::Session& session();
  // Calls as the logged-in account in its shop.
  client::Client& account();
  // Calls as the operator, whose certificate deploy/up made.
  client::Client& installation_operator();
  std::shared_ptr<client::Channels> channels();
  // By which texts are read and shown: the logged-in shop's zone and currency.
  const Locale& locale();
  // The logged-in account; throws std::runtime_error where nobody is logged in.
  client::StoredSession LoggedIn();

  std::ostream& out() { return streams_.out; }
  std::ostream& err() { return streams_.err; }
  std::istream& in() { return streams_.in; }

  // Puts --request-id into a request that has the field.
  void ApplyRequestId(google::protobuf::Message& request) const;
  // With --json the whole answer on one line, else a person's text.
  void Print(const google::protobuf::Message& answer, const std::string& text);

 private:
  client::CallOptions call_options() const;
  std::string SessionPath();

  Streams streams_;
  std::optional<client::Endpoints> endpoints_;
  std::shared_ptr<client::Channels> channels_;
  std::shared_ptr<client::Session> session_;
  std::unique_ptr<client::Client> account_;
  std::unique_ptr<client::Client> operator_;
  std::optional<Locale> locale_;
};

}  // namespace redress::cli
