// Which characters the code page GBK has: what older systems of carriers and warehouses can write.
#pragma once

#include <cstddef>
#include <string_view>

namespace redress::order {

// Bytes of the UTF-8 character that begins with this byte; 1 for a byte that begins none.
std::size_t Utf8CharacterLength(char first);

// Used by one thread at a time.
class Gbk {
 public:
  // Throws std::runtime_error where the system knows no GBK.
  Gbk();
  ~Gbk();
  Gbk(const Gbk&) = delete;
  Gbk& operator=(const Gbk&) = delete;

  // Of one UTF-8 character.
  bool Has(std::string_view character) const;

 private:
  void* converter_;  // iconv's
};

}  // namespace redress::order
