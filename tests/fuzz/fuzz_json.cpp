// The JSON reader: a value, or JsonBroken; what was read points into the text.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "services/platform/json/json.h"

using namespace redress::platform;

namespace {

void Check(const JsonValue& value, std::string_view text) {
  const bool inside = value.written.empty() ||
                      (value.written.data() >= text.data() &&
                       value.written.data() + value.written.size() <= text.data() + text.size());
  if (!inside) std::abort();
  for (const JsonValue& item : value.items) Check(item, text);
  for (const JsonMember& member : value.members) Check(member.value, text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    Check(ParseJson(text), text);
  } catch (const JsonBroken&) {
    // It says what is wrong.
  }
  return 0;
}
