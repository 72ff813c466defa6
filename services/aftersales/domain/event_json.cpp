#include "services/aftersales/domain/event_json.h"

#include <cstdint>
#include <utility>
#include <variant>

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;
namespace review = workflows::review;

void AppendText(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20) {
      out.append("\\u00");
      out.push_back(kDigits[byte >> 4]);
      out.push_back(kDigits[byte & 15]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void BeginMember(std::string& members, std::string_view name) {
  if (!members.empty()) members.push_back(',');
  AppendText(members, name);
  members.push_back(':');
}

std::string_view NameOf(refund::Variant variant) {
  switch (variant) {
    case refund::Variant::kRefundOnly:
      return "REFUND_VARIANT_REFUND_ONLY";
    case refund::Variant::kReturnAndRefund:
      return "REFUND_VARIANT_RETURN_AND_REFUND";
    case refund::Variant::kExchange:
      return "REFUND_VARIANT_EXCHANGE";
    case refund::Variant::kReship:
      return "REFUND_VARIANT_RESHIP";
    case refund::Variant::kPriceDifference:
      return "REFUND_VARIANT_PRICE_DIFFERENCE";
    case refund::Variant::kPostage:
      return "REFUND_VARIANT_POSTAGE";
  }
  return "REFUND_VARIANT_UNSPECIFIED";
}

// One overload per event that carries something.
struct Members {
  std::string& out;

  void operator()(const refund::Approve& e) const { AddMember(out, "amount_minor", e.amount); }
  void operator()(const refund::ReviseRequest& e) const {
    AddMember(out, "amount_minor", e.amount);
    AddMember(out, "quantity", std::int64_t{e.quantity});
    AddMember(out, "variant", NameOf(e.variant));
  }
  void operator()(const refund::ShipReturn& e) const {
    AddMember(out, "carrier", e.carrier);
    AddMember(out, "tracking_number", e.tracking);
    AddMember(out, "shipping",
              std::string_view(e.shipping == refund::Shipping::kPost ? "RETURN_SHIPPING_POST"
                                                                     : "RETURN_SHIPPING_EXPRESS"));
  }
  void operator()(const refund::PassInspectionInPart& e) const {
    AddMember(out, "amount_minor", e.amount);
  }
  void operator()(const refund::AcceptPartialOffer& e) const {
    AddMember(out, "amount_minor", e.amount);
  }
  void operator()(const refund::SendGoodsBack& e) const {
    AddMember(out, "carrier", e.carrier);
    AddMember(out, "tracking_number", e.tracking);
  }
  void operator()(const refund::ShipReplacement& e) const {
    AddMember(out, "carrier", e.carrier);
    AddMember(out, "tracking_number", e.tracking);
  }
  void operator()(const refund::ConvertToRefund& e) const {
    AddMember(out, "amount_minor", e.amount);
  }
  void operator()(const refund::RecordInterception& e) const { AddMember(out, "caught", e.caught); }
  void operator()(const refund::RecordSettlementFailed& e) const {
    AddMember(out, "final", e.final);
  }
  void operator()(const refund::ReconcileSettlement& e) const { AddMember(out, "paid", e.paid); }
  void operator()(const refund::RecordFollowUp& e) const {
    AddMember(out, "score", std::int64_t{e.score});
  }
  // Money is what a ruling without a remedy gives: so it was written before there was another.
  void operator()(const refund::RuleForBuyer& e) const {
    AddMember(out, "amount_minor", e.amount);
    if (e.remedy == refund::Remedy::kReplacement) {
      AddMember(out, "remedy", std::string_view("REMEDY_REPLACEMENT"));
    }
  }
  void operator()(const refund::JoinDispute& e) const {
    AddMember(out, "amount_minor", e.amount);
    AddCase(out, kDisputeMember, CaseId{e.dispute});
  }
  void operator()(const refund::DeadlineReached& e) const { AddMember(out, "number", e.number); }
  void operator()(const refund::PlatformSucceeded& e) const {
    AddMember(out, "amount_minor", e.amount);
  }
  void operator()(const refund::PlatformAgreed& e) const {
    AddMember(out, "amount_minor", e.amount);
  }
  void operator()(const dispute::ProposeOptions& e) const {
    AddMember(out, "refund_minor", e.options.refund);
    AddMember(out, "compensation_minor", e.options.compensation);
    AddMember(out, "replacement", e.options.replacement);
    AddMember(out, "other", e.options.other);
  }
  void operator()(const dispute::AcceptOption& e) const {
    AddMember(out, "option", aftersales::NameOf(e.option));
  }
  void operator()(const dispute::RuleForBuyer& e) const {
    AddMember(out, "amount_minor", e.amount);
  }
  void operator()(const dispute::Resolve& e) const {
    AddMember(out, "root_cause", e.root_cause);
    AddMember(out, "measure", e.measure);
  }
  void operator()(const dispute::RecordRefundGiven& e) const {
    AddMember(out, "amount_minor", e.amount);
  }
  void operator()(const dispute::DeadlineReached& e) const { AddMember(out, "number", e.number); }
  void operator()(const dispute::PlatformRuledForBuyer& e) const {
    AddMember(out, "amount_minor", e.amount);
  }
  void operator()(const dispute::JoinReview& e) const {
    AddCase(out, kReviewMember, CaseId{e.review});
  }
  void operator()(const review::RevealFault& e) const {
    AddMember(out, "fault", aftersales::NameOf(e.fault));
  }
  void operator()(const review::RecordDisputeEnd& e) const {
    AddMember(out, "remedied", e.remedied);
  }
  void operator()(const review::CorrectRating& e) const {
    AddMember(out, "rating", aftersales::NameOf(e.rating));
    AddMember(out, "stars", std::int64_t{e.stars});
  }
  void operator()(const review::RecordAttempt& e) const {
    AddMember(out, "contact_channel", aftersales::NameOf(e.channel));
    AddMember(out, "reached", e.reached);
  }
  void operator()(const review::MakeOffer& e) const {
    AddMember(out, "offer", aftersales::NameOf(e.offer.kind));
    AddMember(out, "amount_minor", e.offer.amount);
    AddMember(out, "unconditional", e.unconditional);
  }
  void operator()(const review::ReviewRevised& e) const {
    AddMember(out, "rating", aftersales::NameOf(e.rating));
  }
  void operator()(const review::DeadlineReached& e) const { AddMember(out, "number", e.number); }
  template <class Other>
  void operator()(const Other&) const {}
};

constexpr std::pair<dispute::Channel, std::string_view> kChannels[] = {
    {dispute::Channel::kDirectComplaint, "DISPUTE_CHANNEL_DIRECT_COMPLAINT"},
    {dispute::Channel::kPlatformComplaint, "DISPUTE_CHANNEL_PLATFORM_COMPLAINT"},
    {dispute::Channel::kDeliveryFault, "DISPUTE_CHANNEL_DELIVERY_FAULT"},
    {dispute::Channel::kEscalatedRefund, "DISPUTE_CHANNEL_ESCALATED_REFUND"},
};
constexpr std::pair<dispute::OptionKind, std::string_view> kOptions[] = {
    {dispute::OptionKind::kNone, "DISPUTE_OPTION_UNSPECIFIED"},
    {dispute::OptionKind::kRefund, "DISPUTE_OPTION_REFUND"},
    {dispute::OptionKind::kReplacement, "DISPUTE_OPTION_REPLACEMENT"},
    {dispute::OptionKind::kCompensation, "DISPUTE_OPTION_COMPENSATION"},
    {dispute::OptionKind::kOther, "DISPUTE_OPTION_OTHER"},
};

constexpr std::pair<review::Rating, std::string_view> kRatings[] = {
    {review::Rating::kBad, "REVIEW_RATING_BAD"},
    {review::Rating::kNeutral, "REVIEW_RATING_NEUTRAL"},
    {review::Rating::kGood, "REVIEW_RATING_GOOD"},
};
constexpr std::pair<review::ContactChannel, std::string_view> kContactChannels[] = {
    {review::ContactChannel::kChat, "CONTACT_CHANNEL_CHAT"},
    {review::ContactChannel::kPhone, "CONTACT_CHANNEL_PHONE"},
    {review::ContactChannel::kSms, "CONTACT_CHANNEL_SMS"},
};
constexpr std::pair<review::Fault, std::string_view> kFaults[] = {
    {review::Fault::kNone, "REVIEW_FAULT_UNSPECIFIED"},
    {review::Fault::kDelivery, "REVIEW_FAULT_DELIVERY"},
    {review::Fault::kQuality, "REVIEW_FAULT_QUALITY"},
};
constexpr std::pair<review::OfferKind, std::string_view> kOffers[] = {
    {review::OfferKind::kNone, "REVIEW_OFFER_UNSPECIFIED"},
    {review::OfferKind::kCompensation, "REVIEW_OFFER_COMPENSATION"},
    {review::OfferKind::kReplacement, "REVIEW_OFFER_REPLACEMENT"},
    {review::OfferKind::kOther, "REVIEW_OFFER_OTHER"},
};

template <class Names, class Value>
std::string_view NameIn(const Names& names, Value value) {
  for (const auto& [known, name] : names) {
    if (known == value) return name;
  }
  return "";
}
template <class Value, std::size_t size>
std::optional<Value> ValueIn(const std::pair<Value, std::string_view> (&names)[size],
                             std::string_view name) {
  for (const auto& [value, known] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace

void AddMember(std::string& members, std::string_view name, std::string_view text) {
  BeginMember(members, name);
  AppendText(members, text);
}

void AddMember(std::string& members, std::string_view name, std::int64_t number) {
  BeginMember(members, name);
  members.append(std::to_string(number));
}

void AddMember(std::string& members, std::string_view name, bool value) {
  BeginMember(members, name);
  members.append(value ? "true" : "false");
}

void AddMember(std::string& members, std::string_view name,
               std::span<const std::string_view> texts) {
  if (texts.empty()) return;
  BeginMember(members, name);
  char before = '[';
  for (const std::string_view text : texts) {
    members.push_back(before);
    AppendText(members, text);
    before = ',';
  }
  members.push_back(']');
}

void AddCase(std::string& members, std::string_view name, CaseId id) {
  if (id) AddMember(members, name, platform::ToString(id));
}

std::string MembersOf(const CaseEvent& event) {
  std::string members;
  std::visit([&](const auto& own) { std::visit(Members{members}, own); }, event);
  return members;
}

std::string_view NameOf(dispute::Channel channel) { return NameIn(kChannels, channel); }
std::optional<dispute::Channel> ChannelOf(std::string_view name) {
  return ValueIn(kChannels, name);
}
std::string_view NameOf(dispute::OptionKind option) { return NameIn(kOptions, option); }
std::optional<dispute::OptionKind> OptionKindOf(std::string_view name) {
  return ValueIn(kOptions, name);
}
std::string_view NameOf(review::Rating rating) { return NameIn(kRatings, rating); }
std::optional<review::Rating> RatingOf(std::string_view name) { return ValueIn(kRatings, name); }
std::string_view NameOf(review::ContactChannel channel) {
  return NameIn(kContactChannels, channel);
}
std::optional<review::ContactChannel> ContactChannelOf(std::string_view name) {
  return ValueIn(kContactChannels, name);
}
std::string_view NameOf(review::Fault fault) { return NameIn(kFaults, fault); }
std::optional<review::Fault> FaultOf(std::string_view name) { return ValueIn(kFaults, name); }
std::string_view NameOf(review::OfferKind offer) { return NameIn(kOffers, offer); }
std::optional<review::OfferKind> OfferKindOf(std::string_view name) {
  return ValueIn(kOffers, name);
}

}  // namespace redress::aftersales
