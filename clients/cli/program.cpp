#include "clients/cli/program.h"

#include <CLI/CLI.hpp>
#include <ostream>
#include <sstream>

#include "clients/cli/commands.h"
#include "clients/cli/table.h"
#include "clients/cpp/call_error.h"

namespace redress::cli {
namespace {

constexpr const char* kAbout =
    "redress: after-sales for e-commerce teams, on the command line.\n"
    "Log in first: redress log-in --account NAME (or --role agent in the sample shop).";

constexpr const char* kExitCodes =
    "Exit codes: 0 done, 1 refused by a service, 2 wrong usage, 3 a service did not answer, 4 done "
    "and something is amiss (case verify, case bulk, case hand-over, settlement run "
    "import-results).";

// Lists subcommands by their names alone; their other spellings would drown the list.
class HelpFormatter final : public CLI::Formatter {
 public:
  std::string make_subcommand(const CLI::App* command) const override {
    std::ostringstream line;
    CLI::detail::format_help(line, command->get_name(), command->get_description(), column_width_);
    return line.str();
  }
};

void AddGlobalOptions(CLI::App& app, Context& context) {
  app.add_option("--state", context.state_directory,
                 "The state folder of deploy/up, which names the endpoints; else REDRESS_STATE, "
                 "else REDRESS_<SERVICE>_ADDRESS with REDRESS_CA_FILE, else var/")
      ->type_name("DIR");
  app.add_option("--as", context.session_name,
                 "Which of several sessions kept side by side (default: default)")
      ->envname("REDRESS_SESSION")
      ->type_name("NAME");
  app.add_option("--shop", context.shop_id, "The shop; absent means the session's")
      ->envname("REDRESS_SHOP")
      ->type_name("ID");
  app.add_flag("--json", context.json, "Print answers as JSON, one line each");
  app.add_option("--request-id", context.request_id,
                 "Makes a repeat of this command answer what the first one answered")
      ->type_name("TEXT");
  app.add_option("--timeout", context.timeout_seconds, "Seconds that a call may take (default: 30)")
      ->check(CLI::PositiveNumber)
      ->type_name("SECONDS");
}

// A typing error or --help. CLI11 prints help on `out` and errors on `err`.
int Explain(const CLI::App& app, const CLI::ParseError& error, Context& context) {
  const int code = app.exit(error, context.out(), context.err());
  return code == 0 ? kDone : kUsage;
}

}  // namespace

int Run(const std::vector<std::string>& arguments, Streams streams) {
  Context context(streams);
  const auto complain = [&](const std::string& text) {
    context.err() << "redress: " << text << "\n";
  };
  try {
    CLI::App app(kAbout, "redress");
    app.footer(kExitCodes);
    app.set_version_flag("-V,--program-version", std::string(kUserAgent));
    app.formatter(std::make_shared<HelpFormatter>());
    app.fallthrough();
    app.require_subcommand(1);
    AddGlobalOptions(app, context);
    AddSessionCommands(app, context);
    AddShopCommands(app, context);
    AddAgentCommands(app, context);
    AddImportCommands(app, context);
    AddCustomerCommands(app, context);
    AddOrderCommands(app, context);
    AddProductCommands(app, context);
    AddCaseCommands(app, context);
    AddWarehouseCommands(app, context);
    AddSettlementCommands(app, context);
    AddCompensationCommands(app, context);
    AddCategoryCommands(app, context);
    AddPlatformCommands(app, context);
    AddWorkflowCommands(app, context);
    AddDeadlineCommands(app, context);
    AddWebhookCommands(app, context);
    AddPhraseCommands(app, context);
    AddMessageCommands(app, context);
    AddTagCommands(app, context);
    AddSegmentCommands(app, context);
    AddCareCommands(app, context);
    AddNotificationCommands(app, context);
    AddFigureCommands(app, context);
    AddPrivacyCommands(app, context);
    AddConversationCommands(app, context);
    AddNoteCommands(app, context);
    AddSearchCommand(app, context);
    try {
      std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
      app.parse(std::move(reversed));
    } catch (const CLI::ParseError& error) {
      return Explain(app, error, context);
    }
    return context.has_findings ? kFindings : kDone;
  } catch (const UsageError& error) {
    complain(error.what());
    return kUsage;
  } catch (const client::CallError& error) {
    complain(error.Explanation());
    return error.unreachable() ? kUnreachable : kRefused;
  } catch (const std::exception& error) {
    complain(error.what());
    return kUsage;
  }
}

}  // namespace redress::cli
