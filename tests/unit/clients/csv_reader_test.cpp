#include "clients/importing/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace redress::importing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Hands a text out in pieces of a given size, as a file or a pipe might.
ByteSource Pieces(std::string text, std::size_t size) {
  return
      [text = std::move(text), size, at = std::size_t{0}](char* buffer, std::size_t room) mutable {
        const std::size_t count = std::min({size, room, text.size() - at});
        std::memcpy(buffer, text.data() + at, count);
        at += count;
        return count;
      };
}

std::vector<CsvRecord> ReadAll(const std::string& text, CsvReader::Options options = {},
                               std::size_t piece = 1 << 20) {
  CsvReader reader(Pieces(text, piece), options);
  std::vector<CsvRecord> records;
  for (CsvRecord record; reader.Next(record);) records.push_back(record);
  return records;
}

TEST(CsvReader, SplitsPlainRecords) {
  const auto records = ReadAll("a,b,c\n1,,3\n");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_THAT(records[0].fields, ElementsAre("a", "b", "c"));
  EXPECT_THAT(records[1].fields, ElementsAre("1", "", "3"));
  EXPECT_EQ(records[1].line, 2u);
  EXPECT_EQ(records[1].raw, "1,,3");
}

TEST(CsvReader, ReadsQuotedCommasQuotesAndLineBreaks) {
  const auto records = ReadAll("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\nnext,x,y\n");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_THAT(records[0].fields, ElementsAre("a,b", "say \"hi\"", "two\nlines"));
  EXPECT_EQ(records[0].line, 1u);
  EXPECT_EQ(records[1].line, 3u) << "lines are physical ones";
}

TEST(CsvReader, TakesBothLineEndsAndAMissingLastOne) {
  const auto records = ReadAll("a,\"b\"\r\nc,d\r\n\"e\",f");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_THAT(records[0].fields, ElementsAre("a", "b"));
  EXPECT_THAT(records[1].fields, ElementsAre("c", "d"));
  EXPECT_THAT(records[2].fields, ElementsAre("e", "f"));
}

TEST(CsvReader, SkipsEmptyLinesButCountsThem) {
  const auto records = ReadAll("a\n\n\r\nb\n");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[1].line, 4u);
}

TEST(CsvReader, AnswersNothingForNothing) {
  EXPECT_THAT(ReadAll(""), IsEmpty());
  EXPECT_THAT(ReadAll("\n\n"), IsEmpty());
}

TEST(CsvReader, KeepsAQuoteInsideAnUnquotedField) {
  const auto records = ReadAll("12\" VASE,=\"123\"\n");
  EXPECT_THAT(records[0].fields, ElementsAre("12\" VASE", "=\"123\""));
}

TEST(CsvReader, KeepsACarriageReturnInsideAField) {
  EXPECT_THAT(ReadAll("a\rb,c\n")[0].fields, ElementsAre("a\rb", "c"));
}

TEST(CsvReader, KeepsATrailingEmptyField) {
  EXPECT_THAT(ReadAll("a,\n")[0].fields, ElementsAre("a", ""));
  EXPECT_THAT(ReadAll("a,")[0].fields, ElementsAre("a", ""));
  EXPECT_THAT(ReadAll("\"\"\n")[0].fields, ElementsAre(""));
}

TEST(CsvReader, TakesAnotherDelimiter) {
  EXPECT_THAT(ReadAll("a\tb,c\n", {.delimiter = '\t'})[0].fields, ElementsAre("a", "b,c"));
}

// Every way of cutting the bytes gives the same records.
TEST(CsvReader, IsIndifferentToHowTheBytesArrive) {
  const std::string text = "a,\"b \"\"q\"\"\r\nx\",c\r\n\r\n\"\",,\"z\"\r\nlast,1,2";
  const auto whole = ReadAll(text);
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    const auto cut = ReadAll(text, {}, piece);
    ASSERT_EQ(cut.size(), whole.size()) << piece;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      EXPECT_EQ(cut[i].fields, whole[i].fields) << piece;
      EXPECT_EQ(cut[i].line, whole[i].line) << piece;
      EXPECT_EQ(cut[i].raw, whole[i].raw) << piece;
    }
  }
}

TEST(CsvReader, RejectsTextBehindAClosingQuoteAndGoesOn) {
  const auto records = ReadAll("ok,1\n\"a\"b,2\nfine,3\n");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_THAT(records[1].problem, HasSubstr("after the closing quotation mark of field 1"));
  EXPECT_EQ(records[1].line, 2u);
  EXPECT_EQ(records[1].raw, "\"a\"b,2");
  EXPECT_THAT(records[2].fields, ElementsAre("fine", "3"));
  EXPECT_EQ(records[2].line, 3u);
}

TEST(CsvReader, LosesOneLineToAQuoteThatIsNeverClosed) {
  const auto records = ReadAll("ok,1\n\"open,2\nfine,3\nalso,4\n");
  ASSERT_EQ(records.size(), 4u);
  EXPECT_THAT(records[1].problem, HasSubstr("never closed"));
  EXPECT_TRUE(records[1].misleads);
  EXPECT_EQ(records[1].raw, "\"open,2");
  EXPECT_THAT(records[2].fields, ElementsAre("fine", "3"));
  EXPECT_EQ(records[3].line, 4u);
}

TEST(CsvReader, BoundsARecord) {
  const std::string text = "ok\n\"" + std::string(500'000, 'x') + "\nfine\n";
  const auto records = ReadAll(text, {.max_record_bytes = 100'000}, 4096);
  ASSERT_EQ(records.size(), 3u);
  EXPECT_THAT(records[1].problem, HasSubstr("longer than 100000 bytes"));
  EXPECT_LE(records[1].raw.size(), 4096u);
  EXPECT_THAT(records[2].fields, ElementsAre("fine"));
  EXPECT_EQ(records[2].line, 3u);
}

TEST(CsvReader, RejectsBytesThatAreNotText) {
  const auto records = ReadAll(std::string("a\xFF,1\n") + std::string("b\0c,2\n", 6) + "ok,3\n");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_THAT(records[0].problem, HasSubstr("not valid in the file's encoding"));
  EXPECT_FALSE(records[0].misleads);
  EXPECT_THAT(records[1].problem, HasSubstr("NUL"));
  EXPECT_TRUE(records[1].misleads);
  EXPECT_FALSE(records[2].misleads);
  EXPECT_EQ(records[2].problem, "");
}

TEST(Utf8, KnowsWhatIsWellFormed) {
  EXPECT_TRUE(IsUtf8("plain 买家 é 🙂"));
  EXPECT_FALSE(IsUtf8("\x80"));
  EXPECT_FALSE(IsUtf8("\xC0\xAF")) << "overlong";
  EXPECT_FALSE(IsUtf8("\xE0\x80\xAF")) << "overlong";
  EXPECT_FALSE(IsUtf8("\xED\xA0\x80")) << "surrogate";
  EXPECT_FALSE(IsUtf8("\xF4\x90\x80\x80")) << "beyond Unicode";
  EXPECT_FALSE(IsUtf8("\xE4\xB9")) << "cut off";
}

TEST(CsvField, ReadsBackAsWritten) {
  for (const std::string text : {"plain", "", "a,b", "say \"hi\"", "two\nlines", "\r"}) {
    const auto records = ReadAll(CsvField(text) + ",end\n");
    ASSERT_EQ(records.size(), 1u) << text;
    EXPECT_THAT(records[0].fields, ElementsAre(text, "end"));
  }
}

TEST(CsvReader, NamesAByteOrderMarkInTheMiddle) {
  const auto records = ReadAll(
      "a,b\n\xEF\xBB\xBF"
      "c,d\ne,f\n");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_THAT(records[1].problem, HasSubstr("byte order mark"));
  EXPECT_EQ(records[2].problem, "");
}

}  // namespace
}  // namespace redress::importing
