#pragma once

#include <functional>
#include <vector>

#include <google/protobuf/descriptor.h>

#include "redress/aftersales/v1/case.pb.h"
#include "services/aftersales/domain/case_kind.h"

namespace redress::aftersales {

// Every event of the case's workflow for this caller: allowed, or why not. ROLE comes first, then
// what the machine says.
std::vector<v1::AllowedAction> AllowedActions(
    const Case& of, const Surroundings& around,
    const std::function<bool(const google::protobuf::Descriptor* event)>& may_send);

}  // namespace redress::aftersales
