// The main function of every service, as its own process: flags, start, refusals, graceful stop.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <iostream>

#include "redress/identity/v1/session_service.grpc.pb.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/master_key.h"
#include "services/platform/server/channel.h"
#include "tests/integration/platform/server/certificates.h"
#include "tests/support/private_maria_db.h"
#include "tests/support/process.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// A deployment of the one service, in a directory of its own.
class ServiceMainTest : public ::testing::Test {
 protected:
  ServiceMainTest() {
    Write("ca.crt", authority_.pem());
    const auto tls = authority_.Issue("house");
    Write("house.crt", tls.certificate_pem);
    Write("house.key", tls.private_key_pem);
    std::filesystem::create_directory(folder_.path() / "keys");
    Write("keys/house.key", std::string(platform::SecretKey::Random().view()));
    std::filesystem::permissions(folder_.path() / "keys/house.key",
                                 std::filesystem::perms::owner_read);
  }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
  }
  // The schema's name is the service's, as in a deployment; its user is the server's own root.
  void WriteConfig(const std::string& more = "") {
    Write("redress.toml",
          "[deployment]\nkind = \"production\"\n[tls]\nca_file = \"ca.crt\"\n"
          "certificate_directory = \".\"\n[database]\nsocket = \"" +
              PrivateMariaDb::Instance().RootConfig().socket_path +
              "\"\n[nats]\nurl = \"nats://127.0.0.1:1\"\n[keys]\ndirectory = \"keys\"\n[house]\n"
              "address = \"127.0.0.1:" +
              std::to_string(port_) + "\"\n" + more);
  }
  void CreateSchema() {
    platform::Pool pool(PrivateMariaDb::Instance().RootConfig());
    const auto connection = pool.Acquire();
    connection->Run("DROP DATABASE IF EXISTS redress_house");
    connection->Run("CREATE DATABASE redress_house");
    connection->Run(
        "CREATE OR REPLACE USER redress_house@localhost IDENTIFIED VIA mysql_native_password USING "
        "''");
    connection->Run("GRANT ALL ON redress_house.* TO redress_house@localhost");
  }
  Process Start(std::vector<std::string> flags) {
    flags.insert(flags.begin(), HOUSE_SERVICE);
    return Process(flags, folder_.path() / "log");
  }
  // Its exit code, once it ends by itself.
  int Run(std::vector<std::string> flags) {
    Process process = Start(std::move(flags));
    EXPECT_TRUE(WaitFor([&] { return !process.Running(); }, std::chrono::seconds(30)));
    const int status = process.End(SIGTERM);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string Log() const { return ReadFile(folder_.path() / "log"); }
  std::string ConfigFile() const { return folder_.path() / "redress.toml"; }

  TemporaryDirectory folder_;
  CertificateAuthority authority_;
  const int port_ = FreePort();
};

TEST_F(ServiceMainTest, FlagsThatOnlyTell) {
  EXPECT_EQ(Run({"--version"}), 0);
  EXPECT_THAT(Log(), HasSubstr("redress-house "));
  EXPECT_EQ(Run({"--help-config"}), 0);
  EXPECT_THAT(Log(), AllOf(HasSubstr("rooms  (a whole number, default \"3\", REDRESS_HOUSE_ROOMS)"),
                           HasSubstr("how many rooms"), HasSubstr("[database]")));
  EXPECT_EQ(Run({}), 2);
  EXPECT_EQ(Run({"--sideways"}), 2);
}

TEST_F(ServiceMainTest, UnknownKeyStopsTheStart) {
  WriteConfig("romms = 4\n");
  EXPECT_EQ(Run({"--config", ConfigFile()}), 1);
  EXPECT_THAT(Log(), AllOf(HasSubstr("unknown key"), HasSubstr("house.rooms")));
}

TEST_F(ServiceMainTest, TestClockStopsTheStartOutsideOfTests) {
  WriteConfig();
  setenv("REDRESS_DEPLOYMENT_CLOCK_OFFSET_FILE", "offset", 1);
  EXPECT_EQ(Run({"--config", ConfigFile()}), 1);
  unsetenv("REDRESS_DEPLOYMENT_CLOCK_OFFSET_FILE");
  EXPECT_THAT(Log(), HasSubstr("clock_offset_file is for deployments of kind test"));
}

TEST_F(ServiceMainTest, MigratesServesAndStopsGracefully) {
  WriteConfig();
  CreateSchema();
  ASSERT_EQ(Run({"--config", ConfigFile(), "--migrate"}), 0) << Log();
  ASSERT_EQ(Run({"--config", ConfigFile(), "--migrate"}), 0) << Log();
  EXPECT_THAT(Log(), HasSubstr("\"applied\":0"));

  Process service = Start({"--config", ConfigFile()});
  ASSERT_TRUE(WaitFor([&] { return Log().find("\"serving\"") != std::string::npos; })) << Log();
  const auto stub = identity::v1::SessionService::NewStub(platform::OpenChannel(
      "127.0.0.1:" + std::to_string(port_), "house", {authority_.pem(), "", ""}));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
  identity::v1::LogInRequest request;
  request.set_account_name("ann");
  request.set_password("secret");
  identity::v1::LogInResponse response;
  const auto status = stub->LogIn(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();

  const int end = service.End(SIGTERM);
  EXPECT_TRUE(WIFEXITED(end) && WEXITSTATUS(end) == 0) << Log();
  EXPECT_THAT(Log(), HasSubstr("\"stopped\""));
}

}  // namespace
}  // namespace redress::test
