#include "clients/cli/item_import_commands.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <type_traits>

#include "clients/cli/progress.h"
#include "clients/cpp/json.h"
#include "clients/cpp/text.h"
#include "clients/importing/item_run.h"
#include "clients/importing/plan.h"

namespace redress::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct ItemOptions {
  std::string file;
  std::string mapping;
  std::string encoding;
  std::string rejects;
  std::vector<std::string> joins;   // NAME=FILE
  std::vector<std::string> agents;  // NAME=ACCOUNT
  bool dry_run = false;
  bool plan = false;
};

// Words for what a file holds.
struct Words {
  const char* things;  // "cases"
  const char* parts;   // "steps"
};

google::protobuf::Struct Report(const importing::ItemSummary& summary, const Words& words,
                                std::uint64_t per_second, const importing::RejectsFile& rejects,
                                const std::vector<std::string>& unread) {
  google::protobuf::Struct report;
  auto& columns = *(*report.mutable_fields())["unread_columns"].mutable_list_value();
  for (const std::string& column : unread) columns.add_values()->set_string_value(column);
  const auto put = [&](const std::string& name, std::uint64_t value) {
    client::Put(report, name, static_cast<double>(value));
  };
  put("rows", summary.rows);
  put("rows_accepted", summary.rows_accepted);
  put("rows_rejected", summary.rows_rejected);
  put("rows_per_second", per_second);
  put(std::string(words.things) + "_created", summary.created);
  put(std::string(words.things) + "_changed", summary.changed);
  put(std::string(words.things) + "_unchanged", summary.unchanged);
  put(words.parts, summary.parts);
  put("orders_not_found", summary.orders_not_found);
  put("calls", summary.calls);
  client::Put(report, "rejects_file", rejects.count() > 0 ? rejects.path() : "");
  return report;
}

std::string Summary(const importing::ItemSummary& summary, const Words& words, bool dry_run,
                    const importing::RejectsFile& rejects, const std::vector<std::string>& unread) {
  const auto number = [](std::uint64_t value) { return std::to_string(value); };
  std::string text = number(summary.rows) + " rows: " + number(summary.rows_accepted) +
                     (dry_run ? " would be accepted, " : " accepted, ") +
                     number(summary.rows_rejected) + " rejected\n" + words.things + ": " +
                     number(summary.created) + " created, " + number(summary.changed) +
                     " changed, " + number(summary.unchanged) + " unchanged; " +
                     number(summary.parts) + " " + words.parts + "\n";
  if (summary.orders_not_found > 0) {
    text += number(summary.orders_not_found) +
            " name an order that the shop does not have: they are about none\n";
  }
  if (!unread.empty()) {
    text += "not read, since no field takes them: " + client::Join(unread, ", ") + "\n";
  }
  if (dry_run) text += "nothing was stored\n";
  if (rejects.count() == 0) return text;
  for (const std::string& first : rejects.first()) text += "  " + first + "\n";
  return text + "all " + number(rejects.count()) + " rejected rows are in " + rejects.path() +
         ": mend them in the file and import it again\n";
}

template <class Kind>
typename Kind::File OpenFile(const ItemOptions& options, const importing::Mapping& mapping) {
  if constexpr (std::is_same_v<Kind, importing::ProductsOnSale>) {
    return {options.file,
            mapping,
            {.encoding = options.encoding,
             .joined = JoinedFiles(options.joins, mapping, options.encoding)}};
  } else {
    return {options.file, mapping, options.encoding};
  }
}

// The mapping's, and those given as --agent NAME=ACCOUNT, which count before them.
std::map<std::string, std::string> AgentsOf(const ItemOptions& options,
                                            const importing::Mapping& mapping) {
  std::map<std::string, std::string> agents = mapping.agents;
  for (const std::string& one : options.agents) {
    const std::size_t split = one.rfind('=');
    const std::string account = split == std::string::npos ? "" : one.substr(split + 1);
    if (split == 0 || account.empty() ||
        account.find_first_not_of("0123456789") != std::string::npos) {
      throw UsageError("--agent " + one +
                       ": give NAME=ACCOUNT, the name as the file has it and the "
                       "id of an account, e.g. \"Anna=7423891\"");
    }
    agents[one.substr(0, split)] = account;
  }
  return agents;
}

std::vector<std::string> FilesOf(const ItemOptions& options) {
  std::vector<std::string> files{options.file};
  for (const std::string& join : options.joins) files.push_back(join.substr(join.find('=') + 1));
  return files;
}

template <class Kind>
void Import(Context& context, const ItemOptions& options, const Words& words,
            const std::set<importing::RowsAre>& described_as) {
  const auto start = Clock::now();
  try {
    const importing::Mapping mapping = importing::LoadMapping(options.mapping);
    if (!described_as.contains(mapping.rows)) {
      throw importing::MappingError(mapping.path + " does not describe " + words.things +
                                    ": its rows are something else");
    }
    if (options.plan) {
      return ShowPlan(context, mapping, {options.file, options.encoding, {}, options.joins});
    }
    const auto agents = AgentsOf(options, mapping);
    typename Kind::File file = OpenFile<Kind>(options, mapping);
    importing::RejectsFile rejects(RejectsPath(options.file, options.rejects), FilesOf(options));
    Progress progress(context.err(), "rows", file.rows());
    client::Client& account = context.account();
    importing::ItemRun<Kind> run(
        {.dry_run = options.dry_run, .agents = agents},
        [&account](const typename Kind::Request& request) {
          return account.Call<typename Kind::Response>(request);
        },
        rejects, [&](std::uint64_t rows) { progress.Report(rows); });
    const importing::ItemSummary summary = run.Run(file);
    progress.End();
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const auto per_second = static_cast<std::uint64_t>(static_cast<double>(summary.rows) / seconds);
    const auto unread = importing::UnreadColumns(mapping, file.columns());
    context.Print(Report(summary, words, per_second, rejects, unread),
                  Summary(summary, words, options.dry_run, rejects, unread));
  } catch (const importing::MappingError& error) {
    throw UsageError(error.what());
  }
}

void AddOptions(CLI::App& command, ItemOptions& options) {
  command.add_option("file", options.file, "The CSV file (GBK or UTF-8)")
      ->required()
      ->check(CLI::ExistingFile)
      ->type_name("FILE");
  command
      .add_option("--mapping", options.mapping,
                  "A shipped mapping (" + client::Join(importing::ShippedMappings(), ", ") +
                      ") or the path of a .toml file")
      ->required()
      ->type_name("NAME|FILE");
  command
      .add_option("--encoding", options.encoding,
                  "How the file is written; absent means what the mapping says")
      ->check(CLI::IsMember({"auto", "utf-8", "gbk"}))
      ->type_name("auto|utf-8|gbk");
}

void AddRunOptions(CLI::App& command, ItemOptions& options) {
  AddOptions(command, options);
  command
      .add_option("--rejects", options.rejects,
                  "Where rows go that are refused; absent means FILE.rejects.csv here")
      ->type_name("FILE");
  CLI::Option* dry_run = command.add_flag("--dry-run", options.dry_run,
                                          "Let the service judge everything and store nothing");
  command
      .add_flag("--plan", options.plan,
                "Show how each column and the first 20 rows would be read, send nothing")
      ->excludes(dry_run);
}

void AddAgents(CLI::App& command, ItemOptions& options) {
  command
      .add_option("--agent", options.agents,
                  "Whose account a name in the file is; several may be given, beside the mapping's")
      ->type_name("NAME=ACCOUNT");
}

void AddJoins(CLI::App& command, std::vector<std::string>& joins) {
  command
      .add_option("--join", joins,
                  "A file whose rows belong to these by a key, for mappings that join one")
      ->type_name("NAME=FILE");
}

void AddCases(CLI::App& import_group, Context& context) {
  auto options = std::make_shared<ItemOptions>();
  CLI::App* command = import_group.add_subcommand(
      "cases", "Import closed refunds, disputes and reviews of another system");
  command->footer(
      "Each is known by its number at the source: importing the file again changes nothing.\n"
      "What was imported is history: it takes no step, and figures go back in time.");
  AddRunOptions(*command, *options);
  AddAgents(*command, *options);
  command->callback([&context, options] {
    Import<importing::CasesOfThePast>(context, *options, {"cases", "steps"},
                                      {importing::RowsAre::kCases, importing::RowsAre::kSteps});
  });
}

void AddConversations(CLI::App& import_group, Context& context) {
  auto options = std::make_shared<ItemOptions>();
  CLI::App* command = import_group.add_subcommand(
      "conversations", "Import what buyers and the shop said to each other");
  AddRunOptions(*command, *options);
  AddAgents(*command, *options);
  command->callback([&context, options] {
    Import<importing::ConversationsOfThePast>(context, *options, {"conversations", "messages"},
                                              {importing::RowsAre::kMessages});
  });
}

void AddProducts(CLI::App& import_group, Context& context) {
  auto options = std::make_shared<ItemOptions>();
  CLI::App* command = import_group.add_subcommand(
      "products", "Import what the shop sells: products, SKUs, prices and stock");
  command->footer(
      "A row is a product or one of its SKUs, as the mapping says; rows of one product may stand\n"
      "anywhere. A product goes in with all its rows or not at all, and replaces what was known:\n"
      "  redress import products 商品.csv --mapping products");
  AddRunOptions(*command, *options);
  AddJoins(*command, options->joins);
  command->callback([&context, options] {
    Import<importing::ProductsOnSale>(context, *options, {"products", "skus"},
                                      {importing::RowsAre::kProducts});
  });
}

}  // namespace

std::vector<std::shared_ptr<const importing::JoinedFile>> JoinedFiles(
    const std::vector<std::string>& given, const importing::Mapping& mapping,
    const std::string& encoding) {
  std::vector<std::shared_ptr<const importing::JoinedFile>> files;
  std::vector<std::string> names;
  for (const importing::JoinRules& rules : mapping.joins) {
    names.push_back(rules.name);
    const std::string prefix = rules.name + "=";
    const auto found = std::find_if(given.begin(), given.end(), [&](const std::string& one) {
      return one.starts_with(prefix);
    });
    if (found == given.end()) {
      throw importing::MappingError("the mapping reads a second file: --join " + prefix + "FILE");
    }
    files.push_back(std::make_shared<const importing::JoinedFile>(
        found->substr(prefix.size()), encoding.empty() ? mapping.encoding : encoding, mapping,
        rules));
  }
  for (const std::string& one : given) {
    const std::string name = one.substr(0, one.find('='));
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    throw importing::MappingError("the mapping joins no file `" + name + "`" +
                                  client::DidYouMean(name, names));
  }
  return files;
}

void ShowPlan(Context& context, const importing::Mapping& mapping, const PlannedFiles& files) {
  const importing::Plan plan = importing::PlanOf(files.file, mapping, files.encoding,
                                                 JoinedFiles(files.joins, mapping, files.encoding));
  google::protobuf::Struct report = importing::ReportOf(plan);
  std::string text = importing::TextOf(plan);
  if (!files.lines.empty()) {
    const importing::Plan lines = importing::PlanOfLines(files.lines, mapping, files.encoding);
    *(*report.mutable_fields())["lines"].mutable_struct_value() = importing::ReportOf(lines);
    text += files.lines + ":\n" + importing::TextOf(lines);
  }
  context.Print(report, text + "nothing was sent\n");
}

void AddOtherFiles(CLI::App& command, std::string& lines, std::vector<std::string>& joins) {
  command
      .add_option(
          "--lines", lines,
          "A CSV file of order lines that belongs to the orders, for mappings that take one")
      ->check(CLI::ExistingFile)
      ->type_name("FILE");
  AddJoins(command, joins);
}

std::string RejectsPath(const std::string& file, const std::string& chosen) {
  if (!chosen.empty()) return chosen;
  return std::filesystem::path(file).filename().string() + ".rejects.csv";
}

void AddItemImportCommands(CLI::App& import_group, Context& context) {
  AddCases(import_group, context);
  AddConversations(import_group, context);
  AddProducts(import_group, context);
  auto planned = std::make_shared<ItemOptions>();
  auto more = std::make_shared<PlannedFiles>();
  CLI::App* command = import_group.add_subcommand(
      "plan", "Show how a file would be read: each column, and the first 20 rows");
  AddOptions(*command, *planned);
  AddOtherFiles(*command, more->lines, more->joins);
  command->callback([&context, planned, more] {
    try {
      ShowPlan(context, importing::LoadMapping(planned->mapping),
               {planned->file, planned->encoding, more->lines, more->joins});
    } catch (const importing::MappingError& error) {
      throw UsageError(error.what());
    }
  });
}

}  // namespace redress::cli
