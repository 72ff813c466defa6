// The sections of a mapping that describe closed cases, conversations and files that belong to
// others.

#include <redress/aftersales/v1/import_service.pb.h>
#include <redress/desk/v1/conversation_service.pb.h>

#include "clients/importing/mapping_parser.h"

namespace redress::importing {

RowsAre MappingParser::RowsNamed(const std::string& rows) const {
  if (rows == "lines") return RowsAre::kLines;
  if (rows == "orders") return RowsAre::kOrders;
  if (rows == "cases") return RowsAre::kCases;
  if (rows == "steps") return RowsAre::kSteps;
  if (rows == "messages") return RowsAre::kMessages;
  if (rows == "products") return RowsAre::kProducts;
  Fail("rows", "has to be lines, orders, cases, steps, messages or products");
}

void MappingParser::ParsePast(Mapping& mapping) const {
  ParseAgents(mapping);
  if (mapping.rows == RowsAre::kMessages) return ParseConversations(mapping);
  ParseCases(mapping);
}

void MappingParser::ParseCases(Mapping& mapping) const {
  const Descriptor& one_case = *redress::aftersales::v1::ImportedCase::descriptor();
  const Descriptor& step = *redress::aftersales::v1::ImportedStep::descriptor();
  const std::set<std::string> made = mapping.rows == RowsAre::kSteps
                                         ? std::set<std::string>{"source_number"}
                                         : std::set<std::string>{};
  mapping.past_case = Section("case", Table("case"), one_case, true, made);
  mapping.details = Texts(document_, "", "details");
  if (mapping.rows == RowsAre::kSteps) {
    mapping.steps.push_back(Section("step", Table("step"), step, true, {}));
    return;
  }
  mapping.numbers_repeats = document_["number_repeats"].value_or(false);
  const toml::node* steps = document_.get("steps");
  if (steps == nullptr || !steps->is_array_of_tables()) {
    Fail("steps", "has to be sections: [[steps]], one for each that a row may tell of");
  }
  for (const toml::node& entry : *steps->as_array()) {
    // Which of them a row tells of is known by the time.
    mapping.steps.push_back(Section("steps", *entry.as_table(), step, true, {"apply_time"}));
  }
}

void MappingParser::ParseConversations(Mapping& mapping) const {
  mapping.conversation =
      Section("conversation", Table("conversation"),
              *redress::desk::v1::ImportedConversation::descriptor(), true, {"source_number"});
  mapping.message = Section("message", Table("message"),
                            *redress::desk::v1::ImportedMessage::descriptor(), true, {});
  const toml::table& thread = Table("thread");
  CheckKeys(thread, "thread.", {"id", "reply_to"});
  if (thread.empty()) return;
  mapping.thread_id = Text(thread, "thread.", "id");
  mapping.thread_reply_to = Text(thread, "thread.", "reply_to");
}

void MappingParser::ParseAgents(Mapping& mapping) const {
  const toml::table& agents = Table("agents");
  for (const auto& [name, account] : agents) {
    const std::string id = Text(agents, "agents.", std::string(name.str()));
    if (id.empty() || id.find_first_not_of("0123456789") != std::string::npos) {
      Fail("agents." + std::string(name.str()), "has to be an account's id, e.g. \"7423891\"");
    }
    mapping.agents.emplace(name.str(), id);
  }
}

void MappingParser::ParseJoins(Mapping& mapping) const {
  const toml::table& joins = Table("joins");
  for (const auto& [name, node] : joins) {
    const std::string key = "joins." + std::string(name.str());
    if (!node.is_table()) Fail(key, "has to be a section: [" + key + "]");
    const toml::table& table = *node.as_table();
    CheckKeys(table, key + ".", {"column", "key", "add_up", "lowest"});
    JoinRules rules;
    rules.name = std::string(name.str());
    rules.column = Text(table, key + ".", "column");
    rules.key = Text(table, key + ".", "key");
    for (std::string& column : Texts(table, key + ".", "add_up")) {
      rules.add_up.insert(std::move(column));
    }
    for (std::string& column : Texts(table, key + ".", "lowest")) {
      rules.lowest.insert(std::move(column));
    }
    mapping.joins.push_back(std::move(rules));
  }
}

}  // namespace redress::importing
