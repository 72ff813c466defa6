#include "services/platform/sealing/subject_key.h"

#include <sodium.h>

#include "services/platform/sealing/aead.h"
#include "services/platform/sealing/seal_broken.h"

namespace redress::platform {
namespace {

std::string KeyContext(ShopId shop, Subject subject, std::uint8_t generation) {
  std::string bound = BoundTo("subject key", shop, subject);
  AppendNumber(bound, generation, 1);
  return bound;
}

}  // namespace

std::string BoundTo(std::string_view what, ShopId shop, Subject subject) {
  std::string bound(what);
  AppendNumber(bound, shop.value, 4);
  AppendNumber(bound, static_cast<std::uint8_t>(subject.kind), 1);
  AppendNumber(bound, subject.id, 8);
  return bound;
}

WrappedSubjectKey WrapSubjectKey(const ShopKeys::Generation& with, ShopId shop, Subject subject,
                                 std::uint8_t generation, std::string_view secret) {
  return {subject, generation, with.number,
          AeadSeal(with.key, {}, KeyContext(shop, subject, generation), secret)};
}

SecretKey UnwrapSubjectKey(const ShopKeys& shop_keys, ShopId shop, const WrappedSubjectKey& row) {
  auto secret = AeadOpen(shop_keys.Find(row.shop_generation), 0,
                         KeyContext(shop, row.subject, row.generation), row.wrapped);
  if (!secret) throw SealBroken("a subject's wrapped key was altered or moved");
  SecretKey key(*secret);
  sodium_memzero(secret->data(), secret->size());
  return key;
}

}  // namespace redress::platform
