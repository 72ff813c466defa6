#include "clients/importing/plan.h"

#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>
#include <redress/common/v1/rules.pb.h>

#include <algorithm>
#include <memory>
#include <set>

#include "clients/cpp/json.h"
#include "clients/cpp/text.h"
#include "clients/importing/cells.h"
#include "clients/importing/csv_file.h"
#include "clients/importing/field_writer.h"

namespace redress::importing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::size_t kShownRows = 20;
constexpr char kHidden[] = "•••";

struct Section {
  std::string name;
  const std::vector<FieldRule>* rules;
};

std::vector<Section> SectionsOf(const Mapping& mapping) {
  std::vector<Section> sections{{"order", &mapping.order},
                                {"line", &mapping.line},
                                {"shipment", &mapping.shipment},
                                {"postage", &mapping.postage},
                                {"refund", &mapping.refund},
                                {"correction", &mapping.correction},
                                {"case", &mapping.past_case},
                                {"conversation", &mapping.conversation},
                                {"message", &mapping.message},
                                {"product", &mapping.product},
                                {"sku", &mapping.sku}};
  for (const auto& rules : mapping.steps) sections.push_back({"step", &rules});
  std::erase_if(sections, [](const Section& section) { return section.rules->empty(); });
  return sections;
}

// Contact data is not shown, not even to who has the file: screens are seen and copied.
void HideSensitive(Message& message) {
  const auto& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    if (field->is_repeated()) continue;
    if (field->options().GetExtension(redress::common::v1::rules).sensitive()) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        reflection.SetString(&message, field, kHidden);
      }
    } else if (field->message_type() != nullptr) {
      HideSensitive(*reflection.MutableMessage(&message, field));
    }
  }
}

class RowReader {
 public:
  RowReader(const Mapping& mapping, const Header& header) {
    for (const Section& section : SectionsOf(mapping)) {
      const auto* type = section.rules->front().path.front()->containing_type();
      parts_.push_back({section.name,
                        google::protobuf::MessageFactory::generated_factory()->GetPrototype(type),
                        FieldWriter(*section.rules, header, mapping)});
    }
  }

  Plan::ReadRow Read(const CsvRecord& record) {
    Plan::ReadRow read;
    read.line = record.line;
    read.problem = record.problem;
    if (!read.problem.empty()) return read;
    for (Part& part : parts_) {
      const std::unique_ptr<Message> message(part.prototype->New());
      const std::string problem = part.fields.Write(record.fields, *message);
      if (!problem.empty()) {
        read.problem = part.name + ": " + problem;
        return read;
      }
      HideSensitive(*message);
      google::protobuf::util::JsonPrintOptions options;
      options.preserve_proto_field_names = true;
      std::string json;
      if (google::protobuf::util::MessageToJsonString(*message, &json, options).ok()) {
        read.messages.push_back(part.name + " " + json);
      }
    }
    return read;
  }

 private:
  struct Part {
    std::string name;
    const Message* prototype;
    FieldWriter fields;
  };
  std::vector<Part> parts_;
};

void AddColumns(const Mapping& mapping, const std::vector<std::string>& header, Plan& plan) {
  for (const std::string& name : header) {
    Plan::Column& column = plan.columns.emplace_back();
    column.name = std::string(CleanCell(name));
    for (const Section& section : SectionsOf(mapping)) {
      for (const FieldRule& rule : *section.rules) {
        if (column.name == rule.only_column || std::find(rule.columns.begin(), rule.columns.end(),
                                                         column.name) != rule.columns.end()) {
          column.fields.push_back(section.name + "." + rule.name);
        }
      }
    }
    if (column.name == mapping.group_by) column.fields.push_back("group_by");
    if (column.name == mapping.thread_id) column.fields.push_back("thread.id");
    if (column.name == mapping.thread_reply_to) column.fields.push_back("thread.reply_to");
    for (const JoinRules& join : mapping.joins) {
      if (column.name == join.column) column.fields.push_back("joins." + join.name);
    }
    const auto& details = mapping.details;
    column.kept = mapping.keeps_raw ||
                  std::find(details.begin(), details.end(), column.name) != details.end();
  }
  for (const Section& section : SectionsOf(mapping)) {
    for (const FieldRule& rule : *section.rules) {
      if (!rule.columns.empty() || rule.constant.empty()) continue;
      plan.constants.push_back(section.name + "." + rule.name + " = " + rule.constant);
    }
  }
}

bool IsRead(const Plan::Column& column) { return !column.fields.empty() || column.kept; }

std::string Becomes(const Plan::Column& column) {
  if (!column.fields.empty()) return client::Join(column.fields, ", ");
  return column.kept ? "kept beside, no field takes it" : "not read";
}

}  // namespace

Plan PlanOf(const std::string& path, const Mapping& mapping, const std::string& encoding,
            const std::vector<std::shared_ptr<const JoinedFile>>& joined) {
  CsvFile file(path, encoding.empty() ? mapping.encoding : encoding, mapping.delimiter);
  for (const auto& other : joined) file.Join(other);
  Plan plan;
  AddColumns(mapping, file.header(), plan);
  RowReader reader(mapping, Header(file.header()));
  file.ForEachRowUntil([&](CsvRecord& record) {
    plan.rows.push_back(reader.Read(record));
    return plan.rows.size() < kShownRows;
  });
  return plan;
}

Plan PlanOfLines(const std::string& path, const Mapping& mapping, const std::string& encoding) {
  if (mapping.lines_file.order_number.empty()) {
    throw MappingError(mapping.path + " takes no file of lines");
  }
  Mapping of_lines = mapping;
  for (auto* rules : {&of_lines.order, &of_lines.shipment, &of_lines.postage, &of_lines.refund,
                      &of_lines.correction}) {
    rules->clear();
  }
  of_lines.joins.clear();
  of_lines.line = mapping.lines_file.line;
  of_lines.group_by = mapping.lines_file.order_number;
  return PlanOf(path, of_lines, encoding);
}

std::vector<std::string> UnreadColumns(const Mapping& mapping,
                                       const std::vector<std::string>& header) {
  Plan plan;
  AddColumns(mapping, header, plan);
  const auto is_joined = [&](const std::string& name) {
    return std::any_of(mapping.joins.begin(), mapping.joins.end(),
                       [&](const JoinRules& join) { return name.starts_with(join.name + "."); });
  };
  std::vector<std::string> unread;
  for (const Plan::Column& column : plan.columns) {
    if (IsRead(column) || column.name.empty() || is_joined(column.name)) continue;
    unread.push_back(column.name);
  }
  return unread;
}

google::protobuf::Struct ReportOf(const Plan& plan) {
  google::protobuf::Struct report;
  auto& columns = *(*report.mutable_fields())["columns"].mutable_list_value();
  for (const Plan::Column& column : plan.columns) {
    auto& added = *columns.add_values()->mutable_struct_value();
    client::Put(added, "column", column.name);
    client::Put(added, "becomes", Becomes(column));
  }
  auto& constants = *(*report.mutable_fields())["constants"].mutable_list_value();
  for (const std::string& constant : plan.constants) {
    constants.add_values()->set_string_value(constant);
  }
  auto& rows = *(*report.mutable_fields())["rows"].mutable_list_value();
  for (const Plan::ReadRow& row : plan.rows) {
    auto& added = *rows.add_values()->mutable_struct_value();
    client::Put(added, "line", static_cast<double>(row.line));
    client::Put(added, "problem", row.problem);
    auto& messages = *(*added.mutable_fields())["messages"].mutable_list_value();
    for (const std::string& message : row.messages) {
      messages.add_values()->set_string_value(message);
    }
  }
  return report;
}

std::string TextOf(const Plan& plan) {
  std::string text;
  for (const Plan::Column& column : plan.columns) {
    text += column.name + " → " + Becomes(column) + "\n";
  }
  for (const std::string& constant : plan.constants) text += constant + " (constant)\n";
  for (const Plan::ReadRow& row : plan.rows) {
    text += "line " + std::to_string(row.line) + ":";
    text += row.problem.empty() ? "\n" : " REJECTED: " + row.problem + "\n";
    for (const std::string& message : row.messages) text += "  " + message + "\n";
  }
  return text;
}

}  // namespace redress::importing
