#pragma once

#include <grpcpp/channel.h>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "redress/aftersales/v1/workflow_service.grpc.pb.h"
#include "services/platform/server/call.h"

namespace redress::scoring {

// Asks aftersales, for the caller, in which states a kind of case ends: facts tell it only of
// states that some case has reached. Thread-safe.
class WorkflowEnds {
 public:
  explicit WorkflowEnds(const std::shared_ptr<grpc::Channel>& aftersales);

  // None for a kind that there is not, and while aftersales does not answer: what the facts tell is
  // left then. An answer is kept for minutes; a machine changes with a release.
  std::set<std::string> Of(const platform::Call& call, const std::string& kind);

 private:
  struct Kept {
    std::set<std::string> ends;
    std::chrono::steady_clock::time_point until;
  };

  const std::unique_ptr<aftersales::v1::WorkflowService::Stub> stub_;
  std::mutex mutex_;
  std::map<std::string, Kept> kept_;  // of kinds that there are, hence few
};

}  // namespace redress::scoring
