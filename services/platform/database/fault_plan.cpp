#include "services/platform/database/fault_plan.h"

#include <charconv>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <string>

namespace redress::platform {

namespace {

int Permille() {
  thread_local std::minstd_rand generator{std::random_device{}()};
  return std::uniform_int_distribution<int>(0, 999)(generator);
}

int ParseRate(std::string_view text, std::string_view entry) {
  int rate = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rate);
  if (error != std::errc() || end != text.data() + text.size() || rate < 0 || rate > 1000) {
    throw std::invalid_argument("REDRESS_FAULTS: '" + std::string(entry) +
                                "' needs a number per mille, 0 to 1000");
  }
  return rate;
}

}  // namespace

std::unique_ptr<FaultPlan> FaultPlan::Parse(std::string_view text) {
  auto plan = std::make_unique<FaultPlan>();
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view entry = text.substr(0, comma);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    const std::size_t equals = entry.find('=');
    const std::string_view name = entry.substr(0, equals);
    const std::string_view number =
        equals == std::string_view::npos ? std::string_view() : entry.substr(equals + 1);
    if (name == "commit_conflict") {
      plan->conflict_on_commit_permille = ParseRate(number, entry);
    } else if (name == "cut") {
      plan->cut_permille = ParseRate(number, entry);
    } else if (name == "kill") {
      plan->kill_permille = ParseRate(number, entry);
    } else {
      throw std::invalid_argument("REDRESS_FAULTS: '" + std::string(name) +
                                  "' is none of commit_conflict, cut, kill");
    }
  }
  if (plan->conflict_on_commit_permille + plan->cut_permille + plan->kill_permille > 1000) {
    throw std::invalid_argument("REDRESS_FAULTS: the rates add up to more than 1000 per mille");
  }
  return plan;
}

std::unique_ptr<FaultPlan> FaultPlan::FromEnvironment() {
  const char* const text = std::getenv("REDRESS_FAULTS");
  return text == nullptr || *text == '\0' ? nullptr : Parse(text);
}

FaultPlan::Fault FaultPlan::Next() {
  Fault fault = Fault::kNone;
  int left = forced_left_.load();
  while (left > 0 && !forced_left_.compare_exchange_weak(left, left - 1)) {
  }
  if (left > 0) {
    fault = forced_.load();
  } else if (int drawn = Permille(); drawn < conflict_on_commit_permille) {
    fault = Fault::kConflict;
  } else if (drawn -= conflict_on_commit_permille; drawn < cut_permille) {
    fault = Permille() < 500 ? Fault::kCutBefore : Fault::kCutAfter;
  } else if (drawn - cut_permille < kill_permille) {
    fault = Fault::kKill;
  }
  if (fault != Fault::kNone) ++struck_;
  return fault;
}

void FaultPlan::Force(Fault fault, int count) {
  forced_ = fault;
  forced_left_ = count;
}

}  // namespace redress::platform
