// A person is erased through all real processes: every service destroys its part, also one that was
// down, and what is counted stays as it was.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/case_history.pb.h>
#include <redress/customer/v1/customer_service.pb.h>
#include <redress/customer/v1/privacy_service.pb.h>
#include <redress/order/v1/receiver_service.pb.h>
#include <redress/privacy/v1/key_service.pb.h>
#include <redress/privacy/v1/personal_data_service.pb.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "clients/cpp/call_error.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/figures.h"
#include "tests/e2e/shop.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

namespace customer = redress::customer::v1;
namespace privacy = redress::privacy::v1;
namespace fs = std::filesystem;

constexpr auto kPatience = std::chrono::seconds(60);

class Erasures : public testing::Test {
 protected:
  std::string RefundToItsEnd(const order::Order& order) {
    const std::string id = shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
    shop_.Assign(id);
    shop_.Approve(id);
    shop_.Settle(id);
    shop_.FollowUp(id);
    return id;
  }
  customer::Erasure Erase(const std::string& customer_id) {
    customer::EraseCustomerRequest request;
    request.set_customer_id(customer_id);
    request.set_reason("asked for it");
    return shop_.As("admin").Call<customer::EraseCustomerResponse>(request).erasure();
  }
  // The process dies when it passes that point next.
  void Arm(const std::string& process_and_point) {
    const fs::path fresh = stack_.state() / "crash_point.new";
    std::ofstream(fresh) << process_and_point << "\n";
    fs::rename(fresh, stack_.state() / "crash_point");
  }
  void ExpectDied() {
    EXPECT_TRUE(
        test::WaitFor([&] { return !fs::exists(stack_.state() / "crash_point"); }, kPatience))
        << "nobody passed the point";
  }
  // A new generation, in use everywhere.
  void RotateToItsEnd() {
    const Finished rotated = Admin({"keys", "rotate"});
    ASSERT_EQ(rotated.exit_code, 0) << rotated.output;
    for (const char* program : {"customer", "order", "aftersales", "desk"}) {
      EXPECT_TRUE(test::WaitFor([&] { return IsRotated(program); }, kPatience)) << program;
    }
  }
  bool IsRotated(const char* program) {
    try {
      const auto status =
          shop_.As("admin")
              .CallAt<privacy::GetKeyStatusResponse>(program, privacy::GetKeyStatusRequest())
              .status();
      return status.has_end_time() && status.oldest_generation() == status.generation() &&
             status.generation() >= 2;
    } catch (const client::CallError&) {
      return false;  // it is just starting again
    }
  }
  // Services that have confirmed.
  std::set<std::string> Confirmed(const std::string& customer_id) {
    customer::GetErasureRequest request;
    request.set_customer_id(customer_id);
    std::set<std::string> services;
    const auto answer = shop_.As("auditor").Call<customer::GetErasureResponse>(request);
    for (const auto& one : answer.erasure().confirmations()) {
      if (one.has_confirm_time()) services.insert(one.service());
    }
    return services;
  }
  order::Order Read(const std::string& order_id) {
    order::GetOrderRequest request;
    request.set_order_id(order_id);
    return shop_.As("agent").Call<order::GetOrderResponse>(request).order();
  }
  order::Receiver Reveal(const std::string& order_id) {
    order::RevealReceiverRequest request;
    request.set_order_id(order_id);
    request.set_reason("parcel came back");
    return shop_.As("agent").Call<order::RevealReceiverResponse>(request).receiver();
  }
  Finished Admin(const std::vector<std::string>& arguments) {
    const Finished login = stack_.Redress({"log-in", "--account", shop_.AccountNameOf("admin"),
                                           "--shop", shop_.shop_id(), "--password-stdin"},
                                          shop_.PasswordOf("admin") + "\n");
    EXPECT_EQ(login.exit_code, 0) << login.output;
    return stack_.Redress(arguments);
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
};

TEST_F(Erasures, ReachEveryServiceAndLeaveFiguresAndHistories) {
  const order::Order order = shop_.PushOrderOfNewBuyer();
  const std::string customer_id = order.customer_id();
  const std::string case_id = shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
  EXPECT_EQ(ReasonOf([&] { Erase(customer_id); }), "CUSTOMER_HAS_OPEN_CASES");
  shop_.Assign(case_id);
  shop_.Approve(case_id);
  shop_.Settle(case_id);
  shop_.FollowUp(case_id);
  EXPECT_EQ(Reveal(order.order_id()).phone(), "13800138000");
  const Days days = Around(stack_.NowUs());
  ASSERT_TRUE(test::WaitFor([&] { return Rebuild(shop_).mismatches == 0; }, kPatience));
  const auto figures = AllFigures(shop_, days.from, days.to);
  EXPECT_FALSE(figures.empty());

  stack_.Stop("desk");
  const customer::Erasure erasure = Erase(customer_id);
  EXPECT_EQ(erasure.confirmations_size(), 3);
  EXPECT_TRUE(test::WaitFor(
      [&] {
        return Confirmed(customer_id) == std::set<std::string>{"aftersales", "order"};
      },
      kPatience));
  stack_.Start("desk");
  EXPECT_TRUE(
      test::WaitFor([&] { return Confirmed(customer_id).size() == 3; }, std::chrono::seconds(120)));

  const order::Order after = Read(order.order_id());
  EXPECT_FALSE(after.has_masked_receiver() && !after.masked_receiver().phone().empty());
  EXPECT_EQ(after.lines_size(), order.lines_size());
  EXPECT_EQ(ReasonOf([&] { Reveal(order.order_id()); }), "SUBJECT_ERASED");
  customer::GetCustomerRequest get;
  get.set_customer_id(customer_id);
  const auto erased = shop_.As("agent").Call<customer::GetCustomerResponse>(get).customer();
  EXPECT_TRUE(erased.has_erase_time());
  EXPECT_EQ(erased.nick(), "erased-" + customer_id);
  for (const auto& step : shop_.Steps(case_id)) EXPECT_EQ(step.text(), "");
  EXPECT_EQ(AllFigures(shop_, days.from, days.to), figures);
  EXPECT_EQ(Rebuild(shop_).mismatches, 0u);
  const Finished verified = Admin({"case", "verify", "--all"});
  EXPECT_EQ(verified.exit_code, 0) << verified.output;
}

TEST_F(Erasures, ExportHoldsEverythingAndIsOnRecord) {
  const order::Order order = shop_.PushOrderOfNewBuyer();
  RefundToItsEnd(order);
  const fs::path file = stack_.state() / ("export-" + order.order_id() + ".json");
  const Finished exported = Admin({"customer", "export", order.customer_id(), file.string(),
                                   "--reason", "the person asked for it"});
  ASSERT_EQ(exported.exit_code, 0) << exported.output;
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  for (const char* expected :
       {"\"customer\"", "李小明", "文一西路969号", "杯子碎了", "\"aftersales\""}) {
    EXPECT_NE(text.find(expected), std::string::npos) << expected;
  }
  EXPECT_EQ(fs::status(file).permissions() & fs::perms::group_read, fs::perms::none);
  customer::ListRevealsRequest request;
  request.set_customer_id(order.customer_id());
  const auto reveals =
      shop_.As("supervisor").Call<customer::ListRevealsResponse>(request).reveals();
  ASSERT_EQ(reveals.size(), 1);
  EXPECT_EQ(reveals[0].kind(), customer::REVEAL_KIND_EXPORT);
  EXPECT_EQ(reveals[0].reason(), "the person asked for it");
  fs::remove(file);
}

TEST_F(Erasures, AServiceThatDiesBeforeItConfirmsConfirmsWhenItIsBack) {
  const order::Order order = shop_.PushOrderOfNewBuyer();
  Arm("order:after_erasing_before_confirming");
  RefundToItsEnd(order);
  Erase(order.customer_id());
  ExpectDied();
  EXPECT_TRUE(
      test::WaitFor([&] { return Confirmed(order.customer_id()).contains("order"); }, kPatience));
  EXPECT_EQ(ReasonOf([&] { Reveal(order.order_id()); }), "SUBJECT_ERASED");
}

TEST_F(Erasures, KeysRotateInEveryServiceWhileTheShopWorks) {
  const order::Order order = shop_.PushOrderOfNewBuyer();
  const std::string case_id = RefundToItsEnd(order);
  RotateToItsEnd();
  EXPECT_EQ(Reveal(order.order_id()).phone(), "13800138000");
  EXPECT_EQ(shop_.Steps(case_id).front().text(), "杯子碎了，我的电话是13800138000");
  const order::Order later = shop_.PushOrderOfNewBuyer();
  EXPECT_EQ(Reveal(later.order_id()).name(), "李小明");
}

TEST_F(Erasures, ARotationGoesOnAfterTheServiceDiedInTheMiddleOfIt) {
  const order::Order order = shop_.PushOrderOfNewBuyer();
  Arm("order:after_rewrap_before_commit");
  RotateToItsEnd();
  ExpectDied();
  EXPECT_EQ(Reveal(order.order_id()).phone(), "13800138000");
}

}  // namespace
}  // namespace redress::e2e
