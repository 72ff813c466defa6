#pragma once

// Runs commands in batches, because one transaction for many commands is where a database's speed
// is. Commands queue by key: bounded, first come first served, tenants in turn; two commands of one
// key are never in two running batches; commands that nobody waits for go in a lane of their own,
// behind all others. Callers are answered by a thread of their own while the
// worker already takes the next batch.
//
//   BatchExecutor<StepCommand> executor({.workers = 2},
//       [&](std::span<StepCommand* const> batch) { stepper.Run(batch); },   // decides and commits
//       [](StepCommand& command) { command.done(command.answer); });
//   if (!executor.Submit(shop.value, case_id.value, std::move(command))) throw Busy();
//
// run_batch leaves each command's outcome in the command and drops expired ones itself. When it
// throws, its commands are answered as they are: a command therefore starts out as a failed one.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "services/platform/batching/batch_engine.h"

namespace redress::platform {

template <class Command>
class BatchExecutor {
 public:
  struct Options {
    int workers = 2;
    std::size_t max_batch = 32;
    std::size_t max_queue = 10'000;  // submitted and not yet answered
    std::size_t max_queue_per_tenant = 4'000;
    // A batch starts beside a running one once so many commands wait, or once the running one has
    // taken so long: a batch costs what it costs, so few large ones do more than many small ones,
    // and nobody waits much longer than a batch takes. 0 starts one whenever a worker is free.
    std::size_t beside_at = 0;
    std::chrono::microseconds patience = std::chrono::milliseconds(5);
    // Of commands that can wait, so many at most ride along in a batch that somebody waits for, and
    // are in one that nobody waits for.
    std::size_t background_share = 8;
    std::size_t background_batch = 16;
    std::function<void(const std::exception&)> on_failure = {};  // run_batch or answer threw
  };

  BatchExecutor(Options options, std::function<void(std::span<Command* const>)> run_batch,
                std::function<void(Command&)> answer)
      : run_batch_(std::move(run_batch)),
        answer_(std::move(answer)),
        engine_({.workers = options.workers,
                 .max_batch = options.max_batch,
                 .max_queue = options.max_queue,
                 .max_queue_per_tenant = options.max_queue_per_tenant,
                 .beside_at = options.beside_at,
                 .background_share = options.background_share,
                 .background_batch = options.background_batch,
                 .patience = options.patience,
                 .on_failure = std::move(options.on_failure)},
                {.run = [this](std::span<void* const> batch) { Run(batch); },
                 .answer = [this](void* command) { answer_(*static_cast<Command*>(command)); },
                 .destroy = [](void* command) { delete static_cast<Command*>(command); }}) {}

  // False when the queue is full or stopped: the caller answers RESOURCE_EXHAUSTED. The command is
  // then destroyed unless it is an lvalue that the caller kept.
  bool Submit(std::uint32_t tenant, std::uint64_t key, std::unique_ptr<Command>&& command,
              KeyedQueue::Lane lane = KeyedQueue::Lane::kForeground) {
    if (!engine_.Submit(tenant, key, command.get(), lane)) return false;
    static_cast<void>(command.release());
    return true;
  }

  // Takes no further batch; returns when none is running. Not from inside run_batch.
  void Pause() { engine_.Pause(); }
  void Resume() { engine_.Resume(); }
  // Refuses new commands, runs and answers what is there, ends the threads. Also done on
  // destruction.
  void Stop() { engine_.Stop(); }
  // Commands waiting for a worker.
  std::size_t Depth() const { return engine_.Depth(); }

 private:
  void Run(std::span<void* const> batch) {
    // One buffer per worker thread, kept for the next batch.
    thread_local std::vector<Command*> commands;
    commands.clear();
    for (void* command : batch) commands.push_back(static_cast<Command*>(command));
    run_batch_(commands);
  }

  const std::function<void(std::span<Command* const>)> run_batch_;
  const std::function<void(Command&)> answer_;
  BatchEngine engine_;  // last: its threads use the functions above
};

}  // namespace redress::platform
