#include "services/order/api/kuaidi100.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <stdexcept>

#include "services/platform/base/clock.h"
#include "services/platform/base/text.h"
#include "services/platform/json/json_fields.h"

namespace redress::order {
namespace {

using platform::FieldBroken;
using platform::JsonValue;

constexpr std::int64_t kAheadOfUtcUs = 8 * platform::kHourUs;
constexpr std::size_t kMd5Bytes = 16;
constexpr std::size_t kLongestNumber = 64;
constexpr std::size_t kLongestText = 1000;
constexpr std::size_t kMostTracksOfPush = 500;

struct StateRow {
  std::string_view code;
  ParcelState state;
};
// clang-format off
constexpr std::array<StateRow, 13> kStates{{
    {"0",  ParcelState::kInTransit},  {"1",  ParcelState::kCollected},
    {"2",  ParcelState::kInTrouble},  {"3",  ParcelState::kDelivered},
    {"4",  ParcelState::kReturned},   {"5",  ParcelState::kDelivering},
    {"6",  ParcelState::kReturning},  {"7",  ParcelState::kInTransit},
    {"8",  ParcelState::kAtCustoms},  {"10", ParcelState::kAtCustoms},
    {"11", ParcelState::kAtCustoms},  {"12", ParcelState::kAtCustoms},
    {"14", ParcelState::kRefused},
}};
// clang-format on

std::string Md5Hex(std::string_view first, std::string_view second) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  std::array<unsigned char, kMd5Bytes> bytes{};
  unsigned int length = 0;
  const bool good = context && EVP_DigestInit_ex(context.get(), EVP_md5(), nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
                    EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
                    EVP_DigestFinal_ex(context.get(), bytes.data(), &length) == 1;
  if (!good || length != kMd5Bytes) throw std::runtime_error("no MD5 could be made");
  return platform::Hex(std::span<const std::uint8_t>(bytes));
}

const JsonValue& Needed(const JsonValue& object, const char* name) {
  const JsonValue* value = object.Find(name);
  if (value == nullptr || value->IsNull()) {
    throw FieldBroken(name, "is missing; pass param on as it came");
  }
  return *value;
}

std::string OptionalText(const JsonValue& object, const char* name) {
  const JsonValue* value = object.Find(name);
  return value == nullptr || value->IsNull() ? "" : platform::TextOf(*value, name);
}

// A parcel that is checked in (ischeck) has been signed for, also where no state is told.
ParcelState StateOf(const JsonValue& result) {
  const std::string code = OptionalText(result, "state");
  const auto* const known = std::find_if(kStates.begin(), kStates.end(),
                                         [&](const StateRow& row) { return row.code == code; });
  if (known != kStates.end()) return known->state;
  // Finer states are the main one with two digits behind it (301: signed for in person).
  if (code.size() >= 3) {
    const std::string main = code.substr(0, code.size() - 2);
    const auto* const row = std::find_if(kStates.begin(), kStates.end(),
                                         [&](const StateRow& each) { return each.code == main; });
    if (row != kStates.end()) return row->state;
  }
  return OptionalText(result, "ischeck") == "1" ? ParcelState::kDelivered : ParcelState::kUnknown;
}

Track ReadTrack(const JsonValue& object, const std::string& number) {
  if (!object.IsObject()) throw FieldBroken("lastResult.data", "has an entry that is no object");
  const JsonValue* time = object.Find("ftime");
  if (time == nullptr || time->IsNull()) time = &Needed(object, "time");
  Track track;
  track.tracking_number = number;
  track.at = platform::TimeOf(*time, "lastResult.data.time", kAheadOfUtcUs);
  track.text =
      platform::ShortTextOf(Needed(object, "context"), "lastResult.data.context", kLongestText);
  return track;
}

TrackPush Read(const JsonValue& param) {
  if (!param.IsObject()) throw FieldBroken("", "is no object; pass param on as it came");
  const JsonValue& result = Needed(param, "lastResult");
  TrackPush push;
  push.tracking_number = platform::TextOf(Needed(result, "nu"), "lastResult.nu");
  if (push.tracking_number.empty() || push.tracking_number.size() > kLongestNumber) {
    throw FieldBroken("lastResult.nu", "is no tracking number of 1 to 64 characters");
  }
  const JsonValue* data = result.Find("data");
  if (data == nullptr || data->IsNull()) return push;
  if (!data->IsList() || data->items.size() > kMostTracksOfPush) {
    throw FieldBroken("lastResult.data", "is no list of at most 500 tracks");
  }
  push.state = StateOf(result);
  for (const JsonValue& each : data->items) {
    push.tracks.push_back(ReadTrack(each, push.tracking_number));
  }
  return push;
}

}  // namespace

bool IsSigned(std::string_view param, std::string_view salt, std::string_view sign) {
  const std::string expected = Md5Hex(param, salt);
  std::string given(sign);
  for (char& c : given) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return given.size() == expected.size() &&
         CRYPTO_memcmp(given.data(), expected.data(), expected.size()) == 0;
}

std::variant<TrackPush, Problem> ReadTrackPush(const std::string& param) {
  try {
    return Read(platform::ParseJson(param));
  } catch (const FieldBroken& broken) {
    return Problem{broken.field(), broken.what()};
  } catch (const platform::JsonBroken& broken) {
    return Problem{"", std::string("is no JSON: ") + broken.what()};
  }
}

}  // namespace redress::order
