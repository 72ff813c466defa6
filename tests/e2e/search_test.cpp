// Notes and the search through the command line, as an operator uses them, over all services.

#include <gtest/gtest.h>
#include <redress/customer/v1/customer_service.pb.h>
#include <redress/customer/v1/note_service.pb.h>
#include <redress/customer/v1/person_service.pb.h>

#include <string>
#include <vector>

#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"

namespace redress::e2e {
namespace {

namespace customer = redress::customer::v1;

testing::AssertionResult Says(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no \"" << part << "\" in:\n" << text;
}

class SearchByCommand : public testing::Test {
 protected:
  SearchByCommand() {
    const Finished login = Redress({"log-in", "--account", shop_.AccountNameOf("agent"), "--shop",
                                    shop_.shop_id(), "--password-stdin"},
                                   shop_.PasswordOf("agent") + "\n");
    EXPECT_EQ(login.exit_code, 0) << login.output;
  }
  Finished Redress(const std::vector<std::string>& arguments, const std::string& input = "") {
    return stack_.Redress(arguments, input);
  }
  std::string Ok(const std::vector<std::string>& arguments) {
    const Finished finished = Redress(arguments);
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    return finished.output;
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
};

TEST_F(SearchByCommand, FindsAnOrderByItsNumberAndByItsBuyer) {
  const order::Order pushed = shop_.PushOrderOfNewBuyer();
  EXPECT_TRUE(Says(Ok({"search", "--orders", pushed.order_number()}), pushed.order_id()));
  customer::GetCustomerRequest buyer;
  buyer.set_customer_id(pushed.customer_id());
  const std::string nick =
      shop_.As("agent").Call<customer::GetCustomerResponse>(buyer).customer().nick();
  EXPECT_TRUE(Says(Ok({"search", nick.substr(0, nick.size() - 1)}), pushed.customer_id()));
  EXPECT_TRUE(Says(Ok({"search", "--orders", nick}), pushed.order_number()));
}

TEST_F(SearchByCommand, FindsABuyerByThePhoneOfAnOrderAndWhoElseHasIt) {
  const std::string one = shop_.PushOrderOfNewBuyer().customer_id();
  const std::string other = shop_.PushOrderOfNewBuyer().customer_id();
  const std::string found = Ok({"search", "--customers", "13800138000"});
  EXPECT_TRUE(Says(found, one));
  EXPECT_TRUE(Says(found, other));
  customer::ListDuplicatesRequest same_phone;
  same_phone.set_reason(customer::DUPLICATE_REASON_PHONE);
  const auto duplicates =
      shop_.As("agent").Call<customer::ListDuplicatesResponse>(same_phone).duplicates();
  ASSERT_EQ(duplicates.size(), 1);
  EXPECT_EQ(duplicates[0].customers_size(), 2);
}

TEST_F(SearchByCommand, FindsACustomerByWhatANoteSays) {
  const std::string buyer = shop_.PushOrder().customer_id();
  Ok({"note", "add", buyer, "--text", "每次都要开发票", "--mention",
      shop_.AccountOf("supervisor")});
  EXPECT_TRUE(Says(Ok({"note", "list", buyer}), "每次都要开发票"));
  EXPECT_TRUE(Says(Ok({"search", "--customers", "发票"}), buyer));
  customer::ListMentionsRequest mine;
  mine.set_unread(true);
  EXPECT_EQ(shop_.As("supervisor").Call<customer::ListMentionsResponse>(mine).mentions_size(), 1);
}

TEST_F(SearchByCommand, WritesNoWordThatWasSearchedForIntoALog) {
  const std::string word = Unique("secretive");
  Ok({"search", word});
  EXPECT_NE(Redress({"search", "--page-token", "broken", "--orders", word}).exit_code, 0);
  const Finished found = e2e::Run({"grep", "-rl", word, (stack_.state() / "log").string()});
  EXPECT_EQ(found.output, "") << "a word that was searched for stands in a log";
}

}  // namespace
}  // namespace redress::e2e
