#include <redress/aftersales/v1/settlement_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;

const std::vector<Column> kSettlementColumns = {
    {"NUMBER", "case_number"},   {"CASE", "case_id"},      {"AMOUNT", "amount"},
    {"STATE", "state"},          {"ATTEMPTS", "attempts"}, {"REFERENCE", "payment_reference"},
    {"CUSTOMER", "customer_id"}, {"ORDER", "order_id"},    {"SINCE", "create_time"}};

}  // namespace

void AddSettlementCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("settlement", "Payments of approved refunds");
  group->require_subcommand(1);
  AddRpc(*group, context,
         {.name = "list",
          .help = "List payments, oldest first; those not settled unless --in-state says otherwise",
          .request = &aftersales::ListSettlementsRequest::default_instance(),
          .flags = {{"--in-state", "state", "Only payments in this state"}},
          .list = "settlements",
          .columns = kSettlementColumns});
  AddRpc(*group, context,
         {.name = "record",
          .help = "Record what became of a payment",
          .request = &aftersales::RecordSettlementResultRequest::default_instance(),
          .flags = {{"case", "case_id", kCaseHelp, true,
                     [](Context& run, google::protobuf::Message& request, const std::string& text) {
                       static_cast<aftersales::RecordSettlementResultRequest&>(request).set_case_id(
                           CaseId(run, text));
                     }},
                    {"result", "result", "What became of it: settled, failed or unknown", true},
                    {"--attempts", "attempts", "The attempt it is about, as `list` shows", true},
                    {"--payment-reference", "payment_reference",
                     "The payment's reference; required when settled"},
                    {"--reason", "reason", "Why it failed, or why nobody knows"}}});
  AddBankRunCommands(*group, context);
}

}  // namespace redress::cli
