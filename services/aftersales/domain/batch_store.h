#pragma once

// Where batches of commands are carried out: one transaction a batch.

#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>

#include "services/aftersales/domain/stepper.h"

namespace redress::aftersales {

// The database would not take what was decided. Of a batch, nothing was written.
class WriteRefused : public std::runtime_error {
 public:
  enum class Why {
    kRequestKnown,         // another process has just applied this request: look again
    kPlatformRefundKnown,  // the shop has a case for this platform refund
    kLineLimit,            // the ledger row's CHECK
    kMonthLimit,           // that of a compensation budget
    kOther,
  };
  WriteRefused(Why why, const std::string& what) : std::runtime_error(what), why_(why) {}
  Why why() const { return why_; }

 private:
  Why why_;
};

class BatchStore {
 public:
  virtual ~BatchStore() = default;

  using DecideRows = std::function<Decision(LoadedBatch)>;

  // Locks and loads what the commands touch, has it decided, writes and commits. `decide` may be
  // called several times; the last answer is what was committed. Throws WriteRefused, or Refusal
  // UNAVAILABLE when nobody knows what became of the batch: a repeat will tell. After anything else
  // that it throws nothing was written either: run the commands one by one, so that the one at
  // fault fails alone.
  virtual Decision Run(std::span<Command* const> commands, const DecideRows& decide) = 0;
};

// The shop's rules and settings, read before a batch's transaction.
class PolicySource {
 public:
  virtual ~PolicySource() = default;
  virtual std::unique_ptr<StepperPolicy> ForShops(std::span<const ShopId> shops) = 0;
};

}  // namespace redress::aftersales
