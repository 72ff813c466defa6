#include "clients/importing/mapping.h"

#include <redress/common/v1/rules.pb.h>
#include <redress/order/v1/order.pb.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>
#include <sstream>

#include "clients/cpp/json.h"
#include "clients/cpp/text.h"

namespace redress::importing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Where the program's mappings are: beside bin/, in the build tree and in an installation alike.
std::filesystem::path ShippedFolder() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return program.parent_path().parent_path() / "share" / "redress" / "mappings";
}

// Reads one mapping; every error names the file and the key.
class Parser {
 public:
  Parser(const std::string& toml, const std::string& path) : path_(path) {
    try {
      document_ = toml::parse(toml, path);
    } catch (const toml::parse_error& error) {
      std::ostringstream where;
      where << error.source().begin;
      throw MappingError(path + ": " + std::string(error.description()) + " (" + where.str() + ")");
    }
  }

  Mapping Parse() {
    CheckKeys(document_, "",
              {"description", "encoding", "delimiter", "group_by", "minor_digits", "time",
               "records", "order", "line", "refund", "correction"});
    Mapping mapping;
    mapping.path = path_;
    mapping.description = Text(document_, "", "description", "");
    mapping.encoding = Text(document_, "", "encoding", "auto");
    if (mapping.encoding != "auto" && mapping.encoding != "utf-8" && mapping.encoding != "gbk") {
      Fail("encoding", "has to be utf-8, gbk or auto");
    }
    const std::string delimiter = Text(document_, "", "delimiter", ",");
    if (delimiter.size() != 1 || delimiter == "\"" || delimiter == "\n") {
      Fail("delimiter", "has to be one character, e.g. \",\" or \"\\t\"");
    }
    mapping.delimiter = delimiter[0];
    mapping.group_by = Text(document_, "", "group_by");
    mapping.minor_digits = static_cast<int>(document_["minor_digits"].value_or(2));
    if (mapping.minor_digits < 0 || mapping.minor_digits > 4)
      Fail("minor_digits", "has to be 0 to 4");
    ParseTime(mapping);
    ParseRecords(mapping);
    ParseSections(mapping);
    return mapping;
  }

 private:
  [[noreturn]] void Fail(const std::string& key, const std::string& problem) const {
    throw MappingError(path_ + ": `" + key + "` " + problem);
  }

  void CheckKeys(const toml::table& table, const std::string& prefix,
                 const std::vector<std::string>& known) const {
    for (const auto& [key, value] : table) {
      const std::string name(key.str());
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        Fail(prefix + name, "is not a key of a mapping" + client::DidYouMean(name, known));
      }
    }
  }

  std::string Text(const toml::table& table, const std::string& prefix,
                   const std::string& key) const {
    if (!table.contains(key)) Fail(prefix + key, "is missing");
    return Text(table, prefix, key, "");
  }

  std::string Text(const toml::table& table, const std::string& prefix, const std::string& key,
                   const std::string& fallback) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return fallback;
    if (!node->is_string()) Fail(prefix + key, "has to be a text in quotation marks");
    return node->as_string()->get();
  }

  const toml::table& Table(const std::string& key) const {
    static const toml::table kNone;
    const toml::node* node = document_.get(key);
    if (node == nullptr) return kNone;
    if (!node->is_table()) Fail(key, "has to be a section: [" + key + "]");
    return *node->as_table();
  }

  void ParseTime(Mapping& mapping) const {
    const toml::table& time = Table("time");
    CheckKeys(time, "time.", {"format", "zone"});
    mapping.time_format = Text(time, "time.", "format");
    const std::string zone = Text(time, "time.", "zone");
    if (!absl::LoadTimeZone(zone, &mapping.time_zone)) {
      Fail("time.zone", "is not an IANA time zone: " + zone + "; e.g. Asia/Shanghai or UTC");
    }
  }

  void ParseRecords(Mapping& mapping) const {
    const toml::node* node = document_.get("records");
    if (node == nullptr) return;
    if (!node->is_array_of_tables()) Fail("records", "has to be sections: [[records]]");
    for (const toml::node& entry : *node->as_array()) {
      const toml::table& table = *entry.as_table();
      CheckKeys(table, "records.", {"kind", "column", "prefix"});
      const std::string kind = Text(table, "records.", "kind");
      RecordRule rule{.kind = RowKind::kOrderLine,
                      .column = Text(table, "records.", "column"),
                      .prefix = Text(table, "records.", "prefix")};
      if (kind == "refund") {
        rule.kind = RowKind::kRefund;
      } else if (kind == "correction") {
        rule.kind = RowKind::kCorrection;
      } else if (kind != "order") {
        Fail("records.kind", "has to be order, refund or correction, not " + kind);
      }
      mapping.records.push_back(std::move(rule));
    }
  }

  void ParseSections(Mapping& mapping) const {
    const Descriptor& order = *redress::order::v1::OrderInput::descriptor();
    const Descriptor& line = *redress::order::v1::OrderLineInput::descriptor();
    const Descriptor& adjustment = *redress::order::v1::AdjustmentInput::descriptor();
    const auto has = [&](RowKind kind) {
      return std::any_of(mapping.records.begin(), mapping.records.end(),
                         [&](const RecordRule& rule) { return rule.kind == kind; });
    };
    mapping.order = Section("order", order, true, {});
    mapping.line = Section("line", line, true, {"line_number"});
    mapping.refund =
        Section("refund", adjustment, has(RowKind::kRefund), {"adjustment_number", "correction"});
    mapping.correction = Section("correction", adjustment, has(RowKind::kCorrection),
                                 {"adjustment_number", "correction"});
  }

  // `made` are the required fields that the importer makes itself where the mapping does not.
  std::vector<FieldRule> Section(const std::string& section, const Descriptor& message, bool needed,
                                 const std::set<std::string>& made) const {
    std::vector<FieldRule> rules;
    std::set<std::string> set;
    for (const auto& [key, node] : Table(section)) {
      const std::string name(key.str());
      const bool nested = node.is_table() && !IsRule(*node.as_table());
      if (!nested) {
        rules.push_back(Rule(section, {Field(section, message, name)}, name, node));
        set.insert(name);
        continue;
      }
      const FieldDescriptor* outer = Field(section, message, name);
      if (outer->message_type() == nullptr) Fail(section + "." + name, "has no fields of its own");
      for (const auto& [inner_key, inner_node] : *node.as_table()) {
        const std::string inner(inner_key.str());
        const std::string full = name + "." + inner;
        rules.push_back(Rule(section, {outer, Field(section, *outer->message_type(), inner)}, full,
                             inner_node));
      }
    }
    if (!needed && rules.empty()) return rules;
    for (int i = 0; i < message.field_count(); ++i) {
      const FieldDescriptor& field = *message.field(i);
      const auto& field_rules = field.options().GetExtension(redress::common::v1::rules);
      if (field_rules.required() && !set.contains(field.name()) && !made.contains(field.name())) {
        Fail(section + "." + field.name(), "is missing: every " + message.name() + " needs it");
      }
    }
    return rules;
  }

  static bool IsRule(const toml::table& table) {
    return table.contains("column") || table.contains("constant") || table.contains("values") ||
           table.contains("negate");
  }

  const FieldDescriptor* Field(const std::string& section, const Descriptor& message,
                               const std::string& name) const {
    const FieldDescriptor* field = message.FindFieldByName(name);
    if (field != nullptr && !field->is_repeated()) return field;
    std::vector<std::string> known;
    for (int i = 0; i < message.field_count(); ++i) {
      if (!message.field(i)->is_repeated()) known.push_back(message.field(i)->name());
    }
    Fail(section + "." + name, "is not a field of " + message.name() +
                                   client::DidYouMean(name, known) +
                                   "; known: " + client::Join(known, ", "));
  }

  FieldRule Rule(const std::string& section, std::vector<const FieldDescriptor*> path,
                 const std::string& name, const toml::node& node) const {
    const std::string key = section + "." + name;
    FieldRule rule;
    rule.path = std::move(path);
    rule.name = name;
    if (node.is_string()) {
      rule.column = client::Trim(node.as_string()->get());
    } else if (node.is_table()) {
      const toml::table& table = *node.as_table();
      CheckKeys(table, key + ".", {"column", "constant", "values", "negate"});
      rule.column = client::Trim(Text(table, key + ".", "column", ""));
      rule.constant = Text(table, key + ".", "constant", "");
      rule.negate = table["negate"].value_or(false);
      if (const toml::node* values = table.get("values"); values != nullptr) {
        if (!values->is_table()) Fail(key + ".values", "has to be a table of texts");
        for (const auto& [text, value] : *values->as_table()) {
          rule.values[std::string(text.str())] =
              Text(*values->as_table(), key + ".values.", std::string(text.str()));
        }
      }
    }
    if (rule.column.empty() && rule.constant.empty()) {
      Fail(key, "has to name a column (\"Header\") or a { constant = \"…\" }");
    }
    return rule;
  }

  const std::string path_;
  toml::table document_;
};

}  // namespace

std::vector<std::string> ShippedMappings() {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(ShippedFolder(), error)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Mapping LoadMapping(const std::string& name) {
  std::string path = name;
  if (name.find('/') == std::string::npos && !name.ends_with(".toml")) {
    path = (ShippedFolder() / (name + ".toml")).string();
    if (!std::filesystem::exists(path)) {
      const std::vector<std::string> known = ShippedMappings();
      throw MappingError(
          "there is no shipped mapping `" + name + "`" + client::DidYouMean(name, known) +
          "; shipped are: " + client::Join(known, ", ") + "; or give the path of a .toml file");
    }
  }
  try {
    return ParseMapping(client::ReadFile(path), path);
  } catch (const MappingError&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw MappingError(error.what());
  }
}

Mapping ParseMapping(const std::string& toml, const std::string& path) {
  return Parser(toml, path).Parse();
}

}  // namespace redress::importing
