// Unicode text as code points, for masking and for search.
#pragma once

#include <string>
#include <string_view>

namespace redress::platform {

// A byte that belongs to no valid sequence becomes U+FFFD.
std::u32string DecodeUtf8(std::string_view text);
std::string EncodeUtf8(std::u32string_view text);

bool IsSpace(char32_t c);           // also the ideographic space
bool IsIdeograph(char32_t c);       // Han, kana, Hangul: scripts without spaces between names
char32_t ToAsciiWidth(char32_t c);  // full-width forms to ASCII

}  // namespace redress::platform
