#include "services/order/domain/address.h"

#include <algorithm>
#include <array>

#include "services/order/domain/gbk.h"

namespace redress::order {
namespace {

// Provinces, municipalities, autonomous and special regions: the full name, and how much of it is
// enough to know it.
struct Province {
  std::string_view name;
  std::string_view shortest;
};
// clang-format off
constexpr std::array<Province, 34> kProvinces{{
    {"北京市", "北京"}, {"天津市", "天津"}, {"上海市", "上海"}, {"重庆市", "重庆"},
    {"河北省", "河北"}, {"山西省", "山西"}, {"辽宁省", "辽宁"}, {"吉林省", "吉林"},
    {"黑龙江省", "黑龙江"}, {"江苏省", "江苏"}, {"浙江省", "浙江"}, {"安徽省", "安徽"},
    {"福建省", "福建"}, {"江西省", "江西"}, {"山东省", "山东"}, {"河南省", "河南"},
    {"湖北省", "湖北"}, {"湖南省", "湖南"}, {"广东省", "广东"}, {"海南省", "海南"},
    {"四川省", "四川"}, {"贵州省", "贵州"}, {"云南省", "云南"}, {"陕西省", "陕西"},
    {"甘肃省", "甘肃"}, {"青海省", "青海"}, {"台湾省", "台湾"},
    {"内蒙古自治区", "内蒙古"}, {"广西壮族自治区", "广西"}, {"西藏自治区", "西藏"},
    {"宁夏回族自治区", "宁夏"}, {"新疆维吾尔自治区", "新疆"},
    {"香港特别行政区", "香港"}, {"澳门特别行政区", "澳门"},
}};
constexpr std::array<std::string_view, 4> kMunicipalities = {"北京市", "天津市", "上海市", "重庆市"};
// How the national list of divisions names the city of a municipality or of counties under a
// province.
constexpr std::array<std::string_view, 4> kPlaceholders = {
    "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"};
constexpr std::array<std::string_view, 4> kCityEndings = {"自治州", "地区", "市", "盟"};
constexpr std::array<std::string_view, 5> kDistrictEndings = {"自治县", "自治旗", "区", "县", "旗"};
// clang-format on
constexpr std::string_view kCountyCity = "市";
constexpr std::size_t kCharacter = 3;  // bytes of a Chinese character
constexpr std::size_t kLongestPart = 15 * kCharacter;
constexpr std::size_t kMostNamed = 5;

std::string_view WithoutBlanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

// Takes the beginning of `rest` up to one of the endings, at least two characters long. An ending
// that is followed by another one belongs to the name ("沙市区", "市中区").
template <std::size_t n>
std::string TakePart(std::string_view& rest, const std::array<std::string_view, n>& endings) {
  const std::string_view text = WithoutBlanks(rest);
  std::size_t best = 0;
  for (std::size_t at = kCharacter; at < std::min(text.size(), kLongestPart);) {
    const auto ending = std::find_if(endings.begin(), endings.end(), [&](std::string_view each) {
      return text.substr(at).starts_with(each);
    });
    if (ending != endings.end()) {
      best = at + ending->size();
      break;
    }
    if (text[at] == ' ') return {};  // another part begins
    at += Utf8CharacterLength(text[at]);
  }
  if (best == 0) return {};
  const std::string_view behind = text.substr(best);
  for (const std::string_view more : kDistrictEndings) {
    if (behind.starts_with(more)) best += more.size();
  }
  rest = text.substr(best);
  return std::string(text.substr(0, best));
}

std::string TakeProvince(std::string_view& rest) {
  const std::string_view text = WithoutBlanks(rest);
  for (const Province& province : kProvinces) {
    if (!text.starts_with(province.shortest)) continue;
    const bool full = text.starts_with(province.name);
    rest = text.substr(full ? province.name.size() : province.shortest.size());
    return std::string(province.name);
  }
  return {};
}

bool IsMunicipality(std::string_view province) {
  return std::find(kMunicipalities.begin(), kMunicipalities.end(), province) !=
         kMunicipalities.end();
}

void CheckPlaces(const Address& address, std::vector<AddressProblem>& problems) {
  const auto known = std::find_if(kProvinces.begin(), kProvinces.end(), [&](const Province& each) {
    return address.province == each.name || address.province == each.shortest;
  });
  if (known == kProvinces.end()) {
    problems.push_back({"province",
                        address.province.empty()
                            ? "is missing; ask the buyer for the province"
                            : "is no province, municipality or region; ask the buyer which it is",
                        true});
  }
  const bool municipal = known != kProvinces.end() && IsMunicipality(known->name);
  if (address.city.empty() && !municipal) {
    problems.push_back({"city", "is missing; ask the buyer for the city or prefecture", true});
  }
  if (address.district.empty()) {
    problems.push_back({"district", "is missing; ask the buyer for the district or county", true});
  }
  if (address.detail.empty() && address.town.empty()) {
    problems.push_back({"detail", "is missing; ask the buyer for street and house", true});
  }
}

void CheckCharacters(std::string_view text, const char* field,
                     std::vector<AddressProblem>& problems) {
  const std::vector<std::string> missing = NotInGbk(text);
  if (missing.empty()) return;
  problems.push_back({field,
                      "has " + std::to_string(missing.size()) +
                          " characters that GBK lacks, and labels may show without; agree on a "
                          "spelling with the buyer",
                      false});
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Receiver ReceiverOf(const Address& address) {
  std::string line;
  for (const std::string* part :
       {&address.province, &address.city, &address.district, &address.town, &address.detail}) {
    if (part->empty()) continue;
    if (!line.empty()) line += ' ';
    line += *part;
  }
  return {address.name, address.phone, line};
}

Address PartsOf(const Receiver& receiver) {
  Address parts;
  parts.name = receiver.name;
  parts.phone = receiver.phone;
  std::string_view rest = receiver.address;
  parts.province = TakeProvince(rest);
  std::string_view behind = WithoutBlanks(rest);
  for (const std::string_view placeholder : kPlaceholders) {
    if (!behind.starts_with(std::string(placeholder) + " ")) continue;
    parts.city = placeholder;
    rest = behind.substr(placeholder.size());
  }
  if (parts.city.empty() && IsMunicipality(parts.province)) {
    // "北京市北京市朝阳区": some marketplaces name a municipality as its own city.
    if (behind.starts_with(parts.province)) rest = behind.substr(parts.province.size());
    parts.city = parts.province;
  } else if (parts.city.empty() && !parts.province.empty()) {
    parts.city = TakePart(rest, kCityEndings);
  }
  parts.district = TakePart(rest, kDistrictEndings);
  if (parts.district.empty()) {
    parts.district = TakePart(rest, std::array<std::string_view, 1>{kCountyCity});
  }
  parts.detail = WithoutBlanks(rest);
  return parts;
}

std::vector<AddressProblem> CheckAddress(const Address& address) {
  std::vector<AddressProblem> problems;
  if (address.name.empty()) {
    problems.push_back({"name", "is missing; ask who takes the parcel", true});
  }
  if (address.phone.empty()) {
    problems.push_back({"phone", "is missing; the courier has to call somebody", true});
  } else if (!IsPlausiblePhone(address.phone)) {
    problems.push_back({"phone",
                        "is no number that could be called; ask the buyer for a mobile number of "
                        "11 digits, or a landline number with its area code",
                        true});
  }
  CheckPlaces(address, problems);
  CheckCharacters(address.name, "name", problems);
  CheckCharacters(address.province + address.city + address.district, "district", problems);
  CheckCharacters(address.town + address.detail, "detail", problems);
  return problems;
}

bool IsPlausiblePhone(std::string_view phone) {
  std::string digits;
  bool foreign = false;
  for (const char c : phone) {
    if (IsDigit(c)) {
      digits += c;
    } else if (c == '+' && digits.empty()) {
      foreign = true;
    } else if (c == 'x' || c == '#' || (c == '-' && digits.size() >= 10)) {
      break;  // an extension
    } else if (c != '-' && c != ' ' && c != '(' && c != ')') {
      return false;
    }
  }
  if (foreign && !digits.starts_with("86")) return digits.size() >= 7 && digits.size() <= 15;
  if (foreign) digits.erase(0, 2);
  if (digits.size() == 13 && digits.starts_with("861")) digits.erase(0, 2);
  if (digits.size() == 11 && digits[0] == '1') return digits[1] >= '3';
  if (digits.starts_with("0")) return digits.size() >= 10 && digits.size() <= 12;
  return digits.size() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
}

std::vector<std::string> NotInGbk(std::string_view text) {
  std::vector<std::string> missing;
  const Gbk gbk;
  for (std::size_t at = 0; at < text.size() && missing.size() < kMostNamed;) {
    const std::size_t length = std::min(Utf8CharacterLength(text[at]), text.size() - at);
    const std::string character(text.substr(at, length));
    if (!gbk.Has(character) &&
        std::find(missing.begin(), missing.end(), character) == missing.end()) {
      missing.push_back(character);
    }
    at += length;
  }
  return missing;
}

}  // namespace redress::order
