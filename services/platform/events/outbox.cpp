#include "services/platform/events/outbox.h"

#include <cstring>
#include <stdexcept>

#include "services/platform/base/crash_point.h"
#include "services/platform/events/event_sql.h"

namespace redress::platform {
namespace {

constexpr std::size_t kRefBytes = 16;

template <class Number>
void AppendLittleEndian(std::string& out, Number number) {
  for (std::size_t byte = 0; byte < sizeof(Number); ++byte) {
    out.push_back(static_cast<char>(number >> (8 * byte) & 0xff));
  }
}

template <class Number>
Number ReadLittleEndian(std::string_view bytes) {
  Number number = 0;
  for (std::size_t byte = 0; byte < sizeof(Number); ++byte) {
    number |= Number{static_cast<unsigned char>(bytes[byte])} << (8 * byte);
  }
  return number;
}

// Ids of one process differ in their low bits only for a while; the shards should not.
std::uint32_t ShardOf(std::uint64_t transaction_id) {
  return static_cast<std::uint32_t>(transaction_id * 0x9E3779B97F4A7C15ULL >> 60) % kOutboxShards;
}

}  // namespace

std::string PackRefs(std::span<const EventRef> refs) {
  std::string packed;
  packed.reserve(refs.size() * kRefBytes);
  for (const EventRef& ref : refs) {
    AppendLittleEndian(packed, ref.shop.value);
    AppendLittleEndian(packed, ref.aggregate_id);
    AppendLittleEndian(packed, ref.sequence);
  }
  return packed;
}

std::vector<EventRef> UnpackRefs(std::string_view packed) {
  if (packed.size() % kRefBytes != 0) {
    throw std::invalid_argument("an outbox row of " + std::to_string(packed.size()) +
                                " bytes is not a list of refs of 16 bytes each");
  }
  std::vector<EventRef> refs;
  refs.reserve(packed.size() / kRefBytes);
  for (std::size_t at = 0; at < packed.size(); at += kRefBytes) {
    refs.push_back({ShopId{ReadLittleEndian<std::uint32_t>(packed.substr(at))},
                    ReadLittleEndian<std::uint64_t>(packed.substr(at + 4)),
                    ReadLittleEndian<std::uint32_t>(packed.substr(at + 12))});
  }
  return refs;
}

void AppendOutbox(Connection& connection, std::uint64_t transaction_id, std::int64_t recorded_at_us,
                  std::span<const EventRef> refs) {
  if (refs.empty()) return;
  connection.Execute(kInsertOutboxRow,
                     {ShardOf(transaction_id), transaction_id, recorded_at_us, PackRefs(refs)});
  CrashPoint(kAfterOutboxBeforeCommit);
}

}  // namespace redress::platform
