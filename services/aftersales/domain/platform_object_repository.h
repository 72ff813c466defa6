#pragma once

// Where the platform's objects are kept, refunds and ratings. Their fields are sealed: what a
// platform sends names people, and nobody knows beforehand in which field.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/aftersales/domain/line_ledger.h"
#include "services/aftersales/domain/platform_push.h"

namespace redress::aftersales {

// Stored numbers never move.
enum class PlatformObjectKind : std::uint8_t {
  kRefund = 1,
  kRating = 2,
};

struct PlatformObject {
  ShopId shop;
  PlatformObjectKind kind = PlatformObjectKind::kRefund;
  std::string key;
  std::string platform;
  std::uint64_t object = 0;  // ours for the object, growing with time
  CaseId case_id;            // that it has; 0 before it was opened
  PlatformFields fields;
  // Mapped columns, for lists and look-ups.
  std::int64_t version = 0;
  std::string status;
  bool ended = false;
  std::string order_number;
  std::string line_number;
  OrderId order;        // 0 until it is known
  CustomerId customer;  // 0 until it is known, or where the order names none
  // Why a person should look; empty when nobody has to. See platform_follow.h.
  std::string attention;
  std::string detail;
  std::uint32_t attempts = 0;  // since something new was heard
  std::int64_t due_at = 0;     // when the case is to follow; 0 for not by itself
  std::uint32_t row_version = 0;
  std::uint32_t pushes = 0;  // that told something new
  std::int64_t created_at = 0;
  std::int64_t updated_at = 0;
};

// What became of one pushed object.
enum class PushOutcome : std::uint8_t {
  kNew = 1,         // first heard of
  kNews = 2,        // it told something new
  kNothingNew = 3,  // repeated, or older than what is known
  kTooMuch = 4,     // with it the object would have too many fields; not stored
  kByShop = 5,      // the shop gave it; not stored
};

// Brings the columns that lists and look-ups use in line with the fields.
void MapColumns(PlatformObject& object);

struct PlatformObjectQuery {
  ShopId shop;
  PlatformObjectKind kind = PlatformObjectKind::kRefund;
  bool attention_only = false;
  std::string attention;     // only this one; empty for all
  std::uint64_t before = 0;  // newest first; 0 for the newest
  std::size_t limit = 50;
};

struct UnmappedCount {
  std::uint64_t id = 0;
  Unmapped what;
  std::int64_t objects = 0;  // in how many objects it stands
  std::string key;           // one of them
  std::int64_t first_at = 0;
  std::int64_t last_at = 0;
};

class PlatformObjectRepository {
 public:
  virtual ~PlatformObjectRepository() = default;

  // Merges the objects into what is known, in one transaction. In the order of `pushed`, in which
  // the same refund may stand several times.
  virtual std::vector<PushOutcome> Merge(ShopId shop, PlatformObjectKind kind,
                                         const std::string& platform,
                                         std::span<const PushedObject* const> pushed,
                                         std::int64_t now_us) = 0;
  // Those that are due, of all shops, longest due first; with their fields.
  virtual std::vector<PlatformObject> Due(std::int64_t now_us, std::size_t limit) = 0;
  // Writes what following came to, unless something new was heard meanwhile: then it stays due.
  virtual void Conclude(std::span<const PlatformObject> followed) = 0;
  // Refunds that wait for these orders are due now.
  virtual void OrdersAreThere(ShopId shop, std::span<const std::string> order_numbers,
                              std::int64_t now_us) = 0;
  // The cases that the shop has for these refunds, whoever opened them: (refund id, case).
  virtual std::vector<std::pair<std::string, CaseId>> CasesOf(
      ShopId shop, std::span<const std::string> refund_ids) = 0;

  // Without fields.
  virtual std::vector<PlatformObject> List(const PlatformObjectQuery& query) = 0;
  virtual std::optional<PlatformObject> Find(ShopId shop, const std::string& refund_id) = 0;
  virtual std::vector<UnmappedCount> ListUnmapped(ShopId shop, std::uint64_t before,
                                                  std::size_t limit) = 0;
};

// Lines of orders by the numbers that the platform knows. Throws as LineSource does.
class PlatformLines {
 public:
  virtual ~PlatformLines() = default;
  virtual LineFacts Find(ShopId shop, const std::string& platform, const std::string& order_number,
                         const std::string& line_number) = 0;
};

}  // namespace redress::aftersales
