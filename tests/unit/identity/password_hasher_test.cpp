#include "services/identity/domain/password_hasher.h"

#include <gtest/gtest.h>

#include "services/identity/domain/session.h"

namespace redress::identity {
namespace {

constexpr PasswordHasher::Cost kCheap{1, std::size_t{8} << 20U, 2};

TEST(PasswordHasher, VerifiesTheRightPasswordOnly) {
  PasswordHasher hasher(kCheap);
  const std::string hash = hasher.Hash("correct horse 电池");
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_TRUE(hasher.Verify("correct horse 电池", hash));
  EXPECT_FALSE(hasher.Verify("correct horse", hash));
  EXPECT_FALSE(hasher.Verify("", hash));
  EXPECT_NE(hasher.Hash("correct horse 电池"), hash);  // a salt of its own
}

TEST(PasswordHasher, NobodysPasswordIsNeverRight) {
  PasswordHasher hasher(kCheap);
  EXPECT_FALSE(hasher.Verify("the password of an account that does not exist", ""));
  EXPECT_FALSE(hasher.Verify("", ""));
}

TEST(PasswordHasher, AHashOfAnotherCostIsOutdated) {
  PasswordHasher cheap(kCheap);
  PasswordHasher dearer({2, std::size_t{8} << 20U, 2});
  const std::string hash = cheap.Hash("correct horse");
  EXPECT_FALSE(cheap.Outdated(hash));
  EXPECT_TRUE(dearer.Outdated(hash));
  EXPECT_TRUE(dearer.Verify("correct horse", hash));
}

TEST(RefreshToken, IsRandomAndStoredAsADigestOnly) {
  const RefreshToken a = MakeRefreshToken();
  const RefreshToken b = MakeRefreshToken();
  EXPECT_EQ(a.text.size(), 43u);  // 32 bytes in base64url
  EXPECT_NE(a.text, b.text);
  EXPECT_EQ(DigestOfRefreshToken(a.text), a.digest);
  EXPECT_NE(a.digest, b.digest);
}

}  // namespace
}  // namespace redress::identity
