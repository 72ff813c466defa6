// A server of its own with TLS on a TCP port: the production way in.

#include <fstream>
#include <stdexcept>

#include "services/platform/database/connection.h"
#include "tests/integration/platform/database/fixture.h"
#include "tests/support/process.h"
#include "tests/support/wait_for.h"

namespace redress::platform {
namespace {

void Openssl(const std::filesystem::path& directory, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "openssl");
  test::Process openssl(arguments, directory / "openssl.log");
  if (!test::WaitFor([&] { return !openssl.Running(); }) || openssl.End(SIGKILL) != 0) {
    throw std::runtime_error(test::ReadFile(directory / "openssl.log"));
  }
}

// An authority and a certificate of it for localhost.
void MakeCertificates(const std::filesystem::path& directory, const std::string& name) {
  const auto file = [&](const std::string& end) { return (directory / (name + end)).string(); };
  Openssl(directory, {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                      "-nodes", "-subj", "/CN=" + name, "-days", "2", "-keyout", file("-ca.key"),
                      "-out", file("-ca.crt")});
  Openssl(directory,
          {"req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
           "/CN=localhost", "-keyout", file(".key"), "-out", file(".csr")});
  std::ofstream(directory / "extensions") << "subjectAltName=DNS:localhost,IP:127.0.0.1\n";
  Openssl(directory, {"x509", "-req", "-in", file(".csr"), "-CA", file("-ca.crt"), "-CAkey",
                      file("-ca.key"), "-CAcreateserial", "-days", "2", "-extfile",
                      (directory / "extensions").string(), "-out", file(".crt")});
}

class TlsTest : public testing::Test {
 protected:
  TlsTest() {
    MakeCertificates(directory_.path(), "ours");
    MakeCertificates(directory_.path(), "strangers");
    const auto file = [&](const char* name) { return (directory_.path() / name).string(); };
    server_ = std::make_unique<test::PrivateMariaDb>(
        std::vector<std::string>{"--bind-address=127.0.0.1", "--port=" + std::to_string(port_),
                                 "--ssl-cert=" + file("ours.crt"), "--ssl-key=" + file("ours.key"),
                                 "--ssl-ca=" + file("ours-ca.crt")});
    config_ = server_->CreateSchema("tls");
    config_.socket_path.clear();
    config_.host = "127.0.0.1";
    config_.port = port_;
    config_.tls_ca_file = file("ours-ca.crt");
  }
  static std::string Cipher(const DatabaseConfig& config) {
    Connection db(config);
    Result row = db.Query("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
    row.Next();
    return row.String(1);
  }

  test::TemporaryDirectory directory_;
  const int port_ = test::FreePort();
  std::unique_ptr<test::PrivateMariaDb> server_;
  DatabaseConfig config_;
};

TEST_F(TlsTest, ConnectsEncryptedToTheServerItTrustsOnly) {
  EXPECT_NE(Cipher(config_), "");
  DatabaseConfig distrusting = config_;
  distrusting.tls_ca_file = (directory_.path() / "strangers-ca.crt").string();
  EXPECT_EQ(KindThrownBy([&] { Connection{distrusting}; }), DatabaseError::Kind::kConnectionLost);
  DatabaseConfig plain = config_;
  plain.tls_ca_file.clear();
  EXPECT_NO_THROW(Connection{plain});
  plain.host = "192.0.2.1";
  EXPECT_THROW(Connection{plain}, std::runtime_error);
}

TEST_F(TlsTest, FaultsCutEncryptedSocketsToo) {
  FaultPlan faults;
  Pool pool(config_, &faults);
  pool.Acquire()->Run("CREATE TABLE t (shop_id INT PRIMARY KEY, n INT NOT NULL)");
  const auto commit = [&](FaultPlan::Fault fault, int shop) {
    faults.Force(fault);
    Pool::Lease db = pool.Acquire();
    Transaction transaction(*db);
    db->Execute("INSERT INTO t (shop_id, n) VALUES (?, 1)", {shop});
    return KindThrownBy([&] { transaction.Commit(); });
  };
  EXPECT_EQ(commit(FaultPlan::Fault::kCutBefore, 1), DatabaseError::Kind::kConnectionLost);
  EXPECT_EQ(commit(FaultPlan::Fault::kCutAfter, 2), DatabaseError::Kind::kConnectionLost);
  EXPECT_EQ(commit(FaultPlan::Fault::kNone, 3), std::nullopt);
  EXPECT_TRUE(test::WaitFor([&] {
    Result row = pool.Acquire()->Query("SELECT COUNT(*) FROM t WHERE shop_id IN (2, 3)");
    return row.Next() && row.Int64(0) == 2;
  }));
  Result row = pool.Acquire()->Query("SELECT COUNT(*) FROM t WHERE shop_id = 1");
  ASSERT_TRUE(row.Next());
  EXPECT_EQ(row.Int64(0), 0);
}

}  // namespace
}  // namespace redress::platform
