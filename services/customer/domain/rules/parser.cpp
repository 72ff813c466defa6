#include "services/customer/domain/rules/parser.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "services/customer/domain/rules/lexer.h"
#include "services/platform/base/money.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::customer::rules {
namespace {

constexpr int kPercentDigits = 4;

std::optional<Operator> OperatorOf(const Word& word) {
  for (const Operator op :
       {Operator::kEqual, Operator::kUnequal, Operator::kLess, Operator::kAtMost,
        Operator::kGreater, Operator::kAtLeast, Operator::kIn}) {
    if (word.kind != Word::Kind::kText && word.text == OperatorText(op)) return op;
  }
  return std::nullopt;
}

bool IsCurrency(const Word& word) {
  return word.kind == Word::Kind::kName && platform::MinorDigits(word.text).has_value();
}

class Parser {
 public:
  Parser(std::vector<Word> words, std::string_view field)
      : words_(std::move(words)), field_(field) {}

  Expression Whole() {
    Expression expression = Condition(Kind::kOr);
    if (Now().kind != Word::Kind::kEnd) Fail(Now(), "and, or, or nothing more");
    return expression;
  }

 private:
  const Word& Now() const { return words_[at_]; }
  const Word& Take() {
    const Word& word = words_[at_];
    if (word.kind != Word::Kind::kEnd) ++at_;
    return word;
  }
  bool Is(std::string_view text) const {
    return Now().kind != Word::Kind::kText && Now().kind != Word::Kind::kEnd && Now().text == text;
  }
  bool Accept(std::string_view text) {
    if (!Is(text)) return false;
    ++at_;
    return true;
  }
  void Expect(std::string_view text) {
    if (!Accept(text)) Fail(Now(), "`" + std::string(text) + "`");
  }
  [[noreturn]] void Fail(const Word& word, std::string_view expected) const {
    throw Unreadable(field_, word.position, Shown(word), expected);
  }

  // Counts how deep conditions stand in each other.
  class Deeper {
   public:
    explicit Deeper(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > kMostDepth) {
        throw Unreadable(parser_.field_, parser_.Now().position, "",
                         "it flatter: conditions stand in each other at most " +
                             std::to_string(kMostDepth) + " deep");
      }
    }
    ~Deeper() { --parser_.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    Parser& parser_;
  };

  // kOr: parts joined by `or`, each of parts joined by `and`.
  Expression Condition(Kind kind) {
    const auto part = [&] { return kind == Kind::kOr ? Condition(Kind::kAnd) : One(); };
    Expression joined{.kind = kind, .position = Now().position};
    joined.parts.push_back(part());
    while (Accept(kind == Kind::kOr ? "or" : "and")) joined.parts.push_back(part());
    return joined.parts.size() == 1 ? Expression(std::move(joined.parts.front()))
                                    : std::move(joined);
  }

  Expression One() {
    const Deeper deeper(*this);
    const std::size_t position = Now().position;
    if (Accept("not")) {
      Expression negated{.kind = Kind::kNot, .position = position};
      negated.parts.push_back(One());
      return negated;
    }
    if (Accept("(")) {
      Expression inner = Condition(Kind::kOr);
      Expect(")");
      return inner;
    }
    return Comparison();
  }

  Expression Comparison() {
    Expression left = Operand();
    const std::optional<Operator> op = OperatorOf(Now());
    if (!op) return left;
    Take();
    Expression compare{.kind = Kind::kCompare, .position = left.position, .op = *op};
    compare.parts.push_back(std::move(left));
    compare.parts.push_back(Operand());
    return compare;
  }

  Expression Operand() {
    const Word& word = Take();
    switch (word.kind) {
      case Word::Kind::kNumber:
        return Number(word);
      case Word::Kind::kDate:
        return Date(word);
      case Word::Kind::kText:
        return {.kind = Kind::kText, .position = word.position, .text = word.text};
      case Word::Kind::kName:
        return Named(word);
      default:
        Fail(word, "a fact, a number, a text in \"quotes\" or a date");
    }
  }

  Expression Number(const Word& word) {
    const auto number = platform::Decimal::Parse(word.text);
    if (!number) Fail(word, "a number such as 30 or 12.50");
    Expression read{.position = word.position};
    std::optional<std::int64_t> exact;
    if (Accept("%")) {
      read.kind = Kind::kPercent;
      exact = Exact(*number, kPercentDigits);
      if (!exact) Fail(word, "a share with at most four digits after the point");
    } else if (IsCurrency(Now())) {
      read.kind = Kind::kMoney;
      read.text = Take().text;
      exact = Exact(*number, *platform::MinorDigits(read.text));
      if (!exact) Fail(word, "an amount of at most 10^15 minor units of " + read.text);
    } else {
      read.kind = Kind::kNumber;
      exact = Exact(*number, 0);
      if (!exact) {
        Fail(word, "a whole number, a share (30%) or an amount with its currency (5000.00 CNY)");
      }
    }
    read.number = *exact;
    return read;
  }

  static std::optional<std::int64_t> Exact(const platform::Decimal& number, int digits) {
    try {
      const auto exact = number.ExactMinor(digits);
      return exact && *exact <= kLargestNumber ? exact : std::nullopt;
    } catch (const std::overflow_error&) {
      return std::nullopt;
    }
  }

  Expression Date(const Word& word) const {
    try {
      return {.kind = Kind::kDate,
              .position = word.position,
              .number = platform::ParseDay(word.text, field_)};
    } catch (const platform::Refusal&) {
      Fail(word, "a day such as 2026-11-11");
    }
  }

  Expression Named(const Word& word) {
    if (word.text == "true" || word.text == "false") {
      return {.position = word.position, .number = word.text == "true" ? 1 : 0};
    }
    for (const std::string_view reserved : {"and", "or", "not", "in"}) {
      if (word.text == reserved) Fail(word, "a fact, a number, a text in \"quotes\" or a date");
    }
    Expression named{.kind = Kind::kFact, .position = word.position, .name = word.text};
    if (!Accept("(")) return named;
    if (word.text == "known" || word.text == "days_since" || word.text == "days_until") {
      if (Now().kind != Word::Kind::kName) Fail(Now(), "a fact, e.g. last_order_at");
      named.kind = word.text == "known" ? Kind::kKnown : Kind::kDays;
      if (named.kind == Kind::kKnown) named.name.clear();
      named.parts.push_back(Named(Take()));
      if (named.parts.front().kind != Kind::kFact) Fail(word, "a fact in its parentheses");
    } else {
      if (Now().kind != Word::Kind::kText) Fail(Now(), "a text in \"quotes\"");
      named.has_argument = true;
      named.text = Take().text;
    }
    Expect(")");
    return named;
  }

  const std::vector<Word> words_;
  const std::string_view field_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

Expression Parse(std::string_view text, std::string_view field) {
  return Parser(SplitWords(text, field), field).Whole();
}

}  // namespace redress::customer::rules
