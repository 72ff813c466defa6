#pragma once

// Reads a mapping from its TOML text. Internal to mapping.cpp, past_sections.cpp and
// product_sections.cpp.

#include <google/protobuf/descriptor.h>
#include <redress/common/v1/rules.pb.h>
#include <redress/order/v1/order.pb.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "clients/cpp/text.h"
#include "clients/importing/mapping.h"
#include "clients/importing/toml.h"

namespace redress::importing {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Reads one mapping; every error names the file and the key.
class MappingParser {
 public:
  MappingParser(const std::string& toml, const std::string& path) : path_(path) {
    try {
      document_ = toml::parse(toml, path);
    } catch (const toml::parse_error& error) {
      std::ostringstream where;
      where << error.source().begin;
      throw MappingError(path + ": " + std::string(error.description()) + " (" + where.str() + ")");
    }
  }

  Mapping Parse() {
    CheckKeys(document_, "", KnownKeys());
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
    const std::string rows = Text(document_, "", "rows", "lines");
    mapping.rows = RowsNamed(rows);
    mapping.one_row_per_order = mapping.rows == RowsAre::kOrders;
    const bool by_itself = mapping.rows == RowsAre::kOrders || mapping.rows == RowsAre::kCases ||
                           mapping.rows == RowsAre::kProducts;
    const bool grouped = !by_itself && !document_.contains("thread");
    if (grouped) mapping.group_by = Text(document_, "", "group_by");
    if (mapping.one_row_per_order && document_.contains("group_by")) {
      Fail("group_by", "has no place beside rows = \"orders\", where each row is an order");
    }
    mapping.spreadsheet_cells = document_["spreadsheet_cells"].value_or(false);
    for (std::string& text : Texts(document_, "", "empty_texts")) {
      mapping.empty_texts.insert(std::move(text));
    }
    mapping.minor_digits = static_cast<int>(document_["minor_digits"].value_or(2));
    if (mapping.minor_digits < 0 || mapping.minor_digits > 4)
      Fail("minor_digits", "has to be 0 to 4");
    ParseJoins(mapping);
    if (mapping.rows == RowsAre::kProducts) {
      ParseProducts(mapping);
      return mapping;
    }
    ParseTime(mapping);
    if (!mapping.AreOrders()) {
      ParsePast(mapping);
      return mapping;
    }
    ParseRecords(mapping);
    ParseSections(mapping);
    if (mapping.one_row_per_order) ParseWholeOrders(mapping);
    return mapping;
  }

 private:
  static std::vector<std::string> KnownKeys() {
    return {"description",
            "encoding",
            "delimiter",
            "rows",
            "group_by",
            "minor_digits",
            "spreadsheet_cells",
            "empty_texts",
            "time",
            "records",
            "order",
            "line",
            "shipment",
            "postage",
            "refund",
            "correction",
            "lines_file",
            "raw",
            "case",
            "steps",
            "step",
            "details",
            "number_repeats",
            "conversation",
            "message",
            "thread",
            "agents",
            "joins",
            "product",
            "sku"};
  }

  // In past_sections.cpp.
  RowsAre RowsNamed(const std::string& rows) const;
  void ParsePast(Mapping& mapping) const;
  void ParseCases(Mapping& mapping) const;
  void ParseConversations(Mapping& mapping) const;
  void ParseAgents(Mapping& mapping) const;
  void ParseJoins(Mapping& mapping) const;
  // In product_sections.cpp.
  void ParseProducts(Mapping& mapping) const;
  void CheckPrice(const std::string& section, std::vector<FieldRule>& rules) const;

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

  // A list of texts; one text alone is a list of it.
  std::vector<std::string> Texts(const toml::table& table, const std::string& prefix,
                                 const std::string& key) const {
    std::vector<std::string> texts;
    const toml::node* node = table.get(key);
    if (node == nullptr) return texts;
    if (!node->is_array()) return {Text(table, prefix, key)};
    for (const toml::node& entry : *node->as_array()) {
      if (!entry.is_string()) Fail(prefix + key, "has to be a list of texts: [\"…\", \"…\"]");
      texts.push_back(entry.as_string()->get());
    }
    return texts;
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
    mapping.time_formats = Texts(time, "time.", "format");
    if (mapping.time_formats.empty()) Fail("time.format", "is missing");
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
    mapping.order = Section("order", Table("order"), order, true,
                            mapping.one_row_per_order
                                ? std::set<std::string>{"order_number", "order_time", "status"}
                                : std::set<std::string>{});
    mapping.line = Section("line", Table("line"), line, true, {"line_number"});
    mapping.refund = Section("refund", Table("refund"), adjustment, has(RowKind::kRefund),
                             {"adjustment_number", "correction"});
    mapping.correction = Section("correction", Table("correction"), adjustment,
                                 has(RowKind::kCorrection), {"adjustment_number", "correction"});
  }

  void ParseWholeOrders(Mapping& mapping) const {
    const Descriptor& line = *redress::order::v1::OrderLineInput::descriptor();
    if (!mapping.records.empty()) {
      Fail("records", "has no place beside rows = \"orders\", where each row is an order");
    }
    mapping.shipment =
        Section("shipment", Table("shipment"), *redress::order::v1::ShipmentInput::descriptor(),
                false, {"tracking_number"});
    mapping.postage = Section("postage", Table("postage"), line, false, {"line_number"});
    toml::table lines_file = Table("lines_file");
    if (!lines_file.empty()) {
      CheckKeys(lines_file, "lines_file.", {"order_number", "line"});
      mapping.lines_file.order_number = Text(lines_file, "lines_file.", "order_number");
      const toml::node* fields = lines_file.get("line");
      if (fields == nullptr || !fields->is_table()) Fail("lines_file.line", "is missing");
      mapping.lines_file.line =
          Section("lines_file.line", *fields->as_table(), line, true, {"line_number"});
    }
    const toml::table& raw = Table("raw");
    CheckKeys(raw, "raw.", {"plain"});
    mapping.keeps_raw = document_.contains("raw");
    for (std::string& column : Texts(raw, "raw.", "plain")) {
      mapping.plain_columns.insert(std::move(column));
    }
  }

  // `made` are the required fields that the importer makes itself where the mapping does not.
  std::vector<FieldRule> Section(const std::string& section, const toml::table& fields,
                                 const Descriptor& message, bool needed,
                                 const std::set<std::string>& made) const {
    std::vector<FieldRule> rules;
    std::set<std::string> set;
    for (const auto& [key, node] : fields) {
      const std::string name(key.str());
      const bool nested = node.is_table() && !IsRule(*node.as_table());
      if (!nested) {
        rules.push_back(Rule(section, {Field(section, message, name)}, name, node));
        if (rules.back().optional && rules.back().constant.empty() &&
            IsRequired(*rules.back().path.back()) && !made.contains(name)) {
          Fail(section + "." + name, "cannot be optional: every " + message.name() + " needs it");
        }
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
      if (IsRequired(field) && !set.contains(field.name()) && !made.contains(field.name())) {
        Fail(section + "." + field.name(), "is missing: every " + message.name() + " needs it");
      }
    }
    return rules;
  }

  static bool IsRequired(const FieldDescriptor& field) {
    return field.options().GetExtension(redress::common::v1::rules).required();
  }

  static bool IsRule(const toml::table& table) {
    return table.contains("column") || table.contains("columns") || table.contains("constant") ||
           table.contains("values") || table.contains("negate") || table.contains("named");
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
      rule.columns = {std::string(client::Trim(node.as_string()->get()))};
    } else if (node.is_table()) {
      const toml::table& table = *node.as_table();
      CheckKeys(table, key + ".",
                {"column", "columns", "named", "constant", "values", "otherwise", "join",
                 "strip_prefix", "negate", "optional", "shorten", "only_where", "keep", "exact"});
      for (const char* name : {"column", "columns"}) {
        for (const std::string& column : Texts(table, key + ".", name)) {
          rule.columns.emplace_back(client::Trim(column));
        }
      }
      ParseNamed(table, key, rule);
      rule.constant = Text(table, key + ".", "constant", "");
      rule.strip_prefix = Text(table, key + ".", "strip_prefix", "");
      if (const toml::node* only = table.get("only_where"); only != nullptr) {
        if (!only->is_table()) Fail(key + ".only_where", "has to be { column = \"…\" }");
        CheckKeys(*only->as_table(), key + ".only_where.", {"column", "text"});
        rule.only_column = Text(*only->as_table(), key + ".only_where.", "column");
        rule.only_text = Text(*only->as_table(), key + ".only_where.", "text", "");
      }
      rule.join = Text(table, key + ".", "join", rule.join);
      rule.otherwise = Text(table, key + ".", "otherwise", "");
      rule.negate = table["negate"].value_or(false);
      rule.keep = table["keep"].value_or(false);
      rule.optional = table["optional"].value_or(false);
      rule.shorten = table["shorten"].value_or(false);
      rule.exact = table["exact"].value_or(false);
      if (const toml::node* values = table.get("values"); values != nullptr) {
        if (!values->is_table()) Fail(key + ".values", "has to be a table of texts");
        for (const auto& [text, value] : *values->as_table()) {
          rule.values[std::string(text.str())] =
              Text(*values->as_table(), key + ".values.", std::string(text.str()));
        }
      }
    }
    std::erase(rule.columns, "");
    if (rule.columns.empty() && rule.constant.empty()) {
      Fail(key, "has to name a column (\"Header\") or a { constant = \"…\" }");
    }
    return rule;
  }

  // `named = { "size" = "尺码" }`: the columns, and what their texts are called.
  void ParseNamed(const toml::table& table, const std::string& key, FieldRule& rule) const {
    const toml::node* named = table.get("named");
    if (named == nullptr) return;
    if (!named->is_table() || !rule.columns.empty()) {
      Fail(key + ".named", "has to be { \"name\" = \"column\", … }, without `column` or `columns`");
    }
    rule.join = kBetweenProperties;
    for (const auto& [name, column] : *named->as_table()) {
      const std::string text = Text(*named->as_table(), key + ".named.", std::string(name.str()));
      if (text.empty()) Fail(key + ".named." + std::string(name.str()), "has to name a column");
      rule.names.emplace_back(name.str());
      rule.columns.emplace_back(client::Trim(text));
    }
  }

  const std::string path_;
  toml::table document_;
};

}  // namespace redress::importing
