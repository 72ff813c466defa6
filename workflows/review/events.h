#pragma once

// The events of a review case. Plain structs: an event's kName is the name of the API's oneof
// field. They carry only what the machine decides on; free texts and references stay on the step.
// Amounts are minor units of the order's currency.

#include <cstdint>
#include <string_view>
#include <variant>

namespace redress::workflows::review {

// What the buyer gave, in the order of the platform's three words. Stored numbers never move.
enum class Rating : std::uint8_t {
  kBad = 1,
  kNeutral = 2,
  kGood = 3,
};

// How the buyer was spoken to, or was to be.
enum class ContactChannel : std::uint8_t {
  kChat = 1,
  kPhone = 2,
  kSms = 3,
};

// What the shop offers for the fault.
enum class OfferKind : std::uint8_t {
  kNone = 0,
  kCompensation = 1,
  kReplacement = 2,
  kOther = 3,  // an apology, an explanation, help with the goods
};

// Only a compensation has an amount.
struct Offer {
  OfferKind kind = OfferKind::kNone;
  std::int64_t amount = 0;
};

// What is wrong with what the shop did, as the review tells it.
enum class Fault : std::uint8_t {
  kNone = 0,
  kDelivery = 1,  // late, lost, damaged on its way, something else in the parcel
  kQuality = 2,   // the goods themselves
};

// Somebody has looked: a buyer who means it.
struct JudgeGenuine {
  static constexpr std::string_view kName = "judge_genuine";
};
// A competitor, extortion, a review of something else.
struct JudgeMalicious {
  static constexpr std::string_view kName = "judge_malicious";
};
// The buyer was to be spoken to; `reached` says whether somebody answered.
struct RecordAttempt {
  static constexpr std::string_view kName = "record_attempt";
  ContactChannel channel = ContactChannel::kChat;
  bool reached = false;
};
// The buyer asks not to be contacted again.
struct RefuseContact {
  static constexpr std::string_view kName = "refuse_contact";
};
// `unconditional`: the offer's text says that it is for the fault, whatever becomes of the review.
// Offering again before the buyer has answered replaces the offer.
struct MakeOffer {
  static constexpr std::string_view kName = "make_offer";
  Offer offer;
  bool unconditional = false;
};
struct AcceptOffer {
  static constexpr std::string_view kName = "accept_offer";
};
// The buyer wants neither talk nor offer, or says that the review stays.
struct RecordRefusal {
  static constexpr std::string_view kName = "record_refusal";
};
// The buyer was heard, and nothing is offered.
struct ConcludeTalks {
  static constexpr std::string_view kName = "conclude_talks";
};
// What was agreed has been done.
struct RecordFulfilment {
  static constexpr std::string_view kName = "record_fulfilment";
};
struct AddEvidence {
  static constexpr std::string_view kName = "add_evidence";
};
// The review is right about a fault: a dispute about it is opened, or the line's open one joined.
struct RevealFault {
  static constexpr std::string_view kName = "reveal_fault";
  Fault fault = Fault::kQuality;
};
// That dispute has ended; `remedied`: the buyer got what was agreed or ruled.
struct RecordDisputeEnd {
  static constexpr std::string_view kName = "record_dispute_end";
  bool remedied = false;
};
// The review was reported to the platform.
struct FileReport {
  static constexpr std::string_view kName = "file_report";
};
// The platform lets the review stand.
struct ReportTurnedDown {
  static constexpr std::string_view kName = "report_turned_down";
};
// The shop has explained itself below the review.
struct PublishReply {
  static constexpr std::string_view kName = "publish_reply";
};
// There is nothing to reply, or no reply is possible any more.
struct CloseUnanswered {
  static constexpr std::string_view kName = "close_unanswered";
};
// The case should not have been opened: the review is none of ours, or has a case already.
struct VoidCase {
  static constexpr std::string_view kName = "void_case";
};
struct DeadlineReached {
  static constexpr std::string_view kName = "deadline_reached";
  std::int64_t number = 0;
};
// The buyer has changed the review: a fact, whoever saw it.
struct ReviewRevised {
  static constexpr std::string_view kName = "review_revised";
  Rating rating = Rating::kGood;
};
// The review is no longer there: the buyer or the platform took it away.
struct ReviewRemoved {
  static constexpr std::string_view kName = "review_removed";
};

// What the buyer gave at first, which was heard of after what it became.
struct CorrectRating {
  static constexpr std::string_view kName = "correct_rating";
  Rating rating = Rating::kBad;
  std::int32_t stars = 0;  // 0 where the platform has only words
};

using ReviewEvent =
    std::variant<JudgeGenuine, JudgeMalicious, RecordAttempt, RefuseContact, MakeOffer, AcceptOffer,
                 RecordRefusal, ConcludeTalks, RecordFulfilment, AddEvidence, FileReport,
                 ReportTurnedDown, PublishReply, CloseUnanswered, VoidCase, DeadlineReached,
                 ReviewRevised, ReviewRemoved, RevealFault, RecordDisputeEnd, CorrectRating>;

std::string_view NameOf(const ReviewEvent& event);

}  // namespace redress::workflows::review
