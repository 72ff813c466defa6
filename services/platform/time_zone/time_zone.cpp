#include "services/platform/time_zone/time_zone.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "services/platform/base/errors.h"
#include "services/platform/time_zone/posix_rule.h"

namespace redress::platform {
namespace {

constexpr char kZoneFolder[] = "/usr/share/zoneinfo";
constexpr std::int64_t kDay_s = 86400;
constexpr std::int64_t kSecond_us = 1'000'000;
constexpr int kLastYear = 2199;  // rules are unrolled up to here
// No zone's clock has ever jumped further than a day.
constexpr std::int64_t kHour_s = 3600;
constexpr std::int64_t kLargestJump_s = 26 * kHour_s;

std::int64_t FloorDivide(std::int64_t number, std::int64_t by) {
  return number / by - (number % by < 0 ? 1 : 0);
}

// Big-endian numbers out of a TZif file; throws std::out_of_range past its end.
class Bytes {
 public:
  explicit Bytes(std::string_view data) : data_(data) {}

  std::int64_t Number(std::size_t size) {
    const auto text = Take(size);
    std::uint64_t number = static_cast<signed char>(text[0]) < 0 ? ~std::uint64_t{0} : 0;
    for (const char byte : text) number = number << 8 | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(number);
  }
  std::string_view Take(std::size_t size) {
    if (size > data_.size()) throw std::out_of_range("a time zone file ends too early");
    const auto taken = data_.substr(0, size);
    data_.remove_prefix(size);
    return taken;
  }
  std::string_view rest() const { return data_; }

 private:
  std::string_view data_;
};

struct Header {
  explicit Header(Bytes& bytes) {
    if (bytes.Take(4) != "TZif") throw std::runtime_error("not a time zone file");
    version = bytes.Take(1)[0];
    bytes.Take(15);
    for (auto* count : {&ut_flags, &standard_flags, &leaps, &times, &types, &name_bytes}) {
      *count = static_cast<std::size_t>(bytes.Number(4));
    }
  }
  std::size_t BodySize(std::size_t time_size) const {
    return times * (time_size + 1) + types * 6 + name_bytes + leaps * (time_size + 4) +
           standard_flags + ut_flags;
  }

  char version = 0;
  std::size_t ut_flags = 0, standard_flags = 0, leaps = 0, times = 0, types = 0, name_bytes = 0;
};

bool IsZoneName(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() == '/' || name.starts_with("right/") ||
      name.starts_with("posix/")) {
    return false;
  }
  return std::ranges::all_of(name, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '/' || c == '_' || c == '+' ||
           c == '-';
  });
}

struct ZoneCache {
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<const TimeZone>, std::less<>> zones;
};
ZoneCache& Cache() {
  static ZoneCache cache;
  return cache;
}

}  // namespace

std::shared_ptr<const TimeZone> TimeZone::Read(const std::filesystem::path& path,
                                               std::string name) {
  std::ifstream file(path, std::ios::binary);
  const std::string data((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  Bytes bytes(data);
  Header header(bytes);
  std::size_t time_size = 4;
  if (header.version != 0) {  // since version 2 the first block is a copy with 32-bit times
    bytes.Take(header.BodySize(4));
    header = Header(bytes);
    time_size = 8;
  }
  std::vector<std::int64_t> times(header.times);
  for (auto& time : times) time = bytes.Number(time_size);
  const auto kinds = bytes.Take(header.times);
  std::vector<std::int32_t> offsets(header.types);
  for (auto& offset : offsets) {
    offset = static_cast<std::int32_t>(bytes.Number(4));
    bytes.Take(2);
  }
  bytes.Take(header.name_bytes + header.leaps * (time_size + 4) + header.standard_flags +
             header.ut_flags);

  auto zone = std::shared_ptr<TimeZone>(new TimeZone);
  zone->name_ = std::move(name);
  zone->first_offset_s_ = offsets.at(0);
  for (std::size_t i = 0; i < times.size(); ++i) {
    zone->transitions_.push_back({times[i], offsets.at(static_cast<unsigned char>(kinds[i]))});
  }
  if (time_size == 8 && bytes.rest().size() > 2) {
    const auto footer = bytes.rest().substr(1, bytes.rest().find('\n', 1) - 1);
    zone->Unroll(footer);
  }
  return zone;
}

void TimeZone::Unroll(std::string_view footer) {
  const auto rule = ParsePosixRule(footer);
  if (!rule || !rule->has_summer) return;
  const std::int64_t known_until_s = transitions_.empty() ? INT64_MIN : transitions_.back().at_s;
  int year = 1970;
  if (!transitions_.empty()) {
    const auto days =
        std::chrono::sys_days(std::chrono::days(FloorDivide(transitions_.back().at_s, kDay_s)));
    year = static_cast<int>(std::chrono::year_month_day(days).year());
  }
  std::vector<Transition> more;
  for (; year <= kLastYear; ++year) {
    more.push_back(
        {rule->to_summer.LocalSecondsIn(year) - rule->standard_offset_s, rule->summer_offset_s});
    more.push_back(
        {rule->to_standard.LocalSecondsIn(year) - rule->summer_offset_s, rule->standard_offset_s});
  }
  std::ranges::sort(more, {}, &Transition::at_s);
  for (const auto& transition : more) {
    if (transition.at_s > known_until_s) transitions_.push_back(transition);
  }
}

std::shared_ptr<const TimeZone> TimeZone::Find(std::string_view name) {
  if (!IsZoneName(name)) return nullptr;
  auto& cache = Cache();
  std::lock_guard lock(cache.mutex);
  if (const auto found = cache.zones.find(name); found != cache.zones.end()) return found->second;
  const auto path = std::filesystem::path(kZoneFolder) / name;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return nullptr;
  try {
    auto zone = Read(path, std::string(name));
    cache.zones.emplace(name, zone);
    return zone;
  } catch (const std::exception&) {
    return nullptr;  // a file of another kind, such as zone.tab
  }
}

std::shared_ptr<const TimeZone> TimeZone::Load(std::string_view name) {
  if (auto zone = Find(name)) return zone;
  throw InvalidField("time_zone",
                     "is no time zone known here; use an IANA name such as "
                     "Asia/Shanghai or Europe/London");
}

bool TimeZone::Exists(std::string_view name) { return Find(name) != nullptr; }

std::int32_t TimeZone::OffsetAt(std::int64_t at_s) const {
  const auto after = std::ranges::upper_bound(transitions_, at_s, {}, &Transition::at_s);
  return after == transitions_.begin() ? first_offset_s_ : std::prev(after)->offset_s;
}

std::int32_t TimeZone::OffsetSeconds(std::int64_t at_us) const {
  return OffsetAt(FloorDivide(at_us, kSecond_us));
}

std::int64_t TimeZone::DayOf(std::int64_t at_us) const {
  const std::int64_t at_s = FloorDivide(at_us, kSecond_us);
  const std::int64_t local_s = at_s + OffsetAt(at_s);
  const std::int64_t day = FloorDivide(local_s, kDay_s);
  // Clocks set back over midnight show the old date again, after the new day has begun.
  if ((day + 1) * kDay_s - local_s < 3 * kHour_s && DayStart(day + 1) <= at_us) return day + 1;
  return day;
}

std::int64_t TimeZone::DayStart(std::int64_t day) const { return InstantOf(day, 0); }

std::int64_t TimeZone::InstantOf(std::int64_t day, std::int64_t second_of_day) const {
  const std::int64_t local_s = day * kDay_s + second_of_day;
  auto next =
      std::ranges::upper_bound(transitions_, local_s - kLargestJump_s, {}, &Transition::at_s);
  std::int64_t begin_s = local_s - kLargestJump_s;
  while (true) {
    const std::int32_t offset_s =
        next == transitions_.begin() ? first_offset_s_ : std::prev(next)->offset_s;
    const std::int64_t end_s = next == transitions_.end() ? INT64_MAX : next->at_s;
    // The first instant of this stretch of constant offset that is not before the local time. Of a
    // skipped date that is the first instant of the next one, which gives the date no length.
    const std::int64_t candidate_s = std::max(begin_s, local_s - offset_s);
    if (candidate_s < end_s) return candidate_s * kSecond_us;
    begin_s = end_s;
    ++next;
  }
}

std::string DayText(std::int64_t day) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(day)))};
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::int64_t ParseDay(std::string_view text, std::string_view field) {
  const auto refuse = [&] {
    return InvalidField(std::string(field), "is no date; write it as 2026-03-01");
  };
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    const auto* end = text.data() + at + length;
    const auto [stop, error] = std::from_chars(text.data() + at, end, value);
    if (error != std::errc() || stop != end || value < 0) throw refuse();
    return value;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') throw refuse();
  const auto date = std::chrono::year(number(0, 4)) / static_cast<int>(number(5, 2)) /
                    static_cast<int>(number(8, 2));
  if (!date.ok()) throw refuse();
  return std::chrono::sys_days(date).time_since_epoch().count();
}

}  // namespace redress::platform
