#include "services/aftersales/api/case_api.h"

#include "services/aftersales/api/allowed_actions.h"
#include "services/aftersales/api/answering.h"
#include "services/aftersales/api/assignees.h"
#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/open_beside.h"
#include "services/aftersales/domain/opening.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;
using platform::ParseId;
using platform::ParseOptionalId;

// The rating, which stars say as well.
workflows::review::Rating ToRating(const v1::OpenReviewRequest& request) {
  using workflows::review::Rating;
  const int stars = request.stars();
  if (stars > 3 || request.rating() == v1::REVIEW_RATING_GOOD) {
    throw platform::InvalidField(stars > 3 ? "stars" : "rating",
                                 "is that of a good review; cases are opened of 1 to 3 stars, bad "
                                 "and neutral ones");
  }
  if (stars == 0 && request.rating() == v1::REVIEW_RATING_UNSPECIFIED) {
    throw platform::InvalidField("rating", "is missing, and so are the stars; give one of them");
  }
  if (stars == 0) return static_cast<Rating>(request.rating());
  const Rating told = stars == 3 ? Rating::kNeutral : Rating::kBad;
  if (request.rating() != v1::REVIEW_RATING_UNSPECIFIED &&
      static_cast<Rating>(request.rating()) != told) {
    throw platform::InvalidField("rating", "contradicts the stars: 1 and 2 are bad, 3 are neutral");
  }
  return told;
}

// What was said to the buyer, or to everybody, belongs to the history.
void RequireWords(const v1::ApplyStepRequest& request) {
  const bool speaks = request.review().has_make_offer() || request.review().has_publish_reply();
  if (!speaks || !request.text().empty()) return;
  throw platform::InvalidField(
      "text", request.review().has_make_offer()
                  ? "is missing; give the offer's words, which say that it is for the fault"
                  : "is missing; give the words of the reply");
}

}  // namespace

grpc::ServerUnaryReactor* CaseApi::OpenRefund(grpc::CallbackServerContext* context,
                                              const v1::OpenRefundRequest* request,
                                              v1::OpenRefundResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::OpenRefundRequest& request,
             v1::OpenRefundResponse& response) { Open(call, request, response); });
}

void CaseApi::Open(const Call& call, const v1::OpenRefundRequest& request,
                   v1::OpenRefundResponse& response) {
  OpenCase open;
  open.quantity = request.quantity();
  open.currency = request.amount_asked().currency_code();
  open.amount_asked = request.amount_asked().minor_units();
  if (open.amount_asked <= 0) {
    throw platform::InvalidField("amount_asked.minor_units", "is not positive; ask for 1 or more");
  }
  open.variant = ToVariant(request.variant(), "variant");
  open.reason = request.reason();
  open.platform_refund_id = request.platform_refund_id();
  open.line = uses_.lines.Read(call.caller.shop, ParseId<OrderId>(request.order_id(), "order_id"),
                               ParseOptionalId<LineId>(request.line_id(), "line_id"));
  open.repeats = EarlierCase(call, request.repeats_case_id(), open.line);
  open.number = uses_.numbers.Next(call.caller.shop);

  v1::OpenRefundRequest plain = request;
  plain.clear_text();
  auto command = uses_.commands.Make(call, request.request_id(), plain, request.text());
  command->case_id = uses_.ids.New<CaseId>();
  command->body = std::move(open);
  ToProto(uses_.engine.Apply(std::move(command)).after, *response.mutable_case_());
}

grpc::ServerUnaryReactor* CaseApi::OpenDispute(grpc::CallbackServerContext* context,
                                               const v1::OpenDisputeRequest* request,
                                               v1::OpenDisputeResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::OpenDisputeRequest& request,
             v1::OpenDisputeResponse& response) { Open(call, request, response); });
}

void CaseApi::Open(const Call& call, const v1::OpenDisputeRequest& request,
                   v1::OpenDisputeResponse& response) {
  aftersales::OpenDispute open;
  open.channel = ToChannel(request.channel());
  open.reason = request.reason();
  open.platform_complaint_id = request.platform_complaint_id();
  const bool is_platforms = request.channel() == v1::DISPUTE_CHANNEL_PLATFORM_COMPLAINT;
  if (is_platforms == open.platform_complaint_id.empty()) {
    throw platform::InvalidField("platform_complaint_id",
                                 is_platforms ? "is missing; name the platform's complaint"
                                              : "belongs to complaints of the platform; leave it "
                                                "out, or say that it is one");
  }
  open.line = SubjectOf(call, request);
  open.repeats = EarlierCase(call, request.repeats_case_id(), open.line);
  open.number = uses_.numbers.Next(call.caller.shop);

  v1::OpenDisputeRequest plain = request;
  plain.clear_text();
  auto command = uses_.commands.Make(call, request.request_id(), plain, request.text());
  command->case_id = uses_.ids.New<CaseId>();
  command->body = std::move(open);
  ToProto(uses_.engine.Apply(std::move(command)).after, *response.mutable_case_());
}

grpc::ServerUnaryReactor* CaseApi::OpenReview(grpc::CallbackServerContext* context,
                                              const v1::OpenReviewRequest* request,
                                              v1::OpenReviewResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::OpenReviewRequest& request,
             v1::OpenReviewResponse& response) { Open(call, request, response); });
}

void CaseApi::Open(const Call& call, const v1::OpenReviewRequest& request,
                   v1::OpenReviewResponse& response) {
  aftersales::OpenReview open;
  open.stars = request.stars();
  open.rating = ToRating(request);
  open.reviewed_at = TimeOf(request.review_time());
  if (open.reviewed_at <= 0 || open.reviewed_at > call.clock.NowUs()) {
    throw platform::InvalidField("review_time",
                                 "lies in the future, or nowhere; say when the buyer wrote it");
  }
  open.reason = request.reason();
  open.platform_review_id = request.platform_review_id();
  open.line = SubjectOf(call, request);
  const ShopId shops[] = {call.caller.shop};
  open.revision_possible = uses_.policies.ForShops(shops)
                               ->Reviews(call.caller.shop, call.clock.NowUs())
                               .LetsRevise(open.line.platform);
  open.number = uses_.numbers.Next(call.caller.shop);

  v1::OpenReviewRequest plain = request;
  plain.clear_text();
  auto command = uses_.commands.Make(call, request.request_id(), plain, request.text());
  command->case_id = uses_.ids.New<CaseId>();
  command->body = std::move(open);
  ToProto(uses_.engine.Apply(std::move(command)).after, *response.mutable_case_());
}

template <class Request>
LineFacts CaseApi::SubjectOf(const Call& call, const Request& request) {
  const auto order = ParseId<OrderId>(request.order_id(), "order_id");
  const auto line = ParseOptionalId<LineId>(request.line_id(), "line_id");
  return line ? uses_.lines.Read(call.caller.shop, order, line)
              : uses_.lines.ReadOrder(call.caller.shop, order);
}

std::unique_ptr<Command> CaseApi::StepCommand(const Call& call,
                                              const v1::ApplyStepRequest& request) {
  v1::ApplyStepRequest plain = request;
  plain.clear_text();
  auto command = uses_.commands.Make(call, request.request_id(), plain, request.text());
  command->case_id = ParseId<CaseId>(request.case_id(), "case_id");
  FireEvent fire;
  if (request.has_dispute()) {
    fire.event = ToEvent(request.dispute(), fire.details);
  } else if (request.has_review()) {
    RequireWords(request);
    fire.event = ToEvent(request.review(), fire.details);
  } else {
    fire.event = ToEvent(request.refund(), fire.details);
  }
  fire.beside = FindBeside(uses_.cases, command->shop, command->case_id, fire.event);
  command->body = std::move(fire);
  RequireVersion(*command, request.version());
  return command;
}

CaseId CaseApi::EarlierCase(const Call& call, const std::string& repeats_case_id,
                            const LineFacts& line) {
  if (repeats_case_id.empty()) return {};
  const auto id = ParseId<CaseId>(repeats_case_id, "repeats_case_id");
  const auto earlier = uses_.cases.Find(call.caller.shop, id);
  if (!earlier) throw platform::NotFound("case", repeats_case_id);
  CheckRepeats(*earlier, line.order, line.line);
  return id;
}

grpc::ServerUnaryReactor* CaseApi::ApplyStep(grpc::CallbackServerContext* context,
                                             const v1::ApplyStepRequest* request,
                                             v1::ApplyStepResponse* response) {
  // Hashing a text may read the shop's key from the database, and what an event may join is looked
  // for there: not on gRPC's thread.
  if (!request->text().empty() || request->has_dispute() || request->review().has_reveal_fault()) {
    return uses_.guard.Blocking(context, request, response,
                                [this](const Call& call, const v1::ApplyStepRequest& request,
                                       v1::ApplyStepResponse& response) {
                                  ToProto(uses_.engine.Apply(StepCommand(call, request)).after,
                                          *response.mutable_case_());
                                });
  }
  return uses_.guard.Async(context, request, response,
                           [this](const Call& call, const v1::ApplyStepRequest& request,
                                  v1::ApplyStepResponse& response, platform::Done done) {
                             AnswerLater(uses_.engine, StepCommand(call, request), std::move(done),
                                         [&response](const Answer& answer) {
                                           ToProto(answer.after, *response.mutable_case_());
                                         });
                           });
}

std::unique_ptr<Command> CaseApi::AssignmentCommand(const Call& call,
                                                    const v1::AssignCaseRequest& request) {
  v1::AssignCaseRequest plain = request;
  plain.clear_note();
  auto command = uses_.commands.Make(call, request.request_id(), plain, request.note());
  command->case_id = ParseId<CaseId>(request.case_id(), "case_id");
  const auto assignee = ParseOptionalId<AccountId>(request.assignee_id(), "assignee_id");
  CheckAssignee(uses_.directory, call.caller.shop, assignee, "assignee_id");
  command->body = AssignTo{assignee};
  RequireVersion(*command, request.version());
  return command;
}

grpc::ServerUnaryReactor* CaseApi::AssignCase(grpc::CallbackServerContext* context,
                                              const v1::AssignCaseRequest* request,
                                              v1::AssignCaseResponse* response) {
  // As a step's text: hashing it may read the shop's key.
  if (!request->note().empty()) {
    return uses_.guard.Blocking(context, request, response,
                                [this](const Call& call, const v1::AssignCaseRequest& request,
                                       v1::AssignCaseResponse& response) {
                                  ToProto(
                                      uses_.engine.Apply(AssignmentCommand(call, request)).after,
                                      *response.mutable_case_());
                                });
  }
  return uses_.guard.Async(context, request, response,
                           [this](const Call& call, const v1::AssignCaseRequest& request,
                                  v1::AssignCaseResponse& response, platform::Done done) {
                             AnswerLater(uses_.engine, AssignmentCommand(call, request),
                                         std::move(done), [&response](const Answer& answer) {
                                           ToProto(answer.after, *response.mutable_case_());
                                         });
                           });
}

grpc::ServerUnaryReactor* CaseApi::GetCase(grpc::CallbackServerContext* context,
                                           const v1::GetCaseRequest* request,
                                           v1::GetCaseResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetCaseRequest& request, v1::GetCaseResponse& response) {
        const Case found = Find(call, request);
        ToProto(found, *response.mutable_case_());
        AddActions(call, found, response);
        AddReasons(found, response);
        AddLinks(found, response);
      });
}

LedgerRow CaseApi::LineOf(const Case& of) {
  if (!of.IsRefund()) return {};
  auto line = uses_.cases.FindLine(of.shop, of.line);
  if (!line) throw std::runtime_error("a refund without a ledger row");
  return *std::move(line);
}

void CaseApi::AddActions(const Call& call, const Case& of, v1::GetCaseResponse& response) {
  const LedgerRow line = LineOf(of);
  const ShopId shops[] = {of.shop};
  const auto policy = uses_.policies.ForShops(shops);
  const Sender sender = SenderOf(call.caller);
  const auto may_send = [&](const google::protobuf::Descriptor* event) {
    return uses_.guard.MaySend(call.caller, event);
  };
  const Surroundings around{line, sender, *policy,
                            of.IsReview() && uses_.cases.IsContactRefused(of.shop, of.customer),
                            call.clock.NowUs()};
  for (v1::AllowedAction& action : AllowedActions(of, around, may_send)) {
    *response.add_actions() = std::move(action);
  }
}

void CaseApi::AddLinks(const Case& of, v1::GetCaseResponse& response) {
  for (const LinkedCase& link : uses_.links.LinksOf(of.shop, of.id)) {
    ToProto(link, *response.add_links());
  }
  for (const CaseAsk& ask : uses_.links.OpenAsksOf(of.shop, of.id)) {
    ToProto(ask, *response.add_asks());
  }
}

void CaseApi::AddReasons(const Case& of, v1::GetCaseResponse& response) {
  for (const PriorityReason& reason : ReasonsOf(of.triage)) {
    ToProto(reason, *response.add_priority_reasons());
  }
}

grpc::ServerUnaryReactor* CaseApi::ListCases(grpc::CallbackServerContext* context,
                                             const v1::ListCasesRequest* request,
                                             v1::ListCasesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListCasesRequest& request,
             v1::ListCasesResponse& response) { List(call, request, response); });
}

void CaseApi::List(const Call& call, const v1::ListCasesRequest& request,
                   v1::ListCasesResponse& response) {
  CaseQuery query;
  query.shop = call.caller.shop;
  query.order = request.order() == v1::CASE_ORDER_NEWEST ? CaseOrder::kNewest : CaseOrder::kQueue;
  const bool queue = query.order == CaseOrder::kQueue;
  query.about_order = ParseOptionalId<OrderId>(request.order_id(), "order_id");
  if (query.about_order && queue) {
    throw platform::InvalidField("order_id", "needs order CASE_ORDER_NEWEST; ask for that");
  }
  if (request.assignee_id() == "nobody") {
    query.assignee = AccountId{};
  } else if (!request.assignee_id().empty()) {
    query.assignee = ParseId<AccountId>(request.assignee_id(), "assignee_id");
  }
  query.state = request.state();
  query.kind = request.kind();
  query.team = request.team();
  if (!query.team.empty() && !queue) {
    throw platform::InvalidField("team", "needs order CASE_ORDER_QUEUE; ask for that");
  }
  if (request.person_queue() != v1::PERSON_QUEUE_UNSPECIFIED) {
    query.person_queue = static_cast<workflows::PersonQueue>(request.person_queue());
  }
  const platform::PageQuery page(
      "ListCases", query.shop,
      {queue ? "queue" : "newest", request.assignee_id(), request.order_id(), request.state(),
       request.kind(), std::to_string(request.person_queue()), request.team()});
  if (const auto after = page.Decode(request.page_token(), 3)) {
    query.after = {static_cast<std::uint8_t>(after->at(0)), static_cast<std::int64_t>(after->at(1)),
                   CaseId{after->at(2)}};
  }
  const std::size_t size = platform::PageSize(request.page_size());
  query.limit = size + 1;
  std::vector<Case> cases = uses_.cases.List(query);
  if (cases.size() > size) {
    cases.pop_back();
    const Case& last = cases.back();
    response.set_next_page_token(
        page.Encode({last.priority, static_cast<std::uint64_t>(last.due_at), last.id.value}));
  }
  for (const Case& one : cases) ToProto(one, *response.add_cases());
}

grpc::ServerUnaryReactor* CaseApi::ListSteps(grpc::CallbackServerContext* context,
                                             const v1::ListStepsRequest* request,
                                             v1::ListStepsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListStepsRequest& request,
             v1::ListStepsResponse& response) { ReadSteps(call, request, response); });
}

void CaseApi::ReadSteps(const Call& call, const v1::ListStepsRequest& request,
                        v1::ListStepsResponse& response) {
  const auto id = ParseId<CaseId>(request.case_id(), "case_id");
  const auto of = uses_.cases.Find(call.caller.shop, id);
  if (!of) throw platform::NotFound("case", request.case_id());
  const platform::PageQuery page("ListSteps", of->shop, {request.case_id()});
  const auto token = page.Decode(request.page_token(), 1);
  const auto after = token ? static_cast<std::uint32_t>(token->at(0)) : 0;
  const std::size_t size = platform::PageSize(request.page_size(), 100, 500);
  // The step before the page is read for its hash, the one after it to know whether there is one.
  const std::uint32_t from = after == 0 ? 0 : after - 1;
  std::vector<Step> steps = uses_.cases.ListSteps(of->shop, id, from, size + (after == 0 ? 1 : 2));
  Hash previous{};
  if (after != 0 && !steps.empty()) {
    previous = steps.front().hash;
    steps.erase(steps.begin());
  }
  const bool more = steps.size() > size;
  if (more) steps.resize(size);
  std::vector<std::uint32_t> with_text;
  for (const Step& step : steps) {
    if (!step.text_digest.empty()) with_text.push_back(step.sequence);
  }
  std::map<std::uint32_t, std::string> texts;
  if (MayReadTexts(call.caller)) {
    const auto opened = uses_.cases.OpenTexts(*of, with_text);
    for (std::size_t i = 0; i < opened.size(); ++i) texts[with_text[i]] = opened[i];
  }
  for (const Step& step : steps) {
    v1::Step& added = *response.add_steps();
    ToProto(step, previous, added);
    if (const auto text = texts.find(step.sequence); text != texts.end()) {
      added.set_text(text->second);
    }
    previous = step.hash;
  }
  if (more) response.set_next_page_token(page.Encode({steps.back().sequence}));
}

}  // namespace redress::aftersales
