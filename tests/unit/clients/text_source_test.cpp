#include "clients/importing/text_source.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <stdexcept>
#include <string>

#include "tests/support/gbk.h"
#include "tests/unit/clients/temporary_file.h"

namespace redress::importing {
namespace {

using test::Gbk;
using test::TemporaryFolder;

std::string ReadAll(const std::string& path, const std::string& encoding, std::size_t room = 4096) {
  TextSource source(path, encoding);
  std::string text;
  std::string buffer(room, '\0');
  while (const std::size_t count = source.Read(buffer.data(), buffer.size())) {
    text.append(buffer, 0, count);
  }
  return text;
}

TEST(TextSource, DropsTheByteOrderMark) {
  const TemporaryFolder folder;
  const auto path = folder.Write("a.csv", "\xEF\xBB\xBF订单编号,a\n");
  EXPECT_EQ(ReadAll(path, "utf-8"), "订单编号,a\n");
  EXPECT_EQ(ReadAll(path, "auto"), "订单编号,a\n");
  EXPECT_EQ(ReadAll(path, "gbk"), "订单编号,a\n") << "the mark says more than the mapping";
}

TEST(TextSource, ConvertsGbk) {
  const TemporaryFolder folder;
  const std::string text = "订单编号,买家会员名\n1,张三𠀀\n";
  const auto path = folder.Write("a.csv", Gbk(text));
  EXPECT_EQ(ReadAll(path, "gbk"), text);
  EXPECT_EQ(ReadAll(path, "auto"), text);
}

TEST(TextSource, ConvertsAcrossTheEdgesOfItsBuffers) {
  const TemporaryFolder folder;
  std::string text;
  while (text.size() < 400'000) text += "买家已付款，等待卖家发货,x\n";
  const auto path = folder.Write("a.csv", "a" + Gbk(text));
  EXPECT_EQ(ReadAll(path, "gbk"), "a" + text);
  EXPECT_EQ(ReadAll(path, "gbk", 17), "a" + text) << "room for a few characters at a time";
}

TEST(TextSource, MarksWhatTheEncodingDoesNotKnow) {
  const TemporaryFolder folder;
  EXPECT_EQ(ReadAll(folder.Write("a.csv", "ok,\xFF\nnext\n"), "gbk"), "ok,\xFF\nnext\n");
  EXPECT_EQ(ReadAll(folder.Write("b.csv", "cut\xC4"), "gbk"), "cut\xFF");
}

TEST(TextSource, TakesUtf8WhoseSampleEndsInsideACharacter) {
  const TemporaryFolder folder;
  std::string text(64 * 1024 - 1, 'a');
  text += "订单";
  EXPECT_EQ(ReadAll(folder.Write("a.csv", text), "auto"), text);
}

TEST(TextSource, TakesUtf8WithADamagedRowForUtf8) {
  const TemporaryFolder folder;
  const std::string text = "订单编号,备注\n1,\xB0\xA1\n2,好\n";
  EXPECT_EQ(ReadAll(folder.Write("a.csv", text), "auto"), text);
}

TEST(TextSource, TakesUtf8WithADamagedCharacterUnderAnAsciiHeaderForUtf8) {
  const TemporaryFolder folder;
  const std::string text = "id,name\n1,张三\n2,\xE6\x9D\n3,李四\n";
  EXPECT_EQ(ReadAll(folder.Write("a.csv", text), "auto"), text);
}

TEST(TextSource, TakesGbkWithADamagedCharacterForGbk) {
  const TemporaryFolder folder;
  const std::string text = "id,name\n1,张三\n2,王五\n";
  const auto path = folder.Write("a.csv", Gbk(text) + "3,\xFF\n");
  EXPECT_EQ(ReadAll(path, "auto"), text + "3,\xFF\n");
}

TEST(TextSource, DoesNotReadChineseUtf8CellsOfAGbkFileAsOtherCharacters) {
  const TemporaryFolder folder;
  const std::string header = "订单编号,买家会员名\n";
  const std::string mixed = Gbk(header + "1,张三\n") + "2,李四" + Gbk(",好\n3,王五\n");
  const auto path = folder.Write("a.csv", mixed);
  EXPECT_EQ(ReadAll(path, "auto"), header + "1,张三\n2,\xFF\xFF\xFF\xFF\xFF\xFF,好\n3,王五\n");
  EXPECT_EQ(ReadAll(path, "gbk").find('\xFF'), std::string::npos) << "who says gbk is believed";
}

TEST(TextSource, FindsThemBehindTheFirstBuffer) {
  const TemporaryFolder folder;
  std::string text = "订单编号,买家会员名\n";
  while (text.size() < 200'000) text += "1,买家已付款等待卖家发货\n";
  const auto path = folder.Write("a.csv", Gbk(text) + "2,李四光");
  EXPECT_EQ(ReadAll(path, "auto"), text + "2," + std::string(9, '\xFF'));
}

TEST(TextSource, SaysWhatIsNoCsv) {
  const TemporaryFolder folder;
  EXPECT_THROW(TextSource(folder.Write("a.csv", "PK\x03\x04..."), "auto"), std::runtime_error);
  EXPECT_THROW(TextSource(folder.Write("b.csv",
                                       "\xFF\xFE"
                                       "a"),
                          "auto"),
               std::runtime_error);
}

TEST(TextSource, SaysWhatItCannotRead) {
  const TemporaryFolder folder;
  EXPECT_THROW(TextSource("/no/such/file", "auto"), std::runtime_error);
  EXPECT_THROW(TextSource(folder.path().string(), "auto"), std::runtime_error);
  EXPECT_THROW(TextSource(folder.Write("a.csv", "x"), "latin-1"), std::runtime_error);
}

TEST(TextSource, DoesNotWaitForAPipe) {
  const TemporaryFolder folder;
  const std::string pipe = folder.path() / "pipe.csv";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THROW(TextSource(pipe, "auto"), std::runtime_error);
}

}  // namespace
}  // namespace redress::importing
