#include "services/platform/paging/paging.h"

#include <algorithm>

#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"

namespace redress::platform {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kTagBytes = 8;
constexpr std::size_t kNumberBytes = 8;

void AppendNumber(std::string& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

std::uint64_t ReadNumber(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

Refusal BadToken() {
  return Refusal(Code::kInvalidArgument, "PAGE_TOKEN_INVALID",
                 "the page token does not belong to this query; start again without one")
      .Field("page_token",
             "is not a token that this query answered; send none for the first page, and keep "
             "shop and filters as they were");
}

}  // namespace

PageQuery::PageQuery(std::string_view method, ShopId shop,
                     std::initializer_list<std::string_view> filters) {
  // Every part is preceded by its length, so that no two queries spell the same.
  AppendNumber(query_, shop.value);
  AppendNumber(query_, method.size());
  query_ += method;
  for (const std::string_view filter : filters) {
    AppendNumber(query_, filter.size());
    query_ += filter;
  }
}

std::string PageQuery::Tag(std::string_view key_bytes) const {
  const auto digest = Sha256(query_ + std::string(key_bytes));
  return std::string(reinterpret_cast<const char*>(digest.data()), kTagBytes);
}

std::string PageQuery::Encode(std::span<const std::uint64_t> key) const {
  std::string numbers;
  for (const std::uint64_t number : key) AppendNumber(numbers, number);
  return Base64Url(kVersion + Tag(numbers) + numbers);
}

std::string PageQuery::Encode(std::initializer_list<std::uint64_t> key) const {
  return Encode(std::span<const std::uint64_t>(key.begin(), key.size()));
}

std::optional<PageKey> PageQuery::Decode(std::string_view token, std::size_t numbers) const {
  if (token.empty()) return std::nullopt;
  const std::optional<std::string> bytes = UnBase64Url(token);
  if (!bytes || bytes->size() != 1 + kTagBytes + numbers * kNumberBytes ||
      bytes->front() != kVersion) {
    throw BadToken();
  }
  const std::string_view key = std::string_view(*bytes).substr(1 + kTagBytes);
  if (bytes->compare(1, kTagBytes, Tag(key)) != 0) throw BadToken();
  PageKey result;
  for (std::size_t i = 0; i < numbers; ++i) {
    result.push_back(ReadNumber(key.substr(i * kNumberBytes, kNumberBytes)));
  }
  return result;
}

std::size_t PageSize(std::uint32_t asked, std::size_t standard, std::size_t most) {
  return asked == 0 ? standard : std::min<std::size_t>(asked, most);
}

}  // namespace redress::platform
