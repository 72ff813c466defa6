#include <redress/order/v1/order_service.pb.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <ostream>

#include "clients/cli/commands.h"
#include "clients/cli/item_import_commands.h"
#include "clients/cli/progress.h"
#include "clients/cpp/json.h"
#include "clients/cpp/text.h"
#include "clients/importing/import_run.h"

namespace redress::cli {
namespace {

namespace order = redress::order::v1;
using Clock = std::chrono::steady_clock;

struct ImportOptions {
  std::string file;
  std::string mapping;
  std::string lines;
  std::vector<std::string> joins;
  std::string encoding;
  std::string rejects;
  bool dry_run = false;
  bool plan = false;
};

void PutTexts(google::protobuf::Struct& report, const char* name,
              const std::vector<std::string>& texts) {
  auto& list = *(*report.mutable_fields())[name].mutable_list_value();
  for (const std::string& text : texts) list.add_values()->set_string_value(text);
}

google::protobuf::Struct Report(const importing::ImportSummary& summary, std::uint64_t per_second,
                                const importing::OrderFile& file,
                                const importing::RejectsFile& rejects, bool dry_run) {
  google::protobuf::Struct report;
  PutTexts(report, "columns", file.columns());
  PutTexts(report, "kept_columns", file.KeptColumns());
  const auto put = [&](const char* name, std::uint64_t value) {
    client::Put(report, name, static_cast<double>(value));
  };
  put("rows", summary.rows);
  put("rows_accepted", summary.rows_accepted);
  put("rows_rejected", summary.rows_rejected);
  put("rows_per_second", per_second);
  put("order_lines", summary.order_lines);
  put("orders_without_number", summary.orders_without_number);
  put("statuses_derived", summary.statuses_derived);
  put("lines_derived", summary.lines_derived);
  put("calls", summary.calls);
  put("orders_created", summary.orders_created);
  put("orders_changed", summary.orders_changed);
  put("orders_unchanged", summary.orders_unchanged);
  put("adjustments_created", summary.adjustments_created);
  put("adjustments_changed", summary.adjustments_changed);
  put("adjustments_unchanged", summary.adjustments_unchanged);
  if (!dry_run) {
    put("adjustments_matched", summary.adjustments_matched);
    put("adjustments_unmatched", summary.adjustments_unmatched);
  }
  client::Put(report, "rejects_file", rejects.count() > 0 ? rejects.path() : "");
  return report;
}

// What the importer worked out itself, and what it found no field for.
std::string Remarks(const importing::ImportSummary& summary, const importing::OrderFile& file) {
  std::string text;
  const auto remark = [&](std::uint64_t count, const char* what) {
    if (count > 0) text += std::to_string(count) + what;
  };
  remark(summary.orders_without_number, " orders have no order number: known by their content\n");
  remark(summary.statuses_derived, " orders have no status: concluded from their times\n");
  remark(summary.lines_derived, " orders have no lines of their own: one line of everything\n");
  if (const auto kept = file.KeptColumns(); !kept.empty()) {
    text += "kept beside the orders, since no field takes them: " + client::Join(kept, ", ") + "\n";
  }
  return text;
}

std::string Summary(const importing::ImportSummary& summary, std::uint64_t per_second,
                    const importing::OrderFile& file, const importing::RejectsFile& rejects,
                    bool dry_run) {
  const auto number = [](std::uint64_t value) { return std::to_string(value); };
  std::string text = number(summary.rows) + " rows: " + number(summary.rows_accepted) +
                     (dry_run ? " would be accepted, " : " accepted, ") +
                     number(summary.rows_rejected) + " rejected (" + number(per_second) +
                     " rows/s)\n";
  text += "orders: " + number(summary.orders_created) + " created, " +
          number(summary.orders_changed) + " changed, " + number(summary.orders_unchanged) +
          " unchanged; " + number(summary.order_lines) + " lines\n";
  text += "adjustments: " + number(summary.adjustments_created) + " created, " +
          number(summary.adjustments_changed) + " changed, " +
          number(summary.adjustments_unchanged) + " unchanged";
  text += dry_run ? "\n"
                  : "; " + number(summary.adjustments_matched) + " matched with a line, " +
                        number(summary.adjustments_unmatched) + " not\n";
  if (dry_run) text += "nothing was stored\n";
  text += Remarks(summary, file);
  if (rejects.count() == 0) return text;
  for (const std::string& first : rejects.first()) text += "  " + first + "\n";
  return text + "all " + number(rejects.count()) + " rejected rows are in " + rejects.path() +
         ": mend them there and import that file's rows again\n";
}

std::vector<std::string> FilesOf(const ImportOptions& options) {
  std::vector<std::string> files{options.file};
  if (!options.lines.empty()) files.push_back(options.lines);
  for (const std::string& join : options.joins) files.push_back(join.substr(join.find('=') + 1));
  return files;
}

void Import(Context& context, const ImportOptions& options) {
  const auto start = Clock::now();
  try {
    const importing::Mapping mapping = importing::LoadMapping(options.mapping);
    if (!mapping.AreOrders()) {
      throw importing::MappingError(mapping.path +
                                    " does not describe orders: import it with `import cases`, "
                                    "`import conversations` or `import products`");
    }
    if (options.plan) {
      return ShowPlan(context, mapping,
                      {options.file, options.encoding, options.lines, options.joins});
    }
    importing::OrderFile file(options.file, mapping,
                              {.encoding = options.encoding,
                               .lines_path = options.lines,
                               .joined = JoinedFiles(options.joins, mapping, options.encoding)});
    importing::RejectsFile rejects(RejectsPath(options.file, options.rejects), FilesOf(options));
    Progress progress(context.err(), "rows", file.rows());
    client::Client& account = context.account();
    const auto send = [&](order::ImportOrdersRequest request) {
      request.set_validate_only(options.dry_run);
      return account.Call<order::ImportOrdersResponse>(std::move(request));
    };
    importing::ImportRun run(send, rejects, [&](std::uint64_t rows) { progress.Report(rows); });
    const importing::ImportSummary summary = run.Run(file);
    progress.End();
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const auto per_second = static_cast<std::uint64_t>(static_cast<double>(summary.rows) / seconds);
    context.Print(Report(summary, per_second, file, rejects, options.dry_run),
                  Summary(summary, per_second, file, rejects, options.dry_run));
  } catch (const importing::MappingError& error) {
    throw UsageError(error.what());
  }
}

}  // namespace

void AddImportCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("import", "Bring in a file; running it again is safe");
  group->require_subcommand(1);
  auto options = std::make_shared<ImportOptions>();
  CLI::App* orders =
      group->add_subcommand("orders", "Import orders, refunds and corrections from a CSV file");
  orders->footer(
      "Columns are found by their names, wherever they stand. taobao_export reads the order\n"
      "exports of Taobao and Tmall (ExportOrderList) in all their generations:\n"
      "  redress import orders ExportOrderList.csv --mapping taobao_export \\\n"
      "      --lines ExportOrderDetailList.csv\n"
      "Without --lines each order has one line of everything. Orders without a number are known\n"
      "by their content, so that the same file may come again.");
  orders->add_option("file", options->file, "The CSV file (GBK or UTF-8)")
      ->required()
      ->check(CLI::ExistingFile)
      ->type_name("FILE");
  orders
      ->add_option("--mapping", options->mapping,
                   "A shipped mapping (" + client::Join(importing::ShippedMappings(), ", ") +
                       ") or the path of a .toml file")
      ->required()
      ->type_name("NAME|FILE");
  AddOtherFiles(*orders, options->lines, options->joins);
  orders
      ->add_option("--encoding", options->encoding,
                   "How the files are written; absent means what the mapping says, and auto tells "
                   "the two apart")
      ->check(CLI::IsMember({"auto", "utf-8", "gbk"}))
      ->type_name("auto|utf-8|gbk");
  orders
      ->add_option("--rejects", options->rejects,
                   "Where rows go that are refused; absent means FILE.rejects.csv here")
      ->type_name("FILE");
  CLI::Option* dry_run = orders->add_flag("--dry-run", options->dry_run,
                                          "Let the service judge everything and store nothing");
  orders
      ->add_flag("--plan", options->plan,
                 "Show how each column and the first 20 rows would be read, send nothing")
      ->excludes(dry_run);
  orders->callback([&context, options] { Import(context, *options); });
  AddItemImportCommands(*group, context);
}

}  // namespace redress::cli
