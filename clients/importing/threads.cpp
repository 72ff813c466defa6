#include "clients/importing/threads.h"

#include <algorithm>

#include "clients/importing/mapping.h"

namespace redress::importing {
namespace {

constexpr std::size_t kMostMessages = 5'000'000;

}  // namespace

std::uint32_t Threads::Find(const std::string& id) {
  const auto [found, is_new] =
      numbers_.try_emplace(id, static_cast<std::uint32_t>(parents_.size()));
  if (is_new) {
    if (parents_.size() == kMostMessages) {
      throw MappingError("the file has more than five million messages; import it in parts");
    }
    parents_.push_back(found->second);
    names_.emplace(found->second, id);
  }
  return found->second;
}

std::uint32_t Threads::Root(std::uint32_t at) {
  while (parents_[at] != at) {
    parents_[at] = parents_[parents_[at]];
    at = parents_[at];
  }
  return at;
}

void Threads::Add(const std::string& id, const std::string& reply_to) {
  const std::uint32_t one = Root(Find(id));
  if (reply_to.empty()) return;
  const std::uint32_t other = Root(Find(reply_to));
  // The first of them stays the name.
  parents_[std::max(one, other)] = std::min(one, other);
}

const std::string& Threads::RootOf(const std::string& id) { return names_.at(Root(Find(id))); }

}  // namespace redress::importing
