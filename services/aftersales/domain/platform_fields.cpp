#include "services/aftersales/domain/platform_fields.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "services/aftersales/domain/platform_word.h"

namespace redress::aftersales {
namespace {

constexpr std::string_view kStatus = "status";

// Greater wins. Ended before open; of two that ended it the earlier; else the newer.
auto RankOfStatus(const PlatformField& field) {
  const PlatformStage stage = StageOfWritten(field.written);
  const bool ended = IsEnd(stage);
  return std::make_tuple(ended, ended ? -field.version : field.version, stage,
                         std::string_view(field.written));
}

auto RankOf(const PlatformField& field) {
  return std::make_tuple(field.version, std::string_view(field.written));
}

bool IsNewer(std::string_view name, const PlatformField& pushed, const PlatformField& known) {
  if (name == kStatus) return RankOfStatus(pushed) > RankOfStatus(known);
  return RankOf(pushed) > RankOf(known);
}

void AppendNumber(std::string& out, std::uint64_t number) {
  for (int i = 0; i < 8; ++i) out.push_back(static_cast<char>(number >> (8 * i)));
}

void AppendText(std::string& out, std::string_view text) {
  AppendNumber(out, text.size());
  out += text;
}

class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : rest_(bytes) {}

  bool empty() const { return rest_.empty(); }

  std::uint64_t Number() {
    const std::string_view bytes = Take(8);
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      number |= std::uint64_t{static_cast<std::uint8_t>(bytes[i])} << (8 * i);
    }
    return number;
  }
  std::string Text() { return std::string(Take(Number())); }

 private:
  std::string_view Take(std::uint64_t size) {
    if (size > rest_.size()) throw std::runtime_error("the fields of a platform's object are cut");
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

}  // namespace

void Merge(const PlatformFields& pushed, PlatformFields& known) {
  for (const auto& [name, field] : pushed) {
    const auto [place, is_new] = known.try_emplace(name, field);
    if (!is_new && IsNewer(name, field, place->second)) place->second = field;
  }
}

std::int64_t VersionOf(const PlatformFields& fields) {
  std::int64_t newest = 0;
  for (const auto& [name, field] : fields) newest = std::max(newest, field.version);
  return newest;
}

std::string EncodeFields(const PlatformFields& fields) {
  std::string bytes;
  for (const auto& [name, field] : fields) {
    AppendText(bytes, name);
    AppendNumber(bytes, static_cast<std::uint64_t>(field.version));
    AppendText(bytes, field.written);
  }
  return bytes;
}

PlatformFields DecodeFields(std::string_view bytes) {
  PlatformFields fields;
  Bytes rest(bytes);
  while (!rest.empty()) {
    std::string name = rest.Text();
    PlatformField field;
    field.version = static_cast<std::int64_t>(rest.Number());
    field.written = rest.Text();
    fields.emplace(std::move(name), std::move(field));
  }
  return fields;
}

}  // namespace redress::aftersales
