#include "clients/importing/result_pieces.h"

#include <gtest/gtest.h>

#include <vector>

#include "clients/importing/csv_reader.h"
#include "tests/unit/clients/temporary_file.h"

namespace redress::importing {
namespace {

constexpr char kHeader[] = "reference,amount,currency,result\n";

std::vector<ResultPieces::Piece> PiecesOf(const std::string& text,
                                          const std::string& encoding = "auto") {
  const test::TemporaryFolder folder;
  folder.Write("results.csv", text);
  ResultPieces pieces((folder.path() / "results.csv").string(), encoding);
  std::vector<ResultPieces::Piece> all;
  while (auto piece = pieces.Next()) all.push_back(std::move(*piece));
  return all;
}

TEST(ResultPieces, BeginWithTheHeaderAndKnowTheirLine) {
  std::string text = kHeader;
  std::string sent;
  for (int i = 0; i < 1201; ++i) text += std::to_string(i) + "-1,1.00,CNY,rejected\n";
  const auto pieces = PiecesOf(text);
  ASSERT_EQ(pieces.size(), 3u);
  EXPECT_EQ(pieces[1].first_line, 502u);
  for (const auto& piece : pieces) {
    EXPECT_TRUE(piece.text.starts_with(kHeader));
    sent += piece.text.substr(sizeof(kHeader) - 1);
  }
  EXPECT_EQ(kHeader + sent, text);
}

TEST(ResultPieces, OfAHeaderAloneAreOne) {
  EXPECT_EQ(PiecesOf(kHeader).size(), 1u);
  EXPECT_THROW(PiecesOf(""), std::runtime_error);
}

TEST(ResultPieces, KeepTheLineOfBytesThatAreNoText) {
  const auto pieces =
      PiecesOf(std::string(kHeader) + "\xFF\x31-1,1.00,CNY,rejected\nlast", "utf-8");
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_TRUE(IsUtf8(pieces[0].text));
  EXPECT_NE(pieces[0].text.find("1-1,1.00,CNY,rejected\nlast\n"), std::string::npos);
}

TEST(ResultPieces, AreReadFromGbk) {
  const auto pieces = PiecesOf(std::string(kHeader) + "1-1,1.00,CNY,\xD5\xCB\xBA\xC5\n", "gbk");
  EXPECT_NE(pieces.at(0).text.find("账号"), std::string::npos);
}

TEST(ResultPieces, RefuseALineThatIsNoResult) {
  EXPECT_THROW(PiecesOf(kHeader + std::string(100'000, 'x')), std::runtime_error);
}

}  // namespace
}  // namespace redress::importing
