// What was changed of an order, by whom, when and why. Kept for good; sealed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/order/domain/merge.h"

namespace redress::order {

// Numbers are stored and equal those of the API.
enum class ChangeKind : std::uint8_t { kMemo = 1, kAddress = 2, kPrice = 3 };

struct ChangeRecord {
  ChangeKind kind = ChangeKind::kMemo;
  AccountId account = {};  // none: the platform, whose newer word won
  std::int64_t at = 0;
  std::string reason = {};
  Receiver receiver_before = {};  // of an address
  Receiver receiver_after = {};
  std::vector<LinePrice> prices = {};  // of a price
  MemoText memo_before = {};           // of a memo
  MemoText memo_after = {};
};

struct StoredChange {
  OrderId order = {};
  std::uint32_t number = 0;  // counts the order's changes from 1
  ChangeRecord record = {};
  bool erased = false;  // what it said is gone: the person was erased, or it was too old to keep
};

// That a warehouse knows of an order's receivers up to a version.
struct Acknowledgement {
  std::uint32_t receiver_version = 0;
  AccountId account = {};
  std::int64_t at = 0;
};

// That an order has another receiver, without who it is.
struct AddressChange {
  OrderId order = {};
  std::uint32_t number = 0;  // as in StoredChange
  AccountId account = {};    // none: the platform
  std::int64_t at = 0;
  std::uint32_t receiver_version = 0;  // which it made; 0 from before that was kept
  std::int64_t acknowledged_at = 0;    // 0: no warehouse has said that it knows
  AccountId acknowledged_by = {};
};

// An order's memo now; number 0 while it is only what came with the order before memos were kept.
struct CurrentMemo {
  std::uint32_t number = 0;
  MemoText memo = {};
  AccountId account = {};
  std::int64_t at = 0;
  bool erased = false;
};

// Most changes of one order that people may make.
inline constexpr std::uint32_t kMostChanges = 1000;

}  // namespace redress::order
