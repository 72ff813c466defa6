#include "tests/e2e/figures.h"

#include <ctime>

namespace redress::e2e {
namespace {

namespace scoring = redress::scoring::v1;

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kZoneOffsetS = 8 * 3600;
constexpr std::int64_t kMicrosPerDay = 24 * 3600 * kMicrosPerSecond;

}  // namespace

std::string DayOf(std::int64_t us) {
  const std::time_t seconds = us / kMicrosPerSecond + kZoneOffsetS;
  std::tm fields{};
  gmtime_r(&seconds, &fields);
  char text[16];
  std::strftime(text, sizeof(text), "%Y-%m-%d", &fields);
  return text;
}

Days Around(std::int64_t us) { return {DayOf(us - kMicrosPerDay), DayOf(us + kMicrosPerDay)}; }

std::map<std::string, std::string> AllFigures(Shop& shop, const std::string& from_day,
                                              const std::string& to_day) {
  std::map<std::string, std::string> figures;
  for (const bool by_agent : {false, true}) {
    for (const bool by_day : {false, true}) {
      std::string page_token;
      do {
        scoring::QueryFiguresRequest request;
        request.mutable_query()->set_from_day(from_day);
        request.mutable_query()->set_to_day(to_day);
        request.mutable_query()->set_by_day(by_day);
        request.mutable_query()->set_by_agent(by_agent);
        request.set_page_token(page_token);
        const auto page = shop.As("supervisor").Call<scoring::QueryFiguresResponse>(request);
        for (const auto& value : page.values()) {
          std::string text = std::to_string(value.numerator()) + "/" +
                             std::to_string(value.denominator()) + "/" + value.value();
          for (const auto& quantile : value.quantiles()) {
            text += "/" + std::to_string(quantile.duration_us());
          }
          figures[value.figure_id() + "|" + value.day() + "|" + value.agent_id() + "|" +
                  value.kind()] = text;
        }
        page_token = page.next_page_token();
      } while (!page_token.empty());
    }
  }
  return figures;
}

std::pair<std::int64_t, std::int64_t> FigureOf(Shop& shop, const std::string& figure,
                                               const Days& days, const std::string& kind) {
  scoring::QueryFiguresRequest request;
  request.mutable_query()->add_figure_ids(figure);
  request.mutable_query()->set_from_day(days.from);
  request.mutable_query()->set_to_day(days.to);
  const auto page = shop.As("supervisor").Call<scoring::QueryFiguresResponse>(request);
  for (const auto& value : page.values()) {
    if (value.kind() == kind && value.agent_id().empty()) {
      return {value.numerator(), value.denominator()};
    }
  }
  return {0, 0};
}

Rebuilt Rebuild(Shop& shop) {
  const auto answer =
      shop.As("supervisor").Call<scoring::RebuildFiguresResponse>(scoring::RebuildFiguresRequest{});
  return {answer.values(), answer.mismatch_count(), answer.events()};
}

}  // namespace redress::e2e
