#include <redress/order/v1/product_service.pb.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <istream>
#include <iterator>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"
#include "clients/cpp/json.h"

// `product search`, `show`, `compare`, `recommend`, `import`, `push`.

namespace redress::cli {
namespace {

namespace order = redress::order::v1;
using google::protobuf::Message;

const std::vector<Column> kColumns = {{"PRODUCT", "product_id"}, {"CODE", "code"},
                                      {"TITLE", "title"},        {"CATEGORY", "category"},
                                      {"PRICE", "price"},        {"STOCK", "stock"}};

std::string ReadText(Context& context, const std::string& file) {
  try {
    return file == "-" ? std::string(std::istreambuf_iterator<char>(context.in()), {})
                       : client::ReadFile(file);
  } catch (const std::runtime_error& error) {
    throw UsageError(error.what());
  }
}

void ReadProducts(Context& context, Message& request, const std::string& file) {
  const std::string text = ReadText(context, file);
  try {
    client::FromJson(text, file, request);
  } catch (const std::runtime_error& error) {
    throw UsageError(error.what());
  }
}

void AddProductId(Context&, Message& request, const std::string& text) {
  auto& asked = static_cast<order::CompareProductsRequest&>(request);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    asked.add_product_ids(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

std::vector<RpcCommand> ReadingCommands() {
  return {
      {.name = "search",
       .help = "Find products by words of their title or by a seller's code",
       .request = &order::SearchProductsRequest::default_instance(),
       .flags = {{"--text", "text", "A part of the title, or a code"},
                 {"--category", "category", "Only of this category"},
                 {"--in-stock", "in_stock", "Only what is on sale and in stock"}},
       .list = "products",
       .columns = kColumns},
      {.name = "show",
       .help = "Show one product with its SKUs",
       .request = &order::GetProductRequest::default_instance(),
       .flags = {{"code", "code", "A seller's code, of the product or of a SKU", true}}},
      {.name = "compare",
       .help = "Put the properties of products side by side",
       .request = &order::CompareProductsRequest::default_instance(),
       .flags = {{"products", "product_ids", "Their ids, parted by commas", true, AddProductId}},
       .list = "properties",
       .columns = {{"NAME", "name"}, {"EQUAL", "equal"}, {"VALUES", "values"}}},
      {.name = "recommend",
       .help = "Recommend products in stock, and say why",
       .request = &order::RecommendProductsRequest::default_instance(),
       .flags = {{"product", "product_id", "The product that it is for", true},
                 {"--kind", "kind", "EQUAL or MATCHING; both without"},
                 {"--most", "most", "Most products"}},
       .list = "recommendations",
       .columns = {{"PRODUCT", "product.product_id"},
                   {"TITLE", "product.title"},
                   {"KIND", "kind"},
                   {"SHARED", "shared_properties"},
                   {"TOGETHER", "bought_together"}}}};
}

std::vector<RpcCommand> WritingCommands() {
  return {{.name = "import",
           .help = "Store products of a file: ImportProductsRequest as JSON",
           .request = &order::ImportProductsRequest::default_instance(),
           .flags = {{"file", "products", "The file, or - for stdin", true, ReadProducts}},
           .list = "results"},
          {.name = "push",
           .help = "Store items as a marketplace's API gives them",
           .request = &order::PushItemsRequest::default_instance(),
           .flags = {{"file", "bodies", "A file with the JSON, or - for stdin", true,
                      [](Context& context, Message& request, const std::string& file) {
                        static_cast<order::PushItemsRequest&>(request).add_bodies(
                            ReadText(context, file));
                      }},
                     {"--platform", "platform", "The marketplace, e.g. taobao", true}},
           .list = "results",
           .columns = {{"ITEM", "item_number"},
                       {"OUTCOME", "result.outcome"},
                       {"FIELD", "result.field"},
                       {"PROBLEM", "result.problem"}}}};
}

}  // namespace

void AddProductCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("product", "What the shop sells");
  group->require_subcommand(1);
  for (RpcCommand& command : ReadingCommands()) AddRpc(*group, context, std::move(command));
  for (RpcCommand& command : WritingCommands()) {
    AddRpc(*group, context, std::move(command))->get_option("file")->type_name("FILE");
  }
}

}  // namespace redress::cli
