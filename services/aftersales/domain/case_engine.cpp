#include "services/aftersales/domain/case_engine.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <optional>
#include <stdexcept>
#include <vector>

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;

// Opening has no case to queue by. Openings of one request never run side by side: the second one
// finds the first one's step.
std::uint64_t QueueKey(const Command& command) {
  if (!IsOpening(command.body)) return command.case_id.value;
  return std::hash<std::string>()(command.request_id);
}

Refusal RefusalOf(const WriteRefused& refused, const Command& command) {
  switch (refused.why()) {
    case WriteRefused::Why::kPlatformRefundKnown:
      if (const auto* open = std::get_if<OpenCase>(&command.body)) {
        return platform::AlreadyExists("case of platform refund", open->platform_refund_id);
      }
      if (const auto* open = std::get_if<OpenDispute>(&command.body)) {
        return platform::AlreadyExists("dispute of platform complaint",
                                       open->platform_complaint_id);
      }
      if (const auto* open = std::get_if<OpenReview>(&command.body)) {
        return platform::AlreadyExists("case of platform review", open->platform_review_id);
      }
      break;
    case WriteRefused::Why::kLineLimit:
      return Refusal(Code::kFailedPrecondition, "ABOVE_LINE_CEILING",
                     "The order line has not as much left; read the case again.")
          .With("expected", "reserved and settled at most what was paid for the line")
          .With("found", "more");
    case WriteRefused::Why::kMonthLimit:
      return Refusal(Code::kFailedPrecondition, "ABOVE_MONTH_LIMIT",
                     "The month has not as much left; look at what is left.")
          .With("expected", "at most what is left of the month")
          .With("found", "more");
    case WriteRefused::Why::kRequestKnown:
    case WriteRefused::Why::kOther:
      break;
  }
  return Refusal(Code::kInternal, "WRITE_REFUSED", refused.what());
}

}  // namespace

CaseEngine::CaseEngine(Options options, BatchStore& store, PolicySource& policies,
                       const platform::Clock& clock)
    : options_(std::move(options)),
      store_(store),
      policies_(policies),
      clock_(clock),
      executor_(
          {.workers = options_.workers,
           .max_batch = options_.max_batch,
           .max_queue = options_.max_queue,
           .max_queue_per_tenant = options_.max_queue_per_shop,
           .beside_at = options_.max_batch / 2,
           .on_failure = options_.on_failure},
          [this](std::span<Command* const> batch) { Run(batch); },
          [](Command& command) { command.done(command); }) {}

void CaseEngine::Submit(std::unique_ptr<Command> command) {
  const std::uint32_t shop = command->shop.value;
  const std::uint64_t key = QueueKey(*command);
  using Lane = platform::KeyedQueue::Lane;
  const Lane lane = command->can_wait ? Lane::kBackground : Lane::kForeground;
  if (lane == Lane::kForeground) ++awaited_;
  if (!executor_.Submit(shop, key, std::move(command), lane)) {
    throw Refusal(Code::kResourceExhausted, "QUEUE_FULL",
                  "Too many cases are being changed at once; try again in a moment.")
        .RetryAfter(100 * platform::kMillisecondUs);
  }
}

Answer CaseEngine::Apply(std::unique_ptr<Command> command) {
  // Shared: the answering thread may still be leaving set_value when the waiter goes on.
  const auto promise = std::make_shared<std::promise<Verdict>>();
  std::future<Verdict> verdict = promise->get_future();
  command->done = [promise](Command& done) { promise->set_value(std::move(done.result)); };
  const std::string request_id = command->request_id;
  Submit(std::move(command));
  Verdict decided = verdict.get();
  AnswerOf(decided, request_id);
  return std::get<Answer>(std::move(decided));
}

void CaseEngine::Run(std::span<Command* const> batch) {
  std::vector<Command*> live;
  live.reserve(batch.size());
  const auto now = std::chrono::steady_clock::now();
  for (Command* command : batch) {
    if (command->expires > now) {
      live.push_back(command);
      continue;
    }
    command->result = Refusal(Code::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                              "The call's time ran out before its turn; nothing was done.");
  }
  if (!live.empty()) RunTogether(live);
}

void CaseEngine::RunTogether(std::span<Command* const> batch) {
  std::optional<Decision> decision;
  try {
    decision = DecideAndWrite(batch);
  } catch (const Refusal& refusal) {
    // The database is out of reach, for one command as for all.
    if (refusal.code() == Code::kUnavailable || refusal.code() == Code::kResourceExhausted) {
      for (Command* command : batch) command->result = refusal;
      return;
    }
  } catch (const std::exception&) {
    // Nothing was written. Whose fault it is shows when each is run by itself.
  }
  if (decision) {
    Adopt(batch, *std::move(decision));
    return;
  }
  for (Command* command : batch) RunAlone(*command);
}

void CaseEngine::RunAlone(Command& command) {
  Command* const one[] = {&command};
  try {
    try {
      Adopt(one, DecideAndWrite(one));
    } catch (const WriteRefused& refused) {
      if (refused.why() != WriteRefused::Why::kRequestKnown) throw;
      command.request_known = true;  // by a step that is there now
      Adopt(one, DecideAndWrite(one));
    }
  } catch (const WriteRefused& refused) {
    if (refused.why() == WriteRefused::Why::kOther) Failed(refused);
    command.result = RefusalOf(refused, command);
  } catch (const Refusal& refusal) {
    command.result = refusal;
  } catch (const std::exception& error) {
    Failed(error);  // and answered as undecided
  }
}

Decision CaseEngine::DecideAndWrite(std::span<Command* const> batch) {
  std::vector<ShopId> shops;
  for (const Command* command : batch) {
    if (std::find(shops.begin(), shops.end(), command->shop) == shops.end()) {
      shops.push_back(command->shop);
    }
  }
  const std::unique_ptr<StepperPolicy> policy = policies_.ForShops(shops);
  return store_.Run(batch, [&](LoadedBatch rows) {
    return Decide(batch, std::move(rows), *policy, clock_.NowUs());
  });
}

void CaseEngine::Failed(const std::exception& error) const {
  if (options_.on_failure) options_.on_failure(error);
}

void CaseEngine::Adopt(std::span<Command* const> batch, Decision decision) {
  if (options_.on_committed) options_.on_committed(decision);
  for (std::size_t i = 0; i < batch.size(); ++i) batch[i]->result = std::move(decision.results[i]);
  if (options_.on_batch) options_.on_batch(batch.size());
  if (options_.on_tasks && !decision.changes.tasks.empty()) {
    options_.on_tasks(decision.changes.tasks);
  }
  if (options_.on_settlements && !decision.changes.settlements.empty()) {
    options_.on_settlements(decision.changes.settlements);
  }
}

const Answer& AnswerOf(const Command& command) {
  return AnswerOf(command.result, command.request_id);
}

const Answer& AnswerOf(const Verdict& verdict, std::string_view request_id) {
  if (const auto* refusal = std::get_if<Refusal>(&verdict)) throw *refusal;
  if (const auto* answer = std::get_if<Answer>(&verdict)) return *answer;
  throw std::runtime_error("the command " + std::string(request_id) + " was not decided");
}

}  // namespace redress::aftersales
