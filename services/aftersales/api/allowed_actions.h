#pragma once

#include <functional>
#include <vector>

#include <google/protobuf/descriptor.h>

#include "redress/aftersales/v1/case.pb.h"
#include "services/aftersales/domain/stepper.h"

namespace redress::aftersales {

// Every event of the refund workflow for this caller: allowed, or why not. ROLE comes first, then
// what the machine says.
std::vector<v1::AllowedAction> AllowedActions(
    const Case& of, const LedgerRow& line, const Sender& sender, const StepperPolicy& policy,
    const std::function<bool(const google::protobuf::Descriptor* event)>& may_send);

}  // namespace redress::aftersales
