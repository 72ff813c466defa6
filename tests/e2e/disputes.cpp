#include "tests/e2e/disputes.h"

#include <array>
#include <stdexcept>
#include <utility>

namespace redress::e2e {
namespace {

using Event = aftersales::DisputeEvent;

// The states of an agreement in their order, each with the event that leads on from it.
const std::array<std::pair<std::string, void (*)(Event&)>, 7> kWay = {{
    {"Opened", [](Event& event) { event.mutable_record_contact(); }},
    {"Contacted", [](Event& event) { event.mutable_begin_investigation(); }},
    {"Investigating",
     [](Event& event) {
       event.mutable_propose_options()->set_refund_minor(kOffered);
       event.mutable_propose_options()->set_replacement(true);
     }},
    {"Proposed", [](Event& event) { event.mutable_present_options(); }},
    {"AwaitingBuyer",
     [](Event& event) {
       event.mutable_accept_option()->set_option(aftersales::DISPUTE_OPTION_REFUND);
     }},
    {"Executing", [](Event& event) { event.mutable_record_execution(); }},
    {"CauseReview",
     [](Event& event) {
       event.mutable_resolve()->set_root_cause("late_delivery");
       event.mutable_resolve()->set_measure("another carrier");
     }},
}};

}  // namespace

aftersales::Case OpenDispute(Shop& shop, const order::Order& order) {
  aftersales::OpenDisputeRequest request;
  request.set_order_id(order.order_id());
  request.set_channel(aftersales::DISPUTE_CHANNEL_DELIVERY_FAULT);
  request.set_reason("not_delivered");
  request.set_text("一直没收到，我的电话是13800138000");
  return shop.As("agent").Call<aftersales::OpenDisputeResponse>(std::move(request)).case_();
}

aftersales::Case ApplyToDispute(Shop& shop, const std::string& role, const std::string& case_id,
                                const std::function<void(Event&)>& set) {
  aftersales::ApplyStepRequest request;
  request.set_case_id(case_id);
  request.set_version(shop.Get(case_id).version());
  set(*request.mutable_dispute());
  return shop.As(role).Call<aftersales::ApplyStepResponse>(std::move(request)).case_();
}

std::string BringDisputeTo(Shop& shop, const std::string& state) {
  const std::string id = OpenDispute(shop, shop.PushOrder()).case_id();
  const auto apply = [&](void (*set)(Event&)) { ApplyToDispute(shop, "agent", id, set); };
  if (state == "Arbitration") {
    ApplyToDispute(shop, "integration", id,
                   [](auto& event) { event.mutable_platform_intervened(); });
    return id;
  }
  for (const auto& [from, on] : kWay) {
    const std::string now = shop.Get(id).state();
    if (now == state) return id;
    if (now != from) throw std::runtime_error("dispute " + id + " is " + now + ", not " + from);
    if (from == "Investigating") {
      apply([](auto& event) { event.mutable_add_evidence()->set_kind("chat"); });
    }
    apply(on);
  }
  if (shop.Get(id).state() != state) throw std::runtime_error("no way to " + state);
  return id;
}

}  // namespace redress::e2e
