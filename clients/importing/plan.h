#pragma once

#include <google/protobuf/struct.pb.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "clients/importing/joined_file.h"
#include "clients/importing/mapping.h"

namespace redress::importing {

// How a file would be read: what becomes of each column, what no column gives, and the first rows
// as messages, or what is wrong with them. Nothing is sent anywhere. Contact data shows as •••.
struct Plan {
  struct Column {
    std::string name;
    std::vector<std::string> fields;  // "order.buyer_nick"; empty: no field takes it
    bool kept = false;                // beside the order or step, since no field takes it
  };
  struct ReadRow {
    std::uint64_t line = 0;
    std::vector<std::string> messages;  // as JSON, one per section
    std::string problem;
  };
  std::vector<Column> columns;
  std::vector<std::string> constants;  // "order.platform = direct"
  std::vector<ReadRow> rows;
};

// Throws what reading the file throws.
Plan PlanOf(const std::string& path, const Mapping& mapping, const std::string& encoding = "",
            const std::vector<std::shared_ptr<const JoinedFile>>& joined = {});
// Of the file whose rows are the lines of the orders. Throws MappingError where the mapping takes
// none.
Plan PlanOfLines(const std::string& path, const Mapping& mapping, const std::string& encoding = "");

// Columns of a file from which nothing is taken; those of files joined to it are not told.
std::vector<std::string> UnreadColumns(const Mapping& mapping,
                                       const std::vector<std::string>& header);

google::protobuf::Struct ReportOf(const Plan& plan);
std::string TextOf(const Plan& plan);

}  // namespace redress::importing
