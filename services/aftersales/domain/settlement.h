#pragma once

// The one payment of a case, and the adapter that carries payments out. The row is the durable
// command: what is to be sent is written in the step's transaction and sent afterwards, at least
// once, under an identity (shop, case, attempt) that makes a second sending harmless.

#include <cstdint>
#include <string>

#include "services/aftersales/domain/case.h"

namespace redress::aftersales {

enum class SettlementState : std::uint8_t {
  kPending = 1,
  kSettled = 2,
  kFailed = 3,
  kUnknown = 4,
  kCancelled = 5,
};
enum class SettlementCommand : std::uint8_t { kNone = 0, kPay = 1, kQuery = 2, kCancel = 3 };

struct Settlement {
  ShopId shop;
  CaseId case_id;
  std::uint64_t case_number = 0;
  OrderId order;
  CustomerId customer;
  std::string currency;
  std::int64_t amount = 0;
  SettlementState state = SettlementState::kPending;
  std::uint32_t attempts = 0;
  std::string payment_reference;
  std::string reason;  // why it failed, or why nobody knows
  // The attempt that left the house in a bank run's file; while it is the last one, only the bank
  // says what became of it. Written by bank runs, never by steps.
  std::uint32_t out_attempt = 0;
  SettlementCommand command = SettlementCommand::kNone;
  std::int64_t send_at = 0;  // when the command is due to be sent; 0 when there is none
  std::int64_t created_at = 0;
  std::int64_t updated_at = 0;
};

enum class PaymentResult : std::uint8_t {
  kSettled = 1,
  kFailed = 2,
  kFailedForGood = 3,
  kUnknown = 4,
  kWaiting = 5,  // taken; the answer comes later
};
struct PaymentAnswer {
  PaymentResult result = PaymentResult::kWaiting;
  std::string payment_reference;  // with kSettled
  std::string reason;
};

// Implementations are thread-safe and time-bounded. An exception counts as kUnknown: after it
// nothing is paid again before Query has answered.
class SettlementAdapter {
 public:
  virtual ~SettlementAdapter() = default;
  // False when payments are carried out by people, who find them by ListSettlements: then nothing
  // is sent and the calls below are never made.
  virtual bool SendsCommands() const = 0;
  // Which commands it wants to have; the others are not written.
  virtual bool Sends(SettlementCommand) const { return SendsCommands(); }
  virtual PaymentAnswer Pay(const Settlement& settlement) = 0;
  // What became of the last attempt: never kWaiting without reason, kUnknown to ask again later.
  virtual PaymentAnswer Query(const Settlement& settlement) = 0;
  virtual void Cancel(const Settlement& settlement) = 0;
};

// Finance pays by hand and records the result.
class ManualSettlementAdapter final : public SettlementAdapter {
 public:
  bool SendsCommands() const override { return false; }
  PaymentAnswer Pay(const Settlement&) override { return {}; }
  PaymentAnswer Query(const Settlement&) override { return {PaymentResult::kUnknown, {}, {}}; }
  void Cancel(const Settlement&) override {}
};

}  // namespace redress::aftersales
