#include "services/platform/sealing/masking.h"

#include <algorithm>

#include "services/platform/sealing/utf8.h"

namespace redress::platform {
namespace {

constexpr std::u32string_view kHidden = U"***";
constexpr char32_t kBroken = 0xFFFD;
constexpr std::size_t kMostNameStars = 5;

std::u32string_view Trim(std::u32string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

std::u32string MaskUnspacedName(std::u32string_view name) {
  const auto letters = static_cast<std::size_t>(
      std::count_if(name.begin(), name.end(), [](char32_t c) { return !IsSpace(c); }));
  if (letters == 1) return U"*";
  return std::u32string(1, name.front()) +
         std::u32string(std::min(letters - 1, kMostNameStars), U'*');
}

std::u32string MaskSpacedName(std::u32string_view name) {
  std::u32string out;
  bool at_word = true;
  for (const char32_t c : name) {
    if (IsSpace(c)) {
      at_word = true;
      continue;
    }
    if (!at_word) continue;
    at_word = false;
    if (!out.empty()) out.push_back(U' ');
    if (c != kBroken) out.push_back(c);
    out.append(kHidden);
  }
  return out;
}

// Where the part of a Chinese address ends that names province, city and district.
// Each level appears once and in this order; a street, a number or an estate ends the search.
class DivisionScan {
 public:
  explicit DivisionScan(std::u32string_view address) : address_(address) {}

  std::size_t End() {
    for (std::size_t at = 0; at < address_.size() && at - end_ < kLongestDivision; ++at) {
      if (EndsSearch(at)) break;
      const int level = LevelAt(at);
      if (level == 0) continue;
      if (level <= level_) break;
      level_ = level;
      end_ = at + 1;
      if (level_ == kDistrict) break;
    }
    return end_;
  }

 private:
  static constexpr std::size_t kLongestDivision = 12;  // 黔西南布依族苗族自治州 has 11
  static constexpr int kProvince = 1;
  static constexpr int kCity = 2;
  static constexpr int kDistrict = 3;

  char32_t Before(std::size_t at) const { return at == 0 ? 0 : address_[at - 1]; }

  bool EndsSearch(std::size_t at) const {
    const char32_t c = address_[at];
    if (c >= U'0' && c <= U'9') return true;
    if (c == U'道') return Before(at) == U'大' || Before(at) == U'街';
    return std::u32string_view(U"路街号弄巷村镇乡栋幢楼室,，(（�").find(c) !=
           std::u32string_view::npos;
  }

  int LevelAt(std::size_t at) const {
    const char32_t before = Before(at);
    switch (address_[at]) {
      case U'省':
        return kProvince;
      case U'市':
        return level_ < kCity ? kCity : kDistrict;
      case U'州':
        return before == U'治' ? kCity : 0;
      case U'盟':
        return kCity;
      case U'区':
        if (before == U'治' || before == U'政') return kProvince;
        return std::u32string_view(U"小社校厂景片").find(before) != std::u32string_view::npos
                   ? 0
                   : kDistrict;
      case U'县':
      case U'旗':
        return kDistrict;
      default:
        return 0;
    }
  }

  std::u32string_view address_;
  std::size_t end_ = 0;
  int level_ = 0;
};

// The last part of a comma-separated address, where it is a place and not a number or a postcode.
std::u32string_view LastPlace(std::u32string_view address) {
  const std::size_t comma = address.rfind(U',');
  if (comma == std::u32string_view::npos) return {};
  const std::u32string_view place = Trim(address.substr(comma + 1));
  const bool plain = std::none_of(place.begin(), place.end(), [](char32_t c) {
    const char32_t narrow = ToAsciiWidth(c);
    return (narrow >= U'0' && narrow <= U'9') || c == kBroken;
  });
  return plain ? place : std::u32string_view();
}

}  // namespace

std::string MaskName(std::string_view name) {
  const std::u32string text = DecodeUtf8(name);
  const std::u32string_view trimmed = Trim(text);
  if (trimmed.empty()) return {};
  const bool unspaced =
      IsIdeograph(trimmed.front()) || (trimmed.size() == 1 && trimmed.front() == kBroken);
  return EncodeUtf8(unspaced ? MaskUnspacedName(trimmed) : MaskSpacedName(trimmed));
}

std::string MaskAddress(std::string_view address) {
  const std::u32string text = DecodeUtf8(address);
  const std::u32string_view trimmed = Trim(text);
  if (trimmed.empty()) return {};
  if (std::any_of(trimmed.begin(), trimmed.end(), IsIdeograph)) {
    const std::size_t end = DivisionScan(trimmed).End();
    return EncodeUtf8(std::u32string(trimmed.substr(0, end)) + std::u32string(kHidden));
  }
  const std::u32string_view place = LastPlace(trimmed);
  std::u32string out(kHidden);
  if (!place.empty()) out.append(U", ").append(place);
  return EncodeUtf8(out);
}

}  // namespace redress::platform
