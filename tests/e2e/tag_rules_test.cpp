// A tag's rule through the command line, from its draft to the people who have the tag.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

constexpr auto kPatience = std::chrono::seconds(30);

class TagRulesByCommand : public testing::Test {
 protected:
  TagRulesByCommand() {
    const Finished login = stack_.Redress({"log-in", "--account", shop_.AccountNameOf("supervisor"),
                                           "--shop", shop_.shop_id(), "--password-stdin"},
                                          shop_.PasswordOf("supervisor") + "\n");
    EXPECT_EQ(login.exit_code, 0) << login.output;
  }
  std::string Ok(const std::vector<std::string>& arguments) {
    const Finished finished = stack_.Redress(arguments);
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    return finished.output;
  }
  bool Says(const std::vector<std::string>& arguments, const std::string& part) {
    return Ok(arguments).find(part) != std::string::npos;
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
};

TEST_F(TagRulesByCommand, ARuleIsTriedOnHistoryBeforeItTagsAnybody) {
  const std::string buyer = shop_.PushOrder().customer_id();
  Ok({"tag", "set", "keen", "--group", "habits", "--colour", "#d4380d", "--name-zh", "热心",
      "--name-en", "Keen"});
  Ok({"tag", "rule", "set", "keen", "--condition", "orders >= 1"});
  // The order's event is on its way to the customer service.
  EXPECT_TRUE(test::WaitFor(
      [&] {
        return Says({"tag", "rule", "try", "keen", "--version", "1"}, buyer);
      },
      kPatience));
  EXPECT_FALSE(Says({"tag", "customers", "keen"}, buyer)) << "a trial tags nobody";
  Ok({"tag", "rule", "switch", "keen", "--version", "1", "--on"});
  EXPECT_TRUE(test::WaitFor([&] { return Says({"tag", "customers", "keen"}, buyer); }, kPatience));
  EXPECT_TRUE(Says({"tag", "explain", buyer, "keen"}, "orders"));
}

}  // namespace
}  // namespace redress::e2e
