#pragma once

// What an import of the past has stored, read by plain SQL.

#include <google/protobuf/struct.pb.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/integration/clients/deployment.h"

namespace redress::test {

struct StoredStep {
  std::int64_t at_us = 0;  // without the microseconds that keep steps of one time apart
  std::string activity;
  std::string agent;
  bool completes = false;
  bool has_text = false;
  int stars = 0;  // of a review, with its opening
  std::map<std::string, std::string> details;
};

// The shop's cases of one source, each with its steps in their order.
using StoredCases = std::vector<std::vector<StoredStep>>;
StoredCases ReadStoredCases(const ImportShop& shop, const std::vector<std::string>& details = {});

void PutNumber(google::protobuf::Struct& object, const std::string& key, const std::string& number);
void PutCount(google::protobuf::Struct& object, const std::string& key, std::int64_t count);
void PutText(google::protobuf::Struct& object, const std::string& key, const std::string& text);
// numerator ÷ denominator with six places.
void PutRate(google::protobuf::Struct& object, const std::string& key, std::int64_t numerator,
             std::int64_t denominator);
void PutObject(google::protobuf::Struct& object, const std::string& key,
               google::protobuf::Struct value);
void PutCounts(google::protobuf::Struct& object, const std::string& key,
               const std::map<std::string, std::int64_t>& counts);

}  // namespace redress::test
