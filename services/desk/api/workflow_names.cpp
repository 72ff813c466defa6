#include "services/desk/api/workflow_names.h"

#include <algorithm>
#include <string>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"
#include "services/platform/server/channel.h"
#include "services/platform/server/status.h"

namespace redress::desk {
namespace {

// Every case begins with it; it is no event of the machines.
constexpr char kOpen[] = "open";

void CheckName(const std::string& name, const std::vector<std::string>& names,
               const std::string& field, const std::string& kind) {
  if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
  const auto nearest = platform::NearestName(name, names);
  throw platform::InvalidField(field, "is \"" + name + "\", which a " + kind + " does not have" +
                                          (nearest ? "; did you mean \"" + *nearest + "\"?"
                                                   : "; see `redress workflow show`"));
}

}  // namespace

WorkflowNames::WorkflowNames(const std::shared_ptr<grpc::Channel>& aftersales)
    : stub_(aftersales::v1::WorkflowService::NewStub(aftersales)) {}

void WorkflowNames::Check(const platform::Call& call, const NotificationRule& rule) const {
  aftersales::v1::DescribeWorkflowRequest request;
  request.set_kind(rule.case_kind);
  aftersales::v1::DescribeWorkflowResponse response;
  grpc::ClientContext context;
  platform::PassOn(call, context);
  const grpc::Status status = stub_->DescribeWorkflow(&context, request, &response);
  if (status.error_code() == grpc::StatusCode::NOT_FOUND ||
      status.error_code() == grpc::StatusCode::INVALID_ARGUMENT) {
    throw platform::InvalidField("case_kind", "is no kind of case; name one, e.g. refund");
  }
  platform::ThrowUnlessOk(status);
  std::vector<std::string> events(response.workflow().events().begin(),
                                  response.workflow().events().end());
  events.emplace_back(kOpen);
  std::vector<std::string> states;
  for (const auto& state : response.workflow().states()) states.push_back(state.name());
  CheckName(rule.event, events, "event", rule.case_kind);
  CheckName(rule.state, states, "state", rule.case_kind);
}

}  // namespace redress::desk
