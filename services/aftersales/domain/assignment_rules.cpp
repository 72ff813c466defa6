#include "services/aftersales/domain/assignment_rules.h"

namespace redress::aftersales {

using platform::Code;
using platform::Refusal;

namespace {

std::string AccountOrNobody(AccountId assignee) {
  return assignee ? platform::ToString(assignee) : std::string("nobody");
}

void CheckAgentMayAssign(const Command& command, const Case& current, const AssignTo& assign) {
  const AccountId agent = command.sender.account;
  if (current.assignee == assign.assignee) return;
  const bool takes = assign.assignee == agent && !current.assignee;
  if (!takes && current.assignee != agent) {
    throw Refusal(Code::kPermissionDenied, "SUPERVISOR_REQUIRED",
                  "Agents take cases that are nobody's, and give up or transfer their own; ask a "
                  "supervisor to reassign this one.");
  }
  if (current.assignee == agent && assign.assignee && !command.text) {
    throw platform::InvalidField("note",
                                 "is missing; tell your colleague what the next one needs to know");
  }
}

}  // namespace

Refusal EndedAlready(const Case& current) {
  return Refusal(Code::kFailedPrecondition, "CASE_FINAL", "The case has ended.")
      .With("expected", "an open case")
      .With("found", "state " + current.state);
}

void CheckAssignment(const Command& command, const Case& current, const AssignTo& assign) {
  if (assign.from && current.assignee != *assign.from) {
    throw Refusal(Code::kFailedPrecondition, "ASSIGNEE_CHANGED",
                  "Somebody else has changed meanwhile who works the case; read it again.")
        .With("expected", "assignee " + AccountOrNobody(*assign.from))
        .With("found", "assignee " + AccountOrNobody(current.assignee));
  }
  const bool is_person = command.sender.kind == workflows::ActorKind::kPerson;
  if (is_person && !command.sender.is_supervisor) CheckAgentMayAssign(command, current, assign);
  if (current.final) throw EndedAlready(current);
}

}  // namespace redress::aftersales
