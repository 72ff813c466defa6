#include <redress/aftersales/v1/bank_run_service.pb.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <ostream>
#include <stdexcept>

#include "clients/cli/commands.h"
#include "clients/cli/progress.h"
#include "clients/cli/rpc_command.h"
#include "clients/cli/table.h"
#include "clients/cpp/enum_names.h"
#include "clients/importing/result_pieces.h"

// `settlement run …`: files to and from the bank.

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;
using google::protobuf::Message;

constexpr std::size_t kLongestRunNumber = 9;
constexpr const char* kRunHelp = "The run: its number (7) or its id";

const std::vector<Column> kRunColumns = {
    {"NUMBER", "run_number"},   {"STATE", "state"},     {"PAYMENTS", "payments"},
    {"TOTAL", "total"},         {"WAITING", "waiting"}, {"ACCEPTED", "accepted"},
    {"REJECTED", "rejected"},   {"UNKNOWN", "unknown"}, {"ATTENTION", "attention"},
    {"CREATED", "create_time"}, {"RUN", "run_id"}};
const std::vector<Column> kPaymentColumns = {
    {"POSITION", "position"},     {"CASE", "case_number"},   {"REFERENCE", "reference"},
    {"AMOUNT", "amount"},         {"ORDER", "order_number"}, {"STATE", "state"},
    {"BANK", "bank_reference"},   {"REASON", "reason"},      {"ATTENTION", "attention"},
    {"FOUND", "attention_detail"}};

// A number is looked for from the newest run on.
std::string RunId(Context& context, const std::string& text) {
  std::string number = text.starts_with("#") ? text.substr(1) : text;
  const bool digits =
      !number.empty() && number.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) throw UsageError("'" + text + "' is no run; give its number or its id");
  if (number.size() > kLongestRunNumber) return number;
  aftersales::ListBankRunsRequest request;
  request.set_page_size(200);
  do {
    const auto page = context.account().Call<aftersales::ListBankRunsResponse>(request);
    for (const auto& run : page.runs()) {
      if (std::to_string(run.run_number()) == number) return run.run_id();
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  throw UsageError("there is no run " + number + "; `settlement run list` shows them");
}

void SetRun(Context& context, Message& request, const std::string& text) {
  const auto* field = request.GetDescriptor()->FindFieldByName("run_id");
  request.GetReflection()->SetString(&request, field, RunId(context, text));
}

aftersales::BankRun ReadRun(Context& context, const std::string& id) {
  aftersales::GetBankRunRequest request;
  request.set_run_id(id);
  return context.account().Call<aftersales::GetBankRunResponse>(request).run();
}

// Without --seen the version is read just before: what a script says of a run is about it now.
Flag SeenVersion() {
  return {"--seen", "version", "The version that you saw; absent means the present one"};
}
template <class Request>
void FillVersion(Context& context, Message& request) {
  auto& typed = static_cast<Request&>(request);
  if (typed.version() == 0) typed.set_version(ReadRun(context, typed.run_id()).version());
}

void SetMaxTotal(Context& context, Message& request, const std::string& text) {
  aftersales::BankRun limit;
  SetField(limit, "total", text, context.locale());
  auto& typed = static_cast<aftersales::CreateBankRunRequest&>(request);
  typed.set_max_total_minor(limit.total().minor_units());
  if (typed.currency_code().empty()) typed.set_currency_code(limit.total().currency_code());
}

struct ExportOptions {
  std::string run;
  std::string file;
};

void Export(Context& context, const ExportOptions& options) {
  aftersales::ExportBankRunRequest request;
  request.set_run_id(RunId(context, options.run));
  aftersales::BankRun run;
  std::string name;
  std::string content;
  context.account().Watch<aftersales::ExportBankRunResponse>(
      request, [&](const aftersales::ExportBankRunResponse& piece) {
        if (piece.has_run()) {  // also when a broken stream begins anew
          run = piece.run();
          name = piece.file_name();
          content.clear();
        }
        content += piece.content();
        return true;
      });
  if (options.file == "-") {
    context.out() << content;
    return;
  }
  const std::string path = options.file.empty() ? name : options.file;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << content;
  file.close();
  if (!file) throw std::runtime_error(path + " could not be written");
  context.Print(run, "run " + std::to_string(run.run_number()) + ": " +
                         std::to_string(run.payments()) + " payments in " + path + "\nsha256 " +
                         run.sha256() + "\n");
}

struct ImportOptions {
  std::string run;
  std::string file;
  std::string encoding = "auto";
};

std::string LinesText(const std::vector<aftersales::BankLineResult>& lines) {
  if (lines.empty()) return "";
  Table table({"LINE", "OUTCOME", "REFERENCE", "CASE", "COLUMN", "PROBLEM", "WHAT TO DO"});
  for (const auto& line : lines) {
    table.Add({std::to_string(line.line()),
               client::ShortName(
                   *aftersales::BankLineOutcome_descriptor()->FindValueByNumber(line.outcome())),
               line.reference(),
               line.case_number() == 0 ? "" : "#" + std::to_string(line.case_number()),
               line.column(), line.problem(), line.remedy()});
  }
  return table.Text();
}

// The file goes up in pieces; a bad line does not keep the others from being taken.
void Import(Context& context, const ImportOptions& options) {
  const std::string id = RunId(context, options.run);
  importing::ResultPieces pieces(options.file, options.encoding);
  Progress progress(context.err(), "lines");
  std::uint64_t applied = 0;
  std::uint64_t repeated = 0;
  std::vector<aftersales::BankLineResult> others;
  aftersales::BankRun run = ReadRun(context, id);
  for (;;) {
    const auto piece = pieces.Next();
    if (!piece) break;
    aftersales::ImportBankResultsRequest request;
    request.set_run_id(id);
    request.set_text(piece->text);
    request.set_first_line(piece->first_line);
    const auto answer = context.account().Call<aftersales::ImportBankResultsResponse>(request);
    for (const auto& line : answer.lines()) {
      if (line.outcome() == aftersales::BANK_LINE_OUTCOME_APPLIED) {
        ++applied;
      } else if (line.outcome() == aftersales::BANK_LINE_OUTCOME_REPEATED) {
        ++repeated;
      } else {
        others.push_back(line);
      }
    }
    run = answer.run();
    progress.Report(applied + repeated + others.size());
    if (context.json) context.Print(answer, "");
  }
  progress.End();
  context.has_findings = !others.empty();
  if (context.json) return;
  context.out() << LinesText(others) << applied << " results applied, " << repeated
                << " said before, " << others.size() << " to look at; of the run's "
                << run.payments() << " payments " << run.accepted() << " are accepted, "
                << run.rejected() << " rejected, " << run.unknown() << " unknown, " << run.waiting()
                << " without an answer\n";
}

void AddFileCommands(CLI::App& group, Context& context) {
  auto exported = std::make_shared<ExportOptions>();
  CLI::App* export_run = group.add_subcommand(
      "export", "Write a run's file for the bank; the same run always gives the same bytes");
  export_run->add_option("run", exported->run, kRunHelp)->required()->type_name("RUN");
  export_run
      ->add_option("--to", exported->file, "Where to; - for standard output (default: its name)")
      ->type_name("FILE");
  export_run->callback([&context, exported] { Export(context, *exported); });

  auto imported = std::make_shared<ImportOptions>();
  CLI::App* import_results =
      group.add_subcommand("import-results", "Take in the bank's file of results");
  import_results->footer(
      "A CSV file with a header; columns reference, amount, currency, result (accepted, rejected,\n"
      "unknown), bank_reference, reason. Importing it again is safe. Ends with exit code 4 where "
      "a\n"
      "line could not be read or a person has to look.");
  import_results->add_option("run", imported->run, kRunHelp)->required()->type_name("RUN");
  import_results->add_option("file", imported->file, "The file")
      ->required()
      ->check(CLI::ExistingFile)
      ->type_name("FILE");
  import_results
      ->add_option("--encoding", imported->encoding, "How the file is written (default: auto)")
      ->check(CLI::IsMember({"auto", "utf-8", "gbk"}))
      ->type_name("auto|utf-8|gbk");
  import_results->callback([&context, imported] { Import(context, *imported); });
}

}  // namespace

void AddBankRunCommands(CLI::App& settlement_group, Context& context) {
  CLI::App* group = settlement_group.add_subcommand("run", "Files of payments for the bank");
  group->require_subcommand(1);
  AddRpc(*group, context,
         {.name = "create",
          .help = "Collect payments that wait into a run",
          .request = &aftersales::CreateBankRunRequest::default_instance(),
          .flags = {{"--currency", "currency_code", "Only payments in this currency"},
                    {"--max-payments", "max_payments", "Most payments in it"},
                    {"--max-total", "max_total_minor", "Most money in it, e.g. '1000.00 CNY'",
                     false, SetMaxTotal}}});
  AddRpc(*group, context,
         {.name = "list",
          .help = "List runs, newest first",
          .request = &aftersales::ListBankRunsRequest::default_instance(),
          .flags = {{"--in-state", "state", "Only runs in this state"}},
          .list = "runs",
          .columns = kRunColumns});
  AddRpc(*group, context,
         {.name = "show",
          .help = "Show a run and strange lines of its results",
          .request = &aftersales::GetBankRunRequest::default_instance(),
          .flags = {{"run", "run_id", kRunHelp, true, SetRun}}});
  AddRpc(*group, context,
         {.name = "payments",
          .help = "List a run's payments and what became of each",
          .request = &aftersales::ListBankRunPaymentsRequest::default_instance(),
          .flags = {{"run", "run_id", kRunHelp, true, SetRun},
                    {"--in-state", "state", "Only payments in this state"},
                    {"--attention", "attention_only", "Only those that a person has to look at"}},
          .list = "payments",
          .columns = kPaymentColumns});
  AddRpc(*group, context,
         {.name = "handed-over",
          .help = "Say that the bank has the file",
          .request = &aftersales::HandOverBankRunRequest::default_instance(),
          .flags = {{"run", "run_id", kRunHelp, true, SetRun},
                    SeenVersion(),
                    {"--despite-called-off", "despite_called_off",
                     "It has the file already, although cases went another way since"}},
          .complete = FillVersion<aftersales::HandOverBankRunRequest>});
  AddRpc(*group, context,
         {.name = "dissolve",
          .help = "Give up a run that the bank does not have: its payments wait again",
          .request = &aftersales::DissolveBankRunRequest::default_instance(),
          .flags = {{"run", "run_id", kRunHelp, true, SetRun}, SeenVersion()},
          .complete = FillVersion<aftersales::DissolveBankRunRequest>});
  AddFileCommands(*group, context);
}

}  // namespace redress::cli
