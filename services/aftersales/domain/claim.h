#pragma once

// Taking the next case out of nobody's queue. The queue is only read; what decides is the engine,
// which gives a case that is nobody's to one claim and refuses the others, which go on to the next.

#include <optional>
#include <string>

#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/case_repository.h"

namespace redress::aftersales {

// Gives the most urgent of nobody's cases to the claim's sender; nullopt when there is none.
// `claim` has everything but case and body; under its request_id a repeat gets the case that the
// first call got. `state` may be empty. Throws Refusal RESOURCE_EXHAUSTED when others were faster
// for as long as the claim had time.
std::optional<Answer> ClaimNext(CaseRepository& cases, CaseEngine& engine, const Command& claim,
                                const std::string& state);

}  // namespace redress::aftersales
