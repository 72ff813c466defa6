#include <algorithm>
#include <type_traits>
#include <utility>

#include "tests/model/linked_model.h"

namespace redress::model {
namespace {

// What tells nodes apart, as bytes; what only counts, or what nothing reads again, is left out.
class Key {
 public:
  template <class Number>
  Key& operator<<(Number number)
    requires std::is_integral_v<Number> || std::is_enum_v<Number>
  {
    bytes_.push_back(static_cast<char>(static_cast<std::int64_t>(number) & 0xff));
    return *this;
  }
  Key& operator<<(const std::string& text) {
    bytes_ += text;
    bytes_.push_back('\0');
    return *this;
  }
  Key& operator<<(const Mail& mail) {
    *this << mail.amount;
    if (!mail.event) return *this << std::string("open");
    const auto name = std::visit([](const auto& own) { return NameOf(own); }, *mail.event);
    *this << std::string(name);
    std::visit([&](const auto& own) { std::visit([&](const auto& e) { AddAmount(e); }, own); },
               *mail.event);
    return *this;
  }
  template <class Mails>
  Key& AddAll(const Mails& mails) {
    for (const Mail& mail : mails) *this << mail;
    return *this << '|';
  }
  std::string Take() { return std::move(bytes_); }

 private:
  void AddAmount(const refund::RuleForBuyer& e) { *this << e.amount << e.remedy; }
  void AddAmount(const refund::JoinDispute& e) { *this << e.amount; }
  void AddAmount(const dispute::RecordRefundGiven& e) { *this << e.amount; }
  template <class Other>
  void AddAmount(const Other&) {}

  std::string bytes_;
};

void AddRefund(Key& key, const Node& n) {
  const refund::RefundProgress& r = n.refund;
  key << n.refund_state << r.dispute << n.line.settled << n.line.reserved << n.disputes;
  // Nothing reads more of a case that has ended; what must be true of it was asked when it came.
  if (n.refund_state.empty() || refund::Describe().FindState(n.refund_state)->final) return;
  key << r.variant << r.amount_asked << r.approved_amount << r.approved_how << r.goods
      << (n.refund_state == "Disagreed" ? r.offered_amount : 0)
      << (n.refund_state == "SendingBack" ? r.ending : refund::Ending::kNone) << r.reserved_amount
      << r.settled_amount << r.shortfall << r.settled_by << r.settlement_unknown
      << r.platform_closed << r.replacement << r.interception << n.payments << n.escalated;
}

void AddDispute(Key& key, const Node& n) {
  const dispute::DisputeProgress& d = n.dispute;
  key << n.dispute_state;
  if (n.dispute_state.empty() || dispute::Describe().FindState(n.dispute_state)->final) return;
  const bool is_talked_about = n.dispute_state != "Executing" && n.dispute_state != "CauseReview" &&
                               n.dispute_state != "Arbitration";
  key << d.channel << d.refund << d.verdict << d.ruled_by_platform << d.remedy.kind
      << d.remedy.amount << d.executed;
  if (is_talked_about) key << std::min(d.evidence, 1) << d.rounds_declined;
}

}  // namespace

std::string KeyOf(const Node& n) {
  Key key;
  key << n.refused;
  AddRefund(key, n);
  AddDispute(key, n);
  key.AddAll(n.to_dispute).AddAll(n.to_refund);
  key.AddAll(n.repeat_to_dispute ? std::vector<Mail>{*n.repeat_to_dispute} : std::vector<Mail>{});
  key.AddAll(n.repeat_to_refund ? std::vector<Mail>{*n.repeat_to_refund} : std::vector<Mail>{});
  return key.Take();
}

}  // namespace redress::model
