#pragma once

#include <span>
#include <string>
#include <vector>

#include "services/customer/domain/tag.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// Writes a decision by hand for many customers, with its history, and makes them due. One result
// per customer, in their order.
std::vector<TagResult> DecideTags(platform::Connection& db, platform::IdSource& ids,
                                  const Write& write, const Tag& tag, const TagByHand& by_hand,
                                  std::span<const CustomerId> customers);

// As an answer is remembered: a digit per customer.
std::string EncodeResults(const std::vector<TagResult>& results);
std::vector<TagResult> DecodeResults(const std::string& stored);

}  // namespace redress::customer
