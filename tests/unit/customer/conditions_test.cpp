// Conditions are read and printed as GRAMMAR.md says.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "services/customer/domain/rules/parser.h"
#include "services/customer/domain/rules/type_check.h"
#include "services/platform/base/errors.h"

namespace redress::customer::rules {
namespace {

std::vector<std::string> ExamplesOfTheGrammar() {
  const char* root = std::getenv("REDRESS_SOURCE_DIR");
  std::ifstream file(std::string(root == nullptr ? "." : root) +
                     "/services/customer/domain/rules/GRAMMAR.md");
  std::vector<std::string> examples;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      inside = line == "```condition";
    } else if (inside && !line.empty()) {
      examples.push_back(line);
    }
  }
  return examples;
}

TEST(Conditions, EveryExampleOfTheGrammarIsRead) {
  const auto examples = ExamplesOfTheGrammar();
  EXPECT_GE(examples.size(), 8u);
  for (const std::string& example : examples) {
    const Expression read = ReadCondition(example, "expression");
    EXPECT_EQ(Print(read), example);
    EXPECT_EQ(ReadCondition(Print(read), "expression"), read) << example;
  }
}

TEST(Conditions, AndBindsTighterThanOrAndNotTighterThanBoth) {
  const Expression read = Parse("not a = 1 and b = 2 or c = 3", "expression");
  ASSERT_EQ(read.kind, Kind::kOr);
  ASSERT_EQ(read.parts[0].kind, Kind::kAnd);
  EXPECT_EQ(read.parts[0].parts[0].kind, Kind::kNot);
}

TEST(Conditions, ParenthesesAreKeptWhereTheyMatter) {
  EXPECT_EQ(Print(Parse("(a = 1 or b = 2) and (c = 3)", "e")), "(a = 1 or b = 2) and c = 3");
  EXPECT_EQ(Print(Parse("not (a = 1 and b = 2)", "e")), "not (a = 1 and b = 2)");
}

TEST(Conditions, AmountsAreOfTheirCurrencysMinorUnits) {
  EXPECT_EQ(Parse("lifetime_value > 12.5 CNY", "e").parts[1].number, 1250);
  EXPECT_EQ(Parse("lifetime_value > 12 JPY", "e").parts[1].number, 12);
  EXPECT_THROW(Parse("lifetime_value > 12.5 JPY", "e"), platform::Refusal);
}

// An expression as the parser could have made it.
rc::Gen<Expression> Leaf() {
  return rc::gen::exec([]() -> Expression {
    const auto number = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
    switch (*rc::gen::inRange(0, 6)) {
      case 0:
        return {.kind = Kind::kNumber, .number = number};
      case 1:
        return {.kind = Kind::kPercent, .number = number};
      case 2:
        return {.kind = Kind::kMoney,
                .text = *rc::gen::element<std::string>("CNY", "JPY", "KWD"),
                .number = number};
      case 3:
        return {.kind = Kind::kDate, .number = number % 40'000};
      case 4:
        return {.kind = Kind::kText,
                .text = *rc::gen::element<std::string>("", "尺码:L", "a\"b\\")};
      default:
        return {.kind = Kind::kDays,
                .name = "days_since",
                .parts = {{.kind = Kind::kFact, .name = "last_order_at"}}};
    }
  });
}

Expression RandomCondition(int depth) {
  switch (depth == 0 ? 0 : *rc::gen::inRange(0, 4)) {
    case 0:
      return {.kind = Kind::kCompare,
              .op = static_cast<Operator>(*rc::gen::inRange(0, 7)),
              .parts = {*Leaf(), *Leaf()}};
    case 1:
      return {.kind = Kind::kNot, .parts = {RandomCondition(depth - 1)}};
    default: {
      Expression joined{.kind = *rc::gen::element(Kind::kAnd, Kind::kOr)};
      const int parts = *rc::gen::inRange(2, 4);
      for (int i = 0; i < parts; ++i) joined.parts.push_back(RandomCondition(depth - 1));
      return joined;
    }
  }
}

TEST(Conditions, WhatIsPrintedIsReadAsTheSame) {
  EXPECT_TRUE(rc::check([] {
    const Expression made = RandomCondition(*rc::gen::inRange(0, 4));
    RC_ASSERT(Parse(Print(made), "expression") == made);
  }));
}

TEST(Conditions, AnyBytesAreReadOrRefused) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    try {
      ReadCondition(bytes, "expression");
    } catch (const platform::Refusal& refusal) {
      RC_ASSERT(refusal.code() == platform::Code::kInvalidArgument);
    }
  }));
}

TEST(Conditions, AnyWordsAreReadOrRefused) {
  EXPECT_TRUE(rc::check([] {
    const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "and", "or", "not", "in", "(", ")", "=", "<=", "paid_orders", "tag", "\"x\"", "30", "%",
        "CNY", "12.50", "2026-11-11", "known", "days_since", "last_order_at", "refund_share"));
    std::string text;
    for (const std::string& word : words) text += word + " ";
    try {
      const Expression read = ReadCondition(text, "expression");
      RC_ASSERT(ReadCondition(Print(read), "expression") == read);
    } catch (const platform::Refusal& refusal) {
      RC_ASSERT(refusal.reason() == "EXPRESSION_INVALID");
    }
  }));
}

}  // namespace
}  // namespace redress::customer::rules
