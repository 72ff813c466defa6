// The shop's note on an order, in one format for pre-sale and after-sales agents. Pure.
//
//   【售后】事:尺码偏小，换 L 码|人:小王|时:2024-05-06 14:30|下:等仓库收货
//
// The grammar, with examples, is in services/order/docs/memo.md. The platform takes at most 1,000
// bytes of UTF-8; a text that is not of this format is kept as it is and never rewritten.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/time_zone/time_zone.h"

namespace redress::order {

// Numbers are stored and equal those of the API.
enum class MemoStage : std::uint8_t { kPreSale = 1, kAfterSales = 2 };

struct Memo {
  MemoStage stage = MemoStage::kPreSale;
  std::string what;
  std::string who;
  std::int64_t at_us = 0;  // told to the minute
  std::string next_step;   // may be empty

  bool operator==(const Memo&) const = default;
};

inline constexpr std::size_t kMostMemoBytes = 1000;
inline constexpr std::uint8_t kLastMemoFlag = 5;

// What keeps a memo from being written.
struct MemoProblem {
  std::string field;
  std::string description;
  std::size_t bytes_over = 0;  // how much too long the field is; 0 for another problem
};

// Days and minutes are those of the shop's zone.
std::string RenderMemo(const Memo& memo, const platform::TimeZone& zone);
// Nothing for a text in another format.
std::optional<Memo> ParseMemo(std::string_view text, const platform::TimeZone& zone);
std::vector<MemoProblem> CheckMemo(const Memo& memo, const platform::TimeZone& zone);

// Next steps that begin with what was typed: the shop's own first, each once, at most ten.
std::vector<std::string> NextSteps(MemoStage stage, std::string_view typed,
                                   std::span<const std::string> own);

}  // namespace redress::order
