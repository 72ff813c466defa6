#include "tests/integration/clients/conversation_figures.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "tests/integration/clients/distribution.h"
#include "tests/integration/clients/past_rows.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;
using Durations = std::vector<std::int64_t>;
const DurationUnit kMinutes{"minutes", 60'000'000};

struct StoredMessage {
  bool of_shop = false;
  std::int64_t at_us = 0;
  std::string number;
  std::string agent;
  std::vector<std::string> answers;
};

struct StoredConversation {
  std::string number;
  std::vector<StoredMessage> messages;
};

std::vector<StoredConversation> Read(const ImportShop& shop) {
  std::vector<StoredConversation> all;
  for (const auto& row : shop.Rows(
           "SELECT m.sequence, c.source_number, m.side, m.sent_at, m.message_number, m.agent_name,"
           " m.reply_to FROM redress_desk.conversations c JOIN redress_desk.conversation_messages m"
           " ON m.shop_id = c.shop_id AND m.conversation_id = c.conversation_id"
           " WHERE c.shop_id = {shop} ORDER BY c.conversation_id, m.sequence")) {
    if (row.at(0) == "1") all.push_back({row.at(1), {}});
    StoredMessage message{row.at(2) == "2", std::stoll(row.at(3)), row.at(4), row.at(5), {}};
    std::istringstream answers(row.at(6));
    for (std::string one; answers >> one;) message.answers.push_back(one);
    all.back().messages.push_back(std::move(message));
  }
  return all;
}

auto FirstOfCustomer(const StoredConversation& of) {
  return std::find_if(of.messages.begin(), of.messages.end(),
                      [](const StoredMessage& m) { return !m.of_shop; });
}

// The first message of the shop behind the first of the customer; the end for none.
auto FirstAnswer(const StoredConversation& of) {
  return std::find_if(FirstOfCustomer(of), of.messages.end(),
                      [](const StoredMessage& m) { return m.of_shop; });
}

struct Turns {
  std::int64_t count = 0;
  Durations answered;
};

// Runs of the customer's messages, each up to the next message of the shop.
void AddTurns(const StoredConversation& of, Turns& turns) {
  const StoredMessage* begin = nullptr;
  for (const StoredMessage& message : of.messages) {
    if (!message.of_shop) {
      if (begin == nullptr) ++turns.count;
      if (begin == nullptr) begin = &message;
    } else if (begin != nullptr) {
      turns.answered.push_back(message.at_us - begin->at_us);
      begin = nullptr;
    }
  }
}

// To each of the customer's messages that the shop answers by name, how long the first took.
void AddLinked(const std::vector<const StoredMessage*>& messages, Durations& durations) {
  std::map<std::string, const StoredMessage*> by_number;
  for (const StoredMessage* message : messages) by_number[message->number] = message;
  std::map<std::string, std::int64_t> first;
  for (const StoredMessage* message : messages) {
    if (!message->of_shop) continue;
    for (const std::string& number : message->answers) {
      const auto asked = by_number.find(number);
      if (asked == by_number.end() || asked->second->of_shop) continue;
      const std::int64_t took = message->at_us - asked->second->at_us;
      const auto [known, is_first] = first.emplace(number, took);
      if (!is_first) known->second = std::min(known->second, took);
    }
  }
  for (const auto& [number, took] : first) durations.push_back(took);
}

void PutTop(Struct& figures, const std::string& key,
            const std::map<std::string, std::int64_t>& counts) {
  constexpr std::size_t kTop = 10;
  std::vector<std::pair<std::int64_t, std::string>> sorted;
  for (const auto& [name, count] : counts) sorted.emplace_back(-count, name);
  std::sort(sorted.begin(), sorted.end());
  auto& top = *(*figures.mutable_fields())[key].mutable_list_value();
  for (std::size_t i = 0; i < kTop && i < sorted.size(); ++i) {
    auto& entry = *top.add_values()->mutable_list_value();
    entry.add_values()->set_string_value(sorted[i].second);
    entry.add_values()->set_number_value(static_cast<double>(-sorted[i].first));
  }
}

std::vector<const StoredMessage*> Pointers(const StoredConversation& of) {
  std::vector<const StoredMessage*> messages;
  for (const StoredMessage& message : of.messages) messages.push_back(&message);
  return messages;
}

}  // namespace

Struct IrcFigures(const ImportShop& shop) {
  constexpr std::int64_t kSoonUs = 3 * 60'000'000;
  const auto all = Read(shop);
  const auto count = static_cast<std::int64_t>(all.size());
  std::int64_t messages = 0;
  std::int64_t single = 0;
  std::int64_t soon = 0;
  std::set<std::string> logs;
  std::map<std::string, std::int64_t> agents;
  std::map<std::string, std::int64_t> first_answers;
  Durations first;
  Durations linked;
  Turns turns;
  for (const StoredConversation& one : all) {
    messages += static_cast<std::int64_t>(one.messages.size());
    single += one.messages.size() == 1 ? 1 : 0;
    logs.insert(one.number.substr(0, one.number.rfind('#')));
    for (const StoredMessage& message : one.messages) {
      if (message.of_shop) ++agents[message.agent];
    }
    AddTurns(one, turns);
    AddLinked(Pointers(one), linked);
    const auto answer = FirstAnswer(one);
    if (answer == one.messages.end()) continue;
    first.push_back(answer->at_us - FirstOfCustomer(one)->at_us);
    soon += first.back() <= kSoonUs ? 1 : 0;
    ++first_answers[answer->agent];
  }
  Struct figures;
  PutText(figures, "dataset", "irc_support_chat");
  PutCount(figures, "messages", messages);
  PutCount(figures, "conversations", count);
  PutCount(figures, "log_files", static_cast<std::int64_t>(logs.size()));
  PutCount(figures, "single_message_conversations", single);
  const auto answered = static_cast<std::int64_t>(first.size());
  PutCount(figures, "conversations_answered", answered);
  PutRate(figures, "conversation_reply_rate", answered, count);
  PutCount(figures, "customer_turns", turns.count);
  const auto turns_answered = static_cast<std::int64_t>(turns.answered.size());
  PutCount(figures, "customer_turns_answered", turns_answered);
  PutRate(figures, "turn_reply_rate", turns_answered, turns.count);
  PutObject(figures, "first_response_time", DistributionOf(std::move(first), kMinutes));
  PutObject(figures, "response_time_per_turn", DistributionOf(std::move(turns.answered), kMinutes));
  PutObject(figures, "response_time_per_linked_message",
            DistributionOf(std::move(linked), kMinutes));
  PutRate(figures, "first_response_within_3min_rate_of_all", soon, count);
  PutCount(figures, "agents", static_cast<std::int64_t>(agents.size()));
  PutTop(figures, "top10_agents_by_messages", agents);
  PutTop(figures, "top10_agents_by_first_responses", first_answers);
  return figures;
}

Struct TwitterFigures(const ImportShop& shop) {
  const auto all = Read(shop);
  std::int64_t tweets = 0;
  std::int64_t inbound = 0;
  std::int64_t started = 0;
  Durations first;
  Durations direct;
  for (const StoredConversation& one : all) {
    tweets += static_cast<std::int64_t>(one.messages.size());
    for (const StoredMessage& message : one.messages) inbound += message.of_shop ? 0 : 1;
    AddLinked(Pointers(one), direct);
    if (one.messages.front().of_shop) continue;
    ++started;
    const auto answer = FirstAnswer(one);
    if (answer != one.messages.end()) {
      first.push_back(answer->at_us - one.messages.front().at_us);
    }
  }
  Struct figures;
  PutText(figures, "dataset", "twcs_sample");
  PutCount(figures, "tweets", tweets);
  PutCount(figures, "inbound", inbound);
  PutCount(figures, "outbound", tweets - inbound);
  PutCount(figures, "threads", static_cast<std::int64_t>(all.size()));
  PutCount(figures, "threads_started_by_customer", started);
  PutCount(figures, "customer_threads_answered", static_cast<std::int64_t>(first.size()));
  PutObject(figures, "first_response_time", DistributionOf(std::move(first), kMinutes));
  const auto replied = static_cast<std::int64_t>(direct.size());
  PutCount(figures, "inbound_with_direct_agent_reply", replied);
  PutRate(figures, "direct_reply_rate", replied, inbound);
  PutObject(figures, "response_time_direct", DistributionOf(std::move(direct), kMinutes));
  return figures;
}

}  // namespace redress::test
