#include <redress/customer/v1/search_service.pb.h>
#include <redress/order/v1/search_service.pb.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "clients/cli/commands.h"
#include "clients/cli/view.h"

// `search WORDS`: customers and orders by whatever is at hand.

namespace redress::cli {
namespace {

namespace customer = redress::customer::v1;
namespace order = redress::order::v1;

struct Asked {
  std::vector<std::string> words;
  bool customers = false;
  bool orders = false;
  std::uint32_t limit = 0;
  std::string page_token;
};

std::string Joined(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

template <class Response, class Request>
Response Ask(Context& context, const Asked& asked) {
  Request request;
  request.set_words(Joined(asked.words));
  request.set_page_size(asked.limit);
  request.set_page_token(asked.page_token);
  return context.account().Call<Response>(std::move(request));
}

template <class Response>
void TellMore(Context& context, const Response& found) {
  if (context.json) return;
  if (found.incomplete()) context.err() << "Older ones are still being made findable.\n";
  if (!found.next_page_token().empty()) {
    context.err() << "There are more: add --page-token " << found.next_page_token() << "\n";
  }
}

void SearchCustomers(Context& context, const Asked& asked) {
  const auto found =
      Ask<customer::SearchCustomersResponse, customer::SearchCustomersRequest>(context, asked);
  const std::vector<Column> columns = {{"CUSTOMER", "customer.customer_id"},
                                       {"PLATFORM", "customer.platform"},
                                       {"NICK", "customer.nick"},
                                       {"NAME", "customer.masked_contact.name"},
                                       {"PHONE", "customer.masked_contact.phone"},
                                       {"FOUND BY", "matched"},
                                       {"NOTE", "excerpt"}};
  context.Print(found, TableText(found, "hits", columns, context.locale()));
  TellMore(context, found);
}

void SearchOrders(Context& context, const Asked& asked) {
  const auto found = Ask<order::SearchOrdersResponse, order::SearchOrdersRequest>(context, asked);
  const std::vector<Column> columns = {
      {"ORDER", "order.order_id"},       {"PLATFORM", "order.platform"},
      {"NUMBER", "order.order_number"},  {"STATUS", "order.status"},
      {"PLACED", "order.order_time"},    {"PAID", "order.paid"},
      {"CUSTOMER", "order.customer_id"}, {"FOUND BY", "matched"}};
  context.Print(found, TableText(found, "hits", columns, context.locale()));
  TellMore(context, found);
  if (found.nicks_missing() && !context.json) {
    context.err() << "Nicks were left out: the customer service did not answer.\n";
  }
}

}  // namespace

void AddSearchCommand(CLI::App& program, Context& context) {
  CLI::App* command = program.add_subcommand(
      "search", "Find customers and orders by nick, phone, number, parcel, title or note");
  const auto asked = std::make_shared<Asked>();
  command->add_option("words", asked->words, "What to look for")->required()->type_name("WORDS");
  auto* customers = command->add_flag("--customers", asked->customers, "Only customers");
  auto* orders = command->add_flag("--orders", asked->orders, "Only orders");
  customers->excludes(orders);
  command->add_option("--limit", asked->limit, "Most hits of each kind (default: 20)")
      ->check(CLI::Range(1, 50))
      ->type_name("N");
  command
      ->add_option("--page-token", asked->page_token,
                   "Where an earlier answer ended; with --customers or --orders")
      ->type_name("TEXT");
  command->callback([&context, asked] {
    if (!asked->page_token.empty() && !asked->customers && !asked->orders) {
      throw UsageError("--page-token goes with --customers or --orders, whose page it was");
    }
    if (!asked->orders) SearchCustomers(context, *asked);
    if (!asked->customers) SearchOrders(context, *asked);
  });
}

}  // namespace redress::cli
