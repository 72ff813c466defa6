#include "clients/importing/item_run.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace redress::importing {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace desk = redress::desk::v1;
namespace order = redress::order::v1;

constexpr std::size_t kCallsUnderWay = 2;
constexpr int kMostItems = 200;
constexpr int kMostParts = 2500;
constexpr std::size_t kMostBytes = 3'000'000;

enum class Fate { kCreated, kChanged, kUnchanged, kRefused };

auto& ItemsOf(aftersales::ImportCasesRequest& request) { return *request.mutable_cases(); }
auto& ItemsOf(desk::ImportConversationsRequest& request) {
  return *request.mutable_conversations();
}
auto& ItemsOf(order::ImportProductsRequest& request) { return *request.mutable_products(); }
const auto& ResultsOf(const aftersales::ImportCasesResponse& response) { return response.cases(); }
const auto& ResultsOf(const desk::ImportConversationsResponse& response) {
  return response.conversations();
}
const auto& ResultsOf(const order::ImportProductsResponse& response) { return response.results(); }
int PartsOf(const aftersales::ImportedCase& item) { return item.steps_size(); }
int PartsOf(const desk::ImportedConversation& item) { return item.messages_size(); }
int PartsOf(const order::ProductInput& item) { return item.skus_size(); }
void ReadAll(PastFile& file, const std::function<void(PastCaseItem)>& on_item,
             const std::function<void(Reject)>& on_reject) {
  file.ReadCases(on_item, on_reject);
}
void ReadAll(PastFile& file, const std::function<void(ConversationItem)>& on_item,
             const std::function<void(Reject)>& on_reject) {
  file.ReadConversations(on_item, on_reject);
}
void ReadAll(ProductFile& file, const std::function<void(ProductItem)>& on_item,
             const std::function<void(Reject)>& on_reject) {
  file.ReadProducts(on_item, on_reject);
}

Fate FateOf(const aftersales::CaseImportResult& result) {
  switch (result.outcome()) {
    case aftersales::CASE_IMPORT_OUTCOME_CREATED:
      return Fate::kCreated;
    case aftersales::CASE_IMPORT_OUTCOME_UNCHANGED:
      return Fate::kUnchanged;
    default:
      return Fate::kRefused;
  }
}
Fate FateOf(const desk::ConversationImportResult& result) {
  switch (result.outcome()) {
    case desk::CONVERSATION_IMPORT_OUTCOME_CREATED:
      return Fate::kCreated;
    case desk::CONVERSATION_IMPORT_OUTCOME_CHANGED:
      return Fate::kChanged;
    case desk::CONVERSATION_IMPORT_OUTCOME_UNCHANGED:
      return Fate::kUnchanged;
    default:
      return Fate::kRefused;
  }
}
Fate FateOf(const order::ImportResult& result) {
  switch (result.outcome()) {
    case order::IMPORT_OUTCOME_CREATED:
      return Fate::kCreated;
    case order::IMPORT_OUTCOME_CHANGED:
      return Fate::kChanged;
    case order::IMPORT_OUTCOME_UNCHANGED:
      return Fate::kUnchanged;
    default:
      return Fate::kRefused;
  }
}

bool MissesOrder(const aftersales::ImportedCase& item, const aftersales::CaseImportResult& result) {
  return !item.order_number().empty() && !result.order_found() && FateOf(result) == Fate::kCreated;
}
bool MissesOrder(const desk::ImportedConversation&, const desk::ConversationImportResult&) {
  return false;
}
bool MissesOrder(const order::ProductInput&, const order::ImportResult&) { return false; }

void NameAgents(const std::map<std::string, std::string>& agents, auto& request) {
  for (const auto& [name, account] : agents) {
    auto& agent = *request.add_agents();
    agent.set_name(name);
    agent.set_account_id(account);
  }
}
// Nobody works on products.
void NameAgents(const std::map<std::string, std::string>&, order::ImportProductsRequest&) {}

// Of "steps[3].apply_time" 3; -1 where the field is of no part.
int PartAtFault(std::string_view field) {
  const std::size_t open = field.find('[');
  if (open == std::string_view::npos) return -1;
  int part = -1;
  std::from_chars(field.data() + open + 1, field.data() + field.size(), part);
  return part;
}

}  // namespace

template <class Kind>
ItemRun<Kind>::ItemRun(Options options, Send send, RejectsFile& rejects, OnProgress on_progress)
    : options_(std::move(options)),
      send_(std::move(send)),
      rejects_(rejects),
      on_progress_(std::move(on_progress)) {}

template <class Kind>
ItemSummary ItemRun<Kind>::Run(typename Kind::File& file) {
  summary_ = {};
  summary_.rows = file.rows();
  ReadAll(file, std::function<void(Item)>([this](Item item) { Add(std::move(item)); }),
          [this](const Reject& bad) { RejectRow(bad); });
  Dispatch();
  while (!under_way_.empty()) AwaitOne();
  return summary_;
}

template <class Kind>
void ItemRun<Kind>::Add(Item item) {
  const std::size_t bytes = item.message.ByteSizeLong();
  const int parts = PartsOf(item.message);
  if (!batch_.rows.empty() && (static_cast<int>(batch_.rows.size()) >= kMostItems ||
                               parts_ + parts > kMostParts || bytes_ + bytes > kMostBytes)) {
    Dispatch();
  }
  *ItemsOf(batch_.request).Add() = std::move(item.message);
  batch_.rows.push_back(std::move(item.rows));
  parts_ += parts;
  bytes_ += bytes;
}

template <class Kind>
void ItemRun<Kind>::Dispatch() {
  if (batch_.rows.empty()) return;
  ++summary_.calls;
  batch_.request.set_validate_only(options_.dry_run);
  NameAgents(options_.agents, batch_.request);
  parts_ = 0;
  bytes_ = 0;
  under_way_.push_back(
      std::async(std::launch::async, [this, sent = std::exchange(batch_, Batch())]() mutable {
        Response response = send_(sent.request);
        return Outcome{std::move(sent), std::move(response)};
      }));
  if (under_way_.size() >= kCallsUnderWay) AwaitOne();
}

template <class Kind>
void ItemRun<Kind>::AwaitOne() {
  std::future<Outcome> first = std::move(under_way_.front());
  under_way_.pop_front();
  Take(first.get());
}

template <class Kind>
void ItemRun<Kind>::Take(Outcome outcome) {
  auto& items = ItemsOf(outcome.batch.request);
  const auto& results = ResultsOf(outcome.response);
  if (results.size() != items.size()) {
    throw std::runtime_error("the service answered another number of items than were sent");
  }
  for (int i = 0; i < items.size(); ++i) {
    std::vector<Row>& rows = outcome.batch.rows[static_cast<std::size_t>(i)];
    switch (FateOf(results[i])) {
      case Fate::kCreated:
        ++summary_.created;
        break;
      case Fate::kChanged:
        ++summary_.changed;
        break;
      case Fate::kUnchanged:
        ++summary_.unchanged;
        break;
      case Fate::kRefused:
        Refuse(std::move(rows), results[i].field(), results[i].problem());
        continue;
    }
    if (MissesOrder(items[i], results[i])) ++summary_.orders_not_found;
    summary_.parts += static_cast<std::uint64_t>(PartsOf(items[i]));
    summary_.rows_accepted += rows.size();
    handled_ += rows.size();
  }
  if (on_progress_) on_progress_(handled_);
}

// The reason stands with the row that it is about; the others say where to look.
template <class Kind>
void ItemRun<Kind>::Refuse(std::vector<Row> rows, const std::string& field,
                           const std::string& problem) {
  const std::string reason = field.empty() ? problem : field + ": " + problem;
  const int part = PartAtFault(field);
  // What is wrong of the whole is told where the file begins to say it.
  const auto first = std::min_element(rows.begin(), rows.end(),
                                      [](const auto& a, const auto& b) { return a.line < b.line; });
  const std::size_t at_fault = part >= 0 && static_cast<std::size_t>(part) < rows.size()
                                   ? static_cast<std::size_t>(part)
                                   : static_cast<std::size_t>(first - rows.begin());
  const std::string line = std::to_string(rows.at(at_fault).line);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    RejectRow({std::move(rows[i]),
               i == at_fault
                   ? reason
                   : "goes in with all its rows or not at all, and line " + line + " was refused"});
  }
}

template <class Kind>
void ItemRun<Kind>::RejectRow(const Reject& reject) {
  rejects_.Add(reject);
  ++summary_.rows_rejected;
  ++handled_;
}

template class ItemRun<CasesOfThePast>;
template class ItemRun<ConversationsOfThePast>;
template class ItemRun<ProductsOnSale>;

}  // namespace redress::importing
