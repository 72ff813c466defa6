#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace redress::importing {

// Which messages belong together, when each tells only which one it answers. A message that is
// answered need not be in the file. Takes up to five million.
class Threads {
 public:
  // `reply_to` is empty for a message that answers none. Throws MappingError beyond the most.
  void Add(const std::string& id, const std::string& reply_to);
  // A name of the thread that is the same for all its messages: the first of them that was added.
  const std::string& RootOf(const std::string& id);

 private:
  std::uint32_t Find(const std::string& id);
  std::uint32_t Root(std::uint32_t at);

  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::unordered_map<std::uint32_t, std::string> names_;
  std::vector<std::uint32_t> parents_;
};

}  // namespace redress::importing
