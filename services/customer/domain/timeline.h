// Everything that happened with a person, newest first: entries of each kind come sorted from an
// index of their own and are merged here, so that a page costs the same however long the history
// is.
//
// The order is by moment, then kind, then id, all descending; a cursor is the last entry shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "services/customer/domain/care.h"
#include "services/customer/domain/customer_facts.h"
#include "services/customer/domain/facts.h"
#include "services/customer/domain/note.h"
#include "services/customer/domain/person.h"
#include "services/customer/domain/rfm.h"

namespace redress::customer {

// Numbers of the API.
enum class EntryKind : std::uint8_t {
  kOrder = 1,
  kCase = 2,
  kConversation = 3,
  kAdjustment = 4,
  kNote = 5,
  kCare = 6,
  kCoupon = 7,
};

struct TimelineEntry {
  EntryKind kind = EntryKind::kOrder;
  std::uint64_t id = 0;
  std::int64_t happened_at = 0;
  CustomerId customer;
  std::variant<std::monostate, OrderFact, CaseFact, ConversationFact, AdjustmentFact, Note,
               CareTask, CouponFact>
      what;
};

struct TimelineCursor {
  std::int64_t happened_at = std::numeric_limits<std::int64_t>::max();
  std::uint8_t kind = std::numeric_limits<std::uint8_t>::max();
  std::uint64_t id = 0;

  // Entries of the kind at the cursor's very moment are still to come below this id.
  std::uint64_t BelowId(EntryKind of) const;
  bool operator==(const TimelineCursor&) const = default;
};

// Whether `a` stands before `b`.
bool IsNewer(const TimelineEntry& a, const TimelineEntry& b);

struct TimelinePage {
  std::vector<TimelineEntry> entries;
  std::optional<TimelineCursor> next;
};

// The first `size` of the entries of several lists, each sorted and long enough for a page of its
// own and one more.
TimelinePage MergePage(std::vector<std::vector<TimelineEntry>> lists, std::size_t size);

struct PersonTag {
  std::string code;
  std::string name;
  std::int64_t since_at = 0;
};

// The tags that a person has; empty while nothing gives any.
class PersonTags {
 public:
  virtual ~PersonTags() = default;
  virtual std::vector<PersonTag> TagsOf(ShopId shop, const Person& person) = 0;
};

// Who a person is, by number and date.
struct PersonSummary {
  CustomerFigures figures;
  std::optional<RfmScores> scores;
  std::optional<RfmBounds> bounds;  // those that the scores were made by
  bool no_contact = false;          // any member asked for none
};

class TimelineReader {
 public:
  virtual ~TimelineReader() = default;

  virtual PersonSummary Summary(ShopId shop, const Person& person) = 0;
  // No kinds: all.
  virtual TimelinePage Entries(ShopId shop, const Person& person, const TimelineCursor& after,
                               std::span<const EntryKind> kinds, std::size_t size) = 0;
};

}  // namespace redress::customer
