#pragma once

// Cases that hang together: finding the other one, and waiting for what the inbox brings.

#include <string>

#include "tests/e2e/disputes.h"

namespace redress::e2e {

// The case linked to this one in that way, once it is there; throws when it does not come.
aftersales::LinkedCase AwaitLinked(Shop& shop, const std::string& case_id,
                                   aftersales::CaseRelation relation);
// Waits until the case is in the state; throws when it does not come there.
aftersales::Case AwaitState(Shop& shop, const std::string& case_id, const std::string& state);

// A refund of one line that was rejected and escalated; answers its dispute's id.
std::string EscalatedDispute(Shop& shop, const std::string& refund_id);
// Brings an open dispute to AwaitingBuyer, where it offers a refund of kOffered among others.
void OfferRefund(Shop& shop, const std::string& dispute_id);
void Accept(Shop& shop, const std::string& dispute_id, aftersales::DisputeOption option);

}  // namespace redress::e2e
