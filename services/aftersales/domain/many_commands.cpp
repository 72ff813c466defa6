#include "services/aftersales/domain/many_commands.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;
using std::chrono::steady_clock;

constexpr auto kPause = std::chrono::milliseconds(20);

bool HadNoRoom(const Verdict& verdict) {
  const auto* refusal = std::get_if<Refusal>(&verdict);
  return refusal != nullptr && refusal->code() == Code::kResourceExhausted;
}

// Shared with the engine's answering thread, which may still be leaving when the caller goes on.
class Round : public std::enable_shared_from_this<Round> {
 public:
  Round(std::vector<std::unique_ptr<Command>> commands, std::size_t most_under_way)
      : commands_(std::move(commands)),
        most_under_way_(most_under_way),
        verdicts_(commands_.size()) {
    for (std::size_t i = 0; i < commands_.size(); ++i) waiting_.push_back(i);
  }

  std::vector<Verdict> Run(CaseEngine& engine) {
    std::unique_lock lock(mutex_);
    while (!waiting_.empty() || under_way_ > 0) {
      if (waiting_.empty() || under_way_ >= most_under_way_) {
        changed_.wait(lock);
      } else if (steady_clock::now() < not_before_) {
        changed_.wait_until(lock, not_before_);
      } else {
        SendNext(engine, lock);
      }
    }
    return std::move(verdicts_);
  }

 private:
  void SendNext(CaseEngine& engine, std::unique_lock<std::mutex>& lock) {
    const std::size_t place = waiting_.front();
    waiting_.pop_front();
    ++under_way_;
    lock.unlock();
    // The engine keeps what it takes: a copy, since it may come back.
    auto command = std::make_unique<Command>(*commands_[place]);
    command->done = [self = shared_from_this(), place](Command& done) {
      self->Decided(place, std::move(done.result));
    };
    std::optional<Refusal> refused;
    try {
      engine.Submit(std::move(command));
    } catch (const Refusal& refusal) {
      refused = refusal;
    }
    if (refused) Decided(place, *std::move(refused));
    lock.lock();
  }

  void Decided(std::size_t place, Verdict verdict) {
    const std::lock_guard lock(mutex_);
    --under_way_;
    const auto again_at = steady_clock::now() + kPause;
    if (HadNoRoom(verdict) && again_at < commands_[place]->expires) {
      waiting_.push_front(place);
      not_before_ = again_at;
    } else {
      verdicts_[place] = std::move(verdict);
    }
    changed_.notify_one();
  }

  const std::vector<std::unique_ptr<Command>> commands_;
  const std::size_t most_under_way_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::size_t> waiting_;
  std::size_t under_way_ = 0;
  steady_clock::time_point not_before_ = steady_clock::time_point::min();
  std::vector<Verdict> verdicts_;
};

}  // namespace

std::vector<Verdict> ApplyMany(CaseEngine& engine, std::vector<std::unique_ptr<Command>> commands,
                               std::size_t most_under_way) {
  return std::make_shared<Round>(std::move(commands), most_under_way)->Run(engine);
}

}  // namespace redress::aftersales
