#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "clients/importing/csv_file.h"
#include "clients/importing/field_writer.h"
#include "clients/importing/mapping.h"
#include "clients/importing/threads.h"
#include "clients/importing/whole_items.h"

namespace redress::importing {

// A CSV file of closed cases or of conversations, read through a mapping: once to count, so that a
// case is handed out when its last row was seen, wherever in the file its rows stand, and once to
// read. In memory are the open ones and one counter each, never the file.
//
// Where rows belong together, one that cannot be read at all ends the import before anything is
// sent: it is not known whose history it is missing from.
class PastFile {
 public:
  // `encoding` empty: as the mapping says. Throws std::runtime_error when the file cannot be read,
  // MappingError when its columns do not fit the mapping. `mapping` has to outlive this.
  PastFile(std::string path, const Mapping& mapping, const std::string& encoding = "");

  std::uint64_t rows() const { return rows_; }
  const std::vector<std::string>& columns() const { return file_.header(); }

  // For a mapping of cases or steps. Each row is handed out or rejected.
  void ReadCases(const std::function<void(PastCaseItem)>& on_case,
                 const std::function<void(Reject)>& on_reject);
  // For a mapping of messages.
  void ReadConversations(const std::function<void(ConversationItem)>& on_conversation,
                         const std::function<void(Reject)>& on_reject);

 private:
  // Something whose rows are still coming.
  template <class Message>
  struct Open {
    WholeItem<Message> item;
    std::uint32_t seen = 0;
    std::uint64_t bad_line = 0;  // of the first row that cannot be taken
    std::string problem;
    bool has_customer = false;
  };
  using Counter = std::unordered_map<std::string, std::uint32_t>;

  void Count(const Header& header);
  void CountCases(const Header& header);
  std::string NumberOf(const CsvRecord& record, FieldWriter& numbers) const;
  std::string GroupOf(const CsvRecord& record);
  std::string AddDetails(const CsvRecord& record,
                         redress::aftersales::v1::ImportedStep& step) const;
  void ReadSingleCases(const std::function<void(PastCaseItem)>& on_case,
                       const std::function<void(Reject)>& on_reject);
  std::string ReadSingleCase(const CsvRecord& record, FieldWriter& case_fields,
                             std::vector<FieldWriter>& step_fields,
                             redress::aftersales::v1::ImportedCase& into) const;
  // Calls on_row for every row with what it belongs to; hands out or rejects what is complete.
  template <class Message>
  void ReadGroups(const std::function<std::string(const CsvRecord&, const std::string& group,
                                                  Open<Message>&)>& on_row,
                  const std::function<void(WholeItem<Message>)>& on_item,
                  const std::function<void(Reject)>& on_reject);

  CsvFile file_;
  const Mapping& mapping_;
  std::uint64_t rows_ = 0;
  std::size_t group_position_ = 0;
  std::size_t reply_position_ = 0;
  std::vector<std::pair<std::string, std::size_t>> details_;  // columns and where they are
  Counter rows_of_;                                           // group → its rows
  Threads threads_;
  std::vector<FieldRule> number_rules_;  // where numbers repeat: how one is read
};

}  // namespace redress::importing
