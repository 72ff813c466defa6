#include "services/order/api/item_mapping.h"

#include <limits>
#include <string_view>

#include "services/order/api/mapping.h"
#include "services/order/api/pushed_bodies.h"
#include "services/platform/base/clock.h"
#include "services/platform/json/json_fields.h"

namespace redress::order {
namespace {

using platform::FieldBroken;
using platform::JsonValue;

constexpr std::int64_t kAheadOfUtcUs = 8 * platform::kHourUs;
constexpr std::size_t kLongestCode = 64;
constexpr std::size_t kLongestTitle = 300;
constexpr std::size_t kLongestProperties = 4000;
constexpr std::size_t kLongestSkuProperties = 500;

const JsonValue* Given(const JsonValue& object, const char* name) {
  const JsonValue* value = object.Find(name);
  const bool is_nothing = value == nullptr || value->IsNull() ||
                          (value->kind == JsonValue::Kind::kText && value->text.empty());
  return is_nothing ? nullptr : value;
}

std::string Text(const JsonValue& object, const char* name, std::size_t most) {
  const JsonValue* value = Given(object, name);
  return value == nullptr ? "" : platform::ShortTextOf(*value, name, most);
}

std::int64_t Minor(const JsonValue& object, const char* name) {
  const JsonValue* value = Given(object, name);
  return value == nullptr ? 0 : platform::MinorOf(*value, name);
}

std::optional<std::int32_t> Count(const JsonValue& object, const char* name) {
  const JsonValue* value = Given(object, name);
  if (value == nullptr) return std::nullopt;
  const std::int64_t count = platform::CountOf(*value, name);
  if (count > std::numeric_limits<std::int32_t>::max()) {
    throw FieldBroken(name, "is above 2147483647; send how many there are");
  }
  return static_cast<std::int32_t>(count);
}

// `skus` is an object with the list under `sku`, or the list itself.
const JsonValue* SkusOf(const JsonValue& item) {
  const JsonValue* skus = Given(item, "skus");
  if (skus != nullptr && skus->IsObject()) skus = Given(*skus, "sku");
  if (skus != nullptr && !skus->IsList()) throw FieldBroken("skus", "is no list of SKUs");
  return skus;
}

void ReadSku(const JsonValue& object, v1::SkuInput& sku) {
  if (!object.IsObject()) throw FieldBroken("skus", "has an entry that is no object");
  const JsonValue* number = Given(object, "sku_id");
  if (number == nullptr) throw FieldBroken("sku_id", "is missing; send each SKU with its number");
  sku.set_sku_number(platform::DigitsOf(*number, "sku_id"));
  sku.set_code(Text(object, "outer_id", kLongestCode));
  sku.set_properties(Text(object, "properties_name", kLongestSkuProperties));
  sku.set_price_minor(Minor(object, "price"));
  if (const auto stock = Count(object, "quantity")) sku.set_stock(*stock);
  const std::string status = Text(object, "status", kLongestCode);
  sku.set_withdrawn(!status.empty() && status != "normal");
}

void Read(const JsonValue& item, v1::ProductInput& product) {
  const JsonValue* number = Given(item, "num_iid");
  if (number == nullptr) throw FieldBroken("num_iid", "is empty; name the platform's item");
  product.set_item_number(platform::DigitsOf(*number, "num_iid"));
  product.set_code(Text(item, "outer_id", kLongestCode));
  product.set_title(Text(item, "title", kLongestTitle));
  product.set_category(Text(item, "cid", kLongestCode));
  product.set_properties(Text(item, "props_name", kLongestProperties));
  product.set_currency_code("CNY");
  product.set_price_minor(Minor(item, "price"));
  if (const auto stock = Count(item, "num")) product.set_stock(*stock);
  product.set_withdrawn(Text(item, "approve_status", kLongestCode) == "instock");
  if (const JsonValue* modified = Given(item, "modified")) {
    *product.mutable_source_time() =
        ToTimestamp(platform::TimeOf(*modified, "modified", kAheadOfUtcUs));
  }
  if (const JsonValue* skus = SkusOf(item)) {
    for (const JsonValue& sku : skus->items) ReadSku(sku, *product.add_skus());
  }
}

}  // namespace

std::vector<ReadItem> ReadItems(const std::string& platform,
                                const google::protobuf::RepeatedPtrField<std::string>& bodies) {
  const auto read = [&](const JsonValue& item, ReadItem& to) {
    to.product.set_platform(platform);
    Read(item, to.product);
  };
  return PushedBodies<ReadItem, decltype(read)>({"item", "items", "num_iid", kMostItems}, read)
      .ReadAll(bodies);
}

}  // namespace redress::order
