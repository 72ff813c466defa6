#pragma once

// How a violation of a model is shown: as a script of `redress` that leads to it. $REFUND and
// $DISPUTE stand for the cases, $INBOUND, $SEND_BACK, $OUTBOUND and $INTERCEPT for the open task of
// the kind, as `redress warehouse list --case "$REFUND"` shows it.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "workflows/dispute/events.h"
#include "workflows/refund/events.h"

namespace redress::model {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;

using Event = std::variant<refund::RefundEvent, dispute::DisputeEvent>;

struct Violation {
  std::string what;
  std::vector<std::string> script;  // the shortest way there
};
std::string Told(const Violation& violation);

// One line that makes the event happen; what the program does by itself (a deadline, an inbox) is a
// comment.
std::string ScriptLine(const Event& event);
// The payment came to this: settled, failed, unknown.
std::string PaymentLine(std::string_view result);

std::string Amount(std::int64_t minor);  // "1.00"

// What the command line says to a line of a script. It names `--help` for a line that it does not
// understand; any other fails for want of a deployment.
std::string Complaint(const std::string& line);

}  // namespace redress::model
