#include "tests/e2e/histories/work.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "clients/cpp/call_error.h"
#include "tests/e2e/linked.h"

namespace redress::e2e {
namespace {

constexpr int kClients = 12;
constexpr int kMostSteps = 100;  // of one case at a stretch
constexpr std::int64_t kMostRefunded = 20'00;

using aftersales::Case;
using Apply = aftersales::ApplyStepRequest;

// A step by this role, on the version that was seen.
Deed Step(Shop& shop, const std::string& role, const Case& of,
          const std::function<void(Apply&)>& set) {
  Apply request;
  request.set_case_id(of.case_id());
  request.set_version(of.version());
  set(request);
  return [&shop, role, request] {
    return shop.As(role).Call<aftersales::ApplyStepResponse>(request).case_();
  };
}

Deed Report(Shop& shop, const Case& of, const std::string& name,
            const std::function<void(aftersales::ReportTaskRequest&, int)>& set) {
  return [&shop, id = of.case_id(), name, set] {
    const aftersales::WarehouseTask task = shop.Claim(id);
    aftersales::ReportTaskRequest report;
    report.set_task_id(task.task_id());
    report.set_wms_reference(name + ":" + id);
    set(report, task.quantity());
    shop.As("warehouse").Call<aftersales::ReportTaskResponse>(report);
    return shop.Get(id);
  };
}

void PayFirstAttempt(Shop& shop, const std::string& case_id) {
  aftersales::RecordSettlementResultRequest request;
  request.set_case_id(case_id);
  request.set_result(aftersales::SETTLEMENT_STATE_SETTLED);
  request.set_payment_reference("bank:" + case_id);
  request.set_attempts(1);
  shop.As("finance").Call<aftersales::RecordSettlementResultResponse>(request);
}

// ---- refunds ------------------------------------------------------------------------------------

Deed NextOf(Shop& shop, const PlannedRefund& plan, const Case& now) {
  const std::string& state = now.state();
  if (state == "Requested" && !plan.rejected_for.empty()) {
    return Step(shop, "agent", now, [&](Apply& apply) {
      apply.mutable_refund()->mutable_reject()->set_reason(plan.rejected_for);
    });
  }
  if (state == "Requested") {
    return Step(shop, "agent", now, [&](Apply& apply) {
      apply.mutable_refund()->mutable_approve()->set_amount_minor(plan.amount);
    });
  }
  if (state == "PendingApproval") {
    return Step(shop, "supervisor", now,
                [](Apply& apply) { apply.mutable_refund()->mutable_approve_large(); });
  }
  if (state == "AwaitingReturn") {
    return Step(shop, "agent", now, [&](Apply& apply) {
      auto& parcel = *apply.mutable_refund()->mutable_ship_return();
      parcel.set_carrier("DHL");
      parcel.set_tracking_number("T" + now.case_id());
    });
  }
  if (state == "Returning") {
    return Report(shop, now, "received",
                  [](auto& report, int all) { report.mutable_received()->set_quantity(all); });
  }
  if (state == "Inspecting") {
    return Report(shop, now, "inspected", [](auto& report, int all) {
      report.mutable_inspected()->set_quantity_good(all);
    });
  }
  if (state == "Settling") {
    return [&shop, id = now.case_id()] {
      PayFirstAttempt(shop, id);
      return shop.Get(id);
    };
  }
  return {};  // rejected, or followed up: by its clock
}

// ---- disputes -----------------------------------------------------------------------------------

// The refund that the dispute came to is opened and granted by itself.
Deed GiveByRefund(Shop& shop, const Case& dispute) {
  return [&shop, id = dispute.case_id()] {
    const std::string refund = AwaitLinked(shop, id, aftersales::CASE_RELATION_REMEDY).case_id();
    AwaitState(shop, refund, "Settling");
    PayFirstAttempt(shop, refund);
    return AwaitState(shop, id, "CauseReview");
  };
}

bool IsOver(DisputeWay way) {
  return way == DisputeWay::kRuledForBuyer || way == DisputeWay::kRuledForShop;
}

void SetDispute(const PlannedDispute& plan, const Case& now, aftersales::DisputeEvent& event) {
  const std::string& state = now.state();
  if (state == "Opened") {
    event.mutable_record_contact();
  } else if (state == "Contacted") {
    event.mutable_begin_investigation();
  } else if (state == "Investigating" && now.dispute().evidence() == 0) {
    event.mutable_add_evidence()->set_kind("tracking");
  } else if (state == "Investigating") {
    event.mutable_propose_options()->set_refund_minor(kMostRefunded / 4);
    event.mutable_propose_options()->set_compensation_minor(kMostRefunded / 8);
    event.mutable_propose_options()->set_other(true);
  } else if (state == "Proposed") {
    event.mutable_present_options();
  } else if (state == "AwaitingBuyer" && IsOver(plan.way)) {
    event.mutable_decline_options();
  } else if (state == "AwaitingBuyer") {
    event.mutable_accept_option()->set_option(plan.way == DisputeWay::kRefund
                                                  ? aftersales::DISPUTE_OPTION_REFUND
                                                  : aftersales::DISPUTE_OPTION_COMPENSATION);
  } else if (state == "Arbitration" && plan.way == DisputeWay::kRuledForShop) {
    event.mutable_rule_for_shop();
  } else if (state == "Arbitration") {
    event.mutable_rule_for_buyer()->set_amount_minor(0);
  } else if (state == "Executing") {
    event.mutable_record_execution();
  } else if (state == "CauseReview") {
    event.mutable_resolve()->set_root_cause("late_delivery");
    event.mutable_resolve()->set_measure("another carrier");
  } else {
    throw std::runtime_error("no way on for a dispute in " + state);
  }
}

Deed NextOf(Shop& shop, const PlannedDispute& plan, const Case& now) {
  const bool is_refunded = now.dispute().remedy() == aftersales::DISPUTE_OPTION_REFUND;
  if (now.state() == "Executing" && is_refunded && !now.line_id().empty()) {
    return GiveByRefund(shop, now);
  }
  return Step(shop, now.state() == "Arbitration" ? "supervisor" : "agent", now,
              [&](Apply& apply) { SetDispute(plan, now, *apply.mutable_dispute()); });
}

// ---- reviews ------------------------------------------------------------------------------------

bool IsMalicious(ReviewWay way) {
  return way == ReviewWay::kRemoved || way == ReviewWay::kTurnedDown;
}

void SetDetected(const PlannedReview& plan, const Case& now, aftersales::ReviewEvent& event) {
  if (IsMalicious(plan.way)) {
    if (now.review().evidence() == 0) {
      event.mutable_add_evidence()->set_kind("order");
    } else {
      event.mutable_judge_malicious();
    }
  } else if (plan.way == ReviewWay::kNoContact && !now.review().contact_refused()) {
    event.mutable_refuse_contact();
  } else {
    event.mutable_judge_genuine();
  }
}

void SetNegotiating(const PlannedReview& plan, aftersales::ReviewEvent& event) {
  if (plan.way == ReviewWay::kAgreed) {
    event.mutable_make_offer()->set_offer(aftersales::REVIEW_OFFER_COMPENSATION);
    event.mutable_make_offer()->set_amount_minor(kMostRefunded / 4);
    event.mutable_make_offer()->set_unconditional(true);
  } else if (plan.way == ReviewWay::kConcluded) {
    event.mutable_conclude_talks();
  } else {
    event.mutable_record_refusal();
  }
}

// Whether the agent has something to do; sets it.
bool SetReview(const PlannedReview& plan, const Case& now, aftersales::ReviewEvent& event) {
  const std::string& state = now.state();
  if (state == "Detected") {
    SetDetected(plan, now, event);
  } else if (state == "Contacting") {
    const bool is_tried = now.review().attempts_chat() > 0;
    if (is_tried) return false;  // unreachable: by its clock
    event.mutable_record_attempt()->set_contact_channel(aftersales::CONTACT_CHANNEL_CHAT);
    event.mutable_record_attempt()->set_reached(plan.way != ReviewWay::kUnreachable);
  } else if (state == "Negotiating") {
    SetNegotiating(plan, event);
  } else if (state == "Offered") {
    event.mutable_accept_offer();
  } else if (state == "Agreed") {
    event.mutable_record_fulfilment();
  } else if (state == "Replying") {
    event.mutable_publish_reply();
  } else if (state == "CollectingEvidence") {
    event.mutable_file_report();
  } else {
    return false;
  }
  return true;
}

// What the buyer or the platform does to the review, which the shop's sync tells; sets it.
bool SetReviewFact(const PlannedReview& plan, const Case& now, aftersales::ReviewEvent& event) {
  if (plan.way == ReviewWay::kRevised && now.state() == "Negotiating") {
    event.mutable_review_revised()->set_rating(aftersales::REVIEW_RATING_GOOD);
    return true;
  }
  if (now.state() != "Reported") return false;
  if (plan.way == ReviewWay::kRemoved) {
    event.mutable_review_removed();
  } else {
    event.mutable_report_turned_down();
  }
  return true;
}

Deed NextOf(Shop& shop, const PlannedReview& plan, const Case& now) {
  aftersales::ReviewEvent event;
  std::string role = "integration";
  if (!SetReviewFact(plan, now, event)) {
    role = "agent";
    if (!SetReview(plan, now, event)) return {};
  }
  return Step(shop, role, now, [&](Apply& apply) {
    *apply.mutable_review() = event;
    const bool speaks = event.has_make_offer() || event.has_publish_reply();
    if (speaks) apply.set_text("Pedimos desculpas pelo problema; nada pedimos em troca.");
  });
}

template <class Plan>
WorkedCase Worked(Shop& shop, const Plan& plan, const Case& opened) {
  return {opened.case_id(), [&shop, plan](const Case& now) { return NextOf(shop, plan, now); },
          false};
}

}  // namespace

void InParallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr first;
  const auto client = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        work(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!first) first = std::current_exception();
        next = count;
      }
    }
  };
  std::vector<std::thread> clients;
  clients.reserve(kClients);
  for (int i = 0; i < kClients; ++i) clients.emplace_back(client);
  for (std::thread& one : clients) one.join();
  if (first) std::rethrow_exception(first);
}

OrderBook::OrderBook(Shop& shop) {
  order::ListOrdersRequest list;
  list.set_page_size(200);
  do {
    auto page = shop.As("agent").Call<order::ListOrdersResponse>(list);
    list.set_page_token(page.next_page_token());
    for (order::Order& one : *page.mutable_orders()) {
      std::pair<std::string, std::string> key{one.platform(), one.order_number()};
      orders_.emplace(std::move(key), std::move(one));
    }
  } while (!list.page_token().empty());
}

const order::Order& OrderBook::Find(const PlannedSubject& subject) const {
  const auto found = orders_.find({subject.platform, subject.order_number});
  if (found == orders_.end()) throw std::runtime_error("no order " + subject.order_number);
  return found->second;
}

std::string OrderBook::LineOf(const PlannedSubject& subject) const {
  const order::Order& of = Find(subject);
  if (subject.line_number.empty()) return of.lines_size() == 1 ? of.lines(0).line_id() : "";
  for (const order::OrderLine& line : of.lines()) {
    if (line.line_number() == subject.line_number) return line.line_id();
  }
  throw std::runtime_error("no line " + subject.line_number + " of order " + subject.order_number);
}

WorkedCase Open(Shop& shop, const OrderBook& orders, const PlannedRefund& plan) {
  aftersales::OpenRefundRequest request;
  request.set_order_id(orders.Find(plan.subject).order_id());
  request.set_line_id(orders.LineOf(plan.subject));
  request.set_quantity(plan.quantity);
  request.mutable_amount_asked()->set_currency_code(plan.currency);
  request.mutable_amount_asked()->set_minor_units(plan.amount);
  request.set_variant(plan.returns_goods ? aftersales::REFUND_VARIANT_RETURN_AND_REFUND
                                         : aftersales::REFUND_VARIANT_REFUND_ONLY);
  request.set_reason("cancelled");
  return Worked(shop, plan, shop.As("agent").Call<aftersales::OpenRefundResponse>(request).case_());
}

WorkedCase Open(Shop& shop, const OrderBook& orders, const PlannedDispute& plan) {
  aftersales::OpenDisputeRequest request;
  request.set_order_id(orders.Find(plan.subject).order_id());
  if (plan.way == DisputeWay::kRefund) request.set_line_id(orders.LineOf(plan.subject));
  request.set_channel(aftersales::DISPUTE_CHANNEL_DELIVERY_FAULT);
  request.set_reason("late_delivery");
  return Worked(shop, plan,
                shop.As("agent").Call<aftersales::OpenDisputeResponse>(request).case_());
}

WorkedCase Open(Shop& shop, const OrderBook& orders, const PlannedReview& plan) {
  aftersales::OpenReviewRequest request;
  request.set_order_id(orders.Find(plan.subject).order_id());
  request.set_line_id(orders.LineOf(plan.subject));
  request.set_stars(plan.stars);
  request.mutable_review_time()->set_seconds(plan.written_s);
  request.set_text(plan.text);
  return Worked(shop, plan, shop.As("agent").Call<aftersales::OpenReviewResponse>(request).case_());
}

void GoOn(Shop& shop, WorkedCase& worked) {
  Case now = shop.Get(worked.id);
  for (int step = 0; step < kMostSteps && !now.final(); ++step) {
    const Deed deed = worked.way(now);
    if (!deed) return;
    try {
      now = deed();
    } catch (const client::CallError& error) {
      if (error.code() != grpc::StatusCode::ABORTED) {
        throw std::runtime_error(now.kind() + " " + worked.id + " in " + now.state() + ": " +
                                 error.Explanation());
      }
      now = shop.Get(worked.id);
    }
  }
  worked.final = now.final();
}

}  // namespace redress::e2e
