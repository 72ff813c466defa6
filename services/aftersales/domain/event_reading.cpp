#include "services/aftersales/domain/event_reading.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <stdexcept>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/compensation_history.h"
#include "services/aftersales/domain/event_json.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;
namespace review = workflows::review;

constexpr std::string_view kAsks = "asks";
// Far beyond any amount, and small enough that sums of a few do not overflow.
constexpr std::int64_t kLargestAmount = 1'000'000'000'000'000'000;

[[noreturn]] void Unreadable(const std::string& why) {
  throw std::runtime_error("the recorded event cannot be read: " + why);
}

// Takes the text apart from its front. Only what event_json.h writes is known.
class Scanner {
 public:
  explicit Scanner(std::string_view rest) : rest_(rest) {}

  bool Skip(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void Expect(char c) {
    if (!Skip(c)) Unreadable("no " + std::string(1, c) + " where one belongs");
  }
  bool AtEnd() const { return rest_.empty(); }

  std::string TakeText() {
    Expect('"');
    std::string text;
    while (!Skip('"')) {
      if (rest_.empty()) Unreadable("a text does not end");
      text.push_back(Skip('\\') ? TakeEscaped() : TakeOne());
    }
    return text;
  }

  // One value as it is written.
  std::string TakeValue() {
    const std::string_view before = rest_;
    if (!rest_.empty() && rest_.front() == '"') {
      TakeText();
    } else if (Skip('[')) {
      do TakeText();
      while (Skip(','));
      Expect(']');
    } else {
      while (!rest_.empty() && rest_.front() != ',' && rest_.front() != '}') TakeOne();
    }
    return std::string(before.substr(0, before.size() - rest_.size()));
  }

 private:
  char TakeOne() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  char TakeEscaped() {
    if (Skip('u')) {
      unsigned code = 0;
      const std::string_view digits = rest_.substr(0, 4);
      const auto read = std::from_chars(digits.begin(), digits.end(), code, 16);
      if (digits.size() < 4 || read.ptr != digits.end() || code > 0x1f) Unreadable("an escape");
      rest_.remove_prefix(4);
      return static_cast<char>(code);
    }
    if (rest_.empty()) Unreadable("a text does not end");
    return TakeOne();
  }

  std::string_view rest_;
};

refund::Variant VariantOf(std::string_view name) {
  if (name == "REFUND_VARIANT_REFUND_ONLY") return refund::Variant::kRefundOnly;
  if (name == "REFUND_VARIANT_RETURN_AND_REFUND") return refund::Variant::kReturnAndRefund;
  if (name == "REFUND_VARIANT_EXCHANGE") return refund::Variant::kExchange;
  if (name == "REFUND_VARIANT_RESHIP") return refund::Variant::kReship;
  if (name == "REFUND_VARIANT_PRICE_DIFFERENCE") return refund::Variant::kPriceDifference;
  if (name == "REFUND_VARIANT_POSTAGE") return refund::Variant::kPostage;
  Unreadable("variant " + std::string(name));
}

std::int32_t Small(std::int64_t number) {
  if (number < 0 || number > std::numeric_limits<std::int32_t>::max()) {
    Unreadable("number " + std::to_string(number));
  }
  return static_cast<std::int32_t>(number);
}

template <class Id>
Id IdOf(const std::string& text) {
  Id id;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), id.value);
  if (!text.empty() && read.ptr != text.data() + text.size()) Unreadable("id " + text);
  return id;
}

std::int64_t AmountIn(const RecordedMembers& members, std::string_view name = "amount_minor") {
  const std::int64_t amount = members.Number(name);
  if (amount < -kLargestAmount || amount > kLargestAmount) {
    Unreadable("amount " + std::to_string(amount));
  }
  return amount;
}

// The value of a member that has one of a few names; `value_of` reads it.
template <class ValueOf>
auto NamedIn(const RecordedMembers& members, std::string_view name, const ValueOf& value_of) {
  const std::string text = members.Text(name);
  const auto value = value_of(text);
  if (!value) Unreadable(std::string(name).append(" ").append(text));
  return *value;
}

// One overload per event that carries something, as in event_json.cpp.
struct Reading {
  const RecordedMembers& from;

  void operator()(refund::Approve& e) const { e.amount = Amount(); }
  void operator()(refund::ReviseRequest& e) const {
    e.amount = Amount();
    e.quantity = Small(from.Number("quantity"));
    e.variant = VariantOf(from.Text("variant"));
  }
  void operator()(refund::ShipReturn& e) const {
    e.carrier = from.Text("carrier");
    e.tracking = from.Text("tracking_number");
    e.shipping = from.Text("shipping") == "RETURN_SHIPPING_POST" ? refund::Shipping::kPost
                                                                 : refund::Shipping::kExpress;
  }
  void operator()(refund::PassInspectionInPart& e) const { e.amount = Amount(); }
  void operator()(refund::AcceptPartialOffer& e) const { e.amount = Amount(); }
  void operator()(refund::SendGoodsBack& e) const {
    e.carrier = from.Text("carrier");
    e.tracking = from.Text("tracking_number");
  }
  void operator()(refund::ShipReplacement& e) const {
    e.carrier = from.Text("carrier");
    e.tracking = from.Text("tracking_number");
  }
  void operator()(refund::ConvertToRefund& e) const { e.amount = Amount(); }
  void operator()(refund::RecordInterception& e) const { e.caught = from.Flag("caught"); }
  void operator()(refund::RecordSettlementFailed& e) const { e.final = from.Flag("final"); }
  void operator()(refund::ReconcileSettlement& e) const { e.paid = from.Flag("paid"); }
  void operator()(refund::RecordFollowUp& e) const { e.score = Small(from.Number("score")); }
  void operator()(refund::RuleForBuyer& e) const {
    e.amount = Amount();
    if (from.OptionalText("remedy") == "REMEDY_REPLACEMENT") {
      e.remedy = refund::Remedy::kReplacement;
    }
  }
  void operator()(refund::JoinDispute& e) const {
    e.amount = Amount();
    e.dispute = IdOf<CaseId>(from.OptionalText(kDisputeMember)).value;
  }
  void operator()(refund::DeadlineReached& e) const { e.number = from.Number("number"); }
  void operator()(refund::PlatformSucceeded& e) const { e.amount = Amount(); }
  void operator()(refund::PlatformAgreed& e) const { e.amount = Amount(); }
  void operator()(dispute::ProposeOptions& e) const {
    e.options.refund = AmountIn(from, "refund_minor");
    e.options.compensation = AmountIn(from, "compensation_minor");
    e.options.replacement = from.Flag("replacement");
    e.options.other = from.Flag("other");
  }
  void operator()(dispute::AcceptOption& e) const {
    e.option = NamedIn(from, "option", OptionKindOf);
  }
  void operator()(dispute::RuleForBuyer& e) const { e.amount = Amount(); }
  void operator()(dispute::RecordRefundGiven& e) const { e.amount = Amount(); }
  void operator()(dispute::Resolve& e) const {
    e.root_cause = from.Text("root_cause");
    e.measure = from.Text("measure");
  }
  void operator()(dispute::DeadlineReached& e) const { e.number = from.Number("number"); }
  void operator()(dispute::PlatformRuledForBuyer& e) const { e.amount = Amount(); }
  void operator()(dispute::JoinReview& e) const {
    e.review = IdOf<CaseId>(from.OptionalText(kReviewMember)).value;
  }
  void operator()(review::RevealFault& e) const { e.fault = NamedIn(from, "fault", FaultOf); }
  void operator()(review::RecordDisputeEnd& e) const { e.remedied = from.Flag("remedied"); }
  void operator()(review::CorrectRating& e) const {
    e.rating = NamedIn(from, "rating", RatingOf);
    e.stars = Small(from.Number("stars"));
  }
  void operator()(review::RecordAttempt& e) const {
    e.channel = NamedIn(from, "contact_channel", ContactChannelOf);
    e.reached = from.Flag("reached");
  }
  void operator()(review::MakeOffer& e) const {
    e.offer = {NamedIn(from, "offer", OfferKindOf), Amount()};
    e.unconditional = from.Flag("unconditional");
  }
  void operator()(review::ReviewRevised& e) const { e.rating = NamedIn(from, "rating", RatingOf); }
  void operator()(review::DeadlineReached& e) const { e.number = from.Number("number"); }
  template <class Other>
  void operator()(Other&) const {}

 private:
  std::int64_t Amount() const { return AmountIn(from); }
};

template <class Events, std::size_t I = 0>
Events EventOf(std::string_view name, const RecordedMembers& members) {
  if constexpr (I == std::variant_size_v<Events>) {
    Unreadable("event " + std::string(name));
  } else {
    using Event = std::variant_alternative_t<I, Events>;
    if (name != Event::kName) return EventOf<Events, I + 1>(name, members);
    Event event;
    Reading{members}(event);
    return event;
  }
}

CaseId CaseIn(const RecordedMembers& members, std::string_view name) {
  return IdOf<CaseId>(members.OptionalText(name));
}

OpenDispute DisputeOpeningOf(const RecordedMembers& members) {
  OpenDispute open;
  open.channel = NamedIn(members, "channel", ChannelOf);
  open.reason = members.Text("reason");
  open.platform_complaint_id = members.OptionalText("platform_complaint_id");
  open.refund = CaseIn(members, kRefundMember);
  open.review = CaseIn(members, kReviewMember);
  if (members.Has("worth_minor")) open.worth = AmountIn(members, "worth_minor");
  open.repeats = CaseIn(members, kRepeatsMember);
  ReadFixed(members, open.number, open.line);
  return open;
}

OpenReview ReviewOpeningOf(const RecordedMembers& members) {
  OpenReview open;
  open.stars = Small(members.Number("stars"));
  open.rating = NamedIn(members, "rating", RatingOf);
  open.reviewed_at = members.Number("reviewed_at_us");
  open.revision_possible = members.Flag("revision_possible");
  open.reason = members.OptionalText("reason");
  open.platform_review_id = members.OptionalText("platform_review_id");
  ReadFixed(members, open.number, open.line);
  return open;
}

OpenCase RefundOpeningOf(const RecordedMembers& members) {
  OpenCase open;
  open.amount_asked = AmountIn(members);
  open.quantity = Small(members.Number("quantity"));
  open.variant = VariantOf(members.Text("variant"));
  open.reason = members.Text("reason");
  open.platform_refund_id = members.OptionalText("platform_refund_id");
  open.dispute = CaseIn(members, kDisputeMember);
  open.repeats = CaseIn(members, kRepeatsMember);
  ReadFixed(members, open.number, open.line);
  open.currency = open.line.currency;
  return open;
}

TaskReport ReportOf(const RecordedMembers& members) {
  const std::string kind = members.Text("report");
  if (kind == "received") return GoodsReceived{Small(members.Number("quantity"))};
  if (kind == "inspected") {
    return GoodsInspected{Small(members.Number("quantity")), members.OptionalText("reason")};
  }
  if (kind == "failed") return WorkFailed{members.OptionalText("reason")};
  if (kind == "shipped") {
    return GoodsShipped{members.Text("carrier"), members.Text("tracking_number")};
  }
  if (kind == "packed") return GoodsPacked{};
  if (kind == "intercepted") return ParcelIntercepted{members.Flag("caught")};
  Unreadable("report " + kind);
}

}  // namespace

void ReadFixed(const RecordedMembers& members, std::uint64_t& number, LineFacts& line) {
  if (!members.Has("case_number")) return;  // written before these were
  number = static_cast<std::uint64_t>(members.Number("case_number"));
  line.order = IdOf<OrderId>(members.Text("order_id"));
  line.line = IdOf<LineId>(members.Text("line_id"));
  line.customer = IdOf<CustomerId>(members.Text("customer_id"));
  line.currency = members.Text("currency_code");
  line.paid_at = members.Number("order_paid_at_us");
  line.platform = members.OptionalText("platform");
}

RecordedMembers::RecordedMembers(std::string_view json) {
  Scanner scanner(json);
  scanner.Expect('{');
  if (!scanner.Skip('}')) {
    do {
      Member member;
      member.name = scanner.TakeText();
      scanner.Expect(':');
      member.written = scanner.TakeValue();
      members_.push_back(std::move(member));
    } while (scanner.Skip(','));
    scanner.Expect('}');
  }
  if (!scanner.AtEnd()) Unreadable("text behind its end");
}

const RecordedMembers::Member* RecordedMembers::Find(std::string_view name) const {
  const auto found = std::find_if(members_.begin(), members_.end(),
                                  [&](const Member& member) { return member.name == name; });
  return found == members_.end() ? nullptr : &*found;
}

const RecordedMembers::Member& RecordedMembers::At(std::string_view name) const {
  const Member* member = Find(name);
  if (member == nullptr) Unreadable("no member " + std::string(name));
  return *member;
}

std::string RecordedMembers::Text(std::string_view name) const {
  return Scanner(At(name).written).TakeText();
}

std::int64_t RecordedMembers::Number(std::string_view name) const {
  const std::string& written = At(name).written;
  std::int64_t number = 0;
  const char* end = written.data() + written.size();
  const auto read = std::from_chars(written.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) Unreadable("number " + written);
  return number;
}

bool RecordedMembers::Flag(std::string_view name) const {
  const std::string& written = At(name).written;
  if (written != "true" && written != "false") Unreadable("neither true nor false: " + written);
  return written == "true";
}

std::string RecordedMembers::DetailsFrom(std::size_t place) const {
  std::string details;
  for (; place < members_.size(); ++place) {
    const Member& member = members_[place];
    if (member.name == kAsks || member.name == kJoinsMember) continue;
    if (!details.empty()) details.push_back(',');
    details += "\"" + member.name + "\":" + member.written;
  }
  return details;
}

CaseEvent EventOf(std::string_view kind, std::string_view name, const RecordedMembers& members) {
  if (kind == kRefundKind) return EventOf<refund::RefundEvent>(name, members);
  if (kind == kDisputeKind) return EventOf<dispute::DisputeEvent>(name, members);
  if (kind == kReviewKind) return EventOf<review::ReviewEvent>(name, members);
  Unreadable("kind " + std::string(kind));
}

CommandBody OpeningOf(const RecordedMembers& members) {
  // Refunds were there before there were kinds.
  const std::string kind = members.OptionalText("kind");
  if (kind == kDisputeKind) return DisputeOpeningOf(members);
  if (kind == kReviewKind) return ReviewOpeningOf(members);
  return RefundOpeningOf(members);
}

CommandBody BodyOf(const Step& step, const Case& after) {
  const RecordedMembers members(step.event_json);
  if (step.event == kOpenEvent) return OpeningOf(members);
  if (step.event == kAssignEvent) return AssignTo{IdOf<AccountId>(members.Text("assignee_id"))};
  if (step.event == kWarningEvent) return WarnSupervisor{members.Number("number")};
  if (step.event == kPlatformDeadlineEvent) {
    return PlatformDeadline{members.Number("due_at_us")};
  }
  if (step.event == kMarkNotReturnableEvent) return MarkNotReturnable{members.Text("reason")};
  if (step.event == kCallPersonEvent) {
    return CallPerson{after.queue, members.Text("reason"), members.DetailsFrom(1)};
  }
  if (step.event == kOfferCompensationEvent) return RecordedOffer(members);
  if (const CompensationAct* act = FindAct(step.event)) return RecordedMove(*act, members);
  if (members.Has("report")) {
    return ReportOnTask{IdOf<TaskId>(members.Text("task_id")), step.request_id, ReportOf(members)};
  }
  FireEvent fire{EventOf(KindOf(after), step.event, members), {}};
  fire.beside.open = CaseIn(members, kJoinsMember);
  const RecordedMembers decided("{" + MembersOf(fire.event) + "}");
  fire.details = members.DetailsFrom(decided.size());
  return fire;
}

}  // namespace redress::aftersales
