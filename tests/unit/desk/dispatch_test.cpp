#include <gtest/gtest.h>

#include <map>

#include "services/desk/domain/message_dispatch.h"
#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

constexpr ShopId kShop{1};

// The one message of the test, and what became of it.
class OneMessage final : public MessageRepository {
 public:
  Message message;
  std::vector<Tried> tried;
  std::string stored_text;
  std::string why_not;

  std::optional<Message> FindRepeat(const Write&) override { throw std::logic_error("unused"); }
  Message Create(const Write&, const Message&) override { throw std::logic_error("unused"); }
  Message Change(const Write&, MessageId, std::uint32_t, MessageAction,
                 const std::string&) override {
    throw std::logic_error("unused");
  }
  std::optional<Message> Find(ShopId, MessageId) override { return message; }
  std::vector<Message> List(const MessageQuery&) override { return {message}; }
  std::vector<ShopId> DueShops(std::int64_t now_us, std::size_t) override {
    if (message.state != MessageState::kQueued || message.due_at > now_us) return {};
    return {message.shop};
  }
  std::optional<Message> ClaimDue(ShopId, std::int64_t now_us, std::int64_t) override {
    if (message.state != MessageState::kQueued || message.due_at > now_us) return std::nullopt;
    message.attempts += 1;
    return message;
  }
  std::string StoreContent(const Message&, const Filling& filling, std::int64_t) override {
    if (!why_not.empty()) return why_not;
    stored_text = filling.content.text;
    message.filled = true;
    message.content = filling.content;
    return {};
  }
  std::int64_t LastContact(ShopId, CaseId) override { return message.contact_at; }
  bool Finish(const Message& claimed, const Tried& one, std::int64_t) override {
    tried.push_back(one);
    message.contact_at = claimed.contact_at;
    message.state = one.state;
    message.due_at = one.due_at;
    return true;
  }
  Counts Count(std::size_t) override { return {}; }
};

class OneRule final : public RuleRepository {
 public:
  std::optional<NotificationRule> rule;
  NotificationRule Set(const Write&, const NotificationRule& one) override { return one; }
  std::vector<NotificationRule> UseDefaults(const Write&, const std::string&) override {
    return {};
  }
  std::optional<NotificationRule> Find(ShopId, const std::string&) override { return rule; }
  std::optional<NotificationRule> FindInviting(ShopId, PhraseId) override {
    return rule && rule->invites_review ? rule : std::nullopt;
  }
  std::vector<NotificationRule> List(ShopId, const std::string&, std::size_t) override {
    return {};
  }
};

class OnePhrase final : public PhraseRepository {
 public:
  Phrase phrase;
  Phrase Create(const Write&, const Phrase& one) override { return one; }
  Phrase Revise(const Write&, PhraseId, std::uint32_t, const std::string&) override {
    return phrase;
  }
  Phrase SetArchived(const Write&, PhraseId, std::uint32_t, bool) override { return phrase; }
  std::optional<Phrase> Find(ShopId, PhraseId) override { return phrase; }
  std::vector<Phrase> List(const PhraseQuery&) override { return {}; }
  std::vector<Phrase> ListVersions(ShopId, PhraseId, std::uint32_t, std::size_t) override {
    return {};
  }
};

class Facts final : public CaseFactsSource {
 public:
  std::function<CaseFacts()> read = [] {
    CaseFacts facts;
    facts.number = 12;
    return facts;
  };
  CaseFacts Read(ShopId, CaseId) override { return read(); }
};

class Contacts final : public ContactBook {
 public:
  std::function<ContactLeave()> answer = [] { return ContactLeave::kGiven; };
  std::vector<std::pair<std::string, std::uint32_t>> asked;  // contact, quiet days
  ContactLeave Ask(ShopId, CustomerId, const std::string& contact,
                   std::uint32_t quiet_days) override {
    asked.emplace_back(contact, quiet_days);
    return answer();
  }
};

class Channel final : public ChannelAdapter {
 public:
  std::vector<std::string> keys;
  Sending answer;
  Sending Send(const Message& message) override {
    keys.push_back(IdempotencyKey(message));
    return answer;
  }
};

class Dispatch : public testing::Test {
 protected:
  Dispatch() {
    messages_.message.shop = kShop;
    messages_.message.id = MessageId{5};
    messages_.message.rule_code = "told";
    messages_.message.channel = ChannelKind::kHttp;
    messages_.message.asked_at = messages_.message.due_at = clock_.NowUs();
    rules_.rule = NotificationRule{};
    rules_.rule->enabled = true;
    phrases_.phrase.text = "case {{case_number}}";
    phrases_.phrase.version = 3;
  }

  // The message tells a buyer what they did not ask for.
  void MakeUnasked() {
    messages_.message.customer = CustomerId{70};
    rules_.rule->quiet_days = 7;
  }

  ~Dispatch() override {
    if (expects_errors_) return;
    EXPECT_TRUE(errors_.empty()) << errors_.front();
  }

  MessageState Run() {
    MessageDispatch::Options options;
    options.next_attempt_at = [this](std::uint32_t attempts, std::int64_t,
                                     std::int64_t now_us) -> std::optional<std::int64_t> {
      if (attempts >= most_attempts_) return std::nullopt;
      return now_us + 1;
    };
    options.zone_of = [](ShopId) { return platform::TimeZone::Load("Asia/Shanghai"); };
    options.on_failure = [this](const Message&, const std::exception& error) {
      errors_.emplace_back(error.what());
    };
    MessageDispatch(std::move(options), MessageDispatch::Uses{messages_, rules_, phrases_, facts_,
                                                              contacts_, manual_, http_, clock_})
        .Round(SendingLane::kSound);
    return messages_.message.state;
  }

  platform::ManualClock clock_;
  std::uint32_t most_attempts_ = 16;
  std::vector<std::string> errors_;  // none, unless the test says so
  bool expects_errors_ = false;
  OneMessage messages_;
  OneRule rules_;
  OnePhrase phrases_;
  Facts facts_;
  Contacts contacts_;
  ManualChannel manual_;
  Channel http_;
};

TEST_F(Dispatch, FillsAMessageAndGivesItToItsChannel) {
  EXPECT_EQ(Run(), MessageState::kSent);
  EXPECT_EQ(messages_.stored_text, "case 12");
  EXPECT_EQ(http_.keys, std::vector<std::string>{"1-5-1"});
}

TEST_F(Dispatch, LeavesManualOnesToAPerson) {
  messages_.message.channel = ChannelKind::kManual;
  EXPECT_EQ(Run(), MessageState::kWaitingForPerson);
  EXPECT_TRUE(http_.keys.empty());
}

TEST_F(Dispatch, AsksAgainUnderTheSameKeyWhatGaveNoAnswer) {
  http_.answer = {Sending::Result::kUnknown, reasons::kSenderUnreachable};
  EXPECT_EQ(Run(), MessageState::kQueued);
  clock_.Advance(1);
  http_.answer = {};
  EXPECT_EQ(Run(), MessageState::kSent);
  EXPECT_EQ(http_.keys, (std::vector<std::string>{"1-5-1", "1-5-1"}));
}

TEST_F(Dispatch, LooksBeforeEachAttemptWhetherTheBuyerMayBeContacted) {
  http_.answer = {Sending::Result::kUnknown, reasons::kSenderUnreachable};
  EXPECT_EQ(Run(), MessageState::kQueued);
  clock_.Advance(1);
  facts_.read = [] {
    CaseFacts facts;
    facts.contact_refused = true;
    return facts;
  };
  EXPECT_EQ(Run(), MessageState::kSuppressed);
  EXPECT_EQ(messages_.tried.back().reason, "CONTACT_REFUSED");
  EXPECT_EQ(http_.keys.size(), 1u);
}

TEST_F(Dispatch, AsksForLeaveOnceToTellWhatNobodyAskedFor) {
  MakeUnasked();
  http_.answer = {Sending::Result::kUnknown, reasons::kSenderUnreachable};
  Run();
  clock_.Advance(2 * platform::kDayUs);
  http_.answer = {};
  EXPECT_EQ(Run(), MessageState::kSent);
  const std::vector<std::pair<std::string, std::uint32_t>> expected = {{"message-5-1", 7},
                                                                       {"message-5-1", 0}};
  EXPECT_EQ(contacts_.asked, expected) << "the second time only for what was wished since";
}

TEST_F(Dispatch, AsksForNoLeaveToAnswerABuyer) {
  messages_.message.customer = CustomerId{70};
  EXPECT_EQ(Run(), MessageState::kSent);
  EXPECT_TRUE(contacts_.asked.empty());
}

TEST_F(Dispatch, TellsNothingToWhoIsLeftInPeace) {
  MakeUnasked();
  for (const auto& [leave, reason] : std::map<ContactLeave, std::string>{
           {ContactLeave::kQuiet, "QUIET_PERIOD"}, {ContactLeave::kRefused, "CONTACT_REFUSED"}}) {
    messages_.message.state = MessageState::kQueued;
    messages_.message.due_at = clock_.NowUs();
    contacts_.answer = [leave = leave] { return leave; };
    EXPECT_EQ(Run(), MessageState::kSuppressed);
    EXPECT_EQ(messages_.tried.back().reason, reason);
  }
  EXPECT_TRUE(http_.keys.empty());
}

TEST_F(Dispatch, WaitsForLeaveThatNobodyAnswers) {
  MakeUnasked();
  contacts_.answer = []() -> ContactLeave { throw platform::Unavailable("AWAY", "It is away."); };
  EXPECT_EQ(Run(), MessageState::kQueued);
  EXPECT_EQ(messages_.tried.back().reason, "FACTS_UNAVAILABLE");
  EXPECT_TRUE(http_.keys.empty());
  contacts_.answer = [] { return ContactLeave::kGiven; };
  clock_.Advance(1);
  EXPECT_EQ(Run(), MessageState::kSent);
  EXPECT_EQ(contacts_.asked.back().first, contacts_.asked.front().first) << "it is one contact";
}

TEST_F(Dispatch, GivesUpAfterTheLastAttempt) {
  most_attempts_ = 1;
  http_.answer = {Sending::Result::kUnknown, reasons::kSenderUnreachable};
  EXPECT_EQ(Run(), MessageState::kFailed);
  EXPECT_EQ(messages_.tried.back().reason, "SENDER_UNREACHABLE");
}

TEST_F(Dispatch, DoesNotAskAgainWhoRefused) {
  http_.answer = {Sending::Result::kRefused, reasons::kSenderRefused};
  EXPECT_EQ(Run(), MessageState::kFailed);
}

TEST_F(Dispatch, WaitsForServicesThatDoNotAnswer) {
  facts_.read = []() -> CaseFacts { throw platform::Unavailable("DOWN", "Down."); };
  EXPECT_EQ(Run(), MessageState::kQueued);
  EXPECT_EQ(messages_.tried.back().reason, "FACTS_UNAVAILABLE");
  EXPECT_TRUE(http_.keys.empty());
}

TEST_F(Dispatch, FailsWhereTheCaseHasNoValue) {
  phrases_.phrase.text = "{{tracking}}";
  EXPECT_EQ(Run(), MessageState::kFailed);
  EXPECT_EQ(messages_.tried.back().reason, "VALUE_MISSING:tracking");
}

TEST_F(Dispatch, SuppressesAnInvitationWhoseTextTurnedToMoney) {
  rules_.rule->invites_review = true;
  phrases_.phrase.text = "a voucher for your review";
  EXPECT_EQ(Run(), MessageState::kSuppressed);
  EXPECT_EQ(messages_.tried.back().reason, "PROMISES_MONEY");
  EXPECT_TRUE(http_.keys.empty());
}

TEST_F(Dispatch, SuppressesAnInvitationByHandAfterABadEnd) {
  messages_.message.rule_code.clear();
  rules_.rule->invites_review = true;
  rules_.rule->enabled = false;
  rules_.rule->minimum_score = kGoodScore;
  EXPECT_EQ(Run(), MessageState::kSuppressed);
  EXPECT_EQ(messages_.tried.back().reason, "SCORE_TOO_LOW");
}

TEST_F(Dispatch, SendsByHandWhatInvitesNobody) {
  messages_.message.rule_code.clear();
  rules_.rule->minimum_score = kGoodScore;
  EXPECT_EQ(Run(), MessageState::kSent);
}

TEST_F(Dispatch, SendsNoArchivedPhrase) {
  phrases_.phrase.archived = true;
  EXPECT_EQ(Run(), MessageState::kSuppressed);
  EXPECT_EQ(messages_.tried.back().reason, "PHRASE_ARCHIVED");
}

TEST_F(Dispatch, SuppressesWhatTheBuyerWasToldAlready) {
  messages_.why_not = reasons::kQuietPeriod;
  EXPECT_EQ(Run(), MessageState::kSuppressed);
  EXPECT_TRUE(http_.keys.empty());
}

TEST_F(Dispatch, GivesUpWhatFailsWithAnErrorEachTime) {
  most_attempts_ = 3;
  expects_errors_ = true;
  phrases_.phrase.text = "{{no_such_variable}}";
  for (std::uint32_t attempt = 1; attempt < most_attempts_; ++attempt) {
    EXPECT_EQ(Run(), MessageState::kQueued) << attempt;
    clock_.Advance(1);
  }
  EXPECT_EQ(Run(), MessageState::kFailed);
  EXPECT_EQ(messages_.tried.back().reason, "SENDING_BROKE");
  EXPECT_EQ(errors_.size(), most_attempts_);
}

TEST_F(Dispatch, GivesUpWhatNoAttemptEverFinished) {
  messages_.message.attempts = 16;
  EXPECT_EQ(Run(), MessageState::kFailed);
  EXPECT_EQ(messages_.tried.back().reason, "SENDING_BROKE");
  EXPECT_TRUE(http_.keys.empty());
}

TEST_F(Dispatch, SetsAsideWhatCannotBeRead) {
  messages_.message.filled = true;
  messages_.message.damaged = true;
  EXPECT_EQ(Run(), MessageState::kFailed);
  EXPECT_EQ(messages_.tried.back().reason, "CONTENT_DAMAGED");
  EXPECT_TRUE(http_.keys.empty());
}

TEST_F(Dispatch, SendsNothingOnceTheCustomerWasErased) {
  messages_.message.filled = true;
  EXPECT_EQ(Run(), MessageState::kSuppressed);
  EXPECT_EQ(messages_.tried.back().reason, "CUSTOMER_ERASED");
}

}  // namespace
}  // namespace redress::desk
