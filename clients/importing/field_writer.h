#pragma once

#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "clients/importing/mapping.h"

namespace redress::importing {

// Columns of a file by trimmed header name.
class Header {
 public:
  explicit Header(const std::vector<std::string>& names);

  // The position of a column; throws MappingError that lists the file's columns.
  std::size_t PositionOf(const std::string& column, const std::string& needed_by) const;
  bool Has(const std::string& column) const;

 private:
  std::vector<std::string> names_;
};

// Throws MappingError where the file has none of the columns that the sections read: it may have no
// header but show its first row instead, which may hold contact data and is not shown.
void RefuseAnotherHeader(const std::string& path, const Header& header,
                         std::span<const std::vector<FieldRule>* const> sections);

// Writes the mapped columns of a row into a message, and checks the fields' rules as the protos
// declare them, so that a bad row is found with its reason before anything is sent. One section of
// one mapping over one file; remembers the last time and the texts that it has checked. The mapping
// outlives it.
class FieldWriter {
 public:
  FieldWriter(const std::vector<FieldRule>& rules, const Header& header, const Mapping& mapping);

  // Answers "" or what is wrong with which column. Marks in `taken`, where one is given, the
  // positions whose whole content the message has now.
  std::string Write(const std::vector<std::string>& row, google::protobuf::Message& message,
                    std::vector<bool>* taken = nullptr);

 private:
  struct Column {
    FieldRule rule;                                 // its columns: those that the file has
    std::optional<std::size_t> only_position;       // see FieldRule::only_column
    std::vector<std::size_t> positions;             // none for a constant
    std::shared_ptr<const std::regex> pattern;      // null for none
    std::unordered_map<std::string, bool> matched;  // texts already held against the pattern
    std::string last_time_text;
    absl::Time last_time;
  };

  std::string_view CellOf(const std::string& cell) const;
  std::string Joined(const Column& column, const std::vector<std::string>& row,
                     std::vector<bool>* taken) const;
  std::string WriteColumn(Column& column, std::string_view text,
                          google::protobuf::Message& message) const;
  std::string WriteText(Column& column, std::string_view text, google::protobuf::Message& target,
                        const google::protobuf::FieldDescriptor& field) const;
  std::string WriteNumber(const FieldRule& rule, std::string_view text,
                          google::protobuf::Message& target,
                          const google::protobuf::FieldDescriptor& field) const;
  std::string WriteTime(Column& column, std::string_view text,
                        google::protobuf::Message& target) const;

  const Mapping& mapping_;
  std::vector<Column> columns_;
};

// "12.34" with 2 digits is 1234. Answers false for a text that is not a decimal or has more digits
// than that, zeros behind the last one aside.
bool ParseMinor(std::string_view text, int digits, std::int64_t& minor);

// Length in Unicode characters of valid UTF-8.
std::size_t CountCharacters(std::string_view text);
// Cut to so many characters, the last of which is an ellipsis then.
std::string Shortened(std::string_view text, std::size_t most);

}  // namespace redress::importing
