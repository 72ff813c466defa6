#pragma once

// Recorded histories as text: one step a line, its columns separated by tabs, bytes in hex. A
// case's steps stand together, in order.

#include <filesystem>
#include <string>
#include <vector>

#include "services/aftersales/domain/step.h"

namespace redress::aftersales {

std::string LineOf(const Step& step);
// Throws std::runtime_error for a line that LineOf has not written.
Step StepOf(const std::string& line);

// The histories of one file, each a case's steps. Lines that begin with # are comments.
std::vector<std::vector<Step>> ReadHistories(const std::filesystem::path& file);

}  // namespace redress::aftersales
