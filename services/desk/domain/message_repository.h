#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "services/desk/domain/message.h"
#include "services/desk/domain/notification_rule.h"

namespace redress::desk {

struct MessageQuery {
  ShopId shop = {};
  CaseId of_case = {};                     // none: of all
  std::optional<MessageState> state = {};  // given: oldest first; else newest first
  MessageId after = {};                    // where the page before ended
  std::size_t limit = 50;
};

// What a filled message is stored with.
struct Filling {
  std::uint32_t phrase_version = 0;
  MessageContent content = {};
  bool once_for_order = false;   // fails when another message has claimed its order
  std::int64_t quiet_since = 0;  // fails when the customer was told since; 0: never
  std::string quiet_rule = {};   // by this rule, or
  PhraseId quiet_phrase = {};    // by hand with this phrase; none: only by the rule
};

// What remains to be written after a message was tried.
struct Tried {
  MessageState state = MessageState::kQueued;
  std::string reason = {};
  std::int64_t due_at = 0;  // of one that stays queued
};

class MessageRepository {
 public:
  virtual ~MessageRepository() = default;

  // The message of an earlier call of the same request.
  virtual std::optional<Message> FindRepeat(const Write& write) = 0;
  // A message sent by hand; it has no id yet. FAILED_PRECONDITION for an archived phrase.
  virtual Message Create(const Write& write, const Message& message) = 0;
  // ABORTED unless `version` is the present one; 0 asks for none.
  virtual Message Change(const Write& write, MessageId id, std::uint32_t version,
                         MessageAction action, const std::string& reason) = 0;
  virtual std::optional<Message> Find(ShopId shop, MessageId id) = 0;
  virtual std::vector<Message> List(const MessageQuery& query) = 0;

  // Shops that have something due, in ascending order.
  virtual std::vector<ShopId> DueShops(std::int64_t now_us, std::size_t limit) = 0;
  // Takes what has been due longest; nobody else gets it for `lease_us`. Its content is opened.
  // Nothing where nothing is due, or others were faster.
  virtual std::optional<Message> ClaimDue(ShopId shop, std::int64_t now_us,
                                          std::int64_t lease_us) = 0;
  // Seals the content of a claimed message. Answers why it may not be sent instead, as
  // WhySuppressed does; throws Refusal SUBJECT_ERASED for a customer who was erased.
  virtual std::string StoreContent(const Message& claimed, const Filling& filling,
                                   std::int64_t now_us) = 0;
  // When a message about the case last had leave to contact the buyer unasked; 0: never.
  virtual std::int64_t LastContact(ShopId shop, CaseId case_id) = 0;
  // Gives a claimed message back, with the leave it had. False when the claim has run out: somebody
  // else has it.
  virtual bool Finish(const Message& claimed, const Tried& tried, std::int64_t now_us) = 0;

  struct Counts {
    std::size_t queued = 0;
    std::size_t waiting_for_person = 0;
    std::size_t failed = 0;
  };
  // Of all shops, each up to `most`.
  virtual Counts Count(std::size_t most) = 0;
};

// Takes what cases tell. Steps that are known already change nothing; messages and the mark that a
// step is known are committed together.
class StepIntake {
 public:
  virtual ~StepIntake() = default;
  virtual void Take(std::span<const CaseStep> steps, std::int64_t now_us) = 0;
};

}  // namespace redress::desk
