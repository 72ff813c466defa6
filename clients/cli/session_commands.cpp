#include <redress/identity/v1/session_service.pb.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "clients/cli/commands.h"
#include "clients/cli/password.h"
#include "clients/cli/rpc_command.h"
#include "clients/cli/table.h"
#include "clients/cpp/call_error.h"
#include "clients/cpp/health.h"
#include "clients/cpp/json.h"
#include "clients/cpp/text.h"

namespace redress::cli {
namespace {

namespace identity = redress::identity::v1;

struct LogInOptions {
  std::string account;
  std::string role;
  PasswordSource password;
};

const client::SampleLogIn& SampleOf(Context& context, const std::string& role) {
  std::vector<std::string> known;
  for (const client::SampleLogIn& log_in : context.endpoints().log_ins) {
    if (log_in.role == role) return log_in;
    known.push_back(log_in.role);
  }
  if (known.empty()) {
    throw UsageError("--role: this installation has no sample shop; use --account NAME");
  }
  throw UsageError("--role: the sample shop has no `" + role + "`" +
                   client::DidYouMean(role, known) + "; it has " + client::Join(known, ", "));
}

void LogIn(Context& context, const LogInOptions& options) {
  if (options.account.empty() == options.role.empty()) {
    throw UsageError("name who logs in: --account NAME, or --role ROLE of the sample shop");
  }
  std::string account = options.account;
  std::string password;
  std::string shop = context.shop_id;
  if (options.role.empty()) {
    password = options.password.Read(context, "Password of " + account);
  } else {
    const client::SampleLogIn& sample = SampleOf(context, options.role);
    account = sample.account_name;
    password = sample.password;
    if (shop.empty()) shop = context.endpoints().shop_id;
  }
  identity::LogInResponse answer = context.session().LogIn(account, password, shop);
  answer.clear_tokens();  // secrets stay in the session file
  const std::string chosen = context.LoggedIn().shop_id;
  std::string text = "Logged in as " + Printable(answer.display_name());
  if (!chosen.empty()) {
    text += " in shop " + chosen;
  } else if (answer.memberships_size() > 1) {
    text += "; choose a shop with --shop ID for each command, or log in again with --shop ID";
  }
  context.Print(answer, text + "\n" + TableText(answer, "memberships", {}, context.locale()));
}

void LogOut(Context& context) {
  context.LoggedIn();
  identity::LogOutResponse answer;
  try {
    answer = context.account().Call<identity::LogOutResponse>(identity::LogOutRequest());
  } catch (const client::CallError& error) {
    // A session that has ended already is what was asked for.
    if (error.code() != grpc::StatusCode::UNAUTHENTICATED) throw;
  }
  context.session().Forget();
  context.Print(answer, "Logged out\n");
}

void Status(Context& context) {
  const auto health = client::CheckHealth(*context.channels(), std::chrono::seconds(3));
  Table table({"SERVICE", "ADDRESS", "STATE"});
  google::protobuf::Struct report;
  bool all = true;
  for (const client::Health& service : health) {
    const std::string state = service.serving ? "serving" : service.problem;
    table.Add({service.service, service.address, state});
    client::Put(report, service.service, state);
    all = all && service.serving;
  }
  context.Print(report, table.Text());
  if (!all) throw client::CallError({grpc::StatusCode::UNAVAILABLE, "not every service serves"});
}

}  // namespace

void AddSessionCommands(CLI::App& program, Context& context) {
  auto log_in = std::make_shared<LogInOptions>();
  CLI::App* command =
      program.add_subcommand("log-in", "Start a session; asks for the password without showing it");
  command->add_option("--account", log_in->account, "The account's name")->type_name("NAME");
  command->add_option("--role", log_in->role, "Log in to the sample shop in this role: agent, …")
      ->type_name("ROLE");
  log_in->password.AddTo(*command);
  command->callback([&context, log_in] { LogIn(context, *log_in); });

  program.add_subcommand("log-out", "End the session")->callback([&context] { LogOut(context); });

  AddRpc(program, context,
         {.name = "whoami",
          .help = "Show the logged-in account and its shops",
          .request = &identity::GetMeRequest::default_instance()});

  program.add_subcommand("status", "Ask every service whether it serves")->callback([&context] {
    Status(context);
  });
}

}  // namespace redress::cli
