#include "tests/model/script.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <type_traits>
#include <vector>

#include "clients/cli/program.h"

namespace redress::model {
namespace {

const std::string kRefundVariable = "\"$REFUND\"";
const std::string kDisputeVariable = "\"$DISPUTE\"";

std::string Dashed(std::string_view name) {
  std::string dashed(name);
  std::replace(dashed.begin(), dashed.end(), '_', '-');
  return dashed;
}

// What goods reports are called where a warehouse makes them.
const std::map<std::string_view, std::string>& Reports() {
  static const std::map<std::string_view, std::string> reports{
      {refund::ReceiveGoods::kName, "received \"$INBOUND\" --quantity 1"},
      {refund::PassInspection::kName, "inspected \"$INBOUND\" --quantity-good 1"},
      {refund::FailInspection::kName, "inspected \"$INBOUND\" --quantity-good 0 --reason worn"},
      {refund::SendGoodsBack::kName, "shipped \"$SEND_BACK\" --carrier SF --tracking-number SF2"},
      {refund::ShipReplacement::kName, "shipped \"$OUTBOUND\" --carrier SF --tracking-number SF3"}};
  return reports;
}

// The fields of an event as options.
struct Options {
  std::string operator()(const refund::Approve& e) const { return OfAmount(e); }
  std::string operator()(const refund::AcceptPartialOffer& e) const { return OfAmount(e); }
  std::string operator()(const refund::ConvertToRefund& e) const { return OfAmount(e); }
  std::string operator()(const refund::PlatformSucceeded& e) const { return OfAmount(e); }
  std::string operator()(const dispute::PlatformRuledForBuyer& e) const { return OfAmount(e); }
  std::string operator()(const dispute::RuleForBuyer& e) const { return OfAmount(e); }
  std::string operator()(const refund::RuleForBuyer& e) const {
    return OfAmount(e) + (e.remedy == refund::Remedy::kReplacement ? " --remedy replacement" : "");
  }
  std::string operator()(const refund::Reject&) const { return " --reason worn"; }
  std::string operator()(const refund::ShipReturn& e) const {
    return " --carrier " + e.carrier + " --tracking-number " + e.tracking;
  }
  std::string operator()(const refund::RecordFollowUp& e) const {
    return " --score " + std::to_string(e.score);
  }
  std::string operator()(const dispute::AddEvidence&) const { return " --kind photo"; }
  std::string operator()(const dispute::ProposeOptions& e) const {
    return " --refund " + Amount(e.options.refund) + " --replacement true --other true";
  }
  std::string operator()(const dispute::AcceptOption& e) const {
    if (e.option == dispute::OptionKind::kRefund) return " --option refund";
    return e.option == dispute::OptionKind::kReplacement ? " --option replacement"
                                                         : " --option other";
  }
  std::string operator()(const dispute::Resolve& e) const {
    return " --root-cause " + e.root_cause + " --measure " + e.measure;
  }
  template <class Other>
  std::string operator()(const Other&) const {
    return "";
  }

 private:
  template <class Event>
  static std::string OfAmount(const Event& e) {
    return " --amount " + Amount(e.amount);
  }
};

// Nobody says so on the command line: the program finds it out by itself.
bool IsOwn(std::string_view name) {
  return name == refund::DeadlineReached::kName || name == refund::EndDispute::kName ||
         name == refund::JoinDispute::kName || name == dispute::RecordRefundGiven::kName ||
         name == dispute::RecordRefundEnded::kName ||
         name == refund::RecordSettlementFailed::kName ||
         name == refund::RecordOrderShipped::kName || name == refund::PassInspectionInPart::kName;
}

}  // namespace

std::string Amount(std::int64_t minor) {
  return std::to_string(minor / 100) + "." + std::to_string(minor % 100 / 10) +
         std::to_string(minor % 10);
}

std::string PaymentLine(std::string_view result) {
  const std::string line = "redress settlement record " + kRefundVariable + " " +
                           std::string(result) + " --attempts \"$ATTEMPTS\"";
  return result == "settled" ? line + " --payment-reference P1" : line + " --reason timeout";
}

std::string ScriptLine(const Event& event) {
  const bool is_refund = std::holds_alternative<refund::RefundEvent>(event);
  const std::string_view name = std::visit([](const auto& own) { return NameOf(own); }, event);
  const std::string& which = is_refund ? kRefundVariable : kDisputeVariable;
  if (IsOwn(name)) return "# " + Dashed(name) + " on " + which;
  if (is_refund) {
    const auto report = Reports().find(name);
    if (report != Reports().end()) return "redress warehouse report " + report->second;
    if (name == refund::RecordSettled::kName) return PaymentLine("settled");
    if (name == refund::RecordSettlementUnknown::kName) return PaymentLine("unknown");
    if (name == refund::ReconcileSettlement::kName) return PaymentLine("settled");
  }
  const std::string options =
      std::visit([](const auto& own) { return std::visit(Options{}, own); }, event);
  return std::string("redress ") + (is_refund ? "case" : "dispute") + " apply " + which + " " +
         Dashed(name) + options;
}

std::string Told(const Violation& violation) {
  std::string text = violation.what;
  for (const std::string& line : violation.script) text += "\n  " + line;
  return text;
}

std::string Complaint(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream in(line);
  for (std::string word; in >> word;) words.push_back(word.starts_with("\"$") ? "12" : word);
  EXPECT_EQ(words.at(0), "redress");
  words.erase(words.begin());
  words.insert(words.begin(), {"--state", "/nonexistent"});
  std::istringstream nothing;
  std::ostringstream out;
  std::ostringstream err;
  cli::Run(words, {nothing, out, err});
  return err.str();
}

}  // namespace redress::model
