#include "services/scoring/api/workflow_ends.h"

#include <algorithm>

#include "services/platform/server/channel.h"

namespace redress::scoring {
namespace {

constexpr std::chrono::minutes kKept{5};
constexpr std::chrono::seconds kPatience{1};

}  // namespace

WorkflowEnds::WorkflowEnds(const std::shared_ptr<grpc::Channel>& aftersales)
    : stub_(aftersales::v1::WorkflowService::NewStub(aftersales)) {}

std::set<std::string> WorkflowEnds::Of(const platform::Call& call, const std::string& kind) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    const auto known = kept_.find(kind);
    if (known != kept_.end() && known->second.until > now) return known->second.ends;
  }
  aftersales::v1::DescribeWorkflowRequest request;
  request.set_kind(kind);
  aftersales::v1::DescribeWorkflowResponse response;
  grpc::ClientContext context;
  platform::PassOn(call, context);
  context.set_deadline(std::min(context.deadline(), std::chrono::system_clock::now() + kPatience));
  if (!stub_->DescribeWorkflow(&context, request, &response).ok()) return {};
  std::set<std::string> ends;
  for (const auto& state : response.workflow().states()) {
    if (state.final()) ends.insert(state.name());
  }
  const std::lock_guard lock(mutex_);
  kept_[kind] = {ends, now + kKept};
  return ends;
}

}  // namespace redress::scoring
