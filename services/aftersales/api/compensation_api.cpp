#include "services/aftersales/api/compensation_api.h"

#include "services/aftersales/api/answering.h"
#include "services/aftersales/api/mapping.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;
using platform::Code;
using platform::ParseId;
using platform::Refusal;

static_assert(static_cast<int>(CompensationKind::kCoupon) == v1::CompensationKind_MAX);
static_assert(static_cast<int>(CompensationState::kCancelled) == v1::CompensationState_MAX);

void ToProto(const Compensation& from, v1::Compensation& to) {
  to.set_case_id(platform::ToString(from.case_id));
  to.set_case_number(from.case_number);
  to.set_number(from.number);
  to.set_kind(static_cast<v1::CompensationKind>(from.kind));
  to.set_state(static_cast<v1::CompensationState>(from.state));
  SetMoney(from.currency, from.amount, *to.mutable_amount());
  to.set_reason(from.reason);
  to.set_version(from.version);
  to.set_offered_by_id(platform::ToString(from.offered_by));
  to.set_decided_by_id(platform::ToString(from.decided_by));
  to.set_taken_by_id(platform::ToString(from.taken_by));
  to.set_month(MonthText(from.month));
  to.set_payment_reference(from.payment_reference);
  to.set_why(from.why);
  to.set_order_id(platform::ToString(from.order));
  to.set_customer_id(platform::ToString(from.customer));
  SetTime(from.created_at, *to.mutable_create_time());
  SetTime(from.updated_at, *to.mutable_update_time());
}

// What of a request is sealed: never in a digest as it is.
template <class Request>
std::string TakeText(Request& request) {
  std::string text;
  if constexpr (requires { request.text(); }) {
    text = request.text();
    request.clear_text();
  } else if constexpr (requires { request.coupon_code(); }) {
    text = request.coupon_code();
    request.clear_coupon_code();
  }
  return text;
}

void FillResult(const v1::RecordCompensationResultRequest& request, MoveCompensation& move) {
  move.payment_reference = request.payment_reference();
  move.why = request.why();
  switch (request.result()) {
    case v1::COMPENSATION_STATE_GIVEN:
    case v1::COMPENSATION_STATE_FAILED:
    case v1::COMPENSATION_STATE_UNKNOWN:
      move.result = static_cast<CompensationState>(request.result());
      break;
    default:
      throw platform::InvalidField("result", "is no result; say given, failed or unknown");
  }
  if (move.result != CompensationState::kGiven && !request.coupon_code().empty()) {
    throw platform::InvalidField("coupon_code", "belongs to a coupon that was given; leave it out");
  }
}

aftersales::OfferCompensation OfferOf(const v1::OfferCompensationRequest& request) {
  aftersales::OfferCompensation offer;
  offer.kind = static_cast<CompensationKind>(request.kind());
  offer.amount = request.amount().minor_units();
  offer.currency = request.amount().currency_code();
  offer.reason = request.reason();
  if (offer.amount <= 0) {
    throw platform::InvalidField("amount", "is not above 0; say what it costs the shop");
  }
  return offer;
}

std::vector<std::string> NamesIn(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    const auto comma = list.find(',');
    names.emplace_back(list.substr(0, comma));
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
  return names;
}

}  // namespace

std::int32_t CompensationApi::MonthNow(const Call& call) const {
  const std::int64_t now_us = call.clock.NowUs();
  return MonthOfDay(uses_.directory.TimeZoneAt(call.caller.shop, now_us)->DayOf(now_us));
}

void CompensationApi::Apply(std::unique_ptr<Command> command, v1::Compensation& to) {
  const aftersales::Answer answer = uses_.engine.Apply(std::move(command));
  if (!answer.compensation) throw std::logic_error("no compensation answered");
  ToProto(*answer.compensation, to);
}

grpc::ServerUnaryReactor* CompensationApi::OfferCompensation(
    grpc::CallbackServerContext* context, const v1::OfferCompensationRequest* request,
    v1::OfferCompensationResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::OfferCompensationRequest& request,
             v1::OfferCompensationResponse& response) { Offer(call, request, response); });
}

void CompensationApi::Offer(const Call& call, const v1::OfferCompensationRequest& request,
                            v1::OfferCompensationResponse& response) {
  v1::OfferCompensationRequest plain = request;
  const std::string text = TakeText(plain);
  auto command = uses_.commands.Make(call, request.request_id(), plain, text);
  command->case_id = ParseId<CaseId>(request.case_id(), "case_id");
  aftersales::OfferCompensation offer = OfferOf(request);
  offer.month = MonthNow(call);
  command->body = std::move(offer);
  RequireVersion(*command, request.version());
  Apply(std::move(command), *response.mutable_compensation());
}

template <class Request, class Response>
grpc::ServerUnaryReactor* CompensationApi::Answer(grpc::CallbackServerContext* context,
                                                  const Request* request, Response* response,
                                                  CompensationAct act) {
  // Hashing a text may read the shop's key: not on gRPC's thread.
  return uses_.guard.Blocking(
      context, request, response,
      [this, act](const Call& call, const Request& request, Response& response) {
        MoveCompensation move;
        move.act = act;
        move.number = request.number();
        move.version = request.version();
        if constexpr (requires { request.result(); }) FillResult(request, move);
        Request plain = request;
        const std::string text = TakeText(plain);
        auto command = uses_.commands.Make(call, request.request_id(), plain, text);
        command->case_id = ParseId<CaseId>(request.case_id(), "case_id");
        command->body = std::move(move);
        Apply(std::move(command), *response.mutable_compensation());
      });
}

grpc::ServerUnaryReactor* CompensationApi::ApproveCompensation(
    grpc::CallbackServerContext* context, const v1::ApproveCompensationRequest* request,
    v1::ApproveCompensationResponse* response) {
  return Answer(context, request, response, CompensationAct::kApprove);
}

grpc::ServerUnaryReactor* CompensationApi::DeclineCompensation(
    grpc::CallbackServerContext* context, const v1::DeclineCompensationRequest* request,
    v1::DeclineCompensationResponse* response) {
  return Answer(context, request, response, CompensationAct::kDecline);
}

grpc::ServerUnaryReactor* CompensationApi::CancelCompensation(
    grpc::CallbackServerContext* context, const v1::CancelCompensationRequest* request,
    v1::CancelCompensationResponse* response) {
  return Answer(context, request, response, CompensationAct::kCancel);
}

grpc::ServerUnaryReactor* CompensationApi::BeginCompensation(
    grpc::CallbackServerContext* context, const v1::BeginCompensationRequest* request,
    v1::BeginCompensationResponse* response) {
  return Answer(context, request, response, CompensationAct::kBegin);
}

grpc::ServerUnaryReactor* CompensationApi::RecordCompensationResult(
    grpc::CallbackServerContext* context, const v1::RecordCompensationResultRequest* request,
    v1::RecordCompensationResultResponse* response) {
  return Answer(context, request, response, CompensationAct::kRecord);
}

grpc::ServerUnaryReactor* CompensationApi::ListCompensations(
    grpc::CallbackServerContext* context, const v1::ListCompensationsRequest* request,
    v1::ListCompensationsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::ListCompensationsRequest& request,
                                     v1::ListCompensationsResponse& response) {
                                if (request.case_id().empty()) return List(call, request, response);
                                ListOfCase(call, request, response);
                              });
}

void CompensationApi::List(const Call& call, const v1::ListCompensationsRequest& request,
                           v1::ListCompensationsResponse& response) {
  CompensationQuery query;
  query.shop = call.caller.shop;
  if (request.state() != v1::COMPENSATION_STATE_UNSPECIFIED) {
    query.state = static_cast<CompensationState>(request.state());
  }
  if (request.kind() != v1::COMPENSATION_KIND_UNSPECIFIED) {
    query.kind = static_cast<CompensationKind>(request.kind());
  }
  const platform::PageQuery page("ListCompensations", query.shop,
                                 {std::to_string(request.state()), std::to_string(request.kind())});
  if (const auto after = page.Decode(request.page_token(), 2)) {
    query.after_case = {after->at(0)};
    query.after_number = static_cast<std::uint32_t>(after->at(1));
  }
  const std::size_t size = platform::PageSize(request.page_size());
  query.limit = size + 1;
  std::vector<Compensation> found = uses_.compensations.List(query);
  if (found.size() > size) {
    found.pop_back();
    response.set_next_page_token(page.Encode({found.back().case_id.value, found.back().number}));
  }
  for (const Compensation& one : found) ToProto(one, *response.add_compensations());
}

void CompensationApi::ListOfCase(const Call& call, const v1::ListCompensationsRequest& request,
                                 v1::ListCompensationsResponse& response) {
  const auto id = ParseId<CaseId>(request.case_id(), "case_id");
  const auto of = uses_.cases.Find(call.caller.shop, id);
  if (!of) throw platform::NotFound("case", request.case_id());
  if (!request.page_token().empty()) {
    throw platform::InvalidField("page_token", "is not of one case's list, which has one page");
  }
  const std::vector<Compensation> found = uses_.compensations.Of(of->shop, id);
  // Only coupons that were given have a code.
  const auto has_code = [](const Compensation& one) {
    return one.kind == CompensationKind::kCoupon && one.given_at_step != 0;
  };
  std::vector<std::uint32_t> sequences;
  for (const Compensation& one : found) {
    sequences.push_back(one.number);
    if (has_code(one)) sequences.push_back(one.given_at_step);
  }
  std::vector<std::string> texts(sequences.size());
  if (!found.empty() && MayReadTexts(call.caller)) texts = uses_.cases.OpenTexts(*of, sequences);
  auto text = texts.begin();
  for (const Compensation& one : found) {
    v1::Compensation& added = *response.add_compensations();
    ToProto(one, added);
    added.set_text(std::move(*text++));
    if (has_code(one)) added.set_coupon_code(std::move(*text++));
  }
}

grpc::ServerUnaryReactor* CompensationApi::GetCompensationBudget(
    grpc::CallbackServerContext* context, const v1::GetCompensationBudgetRequest* request,
    v1::GetCompensationBudgetResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetCompensationBudgetRequest& request,
             v1::GetCompensationBudgetResponse& response) { ReadBudget(call, request, response); });
}

void CompensationApi::ReadBudget(const Call& call, const v1::GetCompensationBudgetRequest& request,
                                 v1::GetCompensationBudgetResponse& response) {
  const ShopId shop = call.caller.shop;
  const AccountId account = request.account_id().empty()
                                ? call.caller.account
                                : ParseId<AccountId>(request.account_id(), "account_id");
  const bool reads_all = call.caller.has(common::v1::ROLE_SUPERVISOR) ||
                         call.caller.has(common::v1::ROLE_ADMIN) ||
                         call.caller.has(common::v1::ROLE_AUDITOR);
  if (account != call.caller.account && !reads_all) {
    throw Refusal(Code::kPermissionDenied, "SUPERVISOR_REQUIRED",
                  "Agents read their own month only; ask a supervisor for a colleague's.");
  }
  const auto member = uses_.directory.Find(account, shop);
  if (!member) throw platform::NotFound("account", platform::ToString(account));
  const ShopId shops[] = {shop};
  const auto policy = uses_.policies.ForShops(shops);
  const CompensationRules& rules = policy->Compensations(shop);
  const CompensationLimits& limits = rules.Of(member->roles.Has(common::v1::ROLE_SUPERVISOR));
  const CompensationBudget budget = uses_.compensations.Budget(shop, MonthNow(call), account);
  const std::string limits_in = uses_.directory.Shop(shop).currency;
  // Of a month that began before limits had their currency.
  const bool is_other = budget.spent > 0 && budget.currency != limits_in;
  v1::CompensationBudget& out = *response.mutable_budget();
  out.set_account_id(platform::ToString(account));
  out.set_month(MonthText(budget.month));
  SetMoney(limits_in, limits.single, *out.mutable_single_limit());
  SetMoney(limits_in, limits.month, *out.mutable_month_limit());
  SetMoney(is_other ? budget.currency : limits_in, budget.spent, *out.mutable_spent());
  SetMoney(limits_in, is_other ? 0 : budget.Leaves(limits.month), *out.mutable_left());
  for (std::string& reason : NamesIn(rules.reasons)) response.add_reasons(std::move(reason));
}

}  // namespace redress::aftersales
