#include "clients/cli/conflict.h"

#include <redress/aftersales/v1/case_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

#include <chrono>
#include <ostream>
#include <vector>

#include "clients/cli/table.h"
#include "clients/cpp/text.h"

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace identity = redress::identity::v1;

// The colleague's name; the account's id where the caller may not see the members.
std::string NameOf(Context& context, const aftersales::Step& step) {
  if (step.actor_id().empty() || step.actor_kind() != "person") return step.actor_kind();
  if (step.actor_id() == context.LoggedIn().account_id) return "you";
  try {
    identity::ListMembersRequest request;
    request.set_page_size(1000);
    const auto answer = context.account().Call<identity::ListMembersResponse>(request);
    for (const auto& member : answer.members()) {
      if (member.account_id() == step.actor_id()) return Printable(member.display_name());
    }
  } catch (const client::CallError&) {
    // Without a name the story is still worth telling.
  }
  return "account " + step.actor_id();
}

std::string Ago(const google::protobuf::Timestamp& then) {
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(
      std::chrono::system_clock::now().time_since_epoch());
  const std::int64_t seconds = std::max<std::int64_t>(0, now.count() - then.seconds());
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  if (seconds < 2 * kMinute) return std::to_string(seconds) + " s ago";
  if (seconds < 2 * kHour) return std::to_string(seconds / kMinute) + " min ago";
  return std::to_string(seconds / kHour) + " h ago";
}

void Tell(Context& context, const std::string& case_id, std::uint32_t seen) {
  aftersales::ListStepsRequest steps;
  steps.set_case_id(case_id);
  if (seen > 0) steps.set_page_size(500);
  const auto history = context.account().Call<aftersales::ListStepsResponse>(steps);
  std::string text;
  for (const auto& step : history.steps()) {
    if (step.sequence() <= seen) continue;
    text += "  changed by " + NameOf(context, step) + " " + Ago(step.apply_time()) + ": " +
            step.event();
    if (step.from_state() != step.to_state()) {
      text += ", " + step.from_state() + " -> " + step.to_state();
    }
    text += "\n";
  }
  aftersales::GetCaseRequest key;
  key.set_case_id(case_id);
  const auto now = context.account().Call<aftersales::GetCaseResponse>(key);
  std::vector<std::string> allowed;
  for (const auto& action : now.actions()) {
    if (action.allowed()) allowed.push_back(action.event());
  }
  context.err() << "Case #" << now.case_().case_number() << " was changed meanwhile:\n"
                << text << "  now it is " << now.case_().state() << ", version "
                << now.case_().version()
                << "; you may: " << (allowed.empty() ? "nothing" : client::Join(allowed, ", "))
                << "\n"
                << "Nothing of yours was done. To do it all the same, send the same command with "
                << "--version " << now.case_().version() << ".\n";
}

}  // namespace

void TellOfConflict(Context& context, const client::CallError& error, const std::string& case_id) {
  const auto seen = error.metadata().find("expected_version");
  if (error.reason() != "VERSION_CONFLICT" || seen == error.metadata().end()) return;
  try {
    Tell(context, case_id, static_cast<std::uint32_t>(std::stoul(seen->second)));
  } catch (const client::CallError&) {
    // The conflict itself is what has to be told.
  }
}

}  // namespace redress::cli
