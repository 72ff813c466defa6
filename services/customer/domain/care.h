#pragma once

// What a shop does for customers unasked. Rules make tasks, people work them. A person, the whole
// group of merged customers, is contacted once in a quiet period: who takes a task into work
// reserves the person under a lock, and what was contacted is remembered in the same row.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/customer/domain/write.h"

namespace redress::customer {

using CareTaskId = platform::StrongId<struct CareTaskTag>;

inline constexpr std::size_t kMostCareRules = 50;  // of a shop

enum class Occasion : std::uint8_t { kBirthday = 1, kFestival = 2, kMatch = 3 };
enum class CareState : std::uint8_t { kOpen = 1, kClaimed = 2, kDone = 3, kSkipped = 4 };

struct CareRule {
  std::string code = {};
  std::string name_zh = {};
  std::string name_en = {};
  std::string expression = {};
  Occasion occasion = Occasion::kMatch;
  std::vector<std::int64_t> days = {};  // of a festival, since 1970-01-01, ascending
  std::uint32_t days_ahead = 0;
  std::uint32_t quiet_days = 0;
  bool coupon = false;
  bool enabled = false;
  std::uint32_t version = 0;
};

struct CareWishes {
  CustomerId customer = {};
  std::string birthday = {};  // "08-31"; empty: unknown
  bool no_contact = false;
  std::uint32_t version = 0;  // 0: nothing was recorded
};

struct CareTask {
  CareTaskId id = {};
  std::string rule = {};
  CustomerId customer = {};  // the head when it was made
  Occasion occasion = Occasion::kMatch;
  std::int64_t occasion_day = 0;
  CareState state = CareState::kOpen;
  std::int64_t due_at = 0;
  AccountId worker = {};
  std::string result = {};
  std::string coupon = {};
  std::int64_t finished_at = 0;
  std::uint32_t version = 0;
};

// The days that an occasion has around a moment. `birthday` may be empty.
struct OccasionDays {
  std::optional<std::int64_t> now;   // whose task is due now: the latest that is not over
  std::optional<std::int64_t> next;  // the first day on which the next one falls due
};
OccasionDays DaysOf(const CareRule& rule, const std::string& birthday, std::int64_t today);

// Throws INVALID_ARGUMENT unless it is empty or a day that some year has.
void CheckBirthday(const std::string& birthday, const std::string& field);

struct CareChange {
  CareTaskId task = {};
  std::uint32_t version = 0;
  CareState to = CareState::kClaimed;
  std::string result = {};
  std::string coupon = {};
  bool may_release_others = false;
};

struct CareQuery {
  ShopId shop = {};
  CareState state = CareState::kOpen;
  std::int64_t after_due_at = 0;  // and the task, of the last one on the page before
  CareTaskId after = {};
  std::size_t limit = 50;
};

class CareRepository {
 public:
  virtual ~CareRepository() = default;

  virtual CareRule SetRule(const Write& write, const CareRule& rule) = 0;
  virtual std::vector<CareRule> ListRules(ShopId shop) = 0;
  virtual CareWishes SetWishes(const Write& write, const CareWishes& wishes) = 0;
  virtual CareWishes GetWishes(ShopId shop, CustomerId customer) = 0;
  // They asked for no contact in a case; said again it changes nothing.
  virtual void ContactRefused(ShopId shop, std::span<const CustomerId> customers,
                              std::int64_t now_us) = 0;
  virtual std::vector<CareTask> List(const CareQuery& query) = 0;
  // FAILED_PRECONDITION: CARE_STATE, CARE_QUIET_PERIOD, CARE_PERSON_RESERVED, CARE_NO_CONTACT,
  // CARE_NOT_YOURS.
  virtual CareTask Change(const Write& write, const CareChange& change) = 0;
};

}  // namespace redress::customer
