#pragma once

// Whether the live cases of a deployment can go on under another program's machines.

#include <redress/aftersales/v1/case_scan_service.pb.h>
#include <redress/aftersales/v1/workflow_service.pb.h>

#include <string>
#include <vector>

namespace redress::cli {

struct LiveProblem {
  // `KIND_GONE`, `STATE_GONE`, `STATE_FINAL`, `RULE_DIFFERS`, `RULE_GONE` or `VERSION_OLDER`.
  std::string reason;
  std::string expected;
  std::string found;
};

// What keeps these cases from going on under the machines; nothing where they do: their state is
// there and open, their armed deadline is the state's, the rule has a default to be armed again
// with, and the machine is no older than the one that took their last step.
std::vector<LiveProblem> CheckLive(const aftersales::v1::LiveCases& cases,
                                   const aftersales::v1::WorkflowSet& machines);

}  // namespace redress::cli
