// The shop's note on an order: written, checked, read back.

#include "services/order/domain/memo.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "services/platform/base/clock.h"

namespace redress::order {
namespace {

constexpr std::int64_t kTwoThirty = 1'714'977'000'000'000;  // 2024-05-06 14:30 in Shanghai

const platform::TimeZone& Shanghai() {
  static const auto zone = platform::TimeZone::Load("Asia/Shanghai");
  return *zone;
}

Memo Sample() {
  return {MemoStage::kAfterSales, "尺码偏小，换 L 码", "小王", kTwoThirty, "等仓库收货"};
}

// The lines of the document's fenced blocks of this kind.
std::vector<std::string> Examples(const std::string& kind) {
  const char* root = std::getenv("REDRESS_SOURCE_DIR");
  std::ifstream file(std::string(root == nullptr ? "." : root) + "/services/order/docs/memo.md");
  std::vector<std::string> lines;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line == "```" + kind) {
      inside = true;
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      lines.push_back(line);
    }
  }
  return lines;
}

TEST(Memo, IsWrittenAsOneLine) {
  EXPECT_EQ(RenderMemo(Sample(), Shanghai()),
            "【售后】事:尺码偏小，换 L 码|人:小王|时:2024-05-06 14:30|下:等仓库收货");
}

TEST(Memo, WithoutANextStepEndsWithTheTime) {
  Memo memo = Sample();
  memo.next_step.clear();
  EXPECT_EQ(RenderMemo(memo, Shanghai()),
            "【售后】事:尺码偏小，换 L 码|人:小王|时:2024-05-06 14:30");
}

TEST(Memo, IsReadBackAsItWasWritten) {
  for (const MemoStage stage : {MemoStage::kPreSale, MemoStage::kAfterSales}) {
    for (const char* next : {"", "等买家寄回", "a:b，c"}) {
      Memo memo = Sample();
      memo.stage = stage;
      memo.next_step = next;
      EXPECT_EQ(ParseMemo(RenderMemo(memo, Shanghai()), Shanghai()), memo);
    }
  }
}

TEST(Memo, IsReadInTheZoneOfTheShop) {
  const auto london = platform::TimeZone::Load("Europe/London");
  const auto memo = ParseMemo(RenderMemo(Sample(), *london), *london);
  ASSERT_TRUE(memo);
  EXPECT_EQ(memo->at_us, kTwoThirty);
}

TEST(Memo, EveryExampleOfTheDocumentIsRead) {
  const auto examples = Examples("memo");
  ASSERT_EQ(examples.size(), 4u);
  for (const std::string& text : examples) EXPECT_TRUE(ParseMemo(text, Shanghai())) << text;
}

TEST(Memo, NoOtherTextOfTheDocumentIsRead) {
  const auto examples = Examples("other");
  ASSERT_EQ(examples.size(), 4u);
  for (const std::string& text : examples) EXPECT_FALSE(ParseMemo(text, Shanghai())) << text;
}

TEST(Memo, AnyCutOfAMemoIsReadOrRefusedButNeverHarms) {
  const std::string text = RenderMemo(Sample(), Shanghai());
  for (std::size_t length = 0; length < text.size(); ++length) {
    ParseMemo(text.substr(0, length), Shanghai());
    ParseMemo(text.substr(length), Shanghai());
  }
}

TEST(Memo, OfAThousandBytesIsTaken) {
  Memo memo = Sample();
  const std::size_t rest = RenderMemo(memo, Shanghai()).size() - memo.what.size();
  memo.what = std::string(kMostMemoBytes - rest, 'a');
  EXPECT_EQ(RenderMemo(memo, Shanghai()).size(), kMostMemoBytes);
  EXPECT_TRUE(CheckMemo(memo, Shanghai()).empty());
}

TEST(Memo, TooLongNamesTheLongestFieldAndByHowMuch) {
  Memo memo = Sample();
  const std::size_t rest = RenderMemo(memo, Shanghai()).size() - memo.what.size();
  memo.what = std::string(kMostMemoBytes - rest + 7, 'a');
  auto problems = CheckMemo(memo, Shanghai());
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].field, "what");
  EXPECT_EQ(problems[0].bytes_over, 7u);
  std::swap(memo.what, memo.next_step);
  problems = CheckMemo(memo, Shanghai());
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].field, "next_step");
}

TEST(Memo, FieldsHoldNoSeparators) {
  for (const char* bad : {"a|b", "a｜b", "a\nb", "a\tb"}) {
    Memo memo = Sample();
    memo.what = bad;
    ASSERT_EQ(CheckMemo(memo, Shanghai()).size(), 1u) << bad;
    EXPECT_EQ(CheckMemo(memo, Shanghai())[0].field, "what");
  }
}

TEST(Memo, WhatAndWhoAreNeeded) {
  Memo memo;
  memo.what = "  ";
  const auto problems = CheckMemo(memo, Shanghai());
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].field, "what");
  EXPECT_EQ(problems[1].field, "who");
}

TEST(NextSteps, OfferTheShopsOwnFirstAndEachOnce) {
  const std::vector<std::string> own = {"等仓库收货", "等老板回来"};
  const auto steps = NextSteps(MemoStage::kAfterSales, "等", own);
  ASSERT_GE(steps.size(), 3u);
  EXPECT_EQ(steps[0], "等仓库收货");
  EXPECT_EQ(steps[1], "等老板回来");
  EXPECT_EQ(std::count(steps.begin(), steps.end(), "等仓库收货"), 1);
  EXPECT_TRUE(NextSteps(MemoStage::kPreSale, "没有这样的", own).empty());
}

}  // namespace
}  // namespace redress::order
