#pragma once

// Which cases a hand-over is about. Decided once and remembered under its request_id before the
// first case changes hands: a repeat, also after a crash in the middle, is about the same cases.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/aftersales/domain/case.h"
#include "services/aftersales/domain/request.h"

namespace redress::aftersales {

struct HandOverPlan {
  std::vector<CaseId> cases;  // the most urgent first
  bool more = false;          // the account has open cases beyond these
};

// Whose cases are handed over.
struct Leaving {
  AccountId account;
  bool is_member = false;  // of the shop, still
};

class HandOverPlans {
 public:
  virtual ~HandOverPlans() = default;
  // The account's open cases, at most `limit`; for a repeat, those of the first call. Throws
  // Refusal INVALID_ARGUMENT (REQUEST_ID_REUSED) for another request under the same id, NOT_FOUND
  // for an account that neither has open cases in the shop nor is a member of it.
  virtual HandOverPlan Plan(ShopId shop, const WriteRequest& request, const Leaving& from,
                            std::size_t limit, std::int64_t now_us) = 0;
};

}  // namespace redress::aftersales
