#pragma once

// The one way in which cases change: commands queue by case, are decided and written in batches,
// and are answered once their batch is committed. Overload is refused at once.
//
//   auto command = std::make_unique<Command>();
//   …
//   command->done = [](Command& command) { … std::get<Answer>(command.result) … };
//   engine.Submit(std::move(command));

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "services/aftersales/domain/batch_store.h"
#include "services/aftersales/domain/command.h"
#include "services/platform/base/clock.h"
#include "services/platform/batching/batch_executor.h"

namespace redress::aftersales {

class CaseEngine {
 public:
  struct Options {
    int workers = 2;
    std::size_t max_batch = 64;
    std::size_t max_queue = 10'000;
    std::size_t max_queue_per_shop = 4'000;
    // Called by the workers, after a commit and for errors that are nobody's request.
    std::function<void(std::size_t commands)> on_batch;
    std::function<void(const Decision&)> on_committed;
    std::function<void(std::span<const WarehouseTask>)> on_tasks;
    std::function<void(std::span<const Settlement>)> on_settlements;
    std::function<void(const std::exception&)> on_failure;
  };

  // References outlive the engine.
  CaseEngine(Options options, BatchStore& store, PolicySource& policies,
             const platform::Clock& clock);

  // Throws Refusal RESOURCE_EXHAUSTED when the queue is full; done is then never called.
  void Submit(std::unique_ptr<Command> command);

  // Submits and waits; throws what was refused. For threads that may block.
  Answer Apply(std::unique_ptr<Command> command);

  // Answers what is queued, then ends.
  void Stop() { executor_.Stop(); }
  std::size_t Depth() const { return executor_.Depth(); }
  // How many commands were submitted that somebody waits for.
  std::uint64_t Awaited() const { return awaited_; }

 private:
  void Run(std::span<Command* const> batch);
  void RunTogether(std::span<Command* const> batch);
  void RunAlone(Command& command);
  // In one transaction; throws what the store and the policies throw, or a command's own fault.
  Decision DecideAndWrite(std::span<Command* const> batch);
  void Failed(const std::exception& error) const;
  void Adopt(std::span<Command* const> batch, Decision decision);

  const Options options_;
  BatchStore& store_;
  PolicySource& policies_;
  const platform::Clock& clock_;
  std::atomic<std::uint64_t> awaited_ = 0;
  platform::BatchExecutor<Command> executor_;  // last: its threads use what is above
};

// The answer of a finished command; throws what was refused, and std::runtime_error for a command
// that failed for a reason which is not the caller's.
const Answer& AnswerOf(const Command& command);
const Answer& AnswerOf(const Verdict& verdict, std::string_view request_id);

}  // namespace redress::aftersales
