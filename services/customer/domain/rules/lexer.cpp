#include "services/customer/domain/rules/lexer.h"

#include <algorithm>
#include <array>

#include "services/customer/domain/rules/expression.h"
#include "services/platform/base/text.h"

namespace redress::customer::rules {
namespace {

constexpr std::array<std::string_view, 10> kSigns = {"<=", ">=", "!=", "<", ">",
                                                     "=",  "(",  ")",  "%", ","};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsNamePart(char c) { return IsNameStart(c) || IsDigit(c); }
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Splitter {
 public:
  Splitter(std::string_view text, std::string_view field) : text_(text), field_(field) {}

  std::vector<Word> Split() {
    std::vector<Word> words;
    for (SkipBlanks(); at_ < text_.size(); SkipBlanks()) {
      if (words.size() == kMostWords) {
        throw Unreadable(field_, Position(at_), "",
                         "an end: at most " + std::to_string(kMostWords) + " words are read");
      }
      words.push_back(Next());
    }
    words.push_back({Word::Kind::kEnd, "", Position(at_)});
    return words;
  }

 private:
  void SkipBlanks() {
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
  }

  // Characters, not bytes: continuation bytes of UTF-8 are left out.
  std::size_t Position(std::size_t at) const {
    const std::string_view before = text_.substr(0, at);
    return 1 + static_cast<std::size_t>(std::count_if(before.begin(), before.end(), [](char c) {
             return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
           }));
  }

  Word Next() {
    const std::size_t start = at_;
    if (text_[at_] == '"') return Text();
    if (IsDigit(text_[at_])) return Number();
    if (IsNameStart(text_[at_])) {
      while (at_ < text_.size() && IsNamePart(text_[at_])) ++at_;
      return Cut(Word::Kind::kName, start);
    }
    for (const std::string_view sign : kSigns) {
      if (text_.substr(at_, sign.size()) != sign) continue;
      at_ += sign.size();
      return Cut(Word::Kind::kSign, start);
    }
    std::size_t end = at_ + 1;
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) ++end;
    throw Unreadable(field_, Position(start),
                     "`" + std::string(text_.substr(start, end - start)) + "`",
                     "a fact, a number, a text in \"quotes\", a date or one of and, or, not, in,"
                     " =, !=, <, <=, >, >=, ( and )");
  }

  Word Cut(Word::Kind kind, std::size_t start) const {
    return {kind, std::string(text_.substr(start, at_ - start)), Position(start)};
  }

  // 12, 12.50 or 2026-11-11.
  Word Number() {
    const std::size_t start = at_;
    auto kind = Word::Kind::kNumber;
    while (at_ < text_.size() && (IsDigit(text_[at_]) || text_[at_] == '.' || text_[at_] == '-')) {
      if (text_[at_] == '-') kind = Word::Kind::kDate;
      ++at_;
    }
    return Cut(kind, start);
  }

  Word Text() {
    Word word{Word::Kind::kText, "", Position(at_)};
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        ++at_;
        return word;
      }
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      word.text += text_[at_];
    }
    throw Unreadable(field_, word.position, "a text that does not end", "a closing \"");
  }

  const std::string_view text_;
  const std::string_view field_;
  std::size_t at_ = 0;
};

}  // namespace

platform::Refusal Unreadable(std::string_view field, std::size_t position, std::string_view found,
                             std::string_view expected) {
  std::string says = "at character " + std::to_string(position);
  if (!found.empty()) says += " there is " + std::string(found);
  says += "; write " + std::string(expected);
  platform::Refusal refusal(platform::Code::kInvalidArgument, "EXPRESSION_INVALID",
                            "The condition cannot be read: " + says + ".");
  refusal.Field(std::string(field), says);
  refusal.With("position", std::to_string(position));
  return refusal;
}

std::string Shown(const Word& word) {
  if (word.kind == Word::Kind::kEnd) return "the end";
  if (word.kind == Word::Kind::kText) return "the text \"" + word.text + "\"";
  return "`" + word.text + "`";
}

std::vector<Word> SplitWords(std::string_view text, std::string_view field) {
  if (text.size() > kMostBytes) {
    throw Unreadable(field, kMostBytes, "", "at most " + std::to_string(kMostBytes) + " bytes");
  }
  if (!platform::Utf8Length(text)) {
    throw Unreadable(field, 1, "a text that is no UTF-8", "it in UTF-8");
  }
  return Splitter(text, field).Split();
}

}  // namespace redress::customer::rules
