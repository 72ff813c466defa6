#include "services/platform/base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace redress::platform {
namespace {

using namespace std::string_literals;

TEST(Hex, GoesThereAndBack) {
  EXPECT_EQ(Hex("\x00\xff\x10"s), "00ff10");
  EXPECT_EQ(Unhex("00FF10"), "\x00\xff\x10"s);
  EXPECT_EQ(Unhex(""), "");
  for (const char* text : {"0", "0g", "zz", " 0", "0x"}) EXPECT_EQ(Unhex(text), std::nullopt);
}

TEST(Base64Url, KnowsTheStandardsExamples) {
  EXPECT_EQ(Base64Url(""), "");
  EXPECT_EQ(Base64Url("f"), "Zg");
  EXPECT_EQ(Base64Url("fo"), "Zm8");
  EXPECT_EQ(Base64Url("foobar"), "Zm9vYmFy");
  EXPECT_EQ(Base64Url("\xfb\xff"), "-_8");
}

TEST(Base64Url, RefusesSecondSpellings) {
  for (const char* text : {"Z", "Zg==", "Zh", "Z g", "Zm9+", "Zm9/", "Zm8\n"}) {
    EXPECT_EQ(UnBase64Url(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(Base64UrlProperty, GoesThereAndBack, (const std::string& bytes)) {
  RC_ASSERT(UnBase64Url(Base64Url(bytes)) == bytes);
  RC_ASSERT(Unhex(Hex(bytes)) == bytes);
}

TEST(Sha256, KnowsTheStandardsExample) {
  EXPECT_EQ(Hex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Hex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(DigestFromBytes(AsBytes(Sha256("abc"))), Sha256("abc"));
  EXPECT_THROW(DigestFromBytes("short"), std::invalid_argument);
}

TEST(Utf8Length, CountsCharacters) {
  EXPECT_EQ(Utf8Length(""), 0u);
  EXPECT_EQ(Utf8Length("abc"), 3u);
  EXPECT_EQ(Utf8Length("退款"), 2u);
  EXPECT_EQ(Utf8Length("😀é"), 2u);
}

TEST(Utf8Length, RefusesWhatIsNotUtf8) {
  for (const std::string& text :
       {"\xff"s, "\x80"s, "\xc0\xaf"s, "\xe0\x80\xaf"s, "\xed\xa0\x80"s, "\xf4\x90\x80\x80"s,
        "\xe9\x80"s, "a\xc3"s, "\xf0\x80\x80\x80"s}) {
    EXPECT_EQ(Utf8Length(text), std::nullopt) << Hex(text);
  }
}

TEST(NearestName, FindsTheTypo) {
  const std::vector<std::string> names = {"database.socket", "database.connections", "nats.url"};
  EXPECT_EQ(NearestName("database.sokcet", names), "database.socket");
  EXPECT_EQ(NearestName("nats.ulr", names), "nats.url");
  EXPECT_EQ(NearestName("completely", names), std::nullopt);
  EXPECT_EQ(NearestName("x", {}), std::nullopt);
}

TEST(RandomHex, DoesNotRepeat) {
  EXPECT_EQ(RandomHex(16).size(), 32u);
  EXPECT_NE(RandomHex(16), RandomHex(16));
}

}  // namespace
}  // namespace redress::platform
