#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/aftersales/domain/settlement.h"

namespace redress::aftersales {

struct SettlementQuery {
  ShopId shop;
  std::optional<SettlementState> state;  // none: all that still have to be paid
  CaseId after;
  std::size_t limit = 50;
};

class SettlementRepository {
 public:
  virtual ~SettlementRepository() = default;

  virtual std::optional<Settlement> Find(ShopId shop, CaseId id) = 0;
  // By case, oldest first.
  virtual std::vector<Settlement> List(const SettlementQuery& query) = 0;
  // Commands that are due to be sent, of all shops, the longest due first.
  virtual std::vector<Settlement> DueCommands(std::int64_t now_us, std::size_t limit) = 0;
  // After sending: the command is done (next_at 0) or sent again at next_at. Does nothing if the
  // row holds another command or attempt by now.
  virtual void MarkSent(const Settlement& sent, std::int64_t next_at) = 0;
};

}  // namespace redress::aftersales
