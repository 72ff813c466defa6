#include "services/aftersales/domain/step.h"

#include <concepts>

#include "services/platform/base/text.h"

namespace redress::aftersales {
namespace {

// Lengths and numbers in fixed width, so that no two steps have the same bytes.
class Canonical {
 public:
  explicit Canonical(std::size_t expected) { bytes_.reserve(expected); }

  template <std::integral Number>
  void Add(Number number) {
    auto rest = static_cast<std::uint64_t>(number);
    for (int i = 0; i < 8; ++i, rest >>= 8) bytes_.push_back(static_cast<char>(rest & 0xff));
  }
  void Add(std::string_view text) {
    Add(text.size());
    bytes_.append(text);
  }
  void AddBytes(std::span<const std::uint8_t> bytes) {
    bytes_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace

std::string_view NameOf(workflows::ActorKind kind) {
  using workflows::ActorKind;
  switch (kind) {
    case ActorKind::kPerson:
      return "person";
    case ActorKind::kTimeout:
      return "timeout";
    case ActorKind::kWarehouse:
      return "warehouse";
    case ActorKind::kPlatform:
      return "platform";
    case ActorKind::kLink:
      return "link";
    case ActorKind::kService:
      return "service";
    case ActorKind::kImport:
      return "import";
  }
  return "";
}

Hash ChainHash(const Hash& previous, const Step& step) {
  Canonical canonical(512 + step.snapshot.size() + step.event_json.size());
  canonical.AddBytes(previous);
  canonical.Add(step.shop.value);
  canonical.Add(step.case_id.value);
  canonical.Add(step.sequence);
  canonical.Add(step.event);
  canonical.Add(step.from_state);
  canonical.Add(step.to_state);
  canonical.Add(step.applied_at);
  canonical.Add(static_cast<int>(step.actor_kind));
  canonical.Add(step.actor.value);
  canonical.Add(step.client);
  canonical.Add(step.workflow_version);
  canonical.Add(static_cast<int>(step.origin));
  canonical.Add(step.request_id);
  canonical.AddBytes(step.digest);
  canonical.Add(step.event_json);
  canonical.Add(step.deadline_rule);
  canonical.Add(step.text_digest);
  canonical.Add(step.assignee.value);
  canonical.Add(step.outcome);
  canonical.Add(step.settled_minor);
  canonical.Add(step.previous_at);
  canonical.Add(step.snapshot);
  return platform::Sha256(canonical.bytes());
}

std::uint32_t VerifyChain(std::span<const Step> steps) {
  Hash previous{};
  std::uint32_t expected = 1;
  for (const Step& step : steps) {
    if (step.sequence != expected || ChainHash(previous, step) != step.hash) return expected;
    previous = step.hash;
    ++expected;
  }
  return 0;
}

}  // namespace redress::aftersales
