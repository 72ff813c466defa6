#include "services/aftersales/domain/not_returnable.h"

#include "services/aftersales/domain/assignment_rules.h"
#include "services/aftersales/domain/case_kind.h"

namespace redress::aftersales {

using platform::Code;
using platform::Refusal;

void CheckMark(const Command& command, const Case& current, const MarkNotReturnable& mark) {
  if (!current.IsRefund()) {
    throw Refusal(Code::kFailedPrecondition, "OTHER_KIND",
                  "Only a refund's goods are returned; mark its refund.")
        .With("expected", "a refund")
        .With("found", "a " + std::string(KindOf(current)));
  }
  if (current.final) throw EndedAlready(current);
  if (mark.reason.empty() && !command.sender.is_supervisor) {
    throw Refusal(Code::kPermissionDenied, "SUPERVISOR_REQUIRED",
                  "A supervisor takes the mark back; ask one.");
  }
}

}  // namespace redress::aftersales
