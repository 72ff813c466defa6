// A refund paid by a bank run through all real processes, by the command line, to the figure.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/e2e/figures.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class BankRun : public testing::Test {
 protected:
  BankRun() : shop_(stack_) {
    const Finished logged_in =
        stack_.Redress({"log-in", "--account", shop_.AccountNameOf("finance"), "--shop",
                        shop_.shop_id(), "--password-stdin"},
                       shop_.PasswordOf("finance") + "\n");
    EXPECT_EQ(logged_in.exit_code, 0) << logged_in.output;
  }

  std::string ApprovedCase() {
    const order::Order order = shop_.PushOrder();
    const std::string id =
        shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY, 40'00).case_id();
    shop_.Approve(id, 40'00);
    order_number_ = order.order_number();
    return id;
  }
  Finished Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"settlement", "run"});
    return stack_.Redress(arguments);
  }
  std::string Succeed(std::vector<std::string> arguments) {
    const Finished finished = Run(std::move(arguments));
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
    return finished.output;
  }
  fs::path Write(const std::string& text) {
    const fs::path path = stack_.state() / "results.csv";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_;
  std::string order_number_;
};

TEST_F(BankRun, TakesARefundFromItsApprovalToTheFigure) {
  const Days days = Around(stack_.NowUs());
  const std::string id = ApprovedCase();
  Succeed({"create"});
  const fs::path file = stack_.state() / "run.csv";
  const std::string exported = Succeed({"export", "1", "--to", file});
  EXPECT_NE(exported.find("sha256 "), std::string::npos) << exported;
  const std::string text = ReadAll(file);
  EXPECT_NE(text.find("payment," + id + "-1,40.00,CNY,1,"), std::string::npos) << text;
  EXPECT_NE(text.find("," + order_number_ + ","), std::string::npos) << text;
  EXPECT_NE(text.find("control,run-1,40.00,CNY,1,"), std::string::npos) << text;
  Succeed({"export", "1", "--to", file});
  EXPECT_EQ(ReadAll(file), text) << "the same run gives the same bytes";
  EXPECT_NE(Succeed({"list"}).find("exported"), std::string::npos);

  Succeed({"handed-over", "1"});
  const fs::path results = Write("reference,amount,currency,result,bank_reference\n" + id +
                                 "-1,40.00,CNY,accepted,B7\n");
  const std::string imported = Succeed({"import-results", "1", results});
  EXPECT_NE(imported.find("1 results applied, 0 said before, 0 to look at"), std::string::npos)
      << imported;
  EXPECT_EQ(shop_.Get(id).state(), "FollowingUp");
  EXPECT_NE(Succeed({"import-results", "1", results}).find("0 results applied, 1 said before"),
            std::string::npos);
  EXPECT_NE(Succeed({"payments", "1"}).find("B7"), std::string::npos);
  EXPECT_NE(Succeed({"show", "1"}).find("answered"), std::string::npos);
  shop_.FollowUp(id);
  EXPECT_TRUE(test::WaitFor(
      [&] {
        return FigureOf(shop_, "case_completion_rate", days, "refund") ==
               std::pair(std::int64_t{1}, std::int64_t{1});
      },
      seconds(20)));
}

TEST_F(BankRun, NamesTheLinesThatItCannotTakeAndTakesTheOthers) {
  const std::string id = ApprovedCase();
  Succeed({"create"});
  Succeed({"export", "1", "--to", stack_.state() / "run.csv"});
  Succeed({"handed-over", "1"});
  const fs::path results =
      Write("reference,amount,currency,result,bank_reference\n" + id +
            "-1,40.0x,CNY,accepted,B7\n" + "99-1,40.00,CNY,accepted,B7\n" +
            "\xFF\xFE,1.00,CNY,accepted,B7\n" + id + "-1,40.00,CNY,accepted,B8\n");
  const Finished imported = Run({"import-results", "1", results, "--encoding", "utf-8"});
  EXPECT_EQ(imported.exit_code, 4) << imported.output;
  for (const char* said : {"is no decimal number", "names no payment of this run", "amount",
                           "is no payment's reference", "1 results applied", "3 to look at"}) {
    EXPECT_NE(imported.output.find(said), std::string::npos) << said << " in " << imported.output;
  }
  EXPECT_EQ(shop_.Get(id).state(), "FollowingUp");
}

TEST_F(BankRun, DissolvedGivesItsPaymentsToTheNext) {
  ApprovedCase();
  Succeed({"create", "--max-total", "40.00 CNY"});
  EXPECT_EQ(Run({"create"}).exit_code, 1) << "every payment is in a run";
  Succeed({"dissolve", "1"});
  EXPECT_NE(Succeed({"create"}).find("open"), std::string::npos);
  EXPECT_EQ(Run({"handed-over", "2"}).exit_code, 1) << "it was not exported";
}

}  // namespace
}  // namespace redress::e2e
