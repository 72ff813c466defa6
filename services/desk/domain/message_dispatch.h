#pragma once

// Fills messages that are due and gives them to their channel, again and again until it took them
// or it is given up. Several processes may run it at once: a message is worked at under a lease,
// and one that was sent but not recorded is sent again under the same key.

#include <atomic>
#include <functional>
#include <memory>
#include <set>

#include "services/desk/domain/case_facts.h"
#include "services/desk/domain/channel.h"
#include "services/desk/domain/message_repository.h"
#include "services/platform/base/clock.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::desk {

class MessageDispatch {
 public:
  struct Options {
    std::size_t batch = 8;
    // Longer than a batch of senders that do not answer takes.
    std::int64_t lease_us = 180 * platform::kSecondUs;
    // When to try again after `attempts` of what should have gone out at `since_us`; nullopt: no
    // more.
    std::function<std::optional<std::int64_t>(std::uint32_t attempts, std::int64_t since_us,
                                              std::int64_t now_us)>
        next_attempt_at = {};
    std::function<std::shared_ptr<const platform::TimeZone>(ShopId)> zone_of = {};
    std::function<void(const Message&, const std::exception&)> on_failure = {};
  };
  struct Uses {
    MessageRepository& messages;
    RuleRepository& rules;
    PhraseRepository& phrases;
    CaseFactsSource& facts;
    ChannelAdapter& manual;
    ChannelAdapter& http;
    platform::Clock& clock;
  };
  MessageDispatch(Options options, Uses uses) : options_(std::move(options)), uses_(uses) {}

  // One batch; true when there may be more. Thread-safe.
  bool Round();

 private:
  using Silent = std::set<ShopId>;  // shops whose sender did not answer in this round

  void Work(Message message, Silent& silent);
  // The message as it is to be sent; nullopt when it is finished without.
  std::optional<Message> Filled(Message message);
  void Send(const Message& message, Silent& silent);
  void Finish(const Message& message, MessageState state, const std::string& reason);
  void TryAgain(const Message& message, const std::string& reason);

  const Options options_;
  const Uses uses_;
};

}  // namespace redress::desk
