#include "services/order/api/item_mapping.h"

#include <limits>
#include <string_view>

#include "services/order/api/mapping.h"
#include "services/platform/base/clock.h"
#include "services/platform/json/json_fields.h"

namespace redress::order {
namespace {

using platform::FieldBroken;
using platform::JsonValue;

constexpr std::int64_t kAheadOfUtcUs = 8 * platform::kHourUs;
constexpr std::size_t kLongestBody = std::size_t{512} * 1024;
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
  product.set_item_number(platform::DigitsOf(*Given(item, "num_iid"), "num_iid"));
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

class BodyReader {
 public:
  BodyReader(const std::string& platform, std::size_t body, std::vector<ReadItem>& items)
      : platform_(platform), body_(body), items_(items) {}

  void Read(const std::string& text) {
    if (text.size() > kLongestBody) return Bad("", "is above 512 KiB; push fewer items at once");
    const std::size_t before = items_.size();
    try {
      Unwrap(platform::ParseJson(text));
    } catch (const platform::JsonBroken& broken) {
      return Bad("", std::string("is no JSON: ") + broken.what() + "; send the item as JSON");
    }
    if (items_.size() == before) Bad("", "holds no item; push the item, or a list of them");
  }

 private:
  void Unwrap(const JsonValue& value) {
    if (value.IsList()) {
      for (const JsonValue& item : value.items) Unwrap(item);
      return;
    }
    if (!value.IsObject()) return Bad("", "is no object; push the platform's item as it is");
    if (Given(value, "num_iid") != nullptr) return Take(value);
    bool found = false;
    for (const auto& [name, inner] : value.members) {
      if (name != "item" && name != "items" && !name.ends_with("_response")) continue;
      found = true;
      Unwrap(inner);
    }
    if (!found) Bad("num_iid", "is missing; name the platform's item");
  }

  void Take(const JsonValue& item) {
    if (items_.size() >= kMostItems) {
      return Bad("", "is beyond the 200 items of one call; push it with the next");
    }
    ReadItem& read = items_.emplace_back();
    read.body = body_;
    read.product.set_platform(platform_);
    try {
      order::Read(item, read.product);
    } catch (const FieldBroken& broken) {
      read.problem = Problem{broken.field(), broken.what()};
    }
  }

  void Bad(const std::string& field, const std::string& problem) {
    items_.push_back({body_, {}, Problem{field, problem}});
  }

  const std::string& platform_;
  const std::size_t body_;
  std::vector<ReadItem>& items_;
};

}  // namespace

std::vector<ReadItem> ReadItems(const std::string& platform,
                                const google::protobuf::RepeatedPtrField<std::string>& bodies) {
  std::vector<ReadItem> items;
  for (int i = 0; i < bodies.size(); ++i) {
    BodyReader(platform, static_cast<std::size_t>(i), items).Read(bodies.Get(i));
  }
  return items;
}

}  // namespace redress::order
