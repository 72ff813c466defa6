#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace redress::client {

// The candidate with the fewest edits to `name`; "" where none is closer than half its length, so
// that an error may ask "did you mean …?" only when that helps.
std::string NearestName(std::string_view name, std::span<const std::string> candidates);

// " (did you mean `x`?)", or "" where nothing is near.
std::string DidYouMean(std::string_view name, std::span<const std::string> candidates);

std::string Join(std::span<const std::string> parts, std::string_view separator);

// Without white space at either end.
std::string_view Trim(std::string_view text);

// A random request id: 32 hexadecimal digits from the system's random source.
std::string RandomRequestId();

}  // namespace redress::client
