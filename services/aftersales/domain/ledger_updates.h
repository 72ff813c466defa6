#pragma once

// Order events bring ledger rows up to date. Only lines that have a case are in the ledger; the
// others are read from the order service when their first case is opened.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/line_ledger.h"

namespace redress::aftersales {

using OrderKey = std::pair<ShopId, OrderId>;

struct LineNews {
  ShopId shop;
  LineFacts facts;
};

class LedgerStore {
 public:
  virtual ~LedgerStore() = default;

  // Per order, the lowest order version among its rows; 0 for an order without rows.
  virtual std::vector<std::uint32_t> KnownVersions(std::span<const OrderKey> orders) = 0;
  // Brings the rows that exist up to date in one transaction, and answers them, whether or not this
  // call changed them.
  virtual std::vector<LedgerRow> BringUpToDate(std::span<const LineNews> news,
                                               std::int64_t now_us) = 0;
  // The line's cases that have not ended.
  virtual std::vector<CaseId> OpenCasesOf(ShopId shop, OrderId order, LineId line) = 0;
};

// Applies what order events say. A ceiling that fell below what is spoken for is given to a
// person on each open case of the line, once per order version. Where an order was shipped whose
// line was given back in full, the case that gave it back hears of it and has the parcel stopped.
class LedgerUpdates {
 public:
  LedgerUpdates(LedgerStore& store, CaseEngine& engine, const platform::Clock& clock)
      : store_(store), engine_(engine), clock_(clock) {}

  // Done when it returns; throws when it has to be done again.
  void Apply(std::span<const LineNews> news);

 private:
  void CallPeople(const LedgerRow& line);
  void StopParcels(const LedgerRow& line);
  static std::unique_ptr<Command> CommandFor(const LedgerRow& line, CaseId id,
                                             std::string request_id);

  LedgerStore& store_;
  CaseEngine& engine_;
  const platform::Clock& clock_;
};

}  // namespace redress::aftersales
