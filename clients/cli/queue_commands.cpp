#include <google/rpc/error_details.pb.h>
#include <redress/aftersales/v1/queue_service.pb.h>

#include <CLI/CLI.hpp>
#include <istream>
#include <map>
#include <ostream>
#include <sstream>

#include "clients/cli/commands.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"
#include "clients/cli/table.h"
#include "clients/cpp/call_error.h"
#include "clients/cpp/json.h"
#include "clients/cpp/text.h"

// `case claim-next`, `case hand-over` and `case bulk`: the queue as a whole.

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;

constexpr std::size_t kMostCases = 1000;
constexpr const char* kNoteHelp = "What the next one needs to know; kept sealed on the history";

// One line per case; whatever was refused makes the command end with exit code 4.
template <class Results>
std::string ResultsText(Context& context, const Results& results,
                        const std::map<std::string, std::string>& names) {
  Table table({"CASE", "RESULT", "STATE", "ASSIGNEE", "WHY"});
  int done = 0;
  for (const aftersales::CaseResult& result : results) {
    const auto name = names.find(result.case_id());
    const std::string shown = name == names.end() ? result.case_id() : name->second;
    if (result.has_error()) {
      const auto code = client::CodeName(static_cast<grpc::StatusCode>(result.error().code()));
      table.Add({shown, code, "", "", Printable(result.error().message())});
      continue;
    }
    ++done;
    table.Add({"#" + std::to_string(result.case_().case_number()), "done", result.case_().state(),
               result.case_().assignee_id(), ""});
  }
  const int refused = static_cast<int>(results.size()) - done;
  if (refused > 0) context.has_findings = true;
  return table.Text() + std::to_string(done) + " done, " + std::to_string(refused) + " refused\n";
}

RpcCommand ClaimNext() {
  return {.name = "claim-next",
          .help = "Take the most urgent case that nobody has",
          .request = &aftersales::ClaimNextCaseRequest::default_instance(),
          .flags = {{"--in-state", "state", "Only a case in this state, e.g. Requested"}}};
}

void HandOver(Context& context, aftersales::HandOverCasesRequest request) {
  context.ApplyRequestId(request);
  for (bool more = true; more;) {
    const auto answer = context.account().Call<aftersales::HandOverCasesResponse>(request);
    context.Print(answer, answer.results().empty() ? "no open case\n"
                                                   : ResultsText(context, answer.results(), {}));
    more = answer.more();
    // The next cases are another request: of a chosen id the next one follows.
    if (!request.request_id().empty()) request.set_request_id(request.request_id() + ".");
  }
}

struct BulkOptions {
  std::vector<std::string> cases;
  std::string file;
  std::string in_state;
  std::string assignee;
  bool mine = false;
  bool nobodys = false;
  std::string note;
};

using Names = std::map<std::string, std::string>;

void Add(const aftersales::Case& found, aftersales::BulkApplyRequest& request, Names& names) {
  if (!names.emplace(found.case_id(), "#" + std::to_string(found.case_number())).second) return;
  if (names.size() > kMostCases) {
    throw UsageError("more than 1,000 cases; narrow the query, or split the list");
  }
  aftersales::SeenCase& seen = *request.add_cases();
  seen.set_case_id(found.case_id());
  seen.set_version(found.version());
}

bool IsQuery(const BulkOptions& options) {
  return options.mine || options.nobodys || !options.assignee.empty() || !options.in_state.empty();
}

void AddOfQuery(Context& context, const BulkOptions& options, aftersales::BulkApplyRequest& request,
                Names& names) {
  aftersales::ListCasesRequest list;
  list.set_page_size(200);
  list.set_state(options.in_state);
  list.set_assignee_id(options.assignee);
  if (options.mine) list.set_assignee_id(context.LoggedIn().account_id);
  if (options.nobodys) list.set_assignee_id("nobody");
  do {
    const auto page = context.account().Call<aftersales::ListCasesResponse>(list);
    for (const auto& one : page.cases()) Add(one, request, names);
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
}

Names Choose(Context& context, const BulkOptions& options, aftersales::BulkApplyRequest& request) {
  std::vector<std::string> listed = options.cases;
  if (!options.file.empty()) {
    std::istringstream lines(client::ReadFile(options.file));
    for (std::string word; lines >> word;) listed.push_back(word);
  }
  if (listed.empty() == !IsQuery(options)) {
    throw UsageError("name the cases, or a query (--mine, --nobodys, --assignee, --in-state): one");
  }
  Names names;
  for (const std::string& text : listed) Add(FindCase(context, text), request, names);
  if (listed.empty()) AddOfQuery(context, options, request, names);
  return names;
}

void AddBulkOptions(CLI::App& app, BulkOptions& options) {
  app.add_option("cases", options.cases, "The cases: numbers or ids")->type_name("CASE");
  app.add_option("--file", options.file, "Read the cases from a file, one or more a line")
      ->type_name("FILE");
  app.add_option("--in-state", options.in_state, "Every open case in this state, e.g. Requested")
      ->type_name("STATE");
  CLI::Option* whose = app.add_option("--assignee", options.assignee,
                                      "Every open case of this "
                                      "account")
                           ->type_name("ID");
  CLI::Option* mine = app.add_flag("--mine", options.mine, "Every open case of mine");
  mine->excludes(whose);
  app.add_flag("--nobodys", options.nobodys, "Every open case that nobody has")
      ->excludes(whose)
      ->excludes(mine);
  app.add_option("--note", options.note, "Free text that goes with every step; sealed at rest");
}

// An action of its own; `options` adds what it needs, `fill` puts it into the request.
struct BulkAction {
  std::string name;
  std::string help;
  std::function<void(CLI::App&)> options = {};
  std::function<void(Context&, aftersales::BulkApplyRequest&)> fill;
};

void Run(Context& context, const BulkOptions& options, const BulkAction& action) {
  aftersales::BulkApplyRequest request;
  request.set_note(options.note);
  action.fill(context, request);
  const Names names = Choose(context, options, request);
  if (names.empty()) {
    context.out() << "no case fits\n";
    return;
  }
  context.ApplyRequestId(request);
  const auto answer = context.account().Call<aftersales::BulkApplyResponse>(request);
  context.Print(answer, ResultsText(context, answer.results(), names));
}

std::vector<BulkAction> Actions() {
  struct Assignment {
    std::string to;
    bool me = false;
  };
  auto assignment = std::make_shared<Assignment>();
  auto reason = std::make_shared<std::string>();
  return {{.name = "assign",
           .help = "Give them to an account; without one, to nobody",
           .options =
               [assignment](CLI::App& app) {
                 CLI::Option* to =
                     app.add_option("--to", assignment->to, "The account's id")->type_name("ID");
                 app.add_flag("--to-me", assignment->me, "Take them yourself")->excludes(to);
               },
           .fill =
               [assignment](Context& context, auto& request) {
                 request.mutable_assign()->set_assignee_id(
                     assignment->me ? context.LoggedIn().account_id : assignment->to);
               }},
          {.name = "approve",
           .help = "Approve what each buyer asks for, or what waits for a supervisor",
           .fill = [](Context&, auto& request) { request.mutable_approve(); }},
          {.name = "remind",
           .help = "Call attention to them: their priority rises",
           .fill = [](Context&, auto& request) { request.mutable_remind(); }},
          {.name = "reject",
           .help = "Close them: the shop refuses",
           .options =
               [reason](CLI::App& app) {
                 app.add_option("--reason", *reason, "Why, from the shop's list, e.g. used")
                     ->required()
                     ->type_name("TEXT");
               },
           .fill = [reason](Context&,
                            auto& request) { request.mutable_reject()->set_reason(*reason); }},
          {.name = "withdraw",
           .help = "Close them: the buyer withdraws",
           .fill = [](Context&, auto& request) { request.mutable_withdraw(); }}};
}

}  // namespace

void AddQueueCommands(CLI::App& case_group, Context& context) {
  AddRpc(case_group, context, ClaimNext());

  auto leaving = std::make_shared<aftersales::HandOverCasesRequest>();
  CLI::App* hand_over = case_group.add_subcommand(
      "hand-over", "Hand all open cases of a colleague over, to another or to nobody");
  hand_over
      ->add_option("--from", *leaving->mutable_from_account_id(), "Whose cases: the account's id")
      ->required()
      ->type_name("ID");
  hand_over->add_option("--to", *leaving->mutable_to_account_id(), "Who gets them; absent: nobody")
      ->type_name("ID");
  hand_over->add_option("--note", *leaving->mutable_note(), kNoteHelp)->required();
  hand_over->callback([&context, leaving] { HandOver(context, *leaving); });

  CLI::App* bulk = case_group.add_subcommand(
      "bulk", "One action over many cases, listed or found by a query: case bulk ACTION CASE…");
  bulk->footer("Ends with exit code 4 where a case refused; the others were done all the same.");
  bulk->require_subcommand(1);
  for (BulkAction& action : Actions()) {
    auto options = std::make_shared<BulkOptions>();
    CLI::App* app = bulk->add_subcommand(action.name, action.help);
    if (action.options) action.options(*app);
    AddBulkOptions(*app, *options);
    app->callback([&context, options, action] { Run(context, *options, action); });
  }
}

}  // namespace redress::cli
