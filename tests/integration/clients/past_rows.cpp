#include "tests/integration/clients/past_rows.h"

#include "tests/integration/clients/uci_figures.h"

namespace redress::test {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr int kPlaces = 6;

}  // namespace

StoredCases ReadStoredCases(const ImportShop& shop, const std::vector<std::string>& details) {
  std::string columns;
  for (const std::string& detail : details) {
    columns += ", COALESCE(JSON_VALUE(event_json, '$.\"source:" + detail + "\"'), '')";
  }
  StoredCases cases;
  for (const auto& row : shop.Rows(
           "SELECT sequence, applied_at, JSON_VALUE(event_json, '$.activity'),"
           " COALESCE(JSON_VALUE(event_json, '$.agent'), ''),"
           " COALESCE(JSON_VALUE(event_json, '$.completes'), ''),"
           " COALESCE(JSON_VALUE(event_json, '$.stars'), '0'), text_digest <> ''" +
           columns +
           " FROM redress_aftersales.steps WHERE shop_id = {shop} ORDER BY case_id, sequence")) {
    if (row.at(0) == "1") cases.emplace_back();
    StoredStep step;
    step.at_us = std::stoll(row.at(1)) / kSecondUs * kSecondUs;
    step.activity = row.at(2);
    step.agent = row.at(3);
    step.completes = row.at(4) == "1" || row.at(4) == "true";
    step.stars = std::stoi(row.at(5));
    step.has_text = row.at(6) == "1";
    for (std::size_t i = 0; i < details.size(); ++i) step.details[details[i]] = row.at(7 + i);
    cases.back().push_back(std::move(step));
  }
  return cases;
}

void PutNumber(google::protobuf::Struct& object, const std::string& key,
               const std::string& number) {
  (*object.mutable_fields())[key].set_number_value(std::stod(number));
}

void PutCount(google::protobuf::Struct& object, const std::string& key, std::int64_t count) {
  PutNumber(object, key, std::to_string(count));
}

void PutText(google::protobuf::Struct& object, const std::string& key, const std::string& text) {
  (*object.mutable_fields())[key].set_string_value(text);
}

void PutRate(google::protobuf::Struct& object, const std::string& key, std::int64_t numerator,
             std::int64_t denominator) {
  if (denominator != 0) PutNumber(object, key, Ratio(numerator, denominator, kPlaces));
}

void PutObject(google::protobuf::Struct& object, const std::string& key,
               google::protobuf::Struct value) {
  *(*object.mutable_fields())[key].mutable_struct_value() = std::move(value);
}

void PutCounts(google::protobuf::Struct& object, const std::string& key,
               const std::map<std::string, std::int64_t>& counts) {
  google::protobuf::Struct inner;
  for (const auto& [name, count] : counts) PutCount(inner, name, count);
  PutObject(object, key, std::move(inner));
}

}  // namespace redress::test
