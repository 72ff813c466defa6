#include "services/aftersales/domain/opening.h"

#include "services/aftersales/domain/event_json.h"
#include "services/aftersales/domain/machine_refusal.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/money.h"
#include "workflows/dispute/dispute.h"
#include "workflows/refund/questions.h"
#include "workflows/refund/refund.h"
#include "workflows/review/review.h"

namespace redress::aftersales {

using platform::Code;
using platform::Refusal;

namespace {

// A case that pays nothing itself, of no kind yet. `prefix` goes before the platform's id.
template <class Opening>
Case PackedCaseToOpen(const Command& command, const Opening& open, std::string_view prefix,
                      const std::string& platform_id) {
  Case opened;
  opened.shop = command.shop;
  opened.id = command.case_id;
  opened.number = open.number;
  opened.order = open.line.order;
  opened.line = open.line.line;
  opened.customer = open.line.customer;
  opened.currency = open.line.currency;
  opened.reason = open.reason;
  if (!platform_id.empty()) opened.platform_refund_id = std::string(prefix) + platform_id;
  opened.order_paid_at = open.line.paid_at;
  opened.platform = open.line.platform;
  return opened;
}

}  // namespace

void AddFixedMembers(std::string& members, const Case& opened) {
  // Only a replay has no number: of a history that was begun before these were recorded.
  if (opened.number == 0) return;
  AddMember(members, "case_number", static_cast<std::int64_t>(opened.number));
  AddMember(members, "order_id", platform::ToString(opened.order));
  AddMember(members, "line_id", platform::ToString(opened.line));
  AddMember(members, "customer_id", platform::ToString(opened.customer));
  AddMember(members, "currency_code", opened.currency);
  AddMember(members, "order_paid_at_us", opened.order_paid_at);
  if (!opened.platform.empty()) AddMember(members, "platform", opened.platform);
}

void CheckRepeats(const Case& earlier, OrderId order, LineId line) {
  if (earlier.order != order || earlier.line != line) {
    throw Refusal(Code::kFailedPrecondition, "REPEATS_ANOTHER",
                  "The earlier case is about something else; name one about the same order line.")
        .With("expected", "a case about line " + platform::ToString(line))
        .With("found", "one about line " + platform::ToString(earlier.line));
  }
  if (!earlier.final) {
    throw Refusal(Code::kFailedPrecondition, "REPEATS_OPEN_CASE",
                  "The earlier case has not ended; go on with it.")
        .With("expected", "a case that has ended")
        .With("found", "state " + earlier.state);
  }
}

void CheckOpening(const OpenCase& open, const LedgerRow& line) {
  if (line.order_paid_at == 0) {
    throw Refusal(Code::kFailedPrecondition, "ORDER_NOT_PAID",
                  "The order is not paid; there is nothing to refund.")
        .With("expected", "a paid order")
        .With("found", "an unpaid one");
  }
  if (open.currency != line.currency) {
    throw Refusal(Code::kFailedPrecondition, "CURRENCY_MISMATCH",
                  "The line was paid in " + line.currency + "; ask in that currency.")
        .With("expected", line.currency)
        .With("found", open.currency);
  }
  if (!workflows::refund::FitsLine(open.variant, line.Facts())) {
    throw Refusal(Code::kFailedPrecondition, "VARIANT_NOT_FOR_LINE",
                  line.postage ? "This is the order's postage line; ask for postage."
                               : "Postage is a line of its own; name the order's postage line.")
        .With("expected", line.postage ? "postage" : "any variant but postage")
        .With("found", "variant " + std::to_string(static_cast<int>(open.variant)));
  }
  if (open.quantity > line.quantity) {
    throw Refusal(Code::kFailedPrecondition, "QUANTITY_OUT_OF_RANGE",
                  "Only " + std::to_string(line.quantity) +
                      " units were bought on this line; ask for at most that many.")
        .With("expected", "quantity from 1 to " + std::to_string(line.quantity))
        .With("found", std::to_string(open.quantity));
  }
  const std::int64_t left = line.Facts().Remaining();
  if (left <= 0 && open.amount_asked > 0) {
    throw NothingOwed(line).With("found", std::to_string(open.amount_asked));
  }
  if (open.amount_asked > left) {
    throw Refusal(Code::kFailedPrecondition, "ABOVE_LINE_CEILING",
                  "Only " + platform::ToString(platform::Money{line.currency, left}) +
                      " is left of what was paid for this line; ask for at most that.")
        .With("expected", "amount at most " + std::to_string(left))
        .With("found", std::to_string(open.amount_asked))
        .With("left", std::to_string(left));
  }
}

Case CaseToOpen(const Command& command, const OpenCase& open, const LedgerRow& line) {
  Case opened;
  opened.shop = command.shop;
  opened.id = command.case_id;
  opened.number = open.number;
  opened.order = line.order;
  opened.line = line.line;
  opened.customer = line.customer;
  opened.currency = line.currency;
  opened.reason = open.reason;
  opened.platform_refund_id = open.platform_refund_id;
  opened.order_paid_at = line.order_paid_at;
  opened.platform = open.line.platform;
  opened.state = workflows::refund::kInitialState;
  opened.Refund().variant = open.variant;
  opened.Refund().amount_asked = open.amount_asked;
  opened.Refund().quantity = open.quantity;
  opened.Refund().dispute = open.dispute.value;
  return opened;
}

std::string MembersOf(const OpenCase& open, const Case& opened) {
  std::string members =
      MembersOf(workflows::refund::ReviseRequest{open.amount_asked, open.quantity, open.variant});
  AddMember(members, "reason", open.reason);
  if (!open.platform_refund_id.empty()) {
    AddMember(members, "platform_refund_id", open.platform_refund_id);
  }
  AddCase(members, kDisputeMember, open.dispute);
  AddCase(members, kRepeatsMember, open.repeats);
  AddFixedMembers(members, opened);
  return members;
}

Case CaseToOpen(const Command& command, const OpenDispute& open) {
  Case opened = PackedCaseToOpen(command, open, kComplaintPrefix, open.platform_complaint_id);
  opened.state = workflows::dispute::kInitialState;
  auto& progress = opened.progress.emplace<workflows::dispute::DisputeProgress>();
  progress.channel = open.channel;
  progress.refund = open.refund.value;
  progress.worth = open.worth;
  progress.review = open.review.value;
  return opened;
}

std::string MembersOf(const OpenDispute& open, const Case& opened) {
  std::string members;
  AddMember(members, "kind", kDisputeKind);
  AddMember(members, "channel", NameOf(open.channel));
  AddMember(members, "reason", open.reason);
  if (!open.platform_complaint_id.empty()) {
    AddMember(members, "platform_complaint_id", open.platform_complaint_id);
  }
  AddCase(members, kRefundMember, open.refund);
  if (open.worth != 0) AddMember(members, "worth_minor", open.worth);
  AddCase(members, kReviewMember, open.review);
  AddCase(members, kRepeatsMember, open.repeats);
  AddFixedMembers(members, opened);
  return members;
}

Case CaseToOpen(const Command& command, const OpenReview& open) {
  Case opened = PackedCaseToOpen(command, open, kReviewPrefix, open.platform_review_id);
  opened.state = workflows::review::kInitialState;
  auto& progress = opened.progress.emplace<workflows::review::ReviewProgress>();
  progress.stars = open.stars;
  progress.rating = open.rating;
  progress.rating_now = open.rating;
  progress.reviewed_at = open.reviewed_at;
  progress.revision_possible = open.revision_possible;
  return opened;
}

std::string MembersOf(const OpenReview& open, const Case& opened) {
  std::string members;
  AddMember(members, "kind", kReviewKind);
  AddMember(members, "stars", std::int64_t{open.stars});
  AddMember(members, "rating", NameOf(open.rating));
  AddMember(members, "reviewed_at_us", open.reviewed_at);
  AddMember(members, "revision_possible", open.revision_possible);
  if (!open.reason.empty()) AddMember(members, "reason", open.reason);
  if (!open.platform_review_id.empty()) {
    AddMember(members, "platform_review_id", open.platform_review_id);
  }
  AddFixedMembers(members, opened);
  return members;
}

}  // namespace redress::aftersales
