// What a person may see of contact data without the right to reveal it. Text is UTF-8; a broken
// sequence is masked, never copied. When in doubt these functions hide more.
#pragma once

#include <string>
#include <string_view>

namespace redress::platform {

// "张三丰" → "张**", "John Smith" → "J*** S***", "李" → "*".
std::string MaskName(std::string_view name);

// "13812345678" → "138****5678", "+86 13812345678" → "+86 138****5678",
// "0571-87654321" → "0571-****4321". Fewer than 7 digits → "****".
std::string MaskPhone(std::string_view phone);

// Keeps what a parcel sorter would need and hides the rest:
// "浙江省杭州市西湖区文三路 1 号" → "浙江省杭州市西湖区***", "12 Baker Street, London" → "***,
// London".
std::string MaskAddress(std::string_view address);

// One spelling for one number, for keyed hashes: "'13812345678", "+86 138-1234-5678" and
// "０１３…" in full-width digits all become "+8613812345678"; "0571-87654321" → "+8657187654321";
// an extension stays behind "x". Empty when there is no number in the text.
std::string NormalisePhone(std::string_view phone);

}  // namespace redress::platform
