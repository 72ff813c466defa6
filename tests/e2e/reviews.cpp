#include "tests/e2e/reviews.h"

#include <map>
#include <stdexcept>
#include <vector>

namespace redress::e2e {
namespace {

using Event = aftersales::ReviewEvent;

struct Stop {
  std::string state;               // from where
  std::function<void(Event&)> on;  // what leads on
};

const std::vector<Stop>& GenuineWay() {
  static const std::vector<Stop> way{
      {"Detected", [](Event& event) { event.mutable_judge_genuine(); }},
      {"Contacting",
       [](Event& event) {
         event.mutable_record_attempt()->set_contact_channel(aftersales::CONTACT_CHANNEL_CHAT);
         event.mutable_record_attempt()->set_reached(true);
       }},
      {"Negotiating",
       [](Event& event) {
         event.mutable_make_offer()->set_offer(aftersales::REVIEW_OFFER_COMPENSATION);
         event.mutable_make_offer()->set_amount_minor(kCompensation);
         event.mutable_make_offer()->set_unconditional(true);
       }},
      {"Offered", [](Event& event) { event.mutable_accept_offer(); }},
      {"Agreed", [](Event& event) { event.mutable_record_fulfilment(); }},
      {"AwaitingRevision", [](Event& event) { event.mutable_record_refusal(); }},
      {"Replying", [](Event& event) { event.mutable_publish_reply(); }},
  };
  return way;
}

const std::vector<Stop>& MaliciousWay() {
  static const std::vector<Stop> way{
      {"Detected", [](Event& event) { event.mutable_judge_malicious(); }},
      {"CollectingEvidence", [](Event& event) { event.mutable_file_report(); }},
  };
  return way;
}

const std::vector<Stop>& RevealedWay() {
  static const std::vector<Stop> way{
      {"Detected",
       [](Event& event) {
         event.mutable_reveal_fault()->set_fault(aftersales::REVIEW_FAULT_DELIVERY);
       }},
  };
  return way;
}

const std::vector<Stop>& WayTo(const std::string& state) {
  if (state == "CollectingEvidence" || state == "Reported") return MaliciousWay();
  return state == "InDispute" ? RevealedWay() : GenuineWay();
}

}  // namespace

aftersales::Case OpenReview(Shop& shop, const order::Order& order) {
  aftersales::OpenReviewRequest request;
  request.set_order_id(order.order_id());
  request.set_stars(2);
  request.mutable_review_time()->set_seconds(shop.stack().NowUs() / 1'000'000 - 60);
  request.set_reason("quality");
  request.set_text("用了两天就坏了，我的电话是13800138000");
  return shop.As("agent").Call<aftersales::OpenReviewResponse>(std::move(request)).case_();
}

aftersales::Case ApplyToReview(Shop& shop, const std::string& role, const std::string& case_id,
                               const std::function<void(Event&)>& set) {
  aftersales::ApplyStepRequest request;
  request.set_case_id(case_id);
  request.set_version(shop.Get(case_id).version());
  set(*request.mutable_review());
  const bool speaks = request.review().has_make_offer() || request.review().has_publish_reply();
  if (speaks) request.set_text("为商品的问题向您致歉，与评价无关");
  return shop.As(role).Call<aftersales::ApplyStepResponse>(std::move(request)).case_();
}

std::string BringReviewTo(Shop& shop, const std::string& state) {
  const std::string id = OpenReview(shop, shop.PushOrderOfNewBuyer()).case_id();
  const bool malicious = &WayTo(state) == &MaliciousWay();
  for (const Stop& stop : WayTo(state)) {
    const std::string now = shop.Get(id).state();
    if (now == state) return id;
    if (now != stop.state) throw std::runtime_error("review " + id + " is " + now);
    if (malicious && now == "Detected") {
      ApplyToReview(shop, "agent", id,
                    [](auto& event) { event.mutable_add_evidence()->set_kind("chat"); });
    }
    ApplyToReview(shop, "agent", id, stop.on);
  }
  if (shop.Get(id).state() != state) throw std::runtime_error("no way to " + state);
  return id;
}

}  // namespace redress::e2e
