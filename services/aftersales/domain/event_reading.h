#pragma once

// Reads back what event_json.h writes: a step's recorded event, as the command that would make the
// step again.

#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/step.h"

namespace redress::aftersales {

// The members of one recorded event in their order. Throws std::runtime_error, here and when asked
// for a member that is missing or of another kind, for text that event_json.h does not write.
class RecordedMembers {
 public:
  explicit RecordedMembers(std::string_view json);

  bool Has(std::string_view name) const { return Find(name) != nullptr; }
  std::string Text(std::string_view name) const;
  // The same; "" where it was left out.
  std::string OptionalText(std::string_view name) const { return Has(name) ? Text(name) : ""; }
  std::int64_t Number(std::string_view name) const;
  bool Flag(std::string_view name) const;
  std::size_t size() const { return members_.size(); }
  // The members from one place on, as they were written; without what the step asked of others,
  // which a replay works out itself.
  std::string DetailsFrom(std::size_t place) const;

 private:
  struct Member {
    std::string name;
    std::string written;  // the value as JSON
  };
  const Member* Find(std::string_view name) const;
  const Member& At(std::string_view name) const;

  std::vector<Member> members_;
};

// What AddFixedMembers has written; nothing changes where it has not.
void ReadFixed(const RecordedMembers& members, std::uint64_t& number, LineFacts& line);

// One event of a kind, and an opening; what the opened case is about is left for the caller where
// it was not recorded.
CaseEvent EventOf(std::string_view kind, std::string_view name, const RecordedMembers& members);
CommandBody OpeningOf(const RecordedMembers& members);

// What was asked for. Facts that the event does not record are taken from `after`, the case as the
// step left it: its kind, and the queue that a person was called to. Throws as RecordedMembers
// does, and for an event that no version of the engine has recorded.
CommandBody BodyOf(const Step& step, const Case& after);

}  // namespace redress::aftersales
