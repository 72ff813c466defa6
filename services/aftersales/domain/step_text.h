#pragma once

// Free text beside a step. It is sealed together with the salt of its digest: erasing the person
// destroys both, while the step keeps the digest and the hash chain still verifies.

#include <string>
#include <string_view>

#include "services/aftersales/domain/command.h"

namespace redress::aftersales {

// A text with a fresh random salt.
StepText NewText(std::string clear);

// Salt, then text: what is sealed.
std::string PackText(const StepText& text);
std::string ClearOf(std::string_view packed);

}  // namespace redress::aftersales
