#include "services/identity/store/counters.h"

#include <stdexcept>
#include <string>

namespace redress::identity {
namespace {

constexpr std::string_view kAdvance =
    "UPDATE installation_counters SET counter_value = counter_value + 1 WHERE counter_name = ?";
constexpr std::string_view kSelect =
    "SELECT counter_value FROM installation_counters WHERE counter_name = ?";

}  // namespace

std::uint64_t NextNumber(platform::Connection& connection, std::string_view counter) {
  connection.Execute(kAdvance, {counter});
  auto row = connection.Query(kSelect, {counter});
  if (!row.Next()) {
    throw std::logic_error("the counter " + std::string(counter) + " is missing: migrate first");
  }
  return row.Uint64(0);
}

}  // namespace redress::identity
