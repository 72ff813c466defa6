#include <redress/aftersales/v1/platform_service.pb.h>
#include <redress/order/v1/order_service.pb.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <ostream>
#include <span>
#include <sstream>
#include <stdexcept>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"
#include "clients/cli/table.h"

// `platform …`: what a marketplace says of orders, refunds and ratings.

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace order = redress::order::v1;

// Well below what one call may hold.
constexpr std::size_t kMostBodies = 100;
constexpr std::size_t kMostBytes = 1 << 20;

const std::vector<Column> kRefundColumns = {
    {"REFUND", "refund_id"}, {"STATUS", "status"},          {"ORDER", "order_number"},
    {"CASE", "case_number"}, {"STATE", "case_state"},       {"ATTENTION", "attention"},
    {"FOUND", "detail"},     {"TRIED AGAIN", "retry_time"}, {"HEARD", "update_time"}};
const std::vector<Column> kRatingColumns = {
    {"RATING", "review_id"}, {"GIVEN", "rating"},           {"ORDER", "order_number"},
    {"CASE", "case_number"}, {"STATE", "case_state"},       {"ATTENTION", "attention"},
    {"FOUND", "detail"},     {"TRIED AGAIN", "retry_time"}, {"HEARD", "update_time"}};
const std::vector<Column> kUnmappedColumns = {{"FIELD", "field"},      {"CODE", "code"},
                                              {"OBJECTS", "objects"},  {"E.G.", "refund_id"},
                                              {"FIRST", "first_time"}, {"LAST", "last_time"}};

struct PushOptions {
  std::vector<std::string> files;
  std::string platform = "taobao";
  bool lines = false;
};

std::string ReadAll(Context& context, const std::string& file) {
  if (file == "-") return {std::istreambuf_iterator<char>(context.in()), {}};
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) throw std::runtime_error(file + " could not be read");
  return text;
}

// A body and where it stands, for the report.
struct Body {
  std::string text;
  std::string place;
};

std::vector<Body> BodiesOf(Context& context, const PushOptions& options) {
  std::vector<Body> bodies;
  for (const std::string& file : options.files) {
    const std::string text = ReadAll(context, file);
    if (!options.lines) {
      bodies.push_back({text, file});
      continue;
    }
    std::istringstream lines(text);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      bodies.push_back({line, file + ":" + std::to_string(number)});
    }
  }
  return bodies;
}

// One call's worth of bodies after another.
void InCalls(const std::vector<Body>& bodies,
             const std::function<void(std::span<const Body>)>& send) {
  std::size_t first = 0;
  std::size_t bytes = 0;
  for (std::size_t at = 0; at < bodies.size(); ++at) {
    const bool is_full =
        at - first == kMostBodies || (at > first && bytes + bodies[at].text.size() > kMostBytes);
    if (is_full) {
      send(std::span(bodies).subspan(first, at - first));
      first = at;
      bytes = 0;
    }
    bytes += bodies[at].text.size();
  }
  if (first < bodies.size()) send(std::span(bodies).subspan(first));
}

// What was refused, for a person to mend.
class Refused {
 public:
  void Add(const std::string& place, const std::string& number, const std::string& field,
           const std::string& problem) {
    table_.Add({place, number, field, problem});
    ++count_;
  }
  std::uint64_t count() const { return count_; }
  std::string Text() const { return count_ == 0 ? "" : table_.Text(); }

 private:
  Table table_{{"WHERE", "NUMBER", "FIELD", "PROBLEM"}};
  std::uint64_t count_ = 0;
};

template <class Request>
Request RequestOf(const PushOptions& options, std::span<const Body> bodies) {
  Request request;
  request.set_platform(options.platform);
  for (const Body& body : bodies) request.add_bodies(body.text);
  return request;
}

// Pushes in calls, and collects what was refused; answers how often each outcome came.
template <class Request, class Response, class IdOf>
std::map<int, std::uint64_t> PushAll(Context& context, const PushOptions& options,
                                     int refused_outcome, const IdOf& id_of, Refused& refused) {
  std::map<int, std::uint64_t> counts;
  InCalls(BodiesOf(context, options), [&](std::span<const Body> bodies) {
    const auto answer = context.account().Call<Response>(RequestOf<Request>(options, bodies));
    for (const auto& result : answer.results()) {
      ++counts[result.outcome()];
      if (result.outcome() != refused_outcome) continue;
      refused.Add(bodies[result.body()].place, id_of(result), result.field(), result.problem());
    }
    if (context.json) context.Print(answer, "");
  });
  context.has_findings = refused.count() > 0;
  return counts;
}

void PushRefunds(Context& context, const PushOptions& options) {
  Refused refused;
  auto counts = PushAll<aftersales::PushRefundsRequest, aftersales::PushRefundsResponse>(
      context, options, aftersales::PUSH_OUTCOME_REFUSED,
      [](const aftersales::PushResult& result) { return result.refund_id(); }, refused);
  if (context.json) return;
  context.out() << refused.Text() << counts[aftersales::PUSH_OUTCOME_NEW]
                << " refunds first heard of, " << counts[aftersales::PUSH_OUTCOME_NEWS]
                << " with news, " << counts[aftersales::PUSH_OUTCOME_NOTHING_NEW]
                << " with nothing new, " << refused.count() << " refused\n";
}

void PushRatings(Context& context, const PushOptions& options) {
  Refused refused;
  auto counts = PushAll<aftersales::PushRatingsRequest, aftersales::PushRatingsResponse>(
      context, options, aftersales::RATING_OUTCOME_REFUSED,
      [](const aftersales::RatingResult& result) { return result.review_id(); }, refused);
  if (context.json) return;
  context.out() << refused.Text() << counts[aftersales::RATING_OUTCOME_NEW]
                << " ratings first heard of, " << counts[aftersales::RATING_OUTCOME_NEWS]
                << " with news, " << counts[aftersales::RATING_OUTCOME_NOTHING_NEW]
                << " with nothing new, " << counts[aftersales::RATING_OUTCOME_BY_SHOP]
                << " given by the shop, " << refused.count() << " refused\n";
}

void PushTrades(Context& context, const PushOptions& options) {
  std::map<int, std::uint64_t> counts;
  Refused refused;
  InCalls(BodiesOf(context, options), [&](std::span<const Body> bodies) {
    const auto answer = context.account().Call<order::PushTradesResponse>(
        RequestOf<order::PushTradesRequest>(options, bodies));
    for (const auto& trade : answer.results()) {
      ++counts[trade.result().outcome()];
      if (trade.result().outcome() != order::IMPORT_OUTCOME_REFUSED) continue;
      refused.Add(bodies[trade.body()].place, trade.order_number(), trade.result().field(),
                  trade.result().problem());
    }
    if (context.json) context.Print(answer, "");
  });
  context.has_findings = refused.count() > 0;
  if (context.json) return;
  context.out() << refused.Text() << counts[order::IMPORT_OUTCOME_CREATED] << " orders created, "
                << counts[order::IMPORT_OUTCOME_CHANGED] << " changed, "
                << counts[order::IMPORT_OUTCOME_UNCHANGED] << " unchanged, " << refused.count()
                << " refused\n";
}

void AddPush(CLI::App& group, Context& context, const std::string& name, const std::string& help,
             void (*push)(Context&, const PushOptions&)) {
  auto options = std::make_shared<PushOptions>();
  CLI::App* command = group.add_subcommand(name, help);
  command->footer(
      "A file is one JSON body: an object, a list of them, or the platform's answer around "
      "either.\n"
      "Pushing a file again is safe. Ends with exit code 4 where an object was refused.");
  command->add_option("files", options->files, "The files; - for standard input")
      ->required()
      ->type_name("FILE");
  command->add_option("--platform", options->platform, "The marketplace (default: taobao)")
      ->type_name("TEXT");
  command->add_flag("--lines", options->lines, "Each line of a file is a body");
  command->callback([&context, options, push] { push(context, *options); });
}

}  // namespace

void AddPlatformCommands(CLI::App& program, Context& context) {
  CLI::App* group =
      program.add_subcommand("platform", "What a marketplace says of orders, refunds and ratings");
  group->require_subcommand(1);
  AddPush(*group, context, "push", "Push refund objects as the platform gives them", PushRefunds);
  AddPush(*group, context, "push-trades", "Push orders as the platform gives them (trade objects)",
          PushTrades);
  AddPush(*group, context, "push-ratings", "Push rating objects as the platform gives them",
          PushRatings);
  AddRpc(
      *group, context,
      {.name = "refunds",
       .help = "List the platform's refunds and their cases, newest first",
       .request = &aftersales::ListPlatformRefundsRequest::default_instance(),
       .flags = {{"--attention", "attention", "Only those with this reason, e.g. ORDER_UNKNOWN"}},
       .list = "refunds",
       .columns = kRefundColumns});
  AddRpc(*group, context,
         {.name = "differences",
          .help = "List refunds where the platform and the case differ, newest first",
          .request = &aftersales::ListPlatformRefundsRequest::default_instance(),
          .list = "refunds",
          .columns = kRefundColumns,
          .complete = [](Context&, google::protobuf::Message& request) {
            static_cast<aftersales::ListPlatformRefundsRequest&>(request).set_attention_only(true);
          }});
  AddRpc(
      *group, context,
      {.name = "ratings",
       .help = "List the platform's ratings and their review cases, newest first",
       .request = &aftersales::ListPlatformRatingsRequest::default_instance(),
       .flags = {{"--attention", "attention", "Only those with this reason, e.g. RATING_DIFFERS"}},
       .list = "ratings",
       .columns = kRatingColumns});
  AddRpc(*group, context,
         {.name = "rating-differences",
          .help = "List ratings where the platform and the case differ, newest first",
          .request = &aftersales::ListPlatformRatingsRequest::default_instance(),
          .list = "ratings",
          .columns = kRatingColumns,
          .complete = [](Context&, google::protobuf::Message& request) {
            static_cast<aftersales::ListPlatformRatingsRequest&>(request).set_attention_only(true);
          }});
  AddRpc(*group, context,
         {.name = "unmapped",
          .help = "List fields and codes of the platform's objects that nothing maps",
          .request = &aftersales::ListUnmappedRequest::default_instance(),
          .list = "unmapped",
          .columns = kUnmappedColumns});
}

}  // namespace redress::cli
