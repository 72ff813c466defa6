#include <redress/aftersales/v1/case_scan_service.pb.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "clients/cli/commands.h"
#include "clients/cli/progress.h"
#include "clients/cli/table.h"
#include "clients/cli/workflow_check.h"
#include "clients/cpp/json.h"

// All cases at once: `case scan`, and `workflow check` before a roll-out.

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;

void Scan(Context& context) {
  Progress progress(context.err(), "cases");
  std::uint64_t scanned = 0;
  std::uint64_t findings = 0;
  Table table({"CASE", "ID", "INVARIANT", "EXPECTED", "FOUND"});
  aftersales::ScanCasesRequest request;
  do {
    const auto page = context.account().Call<aftersales::ScanCasesResponse>(request);
    scanned += page.scanned();
    findings += static_cast<std::uint64_t>(page.findings_size());
    for (const auto& one : page.findings()) {
      table.Add({std::to_string(one.case_number()), one.case_id(), one.invariant(), one.expected(),
                 one.found()});
    }
    if (context.json) context.Print(page, "");
    progress.Report(scanned);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  progress.End();
  context.has_findings = findings > 0;
  if (context.json) return;
  context.out() << table.Text() << scanned << " cases scanned, " << findings << " findings\n";
  if (findings > 0) {
    context.out()
        << "A finding means that rows were changed beside the program, or a fault of it:\n"
           "`case verify` tells of each case whether its history was altered.\n";
  }
}

struct CheckOptions {
  std::string file;
  bool all_shops = false;
};

std::string Numbers(const aftersales::LiveCases& group) {
  std::string text;
  for (const std::uint64_t number : group.case_numbers()) {
    text += (text.empty() ? "#" : " #") + std::to_string(number);
  }
  if (group.count() > static_cast<std::uint32_t>(group.case_numbers_size())) text += " …";
  return text;
}

void CheckWorkflow(Context& context, const CheckOptions& options) {
  aftersales::WorkflowSet machines;
  client::FromJson(client::ReadFile(options.file), options.file, machines);
  client::Client& caller = options.all_shops ? context.installation_operator() : context.account();
  Table table({"SHOP", "KIND", "STATE", "CASES", "WHY", "EXPECTED", "FOUND", "AMONG THEM"});
  std::uint64_t live = 0;
  std::uint64_t stranded = 0;
  aftersales::SurveyCasesRequest request;
  do {
    const auto page = caller.Call<aftersales::SurveyCasesResponse>(request);
    if (context.json) context.Print(page, "");
    for (const auto& group : page.groups()) {
      live += group.count();
      const auto problems = CheckLive(group, machines);
      if (!problems.empty()) stranded += group.count();
      for (const LiveProblem& problem : problems) {
        table.Add({group.shop_id(), group.kind(), group.state(), std::to_string(group.count()),
                   problem.reason, problem.expected, problem.found, Numbers(group)});
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  context.has_findings = stranded > 0;
  std::ostream& told = context.json ? context.err() : context.out();
  if (!table.empty()) told << table.Text();
  told << live << " live cases, " << stranded << " of them cannot go on under " << options.file
       << "\n";
}

}  // namespace

void AddScanCommand(CLI::App& case_group, Context& context) {
  case_group
      .add_subcommand("scan", "Look over all cases for what must never be, e.g. no armed deadline")
      ->footer("Ends with exit code 4 where something was found.")
      ->callback([&context] { Scan(context); });
}

void AddWorkflowCheckCommand(CLI::App& workflow_group, Context& context) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* check = workflow_group.add_subcommand(
      "check", "Before a roll-out: can every live case go on under the new program?");
  check->footer(
      "FILE is what the new program prints: redress-aftersales --describe >FILE.\n"
      "Ends with exit code 4 where cases cannot go on.");
  check->add_option("--new", options->file, "The new program's machines, as JSON")
      ->required()
      ->check(CLI::ExistingFile)
      ->type_name("FILE");
  check->add_flag("--all-shops", options->all_shops, "Every shop, with the operator's certificate");
  check->callback([&context, options] { CheckWorkflow(context, *options); });
}

}  // namespace redress::cli
