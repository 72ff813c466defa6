// What the events of other services tell of a shop's customers, one fact per order, case,
// conversation and adjustment. A fact is what all its events together say, whatever order they come
// in and however often: of an order, a conversation and an adjustment the newest event tells all; a
// case's events are joined. Times are UTC microseconds, 0 for never.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/customer/domain/customer.h"
#include "services/customer/domain/customer_facts.h"

namespace redress::customer {

using platform::AccountId;
using platform::AdjustmentId;
using platform::CaseId;
using platform::LineId;
using ConversationId = platform::StrongId<struct ConversationTag>;

struct OrderFact {
  ShopId shop;
  OrderId id;
  std::uint32_t version = 0;  // the event's sequence as well
  CustomerId customer;        // none where the source names none
  std::string platform;
  std::string number;
  std::string status;
  std::string currency;
  std::int64_t ordered_at = 0;
  std::int64_t paid_at = 0;
  std::int64_t paid_minor = 0;
  std::int64_t refunded_minor = 0;  // elsewhere on the platform
  std::uint32_t line_count = 0;
  std::vector<BoughtArticle> articles;  // the first kMostArticles lines that have one

  bool operator==(const OrderFact&) const = default;
};

// Which of a case's events are known: all up to `whole_to`, and of the 64 behind it those whose bit
// is set. One that is further ahead is not noted, so that it counts as missing and is read again:
// joining it once more changes nothing.
struct SeenEvents {
  std::uint32_t whole_to = 0;
  std::uint64_t ahead = 0;

  void Add(std::uint32_t sequence);
  bool operator==(const SeenEvents&) const = default;
};

// A coupon that was given for a case. Its code is nobody's to know here.
struct CaseCoupon {
  std::uint32_t number = 0;  // which of the case's compensations
  std::string currency;
  std::int64_t amount_minor = 0;  // what it costs the shop
  std::int64_t given_at = 0;

  bool operator==(const CaseCoupon&) const = default;
};

struct CaseFact {
  ShopId shop;
  CaseId id;
  std::uint32_t sequence = 0;  // of the newest event
  CustomerId customer;
  OrderId order;
  std::uint64_t number = 0;
  std::string kind;
  std::string variant;
  std::string state;
  bool is_final = false;
  std::int64_t opened_at = 0;
  std::int64_t last_step_at = 0;
  std::string currency;
  std::int64_t asked_minor = 0;
  std::int64_t approved_minor = 0;
  std::string verdict;        // of a dispute
  std::string review_rating;  // bad, neutral, good
  std::uint32_t review_stars = 0;
  std::string review_change;  // revised, removed
  std::string review_judgement;
  bool platform_intervened = false;

  // What single steps brought.
  std::string outcome;
  std::uint32_t outcome_sequence = 0;
  std::int64_t settled_minor = 0;
  std::int64_t settled_at = 0;
  std::vector<CaseCoupon> coupons;  // by number

  SeenEvents seen;
  std::optional<std::int64_t> gap_noticed_at;

  bool HasGap() const { return seen.whole_to < sequence; }
  bool operator==(const CaseFact&) const = default;
};

// A coupon of a case by itself.
struct CouponFact {
  ShopId shop;
  CaseId id;  // of the case, which gives one coupon at a time
  CustomerId customer;
  std::uint64_t case_number = 0;
  CaseCoupon given;
};

struct ConversationFact {
  ShopId shop;
  ConversationId id;
  std::uint32_t sequence = 0;
  CustomerId customer;
  std::string channel;
  AccountId agent;
  std::int64_t started_at = 0;
  std::int64_t last_message_at = 0;
  std::uint32_t customer_messages = 0;
  std::uint32_t shop_messages = 0;
  bool ended = false;

  bool operator==(const ConversationFact&) const = default;
};

struct AdjustmentFact {
  ShopId shop;
  AdjustmentId id;
  std::uint32_t sequence = 0;
  CustomerId customer;
  OrderId order;
  LineId line;
  bool is_refund = false;  // else a correction of the books
  std::string currency;
  std::int64_t amount_minor = 0;
  std::int64_t adjusted_at = 0;

  bool operator==(const AdjustmentFact&) const = default;
};

// Whether `event`, a fact made of one event, tells more than `known`; then it is joined to it.
bool Join(OrderFact& known, const OrderFact& event);
bool Join(CaseFact& known, const CaseFact& event);
bool Join(ConversationFact& known, const ConversationFact& event);
bool Join(AdjustmentFact& known, const AdjustmentFact& event);

}  // namespace redress::customer
