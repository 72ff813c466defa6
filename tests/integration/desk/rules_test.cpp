// Rules and channels that several people make at the same moment.

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "services/platform/base/errors.h"
#include "tests/integration/desk/desk_house.h"

namespace redress::desk {
namespace {

using Outcomes = std::map<std::string, int>;

class AtOnce : public testing::Test {
 protected:
  static constexpr int kPeople = 8;

  // How each of them fared, by the name of the code.
  Outcomes Fare(const std::function<void(const Write&)>& write) {
    std::vector<Write> writes;
    for (int i = 0; i < kPeople; ++i) writes.push_back(house_.NewWrite());
    std::mutex mutex;
    Outcomes outcomes;
    std::vector<std::thread> people;
    people.reserve(writes.size());
    for (const Write& one : writes) {
      people.emplace_back([&] {
        const std::string code = Insisting([&] { write(one); });
        const std::lock_guard lock(mutex);
        ++outcomes[code];
      });
    }
    for (std::thread& person : people) person.join();
    return outcomes;
  }

  // While the answer is UNAVAILABLE, as a client does.
  static std::string Insisting(const std::function<void()>& write) {
    while (true) {
      try {
        write();
        return "OK";
      } catch (const platform::Refusal& refusal) {
        if (refusal.code() == platform::Code::kUnavailable) continue;
        return std::string(platform::CodeName(refusal.code()));
      } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
        return "INTERNAL";
      }
    }
  }

  DeskHouse house_;
};

TEST_F(AtOnce, OneOfThoseWhoMakeARuleMakesItAndTheOthersAreTold) {
  Phrase phrase;
  phrase.name = "words";
  phrase.language = "zh";
  phrase.text = "words";
  phrase = house_.phrases.Create(house_.NewWrite(), phrase);
  for (int round = 0; round < 10; ++round) {
    NotificationRule rule;
    rule.code = "rule_" + std::to_string(round);
    rule.event = "approve";
    rule.phrase = phrase.id;
    const Outcomes outcomes = Fare([&](const Write& write) { house_.rules.Set(write, rule); });
    EXPECT_EQ(outcomes, (Outcomes{{"OK", 1}, {"ALREADY_EXISTS", kPeople - 1}}));
  }
}

TEST_F(AtOnce, AllWhoUseTheDefaultsGetTheSame) {
  const Outcomes outcomes =
      Fare([&](const Write& write) { house_.rules.UseDefaults(write, "zh"); });
  EXPECT_EQ(outcomes, (Outcomes{{"OK", kPeople}}));
}

TEST_F(AtOnce, OneOfThoseWhoSetTheChannelSetsItAndTheOthersSeeItsVersion) {
  const Outcomes outcomes = Fare([&](const Write& write) {
    house_.channels.Set(write, "https://sender.example/", 0, "secret");
  });
  EXPECT_EQ(outcomes, (Outcomes{{"OK", 1}, {"ABORTED", kPeople - 1}}));
}

}  // namespace
}  // namespace redress::desk
