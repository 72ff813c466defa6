#include "services/order/domain/price_change.h"

#include <algorithm>
#include <string>

namespace redress::order {
namespace {

// As trades of the platform name it, so that a later push meets the same line.
constexpr char kPostageLine[] = "postage";

std::string Entry(std::size_t index, const char* field) {
  return "lines[" + std::to_string(index) + "]." + field;
}

void SetPrice(std::size_t index, std::int64_t payable_minor, PriceChange& result) {
  Line& line = result.change.order.lines[index];
  if (line.paid_minor == payable_minor) return;
  result.prices.push_back({line.id, line.paid_minor, payable_minor});
  line.paid_minor = payable_minor;
}

void AddPostage(std::int64_t minor, platform::IdSource& ids, PriceChange& result) {
  std::vector<Line>& lines = result.change.order.lines;
  Line postage;
  postage.id = ids.New<LineId>();
  postage.number = kPostageLine;
  postage.title = "邮费";
  postage.quantity = 1;
  postage.paid_minor = minor;
  postage.postage = true;
  result.prices.push_back({postage.id, 0, minor});
  lines.push_back(std::move(postage));
}

void SetPostage(std::int64_t minor, platform::IdSource& ids, PriceChange& result) {
  std::vector<Line>& lines = result.change.order.lines;
  const auto known = std::find_if(lines.begin(), lines.end(), [](const Line& line) {
    return line.postage && (!line.removed || line.number == kPostageLine);
  });
  if (known == lines.end()) {
    if (minor != 0) AddPostage(minor, ids, result);
    return;
  }
  if (known->removed) {
    if (minor == 0) return;
    known->removed = false;
    known->paid_minor = 0;
  }
  SetPrice(static_cast<std::size_t>(known - lines.begin()), minor, result);
}

std::optional<Problem> SetLines(std::span<const NewPrice> prices, PriceChange& result) {
  std::vector<LineId> seen;
  for (std::size_t i = 0; i < prices.size(); ++i) {
    const NewPrice& price = prices[i];
    const std::vector<Line>& lines = result.change.order.lines;
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const Line& each) {
      return each.id == price.line && !each.removed;
    });
    if (line == lines.end()) {
      return Problem{Entry(i, "line_id"), "is no line of the order; read the order again"};
    }
    if (line->postage) {
      return Problem{Entry(i, "line_id"), "is the postage; give it as postage_minor"};
    }
    if (std::find(seen.begin(), seen.end(), price.line) != seen.end()) {
      return Problem{Entry(i, "line_id"), "is named twice; give each line one price"};
    }
    if (price.payable_minor < 0 || price.payable_minor > kMaxLineMinor) {
      return Problem{Entry(i, "payable_minor"), "is not between 0 and 10^15 minor units"};
    }
    seen.push_back(price.line);
    SetPrice(static_cast<std::size_t>(line - lines.begin()), price.payable_minor, result);
  }
  return std::nullopt;
}

void NoteChangedLines(PriceChange& result) {
  std::vector<Line>& lines = result.change.order.lines;
  std::sort(lines.begin(), lines.end(),
            [](const Line& a, const Line& b) { return LineNumberLess(a.number, b.number); });
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool changed =
        std::any_of(result.prices.begin(), result.prices.end(),
                    [&](const LinePrice& price) { return price.line == lines[i].id; });
    if (changed) result.change.lines.push_back(i);
  }
}

}  // namespace

std::variant<PriceChange, Problem> ChangePrice(const Order& order, std::span<const NewPrice> lines,
                                               std::optional<std::int64_t> postage_minor,
                                               std::int64_t now_us, platform::IdSource& ids) {
  PriceChange result;
  result.change.order = order;
  if (auto problem = SetLines(lines, result)) return *std::move(problem);
  if (postage_minor) SetPostage(*postage_minor, ids, result);
  const std::int64_t sum = result.change.order.PaidMinor();
  if (sum <= 0) {
    return Problem{"lines", "leave nothing to pay; close the order on the platform instead"};
  }
  if (sum > kMaxOrderMinor) {
    return Problem{"lines", "are together worth more than 10^15 minor units"};
  }
  if (result.prices.empty()) return result;
  NoteChangedLines(result);
  result.change.outcome = Outcome::kChanged;
  result.change.occurred_at = now_us;
  ++result.change.order.version;
  result.change.order.price_at = now_us;
  return result;
}

}  // namespace redress::order
