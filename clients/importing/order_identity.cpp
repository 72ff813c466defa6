#include "clients/importing/order_identity.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace redress::importing {
namespace {

constexpr std::string_view kPrefix = "no-order-number:";
// 128 bits: enough to tell a shop's rows apart, short enough for a number.
constexpr std::size_t kDigestBytes = 16;

class Content {
 public:
  // The length keeps "ab" + "c" and "a" + "bc" apart.
  void Add(std::string_view text) {
    bytes_ += std::to_string(text.size());
    bytes_ += ':';
    bytes_ += text;
  }
  void Add(std::int64_t number) { Add(std::to_string(number)); }
  void Add(const google::protobuf::Timestamp& time) { Add(time.seconds()); }

  std::string Digest() const {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned length = 0;
    if (EVP_Digest(bytes_.data(), bytes_.size(), digest.data(), &length, EVP_sha256(), nullptr) !=
        1) {
      throw std::runtime_error("this system cannot compute SHA-256");
    }
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < kDigestBytes; ++i) {
      text += kHex[digest[i] >> 4];
      text += kHex[digest[i] & 0x0F];
    }
    return text;
  }

 private:
  std::string bytes_;
};

}  // namespace

// Field by field, so that a new field of the contract does not rename orders that are stored.
std::string OrderIdentity::NumberFor(const redress::order::v1::OrderInput& order) {
  Content content;
  content.Add(order.platform());
  content.Add(order.buyer_nick());
  content.Add(order.status());
  content.Add(order.currency_code());
  content.Add(order.order_time());
  content.Add(order.pay_time());
  content.Add(order.region());
  for (const auto& line : order.lines()) {
    content.Add(line.sku());
    content.Add(line.title());
    content.Add(line.quantity());
    content.Add(line.unit_price());
    content.Add(line.paid_minor());
    content.Add(line.refunded_elsewhere_minor());
  }
  for (const auto& shipment : order.shipments()) {
    content.Add(shipment.carrier());
    content.Add(shipment.tracking_number());
    content.Add(shipment.receive_time());
  }
  const std::string digest = content.Digest();
  return std::string(kPrefix) + digest + ":" + std::to_string(++occurrences_[digest]);
}

}  // namespace redress::importing
