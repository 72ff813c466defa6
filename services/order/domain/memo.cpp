#include "services/order/domain/memo.h"

#include <algorithm>
#include <array>

#include "services/platform/base/clock.h"

namespace redress::order {
namespace {

using platform::TimeZone;

constexpr std::string_view kPreSale = "【售前】";
constexpr std::string_view kAfterSales = "【售后】";
constexpr std::string_view kWideBar = "｜";
constexpr std::string_view kWideColon = "：";
constexpr std::size_t kMostNextSteps = 10;
constexpr std::int64_t kSecondsOfDay = 86'400;
constexpr std::size_t kDayLength = 10;   // 2024-05-06
constexpr std::size_t kTimeLength = 16;  // 2024-05-06 14:30

constexpr std::array<std::string_view, 6> kPreSaleSteps = {
    "等买家付款", "等买家确认地址", "改地址后发货", "优先发货", "换颜色尺码后发货", "到货后发货"};
constexpr std::array<std::string_view, 8> kAfterSalesSteps = {
    "等买家寄回", "等仓库收货", "仓库验货", "仓库补发",
    "财务打款",   "联系快递",   "回访买家", "主管处理"};

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool HoldsSeparator(std::string_view text) {
  return text.find('|') != std::string_view::npos ||
         text.find(kWideBar) != std::string_view::npos ||
         std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; });
}

std::string Padded(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string TimeText(std::int64_t at_us, const TimeZone& zone) {
  const std::int64_t day = zone.DayOf(at_us);
  const std::int64_t local_s = at_us / platform::kSecondUs + zone.OffsetSeconds(at_us);
  const std::int64_t second = ((local_s % kSecondsOfDay) + kSecondsOfDay) % kSecondsOfDay;
  return platform::DayText(day) + " " + Padded(second / 3600) + ":" + Padded(second / 60 % 60);
}

std::optional<int> TwoDigits(std::string_view text) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') {
    return std::nullopt;
  }
  return (text[0] - '0') * 10 + (text[1] - '0');
}

std::optional<std::int64_t> TimeOf(std::string_view text, const TimeZone& zone) {
  if (text.size() != kTimeLength || text[kDayLength] != ' ' || text[kDayLength + 3] != ':') {
    return std::nullopt;
  }
  const auto hour = TwoDigits(text.substr(kDayLength + 1, 2));
  const auto minute = TwoDigits(text.substr(kDayLength + 4, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  try {
    const std::int64_t day = platform::ParseDay(text.substr(0, kDayLength), "when");
    return zone.InstantOf(day, (std::int64_t{*hour} * 60 + *minute) * 60);
  } catch (const std::exception&) {
    return std::nullopt;  // no day of the calendar
  }
}

// The parts between bars, narrow or wide.
std::vector<std::string_view> Parts(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const bool wide = text.substr(at).starts_with(kWideBar);
    if (!wide && text[at] != '|') {
      ++at;
      continue;
    }
    parts.push_back(text.substr(begin, at - begin));
    at += wide ? kWideBar.size() : 1;
    begin = at;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

// What stands behind the label and its colon; nothing where the part has another one.
std::optional<std::string_view> Labelled(std::string_view part, std::string_view label) {
  part = Trimmed(part);
  if (!part.starts_with(label)) return std::nullopt;
  part.remove_prefix(label.size());
  if (part.starts_with(kWideColon)) {
    part.remove_prefix(kWideColon.size());
  } else if (part.starts_with(':')) {
    part.remove_prefix(1);
  } else {
    return std::nullopt;
  }
  part = Trimmed(part);
  if (part.empty()) return std::nullopt;
  return part;
}

void CheckText(const std::string& text, const char* field, bool required,
               std::vector<MemoProblem>& problems) {
  if (required && Trimmed(text).empty()) {
    problems.push_back({field, "is empty; a colleague has to know", 0});
  }
  if (HoldsSeparator(text)) {
    problems.push_back(
        {field, "holds a bar or a line break, which part the fields; use a comma instead", 0});
  }
}

}  // namespace

std::string RenderMemo(const Memo& memo, const TimeZone& zone) {
  std::string text(memo.stage == MemoStage::kPreSale ? kPreSale : kAfterSales);
  text += "事:" + std::string(Trimmed(memo.what)) + "|人:" + std::string(Trimmed(memo.who)) +
          "|时:" + TimeText(memo.at_us, zone);
  const std::string_view next = Trimmed(memo.next_step);
  if (!next.empty()) text += "|下:" + std::string(next);
  return text;
}

std::optional<Memo> ParseMemo(std::string_view text, const TimeZone& zone) {
  text = Trimmed(text);
  Memo memo;
  if (text.starts_with(kAfterSales)) {
    memo.stage = MemoStage::kAfterSales;
  } else if (!text.starts_with(kPreSale)) {
    return std::nullopt;
  }
  text.remove_prefix(kPreSale.size());
  const std::vector<std::string_view> parts = Parts(text);
  if (parts.size() != 3 && parts.size() != 4) return std::nullopt;
  const auto what = Labelled(parts[0], "事");
  const auto who = Labelled(parts[1], "人");
  const auto when = Labelled(parts[2], "时");
  if (!what || !who || !when) return std::nullopt;
  const auto at_us = TimeOf(*when, zone);
  if (!at_us) return std::nullopt;
  memo.what = *what;
  memo.who = *who;
  memo.at_us = *at_us;
  if (parts.size() == 4) {
    const auto next = Labelled(parts[3], "下");
    if (!next) return std::nullopt;
    memo.next_step = *next;
  }
  return memo;
}

std::vector<MemoProblem> CheckMemo(const Memo& memo, const TimeZone& zone) {
  std::vector<MemoProblem> problems;
  CheckText(memo.what, "what", true, problems);
  CheckText(memo.who, "who", true, problems);
  CheckText(memo.next_step, "next_step", false, problems);
  const std::size_t bytes = RenderMemo(memo, zone).size();
  if (bytes > kMostMemoBytes) {
    const std::size_t over = bytes - kMostMemoBytes;
    const bool what_is_longest =
        memo.what.size() >= memo.next_step.size() && memo.what.size() >= memo.who.size();
    const char* field = what_is_longest                            ? "what"
                        : memo.next_step.size() >= memo.who.size() ? "next_step"
                                                                   : "who";
    problems.push_back({field,
                        "makes the memo " + std::to_string(bytes) +
                            " bytes long, and the platform takes 1000; shorten it by " +
                            std::to_string(over) + " bytes (a Chinese character has 3)",
                        over});
  }
  return problems;
}

std::vector<std::string> NextSteps(MemoStage stage, std::string_view typed,
                                   std::span<const std::string> own) {
  std::vector<std::string> steps;
  const auto add = [&](std::string_view step) {
    if (steps.size() < kMostNextSteps && step.starts_with(Trimmed(typed)) &&
        std::find(steps.begin(), steps.end(), step) == steps.end()) {
      steps.emplace_back(step);
    }
  };
  for (const std::string& step : own) add(step);
  const std::span<const std::string_view> standard =
      stage == MemoStage::kPreSale ? std::span<const std::string_view>(kPreSaleSteps)
                                   : std::span<const std::string_view>(kAfterSalesSteps);
  for (const std::string_view step : standard) add(step);
  return steps;
}

}  // namespace redress::order
