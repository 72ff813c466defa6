#pragma once

// What a step left behind, packed into the step's row: from it a repeat gets the first answer and
// the step's event is built. Fields that never change after opening are left out; they are read
// from the case.

#include <string>
#include <string_view>

#include "services/aftersales/domain/command.h"

namespace redress::aftersales {

std::string EncodeSnapshot(const Answer& answer);

// Fills the changing fields of `answer.after`, whose fixed ones are set, and the task, settlement,
// reason for the deadline and compensation if there were any. Throws std::runtime_error for bytes
// that no version has written.
void DecodeSnapshot(std::string_view bytes, Answer& answer);

// What a kind keeps beyond the columns that all kinds share, for the case's row: the same encoding.
// Empty for a refund, which has columns of its own. Decoding makes `into` a case of that kind.
std::string EncodeProgress(const Case& of);
void DecodeProgress(std::string_view bytes, Case& into);

// One task as it was answered. Decoding keeps the shop, case, order and line of `task`.
std::string EncodeTask(const WarehouseTask& task);
void DecodeTask(std::string_view bytes, WarehouseTask& task);

}  // namespace redress::aftersales
