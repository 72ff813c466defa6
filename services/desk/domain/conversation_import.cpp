#include "services/desk/domain/conversation_import.h"

#include <algorithm>
#include <map>
#include <set>

namespace redress::desk {
namespace {

using platform::FieldViolation;

// Messages of one call, over all its conversations.
constexpr std::size_t kMostMessages = 5000;
// One transaction's worth.
constexpr std::size_t kBatchConversations = 128;
constexpr std::size_t kBatchMessages = 1000;
// Clocks of other systems run ahead a little.
constexpr std::int64_t kAheadUs = platform::kDayUs;

void ThrowWhenLate(Until until) {
  if (std::chrono::steady_clock::now() < until) return;
  throw platform::Refusal(platform::Code::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                          "the deadline passed before everything was stored; send the same again, "
                          "with more time or fewer conversations");
}

std::optional<FieldViolation> Judge(const ConversationInput& input, std::int64_t now_us) {
  std::set<std::string> numbers;
  for (std::size_t i = 0; i < input.messages.size(); ++i) {
    const ConversationMessage& message = input.messages[i];
    const std::string where = "messages[" + std::to_string(i) + "].";
    if (message.side != Side::kCustomer && message.side != Side::kShop) {
      return FieldViolation{where + "side", "is not a side; say CUSTOMER or SHOP"};
    }
    if (message.sent_at <= 0 || message.sent_at > now_us + kAheadUs) {
      return FieldViolation{where + "send_time",
                            "is not in the past; the clock and zone of the source may be wrong"};
    }
    if (!numbers.insert(message.number).second) {
      return FieldViolation{where + "message_number",
                            "stands twice in the conversation; give each message its own"};
    }
  }
  return std::nullopt;
}

// Numbers are given by the place in the source, then the messages are put in order.
void Prepare(ConversationInput& input) {
  std::size_t place = 0;
  for (ConversationMessage& message : input.messages) {
    ++place;
    if (message.number.empty()) message.number = "#" + std::to_string(place);
  }
  std::stable_sort(input.messages.begin(), input.messages.end(),
                   [](const auto& a, const auto& b) { return a.sent_at < b.sent_at; });
}

std::vector<std::span<PendingConversation>> Batches(std::span<PendingConversation> pending) {
  std::vector<std::span<PendingConversation>> batches;
  std::size_t begin = 0;
  std::size_t messages = 0;
  for (std::size_t i = 0; i < pending.size(); ++i) {
    const std::size_t more = pending[i].input->messages.size();
    if (i > begin && (i - begin == kBatchConversations || messages + more > kBatchMessages)) {
      batches.push_back(pending.subspan(begin, i - begin));
      begin = i;
      messages = 0;
    }
    messages += more;
  }
  if (begin < pending.size()) batches.push_back(pending.subspan(begin));
  return batches;
}

}  // namespace

void Conversation::Count(const ConversationMessage& message) {
  if (message.side == Side::kCustomer) ++customer_messages;
  if (message.side == Side::kShop) {
    ++shop_messages;
    if (message.agent && message.sent_at >= last_message_at) agent = message.agent;
  }
  if (started_at == 0 || message.sent_at < started_at) started_at = message.sent_at;
  last_message_at = std::max(last_message_at, message.sent_at);
}

std::vector<PendingConversation> ConversationImport::JudgeAll(
    std::span<Item> items, std::vector<ConversationResult>& results) const {
  const std::int64_t now_us = uses_.clock.NowUs();
  std::vector<PendingConversation> pending;
  std::size_t messages = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto* input = std::get_if<ConversationInput>(&items[i]);
    if (input == nullptr) {
      results[i].problem = std::get<FieldViolation>(items[i]);
      continue;
    }
    messages += input->messages.size();
    Prepare(*input);
    if (messages > kMostMessages) {
      results[i].problem = {"messages", "are more than 5000 in the call; send fewer at once"};
    } else if (auto problem = Judge(*input, now_us)) {
      results[i].problem = *std::move(problem);
    } else {
      pending.push_back({input, {}, {}, &results[i]});
    }
  }
  return pending;
}

void ConversationImport::FindCustomers(ShopId shop, std::span<PendingConversation> pending,
                                       Until until) {
  std::map<std::string, std::map<std::string, CustomerId>> nicks;
  for (const PendingConversation& one : pending) {
    if (!one.input->buyer_nick.empty()) nicks[one.input->platform][one.input->buyer_nick] = {};
  }
  for (auto& [platform, of_platform] : nicks) {
    std::vector<std::string> names;
    for (const auto& [nick, customer] : of_platform) names.push_back(nick);
    const std::vector<CustomerId> ids = uses_.customers.Ensure(shop, platform, names, until);
    std::size_t next = 0;
    for (auto& [nick, customer] : of_platform) customer = ids.at(next++);
  }
  for (PendingConversation& one : pending) {
    if (!one.input->buyer_nick.empty()) {
      one.customer = nicks[one.input->platform][one.input->buyer_nick];
    }
  }
}

std::vector<ConversationResult> ConversationImport::Import(ShopId shop, std::span<Item> items,
                                                           bool validate_only, Until until) {
  std::vector<ConversationResult> results(items.size());
  std::vector<PendingConversation> pending = JudgeAll(items, results);
  if (validate_only) {
    uses_.store.Foresee(shop, pending);
    return results;
  }
  FindCustomers(shop, pending, until);
  for (PendingConversation& one : pending) one.id = uses_.ids.New<ConversationId>();
  for (const std::span<PendingConversation> batch : Batches(pending)) {
    ThrowWhenLate(until);
    uses_.store.Store(shop, batch);
  }
  return results;
}

}  // namespace redress::desk
