#include "clients/importing/import_run.h"

#include <charconv>
#include <map>
#include <stdexcept>
#include <utility>

namespace redress::importing {
namespace {

using redress::order::v1::ImportOrdersResponse;
using redress::order::v1::ImportResult;

constexpr std::size_t kCallsUnderWay = 2;

// Of "lines[3].unit_price" and the list "lines", 3; -1 where the field is not in that list.
int IndexIn(std::string_view list, std::string_view field) {
  if (!field.starts_with(list) || field.size() <= list.size() || field[list.size()] != '[') {
    return -1;
  }
  int index = -1;
  const char* begin = field.data() + list.size() + 1;
  const auto [end, error] = std::from_chars(begin, field.data() + field.size(), index);
  return error == std::errc() && end != field.data() + field.size() && *end == ']' ? index : -1;
}

// "orders[2].lines[3].sku" without "orders[2].".
std::string Inner(const std::string& field) {
  const std::size_t dot = field.find("].");
  return dot == std::string::npos ? field : field.substr(dot + 2);
}

}  // namespace

ImportRun::ImportRun(Send send, RejectsFile& rejects, OnProgress on_progress)
    : send_(std::move(send)), rejects_(rejects), on_progress_(std::move(on_progress)) {}

ImportSummary ImportRun::Run(OrderFile& file) {
  summary_ = {};
  summary_.rows = file.rows();
  const auto reject = [this](const Reject& bad) { RejectRow(bad); };
  BatchFiller filler;
  file.ReadOrders([&](OrderItem item) { Dispatch(filler.Add(std::move(item))); }, reject);
  Dispatch(filler.Finish());
  AwaitAll();
  held_back_buyers_.insert(file.held_back_buyers().begin(), file.held_back_buyers().end());
  file.ReadAdjustments(
      [&](AdjustmentItem item) {
        if (HoldBack(item)) return;
        Dispatch(filler.Add(std::move(item)));
      },
      reject);
  Dispatch(filler.Finish());
  AwaitAll();
  return summary_;
}

void ImportRun::Dispatch(std::optional<Batch> batch) {
  if (!batch) return;
  ++summary_.calls;
  under_way_.push_back(std::async(std::launch::async, [this, sent = std::move(*batch)]() mutable {
    Outcome outcome{.batch = std::move(sent), .response = {}, .refusal = std::nullopt};
    try {
      outcome.response = send_(outcome.batch.request);
    } catch (const client::CallError& error) {
      if (error.code() != grpc::StatusCode::INVALID_ARGUMENT || error.violations().empty()) throw;
      outcome.refusal = error;
    }
    return outcome;
  }));
  if (under_way_.size() >= kCallsUnderWay) AwaitOne();
}

void ImportRun::AwaitOne() {
  std::future<Outcome> first = std::move(under_way_.front());
  under_way_.pop_front();
  Take(first.get());
}

// Until nothing is under way and nothing has to go again. It ends: what goes again is smaller.
void ImportRun::AwaitAll() {
  for (;;) {
    while (!under_way_.empty()) AwaitOne();
    std::optional<Batch> rest = again_.Finish();
    if (!rest) return;
    Dispatch(std::move(rest));
  }
}

void ImportRun::Take(Outcome outcome) {
  if (outcome.refusal) {
    TakeRefusal(std::move(outcome.batch), *outcome.refusal);
    return;
  }
  Batch& batch = outcome.batch;
  const ImportOrdersResponse& response = outcome.response;
  if (response.orders_size() != batch.request.orders_size() ||
      response.adjustments_size() != batch.request.adjustments_size()) {
    throw std::runtime_error("the order service answered another number of items than were sent");
  }
  for (int i = 0; i < response.orders_size(); ++i) TakeOrder(batch, i, response.orders(i));
  for (int i = 0; i < response.adjustments_size(); ++i) {
    TakeAdjustment(batch, i, response.adjustments(i));
  }
  if (on_progress_) on_progress_(handled_);
}

void ImportRun::TakeOrder(Batch& batch, int index, const ImportResult& result) {
  auto& order = *batch.request.mutable_orders(index);
  std::vector<Row>& rows = batch.order_rows[static_cast<std::size_t>(index)];
  const bool whole = batch.whole_orders[static_cast<std::size_t>(index)];
  switch (result.outcome()) {
    case redress::order::v1::IMPORT_OUTCOME_CREATED:
      ++summary_.orders_created;
      break;
    case redress::order::v1::IMPORT_OUTCOME_CHANGED:
      ++summary_.orders_changed;
      break;
    case redress::order::v1::IMPORT_OUTCOME_UNCHANGED:
      ++summary_.orders_unchanged;
      break;
    default:
      RefuseOrder({std::move(order), std::move(rows), whole}, result.field(), result.problem());
      return;
  }
  summary_.order_lines += static_cast<std::uint64_t>(order.lines_size());
  CountDerived(order);
  summary_.rows_accepted += rows.size();
  handled_ += rows.size();
}

void ImportRun::CountDerived(const redress::order::v1::OrderInput& order) {
  for (const int part : order.derived()) {
    if (part == redress::order::v1::DERIVED_PART_ORDER_NUMBER) ++summary_.orders_without_number;
    if (part == redress::order::v1::DERIVED_PART_STATUS) ++summary_.statuses_derived;
    if (part == redress::order::v1::DERIVED_PART_LINES) ++summary_.lines_derived;
  }
}

void ImportRun::TakeAdjustment(Batch& batch, int index, const ImportResult& result) {
  Row& row = batch.adjustment_rows[static_cast<std::size_t>(index)];
  switch (result.outcome()) {
    case redress::order::v1::IMPORT_OUTCOME_CREATED:
      ++summary_.adjustments_created;
      break;
    case redress::order::v1::IMPORT_OUTCOME_CHANGED:
      ++summary_.adjustments_changed;
      break;
    case redress::order::v1::IMPORT_OUTCOME_UNCHANGED:
      ++summary_.adjustments_unchanged;
      break;
    default:
      RejectRow({std::move(row), result.field() + ": " + result.problem()});
      return;
  }
  ++(result.matched() ? summary_.adjustments_matched : summary_.adjustments_unmatched);
  ++summary_.rows_accepted;
  ++handled_;
}

// The whole call was refused for fields of single items: those are refused, the others go again.
void ImportRun::TakeRefusal(Batch batch, const client::CallError& refusal) {
  std::map<int, const client::CallError::FieldViolation*> bad_orders;
  std::map<int, const client::CallError::FieldViolation*> bad_adjustments;
  for (const auto& violation : refusal.violations()) {
    if (const int order = IndexIn("orders", violation.field); order >= 0) {
      bad_orders.emplace(order, &violation);
    } else if (const int other = IndexIn("adjustments", violation.field); other >= 0) {
      bad_adjustments.emplace(other, &violation);
    }
  }
  if (bad_orders.empty() && bad_adjustments.empty()) throw client::CallError(refusal);
  for (int i = 0; i < batch.request.orders_size(); ++i) {
    OrderItem item{std::move(*batch.request.mutable_orders(i)),
                   std::move(batch.order_rows[static_cast<std::size_t>(i)]),
                   batch.whole_orders[static_cast<std::size_t>(i)]};
    if (const auto bad = bad_orders.find(i); bad != bad_orders.end()) {
      RefuseOrder(std::move(item), Inner(bad->second->field), bad->second->description);
    } else {
      Dispatch(again_.Add(std::move(item)));
    }
  }
  for (int i = 0; i < batch.request.adjustments_size(); ++i) {
    Row& row = batch.adjustment_rows[static_cast<std::size_t>(i)];
    if (const auto bad = bad_adjustments.find(i); bad != bad_adjustments.end()) {
      RejectRow({std::move(row), Inner(bad->second->field) + ": " + bad->second->description});
    } else {
      Dispatch(again_.Add(
          AdjustmentItem{std::move(*batch.request.mutable_adjustments(i)), std::move(row)}));
    }
  }
}

void ImportRun::RefuseOrder(OrderItem item, const std::string& field, const std::string& problem) {
  const std::string reason = field.empty() ? problem : field + ": " + problem;
  if (!item.order.buyer_nick().empty()) {
    held_back_buyers_.try_emplace(item.order.buyer_nick(), item.rows.front().line);
  }
  const int line = item.whole ? -1 : IndexIn("lines", field);
  if (line < 0 || static_cast<std::size_t>(line) >= item.rows.size()) {
    for (Row& row : item.rows) RejectRow({std::move(row), reason});
    return;
  }
  const auto at_fault = static_cast<std::size_t>(line);
  const std::string held_back = HeldBack(item.rows[at_fault].line);
  for (std::size_t i = 0; i < item.rows.size(); ++i) {
    RejectRow({std::move(item.rows[i]), i == at_fault ? reason : held_back});
  }
}

// A refund would not find the order that is not in yet, and would stand alone for good.
bool ImportRun::HoldBack(AdjustmentItem& item) {
  if (item.adjustment.correction()) return false;
  const auto waiting = held_back_buyers_.find(item.adjustment.buyer_nick());
  if (waiting == held_back_buyers_.end()) return false;
  RejectRow({std::move(item.row), "may be of an order of this buyer that is held back, see line " +
                                      std::to_string(waiting->second) +
                                      "; import it with the order"});
  return true;
}

void ImportRun::RejectRow(const Reject& reject) {
  rejects_.Add(reject);
  ++summary_.rows_rejected;
  ++handled_;
}

}  // namespace redress::importing
