#pragma once

// Brings closed cases of other systems in: each judged by itself, known again by the source's own
// number, stored with its order, its customer and its history.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "services/aftersales/domain/case_repository.h"
#include "services/aftersales/domain/past_case.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"

namespace redress::aftersales {

// The order service by its own numbers. Throws Refusal NOT_FOUND for what the shop does not have,
// UNAVAILABLE when it cannot be asked.
class PastLines {
 public:
  virtual ~PastLines() = default;
  virtual LineFacts Find(ShopId shop, const std::string& platform, const std::string& order_number,
                         const std::string& line_number) = 0;
  virtual LineFacts FindOrder(ShopId shop, const std::string& platform,
                              const std::string& order_number) = 0;
};

// The customer service, as far as the past needs it.
class PastCustomers {
 public:
  virtual ~PastCustomers() = default;
  // The customers of these nicks, found or created, in the order of the nicks (distinct, not
  // empty). Throws Refusal when it cannot be asked, or not until then.
  virtual std::vector<CustomerId> Ensure(ShopId shop, const std::string& platform,
                                         std::span<const std::string> nicks,
                                         std::chrono::steady_clock::time_point until) = 0;
};

enum class PastFate : std::uint8_t { kRefused = 0, kCreated = 1, kUnchanged = 2 };

struct PastResult {
  PastFate fate = PastFate::kRefused;
  platform::FieldViolation problem;  // of a refused one
  CaseId id;                         // 0: nothing was stored
  bool order_found = false;
};

// One that is good so far.
struct PendingPast {
  const PastCase* past = nullptr;
  PastPlace place;
  PastResult* result = nullptr;
};

class PastCaseStore {
 public:
  virtual ~PastCaseStore() = default;
  // Which of them the shop has already, each with its digest; in the order of the argument.
  struct Known {
    CaseId id;
    platform::Digest digest{};
  };
  virtual std::vector<std::optional<Known>> Find(ShopId shop,
                                                 std::span<const PendingPast> pending) = 0;
  // Stores those that are new, in one transaction, and sets the results of all.
  virtual void Store(ShopId shop, std::span<PendingPast> pending, std::int64_t now_us) = 0;
};

// What a known case means for one that comes again: unchanged, or refused for its other content.
void SetKnown(const PendingPast& pending, CaseId id, const platform::Digest& digest);

class PastImport {
 public:
  struct Uses {
    PastCaseStore& store;
    PastLines& lines;
    PastCustomers& customers;
    CaseNumbers& numbers;
    platform::IdSource& ids;
    const platform::Clock& clock;
  };
  explicit PastImport(const Uses& uses) : uses_(uses) {}

  using Item = std::variant<PastCase, platform::FieldViolation>;
  // One result per item, in their order. With `validate_only` nothing is stored, and no customer
  // is made.
  std::vector<PastResult> Import(ShopId shop, std::span<const Item> items, bool validate_only,
                                 std::chrono::steady_clock::time_point until);

 private:
  std::vector<PendingPast> JudgeAll(std::span<const Item> items,
                                    std::vector<PastResult>& results) const;
  void FindOrders(ShopId shop, std::vector<PendingPast>& pending,
                  std::chrono::steady_clock::time_point until);
  std::optional<LineFacts> FindLine(ShopId shop, const PastCase& past);
  void FindCustomers(ShopId shop, std::span<PendingPast> pending,
                     std::chrono::steady_clock::time_point until);

  const Uses uses_;
};

}  // namespace redress::aftersales
