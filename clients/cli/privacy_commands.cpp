#include <redress/customer/v1/privacy_service.pb.h>
#include <redress/order/v1/receiver_service.pb.h>
#include <redress/privacy/v1/key_service.pb.h>
#include <redress/privacy/v1/personal_data_service.pb.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"
#include "clients/cli/table.h"
#include "clients/cpp/json.h"
#include "clients/cpp/text.h"

// Keys, exports, erasures and retention: what several services do, each for its own data.

namespace redress::cli {
namespace {

namespace customer = redress::customer::v1;
namespace order = redress::order::v1;
namespace privacy = redress::privacy::v1;

// Every program that keeps personal data.
constexpr const char* kPrograms[] = {"customer", "order", "aftersales", "desk"};

const std::vector<Column> kRevealColumns = {
    {"WHEN", "reveal_time"}, {"KIND", "kind"},     {"CUSTOMER", "customer_id"},
    {"ORDER", "order_id"},   {"BY", "account_id"}, {"WITH", "client"},
    {"WHY", "reason"}};
const std::vector<Column> kErasureColumns = {
    {"WHEN", "erase_time"}, {"CUSTOMER", "customer_id"}, {"BY", "account_id"}, {"WHY", "reason"}};

void ShowKeys(Context& context, const std::vector<privacy::KeyStatus>& statuses) {
  Table table({"SERVICE", "GENERATION", "OLDEST", "WRAPPED ANEW", "OF", "STATE", "MASTER KEY"});
  for (const privacy::KeyStatus& status : statuses) {
    if (context.json) {
      context.Print(status, "");
      continue;
    }
    const bool under_way = status.has_start_time() && !status.has_end_time();
    table.Add({status.service(), std::to_string(status.generation()),
               std::to_string(status.oldest_generation()), std::to_string(status.rewrapped_count()),
               std::to_string(status.subject_count()),
               under_way                 ? "under way"
               : status.has_start_time() ? "rotated"
                                         : "never rotated",
               status.master_key_current() ? "current" : "older"});
  }
  if (!context.json) context.out() << table.Text();
}

void Rotate(Context& context, bool only_master_key) {
  privacy::RotateKeysRequest request;
  request.set_only_master_key(only_master_key);
  context.ApplyRequestId(request);
  // One id for all: a repeat goes on where a service could not be reached.
  if (request.request_id().empty()) request.set_request_id(client::RandomRequestId());
  std::vector<privacy::KeyStatus> statuses;
  for (const char* program : kPrograms) {
    statuses.push_back(
        context.account().CallAt<privacy::RotateKeysResponse>(program, request).status());
  }
  ShowKeys(context, statuses);
}

void KeyStatuses(Context& context) {
  std::vector<privacy::KeyStatus> statuses;
  for (const char* program : kPrograms) {
    statuses.push_back(
        context.account()
            .CallAt<privacy::GetKeyStatusResponse>(program, privacy::GetKeyStatusRequest())
            .status());
  }
  ShowKeys(context, statuses);
}

struct ExportOptions {
  std::string customer;
  std::string file;
  std::string reason;
};

// One JSON object; each record on a line of its own. Nobody else may read the file.
void Export(Context& context, const ExportOptions& options) {
  const bool to_file = options.file != "-";
  std::ofstream file;
  if (to_file) {
    if (std::filesystem::exists(options.file)) {
      throw UsageError(options.file + " exists already; name a new file");
    }
    file.open(options.file);
    std::filesystem::permissions(
        options.file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    if (!file) throw std::runtime_error(options.file + " cannot be written");
  }
  std::ostream& out = to_file ? file : context.out();
  privacy::ExportPersonalDataRequest request;
  request.set_customer_id(options.customer);
  request.set_reason(options.reason);
  context.ApplyRequestId(request);
  if (request.request_id().empty()) request.set_request_id(client::RandomRequestId());
  std::uint64_t records = 0;
  out << R"({"customer_id": ")" << options.customer << R"(", "records": [)";
  for (const char* program : kPrograms) {
    request.clear_page_token();
    do {
      const auto page =
          context.account().CallAt<privacy::ExportPersonalDataResponse>(program, request);
      for (const privacy::PersonalRecord& record : page.records()) {
        out << (records++ == 0 ? "\n" : ",\n") << R"({"service": ")" << program
            << R"(", "record": )" << client::ToJson(record) << "}";
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
  }
  out << "\n]}\n";
  out.flush();
  if (!out) throw std::runtime_error(options.file + " could not be written to its end");
  context.err() << records << " records exported; the export is on record as a reveal\n";
}

void Preview(Context& context, std::uint32_t months) {
  privacy::PreviewRetentionRequest request;
  request.set_months(months);
  Table table({"SERVICE", "SETTING", "MONTHS", "OLDER THAN THAT", "DESTROYS"});
  for (const char* program : kPrograms) {
    const auto answer =
        context.account().CallAt<privacy::PreviewRetentionResponse>(program, request);
    if (context.json) context.Print(answer, "");
    for (const privacy::RetentionRule& rule : answer.rules()) {
      table.Add({program, rule.setting(),
                 rule.months() == 0 ? "off" : std::to_string(rule.months()),
                 std::to_string(rule.due_count()), rule.destroys()});
    }
  }
  if (!context.json) context.out() << table.Text();
}

void Runs(Context& context) {
  Table table({"SERVICE", "RUN", "SETTING", "DESTROYED"});
  for (const char* program : kPrograms) {
    privacy::ListRetentionRunsRequest request;
    const auto page =
        context.account().CallAt<privacy::ListRetentionRunsResponse>(program, request);
    if (context.json) context.Print(page, "");
    for (const privacy::RetentionRun& run : page.runs()) {
      table.Add({program, run.run_id(), run.setting(), std::to_string(run.destroyed_count())});
    }
  }
  if (!context.json) context.out() << table.Text();
}

void AddKeyCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("keys", "What a shop's personal data is sealed under");
  group->require_subcommand(1);
  auto only_master = std::make_shared<bool>(false);
  CLI::App* rotate = group->add_subcommand(
      "rotate", "Give the shop a new key in every service; `keys status` tells how far it is");
  rotate->add_flag("--master", *only_master,
                   "Only wrap the shop's keys with the master keys that the services run with now");
  rotate->callback([&context, only_master] { Rotate(context, *only_master); });
  group->add_subcommand("status", "How far the last rotation is, service by service")
      ->callback([&context] { KeyStatuses(context); });
}

void AddRetentionCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand(
      "retention", "What is destroyed when it is old (shop settings retention_…_months)");
  group->require_subcommand(1);
  auto months = std::make_shared<std::uint32_t>(0);
  CLI::App* preview =
      group->add_subcommand("preview", "Count what would be destroyed now; changes nothing");
  preview->add_option("--months", *months, "Count as if every rule said so many months");
  preview->callback([&context, months] { Preview(context, *months); });
  group->add_subcommand("runs", "What was destroyed, newest first")->callback([&context] {
    Runs(context);
  });
}

void AddToCustomer(CLI::App& group, Context& context) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* exporting = group.add_subcommand(
      "export", "Write everything that is kept of a person to a file; recorded as a reveal");
  exporting->add_option("customer", options->customer, "The customer's id")->required();
  exporting->add_option("file", options->file, "A new file, or - for stdout")
      ->required()
      ->type_name("FILE");
  exporting->add_option("--reason", options->reason, "Why the data is exported")->required();
  exporting->callback([&context, options] { Export(context, *options); });
  AddRpc(group, context,
         {.name = "erase",
          .help = "Make all that identifies a person unreadable for good; figures stay",
          .request = &customer::EraseCustomerRequest::default_instance(),
          .flags = {{"customer", "customer_id", "The customer's id", true},
                    {"--reason", "reason", "Why, without naming the person", true}}});
  AddRpc(group, context,
         {.name = "erasure",
          .help = "How far the erasure of a customer is, service by service",
          .request = &customer::GetErasureRequest::default_instance(),
          .flags = {{"customer", "customer_id", "The customer's id", true}}});
  AddRpc(group, context,
         {.name = "erasures",
          .help = "List the erasures, newest first",
          .request = &customer::ListErasuresRequest::default_instance(),
          .list = "erasures",
          .columns = kErasureColumns});
  AddRpc(group, context,
         {.name = "reveals",
          .help = "List who saw whose personal data and why, newest first",
          .request = &customer::ListRevealsRequest::default_instance(),
          .flags = {{"--account", "account_id", "Only this account's"},
                    {"--customer", "customer_id", "Only of this customer"}},
          .list = "reveals",
          .columns = kRevealColumns});
}

}  // namespace

void AddPrivacyCommands(CLI::App& program, Context& context) {
  AddKeyCommands(program, context);
  AddRetentionCommands(program, context);
  AddToCustomer(*program.get_subcommand("customer"), context);
  AddRpc(*program.get_subcommand("order"), context,
         {.name = "reveal",
          .help = "Show an order's receiver in clear; each reveal is recorded with its reason",
          .request = &order::RevealReceiverRequest::default_instance(),
          .flags = {{"order", "order_id", "The order's id", true},
                    {"--reason", "reason", "Why you need it", true}}});
}

}  // namespace redress::cli
