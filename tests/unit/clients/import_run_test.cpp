#include "clients/importing/import_run.h"

#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

#include <mutex>

#include "clients/cpp/json.h"
#include "tests/unit/clients/sample_mapping.h"
#include "tests/unit/clients/temporary_file.h"

namespace redress::importing {
namespace {

namespace order = redress::order::v1;
using testing::HasSubstr;

std::string Line(const std::string& invoice, const std::string& sku,
                 const std::string& units = "1") {
  return invoice + ",交易成功,2020-02-21 08:30,b,," + sku + "," + units + ",1.5\n";
}

// Runs a file against a function in place of the server.
class Import {
 public:
  explicit Import(const std::string& rows)
      : path_(folder_.Write("f.csv", test::kHeader + rows)), file_(path_, mapping_) {}

  ImportSummary Run(ImportRun::Send send) {
    RejectsFile rejects(rejects_path(), {});
    ImportRun run(std::move(send), rejects, nullptr);
    return run.Run(file_);
  }

  std::string rejects_path() const { return folder_.path() / "rejects.csv"; }
  std::string rejects() const { return client::ReadFile(rejects_path()); }

 private:
  const test::TemporaryFolder folder_;
  const Mapping mapping_ = ParseMapping(test::kMapping, "m.toml");
  const std::string path_;
  OrderFile file_;
};

order::ImportOrdersResponse AcceptAll(const order::ImportOrdersRequest& request) {
  order::ImportOrdersResponse response;
  for (int i = 0; i < request.orders_size(); ++i) {
    response.add_orders()->set_outcome(order::IMPORT_OUTCOME_CREATED);
  }
  for (int i = 0; i < request.adjustments_size(); ++i) {
    auto& result = *response.add_adjustments();
    result.set_outcome(order::IMPORT_OUTCOME_CREATED);
    result.set_matched(i % 2 == 0);
  }
  return response;
}

TEST(ImportRun, CountsWhatBecameOfEachItem) {
  Import import(Line("1", "A") + Line("1", "B") + Line("2", "A") + Line("C1", "A", "-1") +
                Line("C1", "B", "-1") + "3,交易成功,2020-02-21 08:30,another,,A,many,1.5\n");
  const ImportSummary summary = import.Run(AcceptAll);
  EXPECT_EQ(summary.rows, 6u);
  EXPECT_EQ(summary.rows_accepted, 5u);
  EXPECT_EQ(summary.rows_rejected, 1u);
  EXPECT_EQ(summary.orders_created, 2u);
  EXPECT_EQ(summary.order_lines, 3u);
  EXPECT_EQ(summary.adjustments_created, 2u);
  EXPECT_EQ(summary.adjustments_matched, 1u);
  EXPECT_EQ(summary.adjustments_unmatched, 1u);
}

TEST(ImportRun, SendsAdjustmentsWhenAllOrdersAreIn) {
  std::string rows = Line("C1", "A", "-1");
  for (int i = 0; i < 2500; ++i) rows += Line(std::to_string(10'000 + i), "A");
  Import import(rows);
  std::mutex mutex;
  int orders = 0;
  int orders_before_adjustments = -1;
  import.Run([&](const order::ImportOrdersRequest& request) {
    std::lock_guard lock(mutex);
    orders += request.orders_size();
    if (request.adjustments_size() > 0) orders_before_adjustments = orders;
    return AcceptAll(request);
  });
  EXPECT_EQ(orders_before_adjustments, 2500);
}

TEST(ImportRun, HoldsAnOrderBackWithTheLineThatIsAtFault) {
  Import import(Line("1", "A") + Line("1", "B") + Line("1", "C"));
  int calls = 0;
  const ImportSummary summary = import.Run([&](const order::ImportOrdersRequest& request) {
    ++calls;
    auto response = AcceptAll(request);
    auto& result = *response.mutable_orders(0);
    result.set_outcome(order::IMPORT_OUTCOME_REFUSED);
    result.set_field("lines[1].sku");
    result.set_problem("is not sold here");
    return response;
  });
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(summary.rows_rejected, 3u);
  EXPECT_EQ(summary.rows_accepted, 0u);
  EXPECT_THAT(import.rejects(), HasSubstr("3,lines[1].sku: is not sold here,"));
  EXPECT_THAT(import.rejects(), HasSubstr("whole order or not at all, and line 3 is wrong"));
}

TEST(ImportRun, HoldsRefundsBackWhoseOrderMayBeHeldBack) {
  Import import(Line("1", "A", "many") + Line("C1", "A", "-1"));
  const ImportSummary summary = import.Run(AcceptAll);
  EXPECT_EQ(summary.rows_rejected, 2u);
  EXPECT_EQ(summary.adjustments_created, 0u);
  EXPECT_THAT(import.rejects(), HasSubstr("held back, see line 2; import it with the order"));
}

TEST(ImportRun, RejectsEveryRowOfAnOrderThatIsRefusedAsAWhole) {
  Import import(Line("1", "A") + Line("1", "B") + Line("C1", "A", "-1"));
  const ImportSummary summary = import.Run([](const order::ImportOrdersRequest& request) {
    auto response = AcceptAll(request);
    for (auto* results : {response.mutable_orders(), response.mutable_adjustments()}) {
      for (auto& result : *results) {
        result.set_outcome(order::IMPORT_OUTCOME_REFUSED);
        result.set_field("currency_code");
        result.set_problem("is not the shop's");
      }
    }
    return response;
  });
  EXPECT_EQ(summary.rows_rejected, 3u);
  EXPECT_EQ(summary.rows_accepted, 0u);
  EXPECT_THAT(import.rejects(), HasSubstr("3,currency_code: is not the shop's,"));
}

// The service's field rules refuse a call as a whole, naming the items at fault.
TEST(ImportRun, SendsTheGoodItemsOfARefusedCallAgain) {
  Import import(Line("1", "A") + Line("2", "B") + Line("3", "C"));
  const ImportSummary summary = import.Run([](const order::ImportOrdersRequest& request) {
    for (int i = 0; i < request.orders_size(); ++i) {
      if (request.orders(i).order_number() != "2") continue;
      google::rpc::BadRequest bad;
      auto& violation = *bad.add_field_violations();
      violation.set_field("orders[" + std::to_string(i) + "].lines[0].sku");
      violation.set_description("is too odd");
      google::rpc::Status status;
      status.add_details()->PackFrom(bad);
      throw client::CallError(
          {grpc::StatusCode::INVALID_ARGUMENT, "bad fields", status.SerializeAsString()});
    }
    return AcceptAll(request);
  });
  EXPECT_EQ(summary.orders_created, 2u);
  EXPECT_EQ(summary.rows_rejected, 1u);
  EXPECT_THAT(import.rejects(), HasSubstr("3,lines[0].sku: is too odd,"));
}

TEST(ImportRun, StopsWhenTheServiceIsGone) {
  Import import(Line("1", "A"));
  EXPECT_THROW(import.Run([](const order::ImportOrdersRequest&) -> order::ImportOrdersResponse {
    throw client::CallError({grpc::StatusCode::UNAVAILABLE, "gone"});
  }),
               client::CallError);
}

TEST(ImportRun, RefusesAnAnswerOfAnotherLength) {
  Import import(Line("1", "A"));
  EXPECT_THROW(
      import.Run([](const order::ImportOrdersRequest&) { return order::ImportOrdersResponse(); }),
      std::runtime_error);
}

TEST(RejectsFile, IsTheOwnersAlone) {
  Import import(Line("1", "A", "many"));
  import.Run(AcceptAll);
  const auto mode = std::filesystem::status(import.rejects_path()).permissions();
  EXPECT_EQ(mode & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(RejectsFile, IsNoneOfTheFilesThatAreRead) {
  const test::TemporaryFolder folder;
  const std::string orders = folder.Write("orders.csv", "a\n");
  const std::string lines = folder.Write("lines.csv", "a\n");
  EXPECT_THROW(RejectsFile(orders, {orders}), std::runtime_error);
  EXPECT_THROW(RejectsFile(lines, {orders, lines}), std::runtime_error);
  EXPECT_TRUE(std::filesystem::exists(orders));
  EXPECT_TRUE(std::filesystem::exists(lines));
}

TEST(RejectsFile, DoesNotExistWithoutRejects) {
  Import import(Line("1", "A"));
  import.Run(AcceptAll);
  EXPECT_FALSE(std::filesystem::exists(import.rejects_path()));
}

}  // namespace
}  // namespace redress::importing
