#pragma once

#include <string>
#include <string_view>

namespace redress::importing {

// What spreadsheet programs and marketplaces do to a cell, undone.

// Without white space at either end (the ideographic and the no-break space included), without the
// `="…"` or the leading apostrophe by which a spreadsheet is told to keep a text as it is.
std::string_view CleanCell(std::string_view cell);

// A number as a program writes it: full-width digits and signs become plain ones, a currency sign
// before it and 元 behind it are taken off, and so are thousand separators where they stand in
// their places. What is no number stays what it is.
std::string PlainNumber(std::string_view text);

// Full-width digits, signs and spaces become plain ones.
std::string HalfWidth(std::string_view text);

// "1.23457E+17": a long number that a spreadsheet program has shortened, so that its digits are
// lost.
bool IsRoundedNumber(std::string_view text);

}  // namespace redress::importing
