#include "services/platform/sealing/master_key.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "services/platform/sealing/aead.h"
#include "services/platform/sealing/seal_broken.h"

namespace redress::platform {
namespace {

namespace fs = std::filesystem;

class MasterKeyFiles : public ::testing::Test {
 protected:
  MasterKeyFiles() {
    std::string pattern = (fs::temp_directory_path() / "redress-keys-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~MasterKeyFiles() override { fs::remove_all(folder_); }

  fs::path Write(const std::string& name, const std::string& bytes,
                 fs::perms mode = fs::perms::owner_read | fs::perms::owner_write) {
    const fs::path file = folder_ / name;
    std::ofstream(file, std::ios::binary) << bytes;
    fs::permissions(file, mode);
    return file;
  }

  fs::path folder_;
};

TEST_F(MasterKeyFiles, WrappedSecretOpensWithItsContextOnly) {
  const auto keys = MasterKeys::Load(Write("order.key", std::string(32, 'k')));
  const std::string wrapped = keys.Wrap("shop key 7", "secret");
  EXPECT_EQ(keys.Unwrap("shop key 7", wrapped), "secret");
  EXPECT_THROW(keys.Unwrap("shop key 8", wrapped), SealBroken);
}

TEST_F(MasterKeyFiles, EveryAlteredByteIsNoticed) {
  const MasterKeys keys(SecretKey::Random());
  const std::string wrapped = keys.Wrap("context", "secret");
  for (std::size_t at = 0; at < wrapped.size(); ++at) {
    std::string altered = wrapped;
    altered[at] = static_cast<char>(altered[at] ^ 1);
    EXPECT_THROW(keys.Unwrap("context", altered), SealBroken) << at;
  }
  for (std::size_t size = 0; size < wrapped.size(); ++size) {
    EXPECT_THROW(keys.Unwrap("context", wrapped.substr(0, size)), SealBroken) << size;
  }
}

TEST_F(MasterKeyFiles, PreviousKeyStillOpens) {
  const std::string old_key(32, 'o');
  const auto before = MasterKeys::Load(Write("order.key", old_key));
  const std::string wrapped = before.Wrap("context", "secret");
  const fs::path file = Write("order.key", std::string(32, 'n'));
  EXPECT_THROW(MasterKeys::Load(file).Unwrap("context", wrapped), SealBroken);
  Write("order.key.previous", old_key);
  const auto after = MasterKeys::Load(file);
  EXPECT_EQ(after.Unwrap("context", wrapped), "secret");
  EXPECT_FALSE(after.IsCurrent(wrapped));
  EXPECT_TRUE(after.IsCurrent(after.Wrap("context", "secret")));
}

TEST_F(MasterKeyFiles, BadFilesAreRefusedByName) {
  const auto problem = [](const fs::path& file) -> std::string {
    try {
      MasterKeys::Load(file);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  };
  EXPECT_NE(problem(folder_ / "none.key").find("none.key is missing"), std::string::npos);
  EXPECT_NE(problem(Write("short.key", "short")).find("5 were read"), std::string::npos);
  EXPECT_NE(problem(Write("long.key", std::string(33, 'k'))).find("33 were read"),
            std::string::npos);
  EXPECT_NE(problem(Write("open.key", std::string(32, 'k'),
                          fs::perms::owner_read | fs::perms::group_read))
                .find("can be read by others"),
            std::string::npos);
}

TEST(Aead, OpensOnlyWhatItSealed) {
  const SecretKey key = SecretKey::Random();
  const std::string sealed = AeadSeal(key, "pp", "shop 1", "张三");
  EXPECT_EQ(sealed.size(), 2 + kAeadOverhead + std::string("张三").size());
  EXPECT_EQ(AeadOpen(key, 2, "shop 1", sealed), "张三");
  EXPECT_EQ(AeadOpen(key, 2, "shop 2", sealed), std::nullopt);
  EXPECT_EQ(AeadOpen(SecretKey::Random(), 2, "shop 1", sealed), std::nullopt);
  EXPECT_NE(AeadSeal(key, "pp", "shop 1", "张三"), sealed);  // a nonce of its own each time
}

}  // namespace
}  // namespace redress::platform
