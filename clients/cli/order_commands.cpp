#include <redress/order/v1/order_service.pb.h>

#include <CLI/CLI.hpp>
#include <istream>
#include <iterator>

#include "clients/cli/commands.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"
#include "clients/cpp/json.h"

namespace redress::cli {
namespace {

namespace order = redress::order::v1;

const std::vector<Column> kOrderColumns = {{"ID", "order_id"},          {"PLATFORM", "platform"},
                                           {"NUMBER", "order_number"},  {"STATUS", "status"},
                                           {"PLACED", "order_time"},    {"PAID", "paid"},
                                           {"CUSTOMER", "customer_id"}, {"REGION", "region"}};

const std::vector<Column> kAdjustmentColumns = {
    {"NUMBER", "adjustment_number"}, {"CORRECTION", "correction"},
    {"WHEN", "adjust_time"},         {"SKU", "sku"},
    {"UNITS", "quantity"},           {"AMOUNT", "amount"},
    {"ORDER", "order_id"},           {"LINE", "line_id"},
    {"CUSTOMER", "customer_id"}};

void ReadOrder(Context& context, google::protobuf::Message& request, const std::string& file) {
  try {
    const std::string text = file == "-"
                                 ? std::string(std::istreambuf_iterator<char>(context.in()), {})
                                 : client::ReadFile(file);
    client::FromJson(text, file, *static_cast<order::PushOrderRequest&>(request).mutable_order());
  } catch (const UsageError&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw UsageError(error.what());
  }
}

void SetOrderKey(Context&, google::protobuf::Message& request, const std::string& text) {
  static_cast<order::GetOrderRequest&>(request) = OrderKey(text);
}

}  // namespace

void AddOrderCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("order", "Orders, lines, shipments");
  group->require_subcommand(1);
  AddRpc(*group, context,
         {.name = "push",
          .help = "Store an order as the source has it now",
          .request = &order::PushOrderRequest::default_instance(),
          .flags = {{"file", "order", "A file with one OrderInput as JSON, or - for stdin", true,
                     ReadOrder}}})
      ->get_option("file")
      ->type_name("FILE");
  AddRpc(*group, context,
         {.name = "show",
          .help = "Show one order with lines and shipments",
          .request = &order::GetOrderRequest::default_instance(),
          .flags = {{"order", "order_id", kOrderHelp, true, SetOrderKey}}});
  AddRpc(*group, context,
         {.name = "list",
          .help = "List orders, newest first",
          .request = &order::ListOrdersRequest::default_instance(),
          .flags = {{"--customer", "customer_id", "Only this customer's"}},
          .list = "orders",
          .columns = kOrderColumns});
  AddOrderWorkCommands(*group, context);

  CLI::App* adjustment = program.add_subcommand(
      "adjustment", "Refunds and corrections that were made outside Redress");
  adjustment->require_subcommand(1);
  AddRpc(*adjustment, context,
         {.name = "list",
          .help = "List them, newest first",
          .request = &order::ListAdjustmentsRequest::default_instance(),
          .flags = {{"--customer", "customer_id", "Only this customer's"}},
          .list = "adjustments",
          .columns = kAdjustmentColumns});
}

}  // namespace redress::cli
