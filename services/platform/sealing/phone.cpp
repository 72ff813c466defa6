// MaskPhone and NormalisePhone of masking.h: one reading of a phone number for both.
#include <cstddef>
#include <optional>
#include <vector>

#include "services/platform/sealing/masking.h"
#include "services/platform/sealing/utf8.h"

namespace redress::platform {
namespace {

enum class PhoneKind { kMobile, kLandline, kForeign, kOther };

struct Phone {
  PhoneKind kind = PhoneKind::kOther;
  bool country_given = false;
  std::string area;    // of a landline, with its leading 0
  std::string number;  // the rest; for a foreign number with its country code
  std::string extension;
};

// The digits, where groups of them began, and what was marked as an extension.
struct Digits {
  bool plus = false;
  std::string text;
  std::vector<std::size_t> group_starts;
  std::string extension;

  bool GroupStartsAt(std::size_t at) const {
    for (const std::size_t start : group_starts) {
      if (start == at) return true;
    }
    return false;
  }
  void RemovePrefix(std::size_t size) {
    text.erase(0, size);
    for (std::size_t& start : group_starts) start = start < size ? 0 : start - size;
  }
};

bool MarksExtension(char32_t c) {
  return c == U'x' || c == U'X' || c == U'#' || c == U'转' || c == U'轉';
}

Digits ReadDigits(std::string_view phone) {
  Digits out;
  bool in_group = false;
  bool in_extension = false;
  for (const char32_t wide : DecodeUtf8(phone)) {
    const char32_t c = ToAsciiWidth(wide);
    if (c >= U'0' && c <= U'9') {
      if (in_extension) {
        out.extension.push_back(static_cast<char>(c));
        continue;
      }
      if (!in_group) out.group_starts.push_back(out.text.size());
      out.text.push_back(static_cast<char>(c));
      in_group = true;
      continue;
    }
    in_group = false;
    if (c == U'+' && out.text.empty()) out.plus = true;
    if (MarksExtension(c) && !out.text.empty()) in_extension = true;
  }
  return out;
}

bool IsMobile(std::string_view digits) {
  return digits.size() >= 11 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

// A trailing group of digits counts as an extension only where the writer set it apart.
bool SplitNumber(const Digits& digits, std::size_t from, std::size_t length, Phone& phone) {
  if (digits.text.size() < from + length) return false;
  if (digits.text.size() > from + length) {
    if (!digits.GroupStartsAt(from + length) || !digits.extension.empty()) return false;
    phone.extension = digits.text.substr(from + length);
  } else {
    phone.extension = digits.extension;
  }
  phone.number = digits.text.substr(from, length);
  return true;
}

bool ReadLandline(const Digits& digits, Phone& phone) {
  const std::string& text = digits.text;
  if (text.size() < 10 || text[0] != '0' || text[1] == '0') return false;
  const std::size_t area = text[1] == '1' || text[1] == '2' ? 3 : 4;
  for (const std::size_t length : {std::size_t{8}, std::size_t{7}}) {
    if (!SplitNumber(digits, area, length, phone)) continue;
    phone.kind = PhoneKind::kLandline;
    phone.area = text.substr(0, area);
    return true;
  }
  return false;
}

Phone ReadPhone(std::string_view raw) {
  Digits digits = ReadDigits(raw);
  Phone phone;
  if (!digits.plus && digits.text.starts_with("00") && digits.text.size() > 8) {
    digits.RemovePrefix(2);
    digits.plus = true;
  }
  const bool unmarked_mobile = !digits.plus && digits.text.starts_with("86") &&
                               IsMobile(std::string_view(digits.text).substr(2));
  if ((digits.plus && digits.text.starts_with("86")) || unmarked_mobile) {
    digits.RemovePrefix(2);
    phone.country_given = true;
  } else if (digits.plus) {
    phone.kind = PhoneKind::kForeign;
    phone.number = digits.text;
    phone.extension = digits.extension;
    return phone;
  }
  if (IsMobile(digits.text) && SplitNumber(digits, 0, 11, phone)) {
    phone.kind = PhoneKind::kMobile;
    return phone;
  }
  if (phone.country_given && !digits.text.starts_with('0')) {
    digits.text.insert(0, 1, '0');
    for (std::size_t& start : digits.group_starts) start += start == 0 ? 0 : 1;
  }
  if (ReadLandline(digits, phone)) return phone;
  phone.number = digits.text;
  phone.extension = digits.extension;
  return phone;
}

std::string HideAllBut(std::string_view digits, std::size_t tail) {
  constexpr std::size_t kShortestShown = 7;
  if (digits.size() < kShortestShown) return "****";
  return "****" + std::string(digits.substr(digits.size() - tail));
}

}  // namespace

std::string MaskPhone(std::string_view raw) {
  const Phone phone = ReadPhone(raw);
  const std::string country = phone.country_given ? "+86 " : "";
  switch (phone.kind) {
    case PhoneKind::kMobile:
      return country + phone.number.substr(0, 3) + "****" + phone.number.substr(7);
    case PhoneKind::kLandline:
      return country + phone.area + "-" + HideAllBut(phone.number, 4);
    case PhoneKind::kForeign:
      return "+" + HideAllBut(phone.number, 4);
    case PhoneKind::kOther:
      break;
  }
  if (phone.number.empty()) return raw.empty() ? "" : "****";
  return HideAllBut(phone.number, 4);
}

std::string NormalisePhone(std::string_view raw) {
  const Phone phone = ReadPhone(raw);
  if (phone.number.empty()) return {};
  std::string out;
  switch (phone.kind) {
    case PhoneKind::kMobile:
      out = "+86" + phone.number;
      break;
    case PhoneKind::kLandline:
      out = "+86" + phone.area.substr(1) + phone.number;
      break;
    case PhoneKind::kForeign:
      out = "+" + phone.number;
      break;
    case PhoneKind::kOther:
      out = phone.number;
      break;
  }
  if (!phone.extension.empty()) out += "x" + phone.extension;
  return out;
}

}  // namespace redress::platform
