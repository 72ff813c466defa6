#pragma once

// A case field by field, under the names of its table's columns: for saying exactly where two
// accounts of one case differ.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/case.h"

namespace redress::aftersales {

struct Difference {
  std::string field;
  std::string expected;
  std::string found;
};

// Every field that differs, the fixed ones and last_hash included. Hashes are written in hex.
std::vector<Difference> DifferencesOf(const Case& expected, const Case& found);

// The fields that are fixed at opening and that only its step can vouch for.
inline constexpr std::string_view kOpeningFields[] = {
    "case_number", "order_id", "line_id", "customer_id", "currency", "order_paid_at", "platform"};
void CopyOpeningFields(const Case& from, Case& to);

}  // namespace redress::aftersales
