// The files to and from the bank: exact amounts, bytes that do not change, and lines that are
// judged one by one.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "services/aftersales/domain/bank_result_file.h"
#include "services/aftersales/domain/bank_run_file.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/money.h"

namespace redress::aftersales {
namespace {

BankRun RunOf(const std::string& currency) {
  BankRun run;
  run.number = 7;
  run.currency = currency;
  return run;
}

BankPayment PaymentOf(std::uint64_t case_id, std::int64_t amount) {
  BankPayment payment;
  payment.case_id = {case_id};
  payment.attempt = 1;
  payment.case_number = 12;
  payment.order = OrderId{70};
  payment.amount = amount;
  payment.platform = "taobao";
  payment.order_number = "T-1";
  return payment;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

BadResultLine BadLine(const std::string& line) {
  const auto read =
      ReadBankResults("reference,amount,currency,result,bank_reference,reason\n" + line, 2);
  return std::get<BadResultLine>(read.at(0));
}

TEST(BankRunFile, HasAHeaderALineAPaymentAndAControlRecord) {
  const std::vector<BankPayment> payments = {PaymentOf(11, 1234), PaymentOf(12, 5)};
  EXPECT_EQ(BankRunFile(RunOf("CNY"), payments),
            "record,reference,amount,currency,count,platform,order_number,order_id,purpose\n"
            "payment,11-1,12.34,CNY,1,taobao,T-1,70,Refund of case 12\n"
            "payment,12-1,0.05,CNY,1,taobao,T-1,70,Refund of case 12\n"
            "control,run-7,12.39,CNY,2,,,,\n");
}

TEST(BankRunFile, WritesTheDigitsThatTheCurrencyHas) {
  EXPECT_EQ(BankAmount(1234, "JPY"), "1234");
  EXPECT_EQ(BankAmount(1230, "GBP"), "12.30");
  EXPECT_EQ(BankAmount(1200, "GBP"), "12.00");
  EXPECT_EQ(BankAmount(1, "KWD"), "0.001");
  EXPECT_THROW(BankAmount(1, "gbp"), std::invalid_argument);
}

TEST(BankRunFile, LeavesOutWhatDoesNotGoToTheBank) {
  std::vector<BankPayment> payments = {PaymentOf(11, 1234), PaymentOf(12, 5)};
  payments[0].state = BankPaymentState::kLeftOut;
  const auto lines = Lines(BankRunFile(RunOf("CNY"), payments));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_TRUE(lines[1].starts_with("payment,12-1,")) << lines[1];
  EXPECT_TRUE(lines[2].starts_with("control,run-7,0.05,CNY,1,")) << lines[2];
}

TEST(BankRunFile, IsTheSameWhateverTheBankAnswered) {
  std::vector<BankPayment> payments = {PaymentOf(11, 1234), PaymentOf(12, 5)};
  const std::string before = BankRunFile(RunOf("CNY"), payments);
  payments[0].state = BankPaymentState::kAccepted;
  payments[0].bank_reference = "B-1";
  payments[1].state = BankPaymentState::kRejected;
  EXPECT_EQ(BankRunFile(RunOf("CNY"), payments), before);
}

TEST(BankRunFile, KeepsAnyOrderNumberOnOneLine) {
  BankPayment payment = PaymentOf(11, 100);
  payment.order_number = "a,\"b\"\nc";
  const auto lines = Lines(BankRunFile(RunOf("CNY"), {{payment}}));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(SplitCsvLine(lines[1]).value().at(6), "a,\"b\" c");
}

RC_GTEST_PROP(BankRunFileProperty, IsReadBackExactly, ()) {
  const std::string currency = *rc::gen::element<std::string>("JPY", "CNY", "KWD");
  const int digits = platform::MinorDigits(currency).value();
  const auto amounts = *rc::gen::container<std::vector<std::int64_t>>(
      rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000'000));
  const std::string number =
      *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', ' ', '7', '-'));
  std::vector<BankPayment> payments;
  std::int64_t sum = 0;
  for (const std::int64_t amount : amounts) {
    payments.push_back(PaymentOf(payments.size() + 1, amount));
    payments.back().order_number = number;
    sum += amount;
  }
  const auto lines = Lines(BankRunFile(RunOf(currency), payments));
  RC_ASSERT(lines.size() == payments.size() + 2);
  for (std::size_t i = 0; i < payments.size(); ++i) {
    const auto fields = SplitCsvLine(lines[i + 1]).value();
    RC_ASSERT(fields.size() == 9u);
    RC_ASSERT(fields[1] == ReferenceOf(payments[i]));
    RC_ASSERT(platform::Decimal::Parse(fields[2])->ExactMinor(digits) == payments[i].amount);
    RC_ASSERT(fields[6] == number);
  }
  const auto control = SplitCsvLine(lines.back()).value();
  RC_ASSERT(platform::Decimal::Parse(control[2])->ExactMinor(digits) == sum);
  RC_ASSERT(control[4] == std::to_string(payments.size()));
}

RC_GTEST_PROP(CsvProperty, ARecordIsReadBack, ()) {
  const auto fields = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::element('a', ',', '"', ' ', '\t'))));
  RC_ASSERT(SplitCsvLine(CsvRecord(fields)) == fields);
}

RC_GTEST_PROP(BankResultsProperty, AnyTextIsReadWithoutHarm, (const std::string& text)) {
  const auto lines = ReadBankResults("reference,amount,currency,result\n" + text, 2);
  RC_ASSERT(lines.size() <= text.size());
}

TEST(BankResults, AreReadByTheNamesOfTheirColumns) {
  const auto read = ReadBankResults(
      "\xEF\xBB\xBFresult,extra,currency, amount ,reference,bank_reference\r\n"
      "accepted,x,CNY, 12.34 ,11-1,B/1\r\n"
      "\r\n"
      "rejected,x,CNY,5.00,12-1,",
      2);
  ASSERT_EQ(read.size(), 2u);
  const auto& first = std::get<BankResultLine>(read[0]);
  EXPECT_EQ(first.line, 2u);
  EXPECT_EQ(first.reference, "11-1");
  EXPECT_EQ(first.amount, "12.34");
  EXPECT_EQ(first.result, BankResult::kAccepted);
  EXPECT_EQ(first.bank_reference, "B/1");
  EXPECT_EQ(std::get<BankResultLine>(read[1]).line, 4u) << "empty lines are counted";
}

TEST(BankResults, NameTheColumnTheProblemAndTheRemedyOfABadLine) {
  EXPECT_EQ(BadLine("11 1,1.00,CNY,rejected,,").column, "reference");
  EXPECT_EQ(BadLine("11-1,1.0x,CNY,rejected,,").column, "amount");
  EXPECT_EQ(BadLine("11-1,1.00,Yuan,rejected,,").column, "currency");
  EXPECT_EQ(BadLine("11-1,1.00,CNY,paid,,").column, "result");
  EXPECT_EQ(BadLine("11-1,1.00,CNY,accepted,,").column, "bank_reference");
  EXPECT_EQ(BadLine("11-1,1.00,CNY,accepted,B 1,").column, "bank_reference");
  const BadResultLine short_line = BadLine("11-1,1.00,CNY");
  EXPECT_EQ(short_line.line, 2u);
  EXPECT_EQ(short_line.problem, "has 3 fields, the header 6");
  EXPECT_NE(BadLine("\"11-1,1.00,CNY,paid,,").problem, "");
  EXPECT_NE(BadLine("\xFF,1.00,CNY,paid,,").problem, "");
  for (const char* line : {"11-1,1.0x,CNY,rejected,,", "11-1,1.00,CNY", "\"11"}) {
    EXPECT_NE(BadLine(line).remedy, "") << line;
  }
}

TEST(BankResults, RefuseAHeaderThatIsNone) {
  EXPECT_THROW(ReadBankResults("11-1,1.00,CNY,accepted,B1,\n", 2), platform::Refusal);
  EXPECT_THROW(ReadBankResults("reference,amount,currency,result,result\n", 2), platform::Refusal);
  EXPECT_THROW(ReadBankResults("", 2), platform::Refusal);
}

TEST(BankResults, TakeAThousandLinesAndNoMore) {
  std::string text = "reference,amount,currency,result\n";
  for (std::size_t i = 0; i < kMostResultLines; ++i) text += "11-1,1.00,CNY,rejected\n";
  EXPECT_EQ(ReadBankResults(text, 2).size(), kMostResultLines);
  EXPECT_THROW(ReadBankResults(text + "11-1,1.00,CNY,rejected\n", 2), platform::Refusal);
}

}  // namespace
}  // namespace redress::aftersales
