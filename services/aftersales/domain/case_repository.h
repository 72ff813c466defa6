#pragma once

// Reading cases and their history. Writing is the engine's alone.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/history_check.h"
#include "services/aftersales/domain/line_ledger.h"
#include "services/aftersales/domain/step.h"

namespace redress::aftersales {

enum class CaseOrder { kQueue, kNewest };

// Which cases of one shop, and where the previous page ended.
struct CaseQuery {
  ShopId shop;
  CaseOrder order = CaseOrder::kQueue;  // kQueue: open ones only
  std::optional<AccountId> assignee;    // no id: nobody's
  OrderId about_order;
  std::string state;  // empty: in any
  std::string kind;   // empty: of any
  std::string team;   // whose assignee is in it; empty: of any
  // Only cases that these people have to look at.
  std::optional<workflows::PersonQueue> person_queue;
  struct After {
    std::uint8_t priority = 0;  // kQueue only
    std::int64_t due_at = 0;    // kQueue only
    CaseId id;
  };
  std::optional<After> after;
  std::size_t limit = 50;
};

class CaseRepository {
 public:
  virtual ~CaseRepository() = default;

  virtual std::optional<Case> Find(ShopId shop, CaseId id) = 0;
  virtual std::optional<Case> FindByNumber(ShopId shop, std::uint64_t number) = 0;
  virtual std::vector<Case> List(const CaseQuery& query) = 0;
  // Those that there are, in any order.
  virtual std::vector<Case> FindMany(ShopId shop, std::span<const CaseId> ids) = 0;
  // The case whose step was taken under this request_id.
  virtual std::optional<CaseId> FindByRequest(ShopId shop, Origin origin,
                                              std::string_view request_id) = 0;
  // Oldest first, from the first sequence above `after`.
  virtual std::vector<Step> ListSteps(ShopId shop, CaseId id, std::uint32_t after,
                                      std::size_t limit) = 0;
  // The clear text of each step that has one, in the order of `sequences`; "" where there is none
  // or its person was erased.
  virtual std::vector<std::string> OpenTexts(const Case& of,
                                             std::span<const std::uint32_t> sequences) = 0;
  virtual std::optional<LedgerRow> FindLine(ShopId shop, LineId line) = 0;
  // Whether the customer asked, in any case, not to be contacted; false for no customer.
  virtual bool IsContactRefused(ShopId shop, CustomerId customer) = 0;

  // Whether another dispute or review of the same order is open; of a case without an order, one of
  // the same customer.
  virtual bool HasOpenComplaint(const Case& about) = 0;
  // The last step of one kind.
  virtual std::optional<Step> FindLastStep(ShopId shop, CaseId id, std::string_view event) = 0;
  // The last step at or before a moment.
  virtual std::optional<Step> FindStepAt(ShopId shop, CaseId id, std::int64_t at_us) = 0;
  // For verifying a history: the row with all its columns; what lies sealed beside the steps of a
  // range, by sequence; and, by id above `after`, every case that has a row or a step.
  virtual std::optional<StoredCase> FindStored(ShopId shop, CaseId id) = 0;
  virtual std::vector<StoredText> ReadTexts(const Case& of, std::uint32_t first,
                                            std::uint32_t last) = 0;
  virtual std::vector<CaseId> ListHistories(ShopId shop, CaseId after, std::size_t limit) = 0;
};

// Short numbers for people, per shop, growing; a number may stay unused.
class CaseNumbers {
 public:
  virtual ~CaseNumbers() = default;
  virtual std::uint64_t Next(ShopId shop) = 0;
};

}  // namespace redress::aftersales
