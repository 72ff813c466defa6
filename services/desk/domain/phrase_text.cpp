#include "services/desk/domain/phrase_text.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"

namespace redress::desk {
namespace {

constexpr std::array kVariables{
    Variable{.name = "customer_nick", .example = "小明2026"},
    Variable{.name = "order_id", .example = "2026112200417"},
    Variable{.name = "case_number", .example = "128"},
    Variable{.name = "item", .example = "White Metal Lantern"},
    Variable{.name = "amount", .example = "35.90 CNY", .money = true},
    Variable{.name = "carrier", .example = "顺丰速运"},
    Variable{.name = "tracking", .example = "SF1234567890"},
    Variable{.name = "due_date", .example = "2026-12-01"},
};

constexpr std::array<std::string_view, 14> kChineseMoneyWords{
    "返现", "红包", "优惠券", "代金券", "好评返", "奖励", "赠送",
    "礼品", "礼物", "补偿",   "现金",   "佣金",   "折扣", "退款"};
constexpr std::array<std::string_view, 14> kEnglishMoneyWords{
    "cash",  "cashback", "coupon",    "voucher",      "gift",   "gifts", "reward",
    "bonus", "discount", "discounts", "compensation", "refund", "money", "rebate"};

const Variable* FindVariable(std::string_view name) {
  const auto found = std::find_if(kVariables.begin(), kVariables.end(),
                                  [&](const Variable& one) { return one.name == name; });
  return found == kVariables.end() ? nullptr : &*found;
}

std::string CharacterAt(std::string_view text, std::size_t byte) {
  return "character " +
         std::to_string(platform::Utf8Length(text.substr(0, byte)).value_or(byte) + 1);
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

[[noreturn]] void RefuseVariable(std::string_view name, const std::string& where,
                                 std::string_view field) {
  std::vector<std::string> names;
  names.reserve(std::size(kVariables));
  for (const Variable& one : kVariables) names.emplace_back(one.name);
  const auto nearest = platform::NearestName(name, names);
  throw platform::InvalidField(
      std::string(field), "has the unknown variable \"" + std::string(name) + "\" at " + where +
                              (nearest ? "; did you mean \"" + *nearest + "\"?"
                                       : "; ListPhraseVariables names those that there are"));
}

void AddText(std::string_view piece, PhraseText& to) {
  if (!piece.empty()) to.parts.push_back({false, std::string(piece)});
}

// ASCII only; other characters are left as they are.
std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

bool HasWord(std::string_view text, std::string_view word) {
  const auto is_letter = [&](std::size_t at) {
    return at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
  };
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + word.size())) return true;
  }
  return false;
}

}  // namespace

std::span<const Variable> Variables() { return kVariables; }

PhraseText ParsePhrase(std::string_view text, std::string_view field) {
  PhraseText parsed;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find("{{", at);
    const std::size_t stray = text.substr(0, open).find("}}", at);
    if (stray != std::string_view::npos) {
      throw platform::InvalidField(std::string(field), "has \"}}\" without \"{{\" at " +
                                                           CharacterAt(text, stray) +
                                                           "; open the variable or remove it");
    }
    AddText(text.substr(at, open == std::string_view::npos ? open : open - at), parsed);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find("}}", open + 2);
    if (close == std::string_view::npos ||
        text.substr(open + 2, close - open - 2).find("{{") != std::string_view::npos) {
      throw platform::InvalidField(std::string(field), "has \"{{\" at " + CharacterAt(text, open) +
                                                           " that is not closed; write \"}}\" "
                                                           "behind the variable's name");
    }
    const std::string_view name = Trimmed(text.substr(open + 2, close - open - 2));
    if (FindVariable(name) == nullptr) RefuseVariable(name, CharacterAt(text, open), field);
    parsed.parts.push_back({true, std::string(name)});
    at = close + 2;
  }
  return parsed;
}

PhraseValues ExampleValues() {
  PhraseValues values;
  for (const Variable& one : kVariables) values.emplace(one.name, one.example);
  return values;
}

FilledPhrase Fill(const PhraseText& text, const PhraseValues& values) {
  FilledPhrase filled;
  for (const PhrasePart& part : text.parts) {
    if (!part.is_variable) {
      filled.text += part.text;
      continue;
    }
    const auto value = values.find(part.text);
    if (value != values.end() && !value->second.empty()) {
      filled.text += value->second;
      continue;
    }
    filled.text += "{{" + part.text + "}}";
    if (std::find(filled.missing.begin(), filled.missing.end(), part.text) ==
        filled.missing.end()) {
      filled.missing.push_back(part.text);
    }
  }
  return filled;
}

std::string MoneyIn(const PhraseText& text) {
  for (const PhrasePart& part : text.parts) {
    if (part.is_variable) {
      if (FindVariable(part.text)->money) return "{{" + part.text + "}}";
      continue;
    }
    for (const std::string_view word : kChineseMoneyWords) {
      if (part.text.find(word) != std::string::npos) return std::string(word);
    }
    const std::string lower = Lower(part.text);
    for (const std::string_view word : kEnglishMoneyWords) {
      if (HasWord(lower, word)) return std::string(word);
    }
  }
  return {};
}

}  // namespace redress::desk
