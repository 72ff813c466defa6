#pragma once

// Fills messages that are due and gives them to their channel, again and again until it took them
// or it is given up; shops take turns. Several threads and processes may run it at once: a message
// is worked at under a lease, and one that was sent but not recorded is sent again under the same
// key.

#include <atomic>
#include <functional>
#include <memory>

#include "services/desk/domain/case_facts.h"
#include "services/desk/domain/channel.h"
#include "services/desk/domain/contact_book.h"
#include "services/desk/domain/message_repository.h"
#include "services/desk/domain/shop_turns.h"
#include "services/platform/base/clock.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::desk {

class MessageDispatch {
 public:
  struct Options {
    std::size_t batch = 8;         // of one shop's turn
    std::uint32_t slow_ms = 2000;  // a sender that takes longer is slow
    // One that was claimed more often is given up, also when no attempt came to an end.
    std::uint32_t most_attempts = 16;
    // Well above what a message takes whose sender and whose services do not answer.
    std::int64_t lease_us = 120 * platform::kSecondUs;
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
    ContactBook& contacts;
    ChannelAdapter& manual;
    ChannelAdapter& http;
    platform::Clock& clock;
  };
  MessageDispatch(Options options, Uses uses) : options_(std::move(options)), uses_(uses) {}

  // One shop's turn; false when there is nothing to do in the lane. Thread-safe.
  bool Round(SendingLane lane);

 private:
  // How one message went on.
  enum class Pace : std::uint8_t { kQuick, kSlow };

  Pace Work(Message message);
  Pace WorkOrSetBack(const Message& message);
  // After an error that is nobody's answer.
  void SetBack(const Message& message, const std::exception& error);
  // What speaks for and against sending it, as of now; nullopt when it is finished without.
  struct Grounds {
    CaseFacts facts;
    std::optional<NotificationRule> rule;
  };
  std::optional<Grounds> Look(const Message& message);
  // The message as it is to be sent; nullopt when it is finished without.
  std::optional<Message> Filled(Message message, const Grounds& grounds);
  // The message with leave to contact the buyer, where it needs any; nullopt when it is finished
  // without.
  std::optional<Message> WithLeave(Message message, const Grounds& grounds);
  Pace Send(const Message& message);
  void Finish(const Message& message, MessageState state, const std::string& reason);
  void TryAgain(const Message& message, const std::string& reason);

  const Options options_;
  const Uses uses_;
  ShopTurns turns_;
};

}  // namespace redress::desk
