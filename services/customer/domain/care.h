#pragma once

// What a shop does for customers unasked. Rules make tasks, people work them. A person, the whole
// group of merged customers, is contacted once in a quiet period: who takes a task into work, and
// every service that writes to them unasked, reserves the person under a lock, and what was
// contacted is remembered in the same row.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

// A care rule that ships. The days of a festival are those of the coming years: `2026-11-11`.
struct ShippedCareRule {
  std::string_view code;
  std::string_view name_zh;
  std::string_view name_en;
  std::string_view expression;
  Occasion occasion = Occasion::kMatch;
  std::vector<std::string_view> days = {};
  std::uint32_t days_ahead = 0;
  std::uint32_t quiet_days = 0;
  bool coupon = false;
};
const std::vector<ShippedCareRule>& ShippedCareRules();
// As a shop takes it: switched off.
CareRule RuleOf(const ShippedCareRule& shipped);

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

// Numbers of the API.
enum class ContactVerdict : std::uint8_t { kAllowed = 1, kRefused = 2, kQuiet = 3 };

struct ContactAnswer {
  ContactVerdict verdict = ContactVerdict::kAllowed;
  std::int64_t contacted_at = 0;  // last, before this question; 0: never, or it was not asked for
};

// What is known of the contacts of a person, all members together.
struct PersonContacts {
  bool unwanted = false;          // they asked for none, or were erased
  std::int64_t contacted_at = 0;  // last; 0: never
  CareTaskId reserved_by = {};    // a task in work that is about to contact them
};

// Whether they may be contacted unasked who are left in peace for `quiet_days` after a contact.
ContactVerdict VerdictOn(const PersonContacts& contacts, std::uint32_t quiet_days,
                         std::int64_t now_us);

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
  // The shipped rules as the shop has them; makes what it has not, switched off.
  virtual std::vector<CareRule> Adopt(const Write& write) = 0;
  // With days it also counts as a contact from now on, where it is allowed; without it asks for the
  // wishes only. NOT_FOUND for the customer.
  virtual ContactAnswer ReserveContact(const Write& write, CustomerId customer,
                                       std::uint32_t quiet_days) = 0;
  // They asked for no contact in a case; said again it changes nothing.
  virtual void ContactRefused(ShopId shop, std::span<const CustomerId> customers,
                              std::int64_t now_us) = 0;
  virtual std::vector<CareTask> List(const CareQuery& query) = 0;
  // FAILED_PRECONDITION: CARE_STATE, CARE_QUIET_PERIOD, CARE_PERSON_RESERVED, CARE_NO_CONTACT,
  // CARE_NOT_YOURS. INVALID_ARGUMENT for one that is done without the coupon that its rule gives.
  virtual CareTask Change(const Write& write, const CareChange& change) = 0;
};

}  // namespace redress::customer
