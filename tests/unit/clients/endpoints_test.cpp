#include "clients/cpp/endpoints.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/unit/clients/temporary_file.h"

namespace redress::client {
namespace {

using testing::HasSubstr;

constexpr const char* kEndpoints = R"({
  "services": {"identity": "127.0.0.1:7101", "order": "127.0.0.1:7103"},
  "ca_file": "/s/ca.crt",
  "operator": {"certificate": "/s/operator.crt", "key": "/s/operator.key"},
  "database_socket": "/s/mysql.sock",
  "shop": {"shop_id": "1", "name": "Sample"},
  "log_ins": [{"role": "agent", "account_name": "sample.agent", "password": "p"}]
})";

// Sets a variable for the length of a test.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    setenv(name, value.c_str(), 1);
  }
  ~Variable() { unsetenv(name_); }

 private:
  const char* name_;
};

std::string ErrorOf(const std::function<void()>& call) {
  try {
    call();
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

TEST(Endpoints, AreReadFromTheFile) {
  const Endpoints endpoints = ParseEndpoints(kEndpoints, "endpoints.json");
  EXPECT_EQ(endpoints.AddressOf("order"), "127.0.0.1:7103");
  EXPECT_EQ(endpoints.ca_file, "/s/ca.crt");
  EXPECT_EQ(endpoints.operator_key, "/s/operator.key");
  EXPECT_EQ(endpoints.shop_id, "1");
  ASSERT_EQ(endpoints.log_ins.size(), 1u);
  EXPECT_EQ(endpoints.log_ins[0].account_name, "sample.agent");
}

TEST(Endpoints, SayWhichVariableNamesAMissingService) {
  const Endpoints endpoints = ParseEndpoints(kEndpoints, "endpoints.json");
  EXPECT_THAT(ErrorOf([&] { endpoints.AddressOf("scoring"); }),
              HasSubstr("REDRESS_SCORING_ADDRESS"));
}

TEST(Endpoints, RefuseAFileThatIsNone) {
  EXPECT_THAT(ErrorOf([] { ParseEndpoints("{", "e.json"); }), HasSubstr("e.json"));
  EXPECT_THAT(ErrorOf([] { ParseEndpoints("{}", "e.json"); }), HasSubstr("no services"));
  EXPECT_THAT(ErrorOf([] { ParseEndpoints(R"({"services":{"order":7}})", "e.json"); }),
              HasSubstr("services.order"));
}

TEST(FindEndpoints, TakesTheStateFolderFirst) {
  const test::TemporaryFolder folder;
  folder.Write("endpoints.json", kEndpoints);
  const Variable state("REDRESS_STATE", "/no/such/folder");
  const Endpoints endpoints = FindEndpoints(folder.path().string());
  EXPECT_EQ(endpoints.state_directory, folder.path().string());
  EXPECT_THAT(ErrorOf([] { FindEndpoints(std::nullopt); }), HasSubstr("/no/such/folder"));
}

TEST(FindEndpoints, TakesTheEnvironment) {
  const Variable identity("REDRESS_IDENTITY_ADDRESS", "id.example:443");
  const Variable order("REDRESS_ORDER_ADDRESS", "order.example:443");
  EXPECT_THAT(ErrorOf([] { FindEndpoints(std::nullopt); }), HasSubstr("REDRESS_CA_FILE"));
  const Variable ca("REDRESS_CA_FILE", "/ca.crt");
  const Endpoints endpoints = FindEndpoints(std::nullopt);
  EXPECT_EQ(endpoints.AddressOf("order"), "order.example:443");
  EXPECT_EQ(endpoints.ca_file, "/ca.crt");
  EXPECT_EQ(endpoints.state_directory, "");
}

}  // namespace
}  // namespace redress::client
