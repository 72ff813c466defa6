#include "clients/cli/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "clients/cli/references.h"
#include "tests/support/data_directory.h"
#include "tests/unit/clients/temporary_file.h"

namespace redress::cli {
namespace {

using testing::HasSubstr;

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

Outcome RunWith(std::vector<std::string> arguments, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  Outcome outcome;
  outcome.code = Run(arguments, {in, out, err});
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

// A state folder whose services are not there.
class Nowhere {
 public:
  Nowhere() {
    folder_.Write("ca.crt", "");
    folder_.Write("endpoints.json", R"({"services": {"identity": "127.0.0.1:1",
      "order": "127.0.0.1:1"}, "ca_file": ")" +
                                        (folder_.path() / "ca.crt").string() + R"("})");
  }
  std::string path() const { return folder_.path().string(); }

 private:
  const test::TemporaryFolder folder_;
};

TEST(Program, ShowsHelpOfEveryCommand) {
  const Outcome all = RunWith({"--help"});
  EXPECT_EQ(all.code, kDone);
  for (const char* group : {"log-in", "import", "customer", "order", "adjustment", "case",
                            "settlement", "warehouse", "workflow", "deadline", "kpi", "member"}) {
    EXPECT_THAT(all.out, HasSubstr(group));
    const Outcome one = RunWith({group, "--help"});
    EXPECT_EQ(one.code, kDone) << group;
    EXPECT_THAT(one.out, HasSubstr("Usage: redress"));
  }
}

// A mapping that ships, as a path: the test's own program has none beside it.
std::string Shipped(const std::string& name) {
  return test::SourceDirectory() / ("clients/importing/mappings/" + name + ".toml");
}

TEST(Program, PlansAnImportOfProductsWithoutAServer) {
  const test::TemporaryFolder folder;
  const std::string file = folder.Write("p.csv", "宝贝ID,宝贝标题,价格,货架\n1,玻璃杯,9.90,A3\n");
  const Outcome planned =
      RunWith({"import", "products", file, "--mapping", Shipped("products"), "--plan"});
  EXPECT_EQ(planned.code, kDone) << planned.err;
  EXPECT_THAT(planned.out, HasSubstr("价格 → sku.price_minor"));
  EXPECT_THAT(planned.out, HasSubstr("货架 → not read"));
  EXPECT_THAT(planned.out, HasSubstr("\"price_minor\":\"990\""));
}

TEST(Program, TakesNoMappingThatDescribesSomethingElse) {
  const test::TemporaryFolder folder;
  const std::string file = folder.Write("p.csv", "a,b\n1,2\n");
  const Outcome products =
      RunWith({"import", "products", file, "--mapping", Shipped("taobao_refunds")});
  EXPECT_EQ(products.code, kUsage);
  EXPECT_THAT(products.err, HasSubstr("does not describe products"));
  const Outcome orders = RunWith({"import", "orders", file, "--mapping", Shipped("products")});
  EXPECT_EQ(orders.code, kUsage);
  EXPECT_THAT(orders.err, HasSubstr("does not describe orders"));
}

TEST(Program, WantsAnAccountForANameOfTheFile) {
  const test::TemporaryFolder folder;
  const std::string file = folder.Write("p.csv", "a,b\n1,2\n");
  for (const char* agent : {"Anna", "Anna=", "=7", "Anna=seven"}) {
    const Outcome outcome =
        RunWith({"import", "cases", file, "--mapping", Shipped("helpdesk_it"), "--agent", agent});
    EXPECT_EQ(outcome.code, kUsage);
    EXPECT_THAT(outcome.err, HasSubstr("give NAME=ACCOUNT")) << agent;
  }
}

TEST(Program, AnswersTwoForWrongUsage) {
  for (const std::vector<std::string>& line : std::vector<std::vector<std::string>>{
           {},
           {"nonsense"},
           {"order"},
           {"order", "show"},
           {"order", "show", "1", "--no-such-flag"},
           {"case", "apply", "12"},
           {"settlement", "run"},
           {"settlement", "run", "export"},
           {"settlement", "run", "import-results", "7", "/no/such/file"},
           {"case", "apply", "12", "no-such-event"},
           {"case", "apply", "12", "ship-return", "--carrier", "x"},
           {"case", "apply", "12", "approve", "--amount", "1", "--amount-minor", "100"},
           {"customer", "find", "--nick", "x"},
           {"import", "orders", "/no/such/file", "--mapping", "x"},
           {"--timeout", "-1", "whoami"}}) {
    const Outcome outcome = RunWith(line);
    EXPECT_EQ(outcome.code, kUsage) << testing::PrintToString(line);
    EXPECT_NE(outcome.err, "") << testing::PrintToString(line);
  }
}

TEST(Program, SaysWhereItLookedForTheEndpoints) {
  const Outcome outcome = RunWith({"--state", "/no/such/state", "whoami"});
  EXPECT_EQ(outcome.code, kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("/no/such/state/endpoints.json"));
  EXPECT_THAT(outcome.err, HasSubstr("deploy/up"));
}

TEST(Program, TellsHowToLogIn) {
  const Nowhere nowhere;
  const Outcome outcome = RunWith({"--state", nowhere.path(), "whoami"});
  EXPECT_EQ(outcome.code, kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("redress log-in"));
}

TEST(Program, TakesOneTextForEachPositionalArgument) {
  const Nowhere nowhere;
  for (const std::vector<std::string>& line :
       {std::vector<std::string>{"shop", "set", "time_zone", "Asia/Shanghai"},
        {"settlement", "record", "12", "settled", "--attempts", "1", "--payment-reference",
         "P1"}}) {
    std::vector<std::string> all = {"--state", nowhere.path()};
    all.insert(all.end(), line.begin(), line.end());
    EXPECT_THAT(RunWith(all).err, testing::StartsWith("redress: you are not logged in"));
  }
  EXPECT_EQ(RunWith({"settlement", "record", "12", "settled", "--attempts", "1", "more"}).code,
            kUsage);
}

TEST(Program, RecordsAPaymentOnlyWithTheAttemptItIsAbout) {
  const Outcome outcome = RunWith({"settlement", "record", "12", "failed"});
  EXPECT_EQ(outcome.code, kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("--attempts"));
}

TEST(Program, AnswersThreeWhereNobodyAnswers) {
  const Nowhere nowhere;
  const Outcome outcome = RunWith(
      {"--state", nowhere.path(), "log-in", "--account", "a", "--password-stdin"}, "secret\n");
  EXPECT_EQ(outcome.code, kUnreachable) << outcome.err;
  EXPECT_EQ(outcome.err.find("secret"), std::string::npos);
  const Outcome status = RunWith({"--state", nowhere.path(), "status"});
  EXPECT_EQ(status.code, kUnreachable);
  EXPECT_THAT(status.out, HasSubstr("identity"));
}

TEST(Program, ReadsPasswordsFromFilesAndStdinOnly) {
  const Nowhere nowhere;
  EXPECT_THAT(
      RunWith({"--state", nowhere.path(), "log-in", "--account", "a", "--password-stdin"}).err,
      HasSubstr("password is empty"));
  EXPECT_THAT(RunWith({"--state", nowhere.path(), "log-in", "--account", "a", "--password-file",
                       "/no/such/file"})
                  .err,
              HasSubstr("--password-file"));
  EXPECT_EQ(RunWith({"log-in", "--account", "a", "--password", "x"}).code, kUsage);
}

TEST(Program, WantsOneWayToSayWhoLogsIn) {
  const Nowhere nowhere;
  EXPECT_EQ(RunWith({"--state", nowhere.path(), "log-in"}).code, kUsage);
  EXPECT_THAT(RunWith({"--state", nowhere.path(), "log-in", "--role", "agent"}).err,
              HasSubstr("no sample shop"));
  EXPECT_EQ(RunWith({"--state", nowhere.path(), "--as", "../x", "whoami"}).code, kUsage);
}

TEST(CaseKey, TakesNumbersAndIds) {
  EXPECT_EQ(CaseKey("#12").case_number(), 12u);
  EXPECT_EQ(CaseKey("12").case_number(), 12u);
  EXPECT_EQ(CaseKey("7234567890123456789").case_id(), "7234567890123456789");
  for (const char* bad : {"", "#", "twelve", "#12a", "123456789012345678901", "-1"}) {
    EXPECT_THROW(CaseKey(bad), UsageError) << bad;
  }
}

TEST(OrderKey, TakesNumbersAndIds) {
  EXPECT_EQ(OrderKey("direct:536384").number().platform(), "direct");
  EXPECT_EQ(OrderKey("direct:5:36").number().order_number(), "5:36");
  EXPECT_EQ(OrderKey("7234567890123456789").order_id(), "7234567890123456789");
  EXPECT_THROW(OrderKey("x"), UsageError);
}

}  // namespace
}  // namespace redress::cli
