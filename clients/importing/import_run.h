#pragma once

#include <redress/order/v1/order_service.pb.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <string>

#include "clients/cpp/call_error.h"
#include "clients/importing/batches.h"
#include "clients/importing/order_file.h"
#include "clients/importing/rejects.h"

namespace redress::importing {

// What became of a file.
struct ImportSummary {
  std::uint64_t rows = 0;           // behind the header
  std::uint64_t rows_accepted = 0;  // now in the shop
  std::uint64_t rows_rejected = 0;
  std::uint64_t orders_created = 0;
  std::uint64_t orders_changed = 0;
  std::uint64_t orders_unchanged = 0;
  std::uint64_t order_lines = 0;
  std::uint64_t orders_without_number = 0;  // of those accepted; their number is derived
  std::uint64_t statuses_derived = 0;
  std::uint64_t lines_derived = 0;  // orders with one line of everything
  std::uint64_t adjustments_created = 0;
  std::uint64_t adjustments_changed = 0;
  std::uint64_t adjustments_unchanged = 0;
  std::uint64_t adjustments_matched = 0;
  std::uint64_t adjustments_unmatched = 0;
  std::uint64_t calls = 0;
};

// Sends a file's orders, then its adjustments (so that each finds the line it belongs to), two
// calls under way at a time. What the server refuses goes to the rejects with its line; when one
// line of an order is at fault, the order goes again without it, unless its rows go together.
class ImportRun {
 public:
  using Send = std::function<redress::order::v1::ImportOrdersResponse(
      const redress::order::v1::ImportOrdersRequest&)>;
  // Rows handled so far (sent and answered, or rejected).
  using OnProgress = std::function<void(std::uint64_t rows)>;

  // `send` is called from several threads and throws client::CallError.
  ImportRun(Send send, RejectsFile& rejects, OnProgress on_progress);

  // Throws what `send` throws unless it is about single items; running again after that completes
  // the import.
  ImportSummary Run(OrderFile& file);

 private:
  struct Outcome {
    Batch batch;
    redress::order::v1::ImportOrdersResponse response;
    std::optional<client::CallError> refusal;  // of single items by the server's field rules
  };

  void Dispatch(std::optional<Batch> batch);
  void AwaitOne();
  void AwaitAll();
  void Take(Outcome outcome);
  void TakeOrder(Batch& batch, int index, const redress::order::v1::ImportResult& result);
  void CountDerived(const redress::order::v1::OrderInput& order);
  void TakeAdjustment(Batch& batch, int index, const redress::order::v1::ImportResult& result);
  void TakeRefusal(Batch batch, const client::CallError& refusal);
  void RefuseOrder(OrderItem item, const std::string& field, const std::string& problem);
  bool HoldBack(AdjustmentItem& item);
  void RejectRow(const Reject& reject);

  const Send send_;
  RejectsFile& rejects_;
  const OnProgress on_progress_;
  std::deque<std::future<Outcome>> under_way_;
  BatchFiller again_;  // what goes once more, without the items for which a call was refused
  HeldBackBuyers held_back_buyers_;
  std::uint64_t handled_ = 0;
  ImportSummary summary_;
};

}  // namespace redress::importing
