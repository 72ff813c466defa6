#include "clients/importing/past_file.h"

#include "clients/cpp/text.h"
#include "clients/importing/cells.h"

namespace redress::importing {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace desk = redress::desk::v1;

constexpr int kMostSteps = 500;
constexpr int kMostMessages = 2000;

std::vector<const std::vector<FieldRule>*> SectionsOf(const Mapping& mapping) {
  std::vector<const std::vector<FieldRule>*> sections{&mapping.past_case, &mapping.conversation,
                                                      &mapping.message};
  for (const auto& rules : mapping.steps) sections.push_back(&rules);
  return sections;
}

Row RowOf(const CsvRecord& record) { return {record.line, record.raw, ""}; }

}  // namespace

PastFile::PastFile(std::string path, const Mapping& mapping, const std::string& encoding)
    : file_(std::move(path), encoding.empty() ? mapping.encoding : encoding, mapping.delimiter),
      mapping_(mapping) {
  const Header header(file_.header());
  RefuseAnotherHeader(file_.path(), header, SectionsOf(mapping_));
  for (const std::string& column : mapping_.details) {
    details_.emplace_back(column, header.PositionOf(column, "details"));
  }
  // Columns that are missing are told before anything is sent.
  for (const auto* rules : {&mapping_.past_case, &mapping_.conversation, &mapping_.message}) {
    FieldWriter(*rules, header, mapping_);
  }
  for (const auto& rules : mapping_.steps) FieldWriter(rules, header, mapping_);
  Count(header);
}

void PastFile::Count(const Header& header) {
  if (mapping_.rows == RowsAre::kCases) return CountCases(header);
  const bool threaded = !mapping_.thread_id.empty();
  const std::string& column = threaded ? mapping_.thread_id : mapping_.group_by;
  group_position_ = header.PositionOf(column, threaded ? "thread.id" : "group_by");
  if (threaded) reply_position_ = header.PositionOf(mapping_.thread_reply_to, "thread.reply_to");
  file_.ForEachRow([&](CsvRecord& record) {
    ++rows_;
    std::string problem = record.problem;
    if (problem.empty() && client::Trim(record.fields[group_position_]).empty()) {
      problem = column + ": is empty, but every row needs it";
    }
    if (!problem.empty()) {
      throw MappingError("line " + std::to_string(record.line) + ": " + problem +
                         "; nothing is imported, since it is not known whose history the row is "
                         "missing from");
    }
    if (threaded) {
      threads_.Add(std::string(client::Trim(record.fields[group_position_])),
                   std::string(client::Trim(record.fields[reply_position_])));
    } else {
      ++rows_of_[GroupOf(record)];
    }
  });
  if (!threaded) return;
  file_.ForEachRow([&](CsvRecord& record) { ++rows_of_[GroupOf(record)]; });
}

void PastFile::CountCases(const Header& header) {
  if (mapping_.numbers_repeats) {
    for (const FieldRule& rule : mapping_.past_case) {
      if (rule.name == "source_number") number_rules_.push_back(rule);
    }
  }
  FieldWriter numbers(number_rules_, header, mapping_);
  file_.ForEachRowInForm([&](CsvRecord& record) {
    ++rows_;
    if (mapping_.numbers_repeats) NumberOf(record, numbers);
  });
}

// Rows of one number are told apart by their place, so every row has to tell its number, those that
// are wrong elsewhere too: mending them leaves the others' numbers alone.
std::string PastFile::NumberOf(const CsvRecord& record, FieldWriter& numbers) const {
  aftersales::ImportedCase one;
  std::string problem;
  if (!file_.IsInColumns(record)) {
    problem = record.problem;
  } else {
    problem = numbers.Write(record.fields, one);
    if (problem.empty() && !IsUtf8(one.source_number())) problem = record.problem;
    if (problem.empty() && one.source_number().empty()) problem = "source_number: is empty";
  }
  if (problem.empty()) return one.source_number();
  throw MappingError("line " + std::to_string(record.line) + ": " + problem +
                     "; nothing is imported, since rows behind it may have the same number");
}

std::string PastFile::GroupOf(const CsvRecord& record) {
  const std::string_view cell = client::Trim(record.fields[group_position_]);
  return mapping_.thread_id.empty() ? std::string(cell) : threads_.RootOf(std::string(cell));
}

std::string PastFile::AddDetails(const CsvRecord& record, aftersales::ImportedStep& step) const {
  constexpr std::size_t kMostName = 64;
  constexpr std::size_t kMostValue = 200;
  for (const auto& [column, position] : details_) {
    const std::string_view cell = client::Trim(record.fields[position]);
    if (cell.empty()) continue;
    if (CountCharacters(cell) > kMostValue) {
      return column + ": is longer than 200 characters, too long for a detail";
    }
    aftersales::ImportedDetail& detail = *step.add_details();
    detail.set_name(Shortened(column, kMostName));
    detail.set_value(std::string(cell));
  }
  return {};
}

template <class Message>
void PastFile::ReadGroups(
    const std::function<std::string(const CsvRecord&, const std::string&, Open<Message>&)>& on_row,
    const std::function<void(WholeItem<Message>)>& on_item,
    const std::function<void(Reject)>& on_reject) {
  std::unordered_map<std::string, Open<Message>> open_ones;
  file_.ForEachRow([&](CsvRecord& record) {
    const std::string group = GroupOf(record);
    Open<Message>& open = open_ones[group];
    ++open.seen;
    open.item.rows.push_back(RowOf(record));
    if (open.problem.empty()) {
      open.problem = on_row(record, group, open);
      if (!open.problem.empty()) open.bad_line = record.line;
    }
    if (open.seen < rows_of_.at(group)) return;
    Open<Message> complete = std::move(open);
    open_ones.erase(group);
    if (complete.problem.empty()) return on_item(std::move(complete.item));
    for (Row& row : complete.item.rows) {
      const bool at_fault = row.line == complete.bad_line;
      std::string reason = at_fault ? complete.problem
                                    : "goes in with its whole history or not at all, and line " +
                                          std::to_string(complete.bad_line) + " is wrong";
      on_reject({std::move(row), std::move(reason)});
    }
  });
}

void PastFile::ReadCases(const std::function<void(PastCaseItem)>& on_case,
                         const std::function<void(Reject)>& on_reject) {
  if (mapping_.rows == RowsAre::kCases) return ReadSingleCases(on_case, on_reject);
  const Header header(file_.header());
  FieldWriter case_fields(mapping_.past_case, header, mapping_);
  FieldWriter step_fields(mapping_.steps.front(), header, mapping_);
  ReadGroups<aftersales::ImportedCase>(
      [&](const CsvRecord& record, const std::string& group, Open<aftersales::ImportedCase>& open) {
        aftersales::ImportedCase& past = open.item.message;
        if (past.steps_size() == 0) {
          if (std::string problem = case_fields.Write(record.fields, past); !problem.empty()) {
            return problem;
          }
          if (past.source_number().empty()) past.set_source_number(group);
        }
        if (past.steps_size() >= kMostSteps) {
          return "the case has more than " + std::to_string(kMostSteps) + " steps";
        }
        aftersales::ImportedStep& step = *past.add_steps();
        if (std::string problem = step_fields.Write(record.fields, step); !problem.empty()) {
          return problem;
        }
        return AddDetails(record, step);
      },
      on_case, on_reject);
}

void PastFile::ReadSingleCases(const std::function<void(PastCaseItem)>& on_case,
                               const std::function<void(Reject)>& on_reject) {
  const Header header(file_.header());
  FieldWriter case_fields(mapping_.past_case, header, mapping_);
  std::vector<FieldWriter> step_fields;
  for (const auto& rules : mapping_.steps) step_fields.emplace_back(rules, header, mapping_);
  FieldWriter numbers(number_rules_, header, mapping_);
  Counter occurrences;
  file_.ForEachRow([&](CsvRecord& record) {
    PastCaseItem item;
    std::string problem = record.problem;
    if (problem.empty()) problem = ReadSingleCase(record, case_fields, step_fields, item.message);
    if (mapping_.numbers_repeats) {
      const std::string number = NumberOf(record, numbers);
      const std::uint32_t occurrence = ++occurrences[number];
      if (occurrence > 1) {
        item.message.set_source_number(number + "#" + std::to_string(occurrence));
      }
    }
    if (!problem.empty()) return on_reject({RowOf(record), std::move(problem)});
    item.rows.push_back(RowOf(record));
    on_case(std::move(item));
  });
}

std::string PastFile::ReadSingleCase(const CsvRecord& record, FieldWriter& case_fields,
                                     std::vector<FieldWriter>& step_fields,
                                     aftersales::ImportedCase& into) const {
  if (std::string problem = case_fields.Write(record.fields, into); !problem.empty()) {
    return problem;
  }
  for (FieldWriter& fields : step_fields) {
    aftersales::ImportedStep step;
    if (std::string problem = fields.Write(record.fields, step); !problem.empty()) return problem;
    if (!step.has_apply_time()) continue;
    if (into.steps_size() == 0) {
      if (std::string problem = AddDetails(record, step); !problem.empty()) return problem;
    }
    *into.add_steps() = std::move(step);
  }
  if (into.steps_size() == 0) return "tells of no step: none of its times is filled";
  return {};
}

void PastFile::ReadConversations(const std::function<void(ConversationItem)>& on_conversation,
                                 const std::function<void(Reject)>& on_reject) {
  const Header header(file_.header());
  FieldWriter conversation_fields(mapping_.conversation, header, mapping_);
  FieldWriter message_fields(mapping_.message, header, mapping_);
  ReadGroups<desk::ImportedConversation>(
      [&](const CsvRecord& record, const std::string& group,
          Open<desk::ImportedConversation>& open) -> std::string {
        desk::ImportedConversation& held = open.item.message;
        if (held.messages_size() >= kMostMessages) {
          return "the conversation has more than " + std::to_string(kMostMessages) + " messages";
        }
        desk::ImportedMessage message;
        if (std::string problem = message_fields.Write(record.fields, message); !problem.empty()) {
          return problem;
        }
        const bool of_customer = message.side() == desk::MESSAGE_SIDE_CUSTOMER;
        const bool is_first = held.messages_size() == 0;
        if (is_first || (of_customer && !open.has_customer)) {
          desk::ImportedConversation told;
          if (std::string problem = conversation_fields.Write(record.fields, told);
              !problem.empty()) {
            return problem;
          }
          // Who speaks for the shop is no buyer.
          if (!of_customer) told.clear_buyer_nick();
          if (told.source_number().empty()) told.set_source_number(group);
          told.mutable_messages()->Swap(held.mutable_messages());
          held.Swap(&told);
        }
        open.has_customer = open.has_customer || of_customer;
        *held.add_messages() = std::move(message);
        return "";
      },
      on_conversation, on_reject);
}

}  // namespace redress::importing
