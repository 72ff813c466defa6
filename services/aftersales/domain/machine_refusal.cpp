#include "services/aftersales/domain/machine_refusal.h"

#include "services/platform/base/money.h"

namespace redress::aftersales {

using platform::Code;
using platform::Refusal;

Refusal NothingOwed(const LedgerRow& line) {
  return Refusal(Code::kFailedPrecondition, "NOTHING_OWED",
                 "Nothing is left of the " +
                     platform::ToString(platform::Money{line.currency, line.ceiling}) +
                     " that were paid for this line; what the buyer is to have beyond that is a "
                     "compensation: offer one.")
      .With("expected", "something left of what was paid")
      .With("left", "0")
      .With("remedy", "compensation");
}

Refusal RefusalOf(const workflows::Refusal& refusal, const Command& command, const LedgerRow& line,
                  const Case& current, std::string_view event) {
  const bool is_asked_by_person = command.sender.kind == workflows::ActorKind::kPerson;
  if (is_asked_by_person && refusal.code == "ABOVE_LINE_CEILING" && line.Facts().Remaining() <= 0) {
    return NothingOwed(line).With("found", refusal.found).With("state", current.state);
  }
  return Refusal(Code::kFailedPrecondition, std::string(refusal.code),
                 "The case is " + current.state + "; " + std::string(event) + " expected " +
                     refusal.expected + ", found " + refusal.found + ".")
      .With("expected", refusal.expected)
      .With("found", refusal.found)
      .With("state", current.state)
      .With("version", std::to_string(current.version));
}

}  // namespace redress::aftersales
