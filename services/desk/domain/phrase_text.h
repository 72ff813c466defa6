#pragma once

// The text of a phrase: words of the shop's own and variables in double braces.
//
//   const PhraseText text = ParsePhrase("您的售后单 {{case_number}} 已退款", "text");
//   Fill(text, {{"case_number", "12"}}).text  →  "您的售后单 12 已退款"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace redress::desk {

struct Variable {
  std::string_view name;
  std::string_view example;
  bool money = false;  // names an amount
};

// All that a text may use.
std::span<const Variable> Variables();

struct PhrasePart {
  bool is_variable = false;
  std::string text;  // or the variable's name
};

struct PhraseText {
  std::vector<PhrasePart> parts;
};

// A single brace is an ordinary character. Throws InvalidField for `field` with the character,
// counted from 1, at which an unknown variable or a broken pair of braces stands.
PhraseText ParsePhrase(std::string_view text, std::string_view field);

using PhraseValues = std::map<std::string, std::string, std::less<>>;
PhraseValues ExampleValues();

struct FilledPhrase {
  std::string text;                  // variables without a value stay as they are written
  std::vector<std::string> missing;  // their names, each once
};
FilledPhrase Fill(const PhraseText& text, const PhraseValues& values);

// What in the text speaks of money or gifts: a variable or a word; empty where nothing does. An
// invitation to review must not, since buying reviews breaks the platform's rules.
std::string MoneyIn(const PhraseText& text);

}  // namespace redress::desk
