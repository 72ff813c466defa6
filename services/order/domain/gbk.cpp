#include "services/order/domain/gbk.h"

#include <iconv.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace redress::order {
namespace {

constexpr unsigned kTwoBytes = 0xC0;
constexpr unsigned kThreeBytes = 0xE0;
constexpr unsigned kFourBytes = 0xF0;

}  // namespace

std::size_t Utf8CharacterLength(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte >= kFourBytes) return 4;
  if (byte >= kThreeBytes) return 3;
  return byte >= kTwoBytes ? 2 : 1;
}

Gbk::Gbk() : converter_(iconv_open("GBK", "UTF-8")) {
  if (reinterpret_cast<std::intptr_t>(converter_) == -1) {
    throw std::runtime_error("the system's iconv knows no GBK");
  }
}

Gbk::~Gbk() { iconv_close(converter_); }

bool Gbk::Has(std::string_view character) const {
  std::string in_bytes(character);
  std::array<char, 8> out_bytes{};
  char* in = in_bytes.data();
  char* out = out_bytes.data();
  std::size_t in_left = in_bytes.size();
  std::size_t out_left = out_bytes.size();
  iconv(converter_, nullptr, nullptr, nullptr, nullptr);
  // Anything but 0 was refused, or replaced by something near.
  return iconv(converter_, &in, &in_left, &out, &out_left) == 0 && in_left == 0;
}

}  // namespace redress::order
