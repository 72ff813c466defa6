// The sections of a mapping that describe products and what may be chosen of them.

#include <redress/order/v1/product_service.pb.h>

#include "clients/importing/mapping_parser.h"

namespace redress::importing {

void MappingParser::ParseProducts(Mapping& mapping) const {
  if (document_.contains("group_by")) {
    Fail("group_by", "has no place beside rows = \"products\", whose rows are one by item_number");
  }
  mapping.product = Section("product", Table("product"),
                            *redress::order::v1::ProductInput::descriptor(), true, {});
  if (Table("sku").empty()) {
    CheckPrice("product", mapping.product);
  } else {
    mapping.sku = Section("sku", Table("sku"), *redress::order::v1::SkuInput::descriptor(), true,
                          {"sku_number"});
    CheckPrice("sku", mapping.sku);
    for (const FieldRule& rule : mapping.product) {
      if (rule.name != "price_minor" && rule.name != "stock") continue;
      Fail("product." + rule.name, "belongs to [sku]: a row without a SKU gives it to its product");
    }
  }
  const bool has_times =
      std::any_of(mapping.product.begin(), mapping.product.end(),
                  [](const FieldRule& rule) { return rule.name == "source_time"; });
  if (has_times || document_.contains("time")) ParseTime(mapping);
}

// Nothing is sold for 0 because a cell is empty.
void MappingParser::CheckPrice(const std::string& section, std::vector<FieldRule>& rules) const {
  for (FieldRule& rule : rules) {
    if (rule.name != "price_minor") continue;
    if (rule.optional)
      Fail(section + ".price_minor", "cannot be optional: an unknown price is no 0");
    rule.needed = true;
    return;
  }
  Fail(section + ".price_minor", "is missing: every product has a price");
}

}  // namespace redress::importing
