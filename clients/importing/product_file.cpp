#include "clients/importing/product_file.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "clients/importing/csv_reader.h"

namespace redress::importing {
namespace {

namespace order = redress::order::v1;
using google::protobuf::FieldDescriptor;

// What the order service takes of one product.
constexpr int kMostSkus = 600;

Row RowOf(const CsvRecord& record) { return {record.line, record.raw, ""}; }

std::string Line(std::uint64_t line) { return "line " + std::to_string(line); }

// Fills in what only a later row of the product says; answers the field in which it says something
// else than those before it. Cells that a spreadsheet has merged are empty in all rows but the
// first.
std::string Disagreement(order::ProductInput& first, const order::ProductInput& other) {
  const auto& type = *first.GetDescriptor();
  const auto& reflection = *first.GetReflection();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.is_repeated() || field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) continue;
    const std::string said = reflection.GetString(other, &field);
    const std::string known = reflection.GetString(first, &field);
    if (said.empty() || said == known) continue;
    if (!known.empty()) return field.name();
    reflection.SetString(&first, &field, said);
  }
  return {};
}

void KeepLatest(const order::ProductInput& other, order::ProductInput& product) {
  if (!other.has_source_time()) return;
  const auto moment = [](const order::ProductInput& of) {
    return std::pair(of.source_time().seconds(), of.source_time().nanos());
  };
  if (product.has_source_time() && moment(other) <= moment(product)) return;
  *product.mutable_source_time() = other.source_time();
}

// Of a product without SKUs, what its only row says of the goods.
void TakeAsOwn(const order::SkuInput& said, order::ProductInput& product) {
  product.set_price_minor(said.price_minor());
  if (said.has_stock()) product.set_stock(said.stock());
  if (product.code().empty()) product.set_code(said.code());
  if (product.properties().empty()) product.set_properties(said.properties());
  if (said.withdrawn()) product.set_withdrawn(true);
}

// What none of its SKUs is sold of is not sold either.
void WithdrawWithAllSkus(order::ProductInput& product) {
  const auto& skus = product.skus();
  if (skus.empty()) return;
  if (std::all_of(skus.begin(), skus.end(), [](const auto& sku) { return sku.withdrawn(); })) {
    product.set_withdrawn(true);
  }
}

}  // namespace

ProductFile::ProductFile(std::string path, const Mapping& mapping, const Options& options)
    : file_(std::move(path), options.encoding.empty() ? mapping.encoding : options.encoding,
            mapping.delimiter),
      mapping_(mapping),
      has_skus_(!mapping.sku.empty()) {
  for (const auto& joined : options.joined) file_.Join(joined);
  const Header header(file_.header());
  const std::vector<const std::vector<FieldRule>*> sections{&mapping_.product, &mapping_.sku};
  RefuseAnotherHeader(file_.path(), header, sections);
  // Columns that are missing are told before anything is sent.
  for (const auto* rules : sections) FieldWriter(*rules, header, mapping_);
  for (const FieldRule& rule : mapping_.product) {
    if (rule.name == "platform" || rule.name == "item_number") number_rules_.push_back(rule);
    later_rules_.push_back(rule);
    later_rules_.back().optional = true;
    later_rules_.back().constant.clear();  // a later row that says nothing agrees
  }
  Count(header);
}

void ProductFile::Count(const Header& header) {
  FieldWriter numbers(number_rules_, header, mapping_);
  file_.ForEachRowInForm([&](CsvRecord& record) {
    ++rows_;
    std::string problem;
    if (const auto key = KeyOf(record, numbers, problem)) {
      ++rows_of_[*key];
    } else if (has_skus_) {
      throw MappingError(Line(record.line) + " of " + file_.path() + ": " + problem +
                         "; nothing is imported, since it is not known which product misses the "
                         "row");
    }
  });
}

// A row with a bad cell elsewhere still tells its product.
std::optional<std::string> ProductFile::KeyOf(const CsvRecord& record, FieldWriter& numbers,
                                              std::string& problem) const {
  problem = record.problem;
  if (!file_.IsInColumns(record)) return std::nullopt;
  order::ProductInput told;
  if (std::string bad = numbers.Write(record.fields, told); !bad.empty()) {
    if (problem.empty()) problem = std::move(bad);
    return std::nullopt;
  }
  std::string key = told.platform() + "/" + told.item_number();
  if (!IsUtf8(key)) return std::nullopt;
  return key;
}

void ProductFile::ReadProducts(const std::function<void(ProductItem)>& on_product,
                               const std::function<void(Reject)>& on_reject) {
  const Header header(file_.header());
  FieldWriter numbers(number_rules_, header, mapping_);
  FieldWriter product_fields(mapping_.product, header, mapping_);
  FieldWriter later_fields(later_rules_, header, mapping_);
  FieldWriter sku_fields(mapping_.sku, header, mapping_);
  std::unordered_map<std::string, Open> open_ones;
  file_.ForEachRow([&](CsvRecord& record) {
    std::string problem;
    const auto key = KeyOf(record, numbers, problem);
    if (!key) return on_reject({RowOf(record), std::move(problem)});
    Open& open = open_ones[*key];
    ++open.seen;
    problem = Add(record, open.first_line == 0 ? product_fields : later_fields, sku_fields, open);
    if (!problem.empty()) open.item.rows.push_back(RowOf(record));
    if (open.bad_line == 0 && !problem.empty()) {
      open.bad_line = record.line;
      open.problem = std::move(problem);
    }
    if (open.seen < rows_of_.at(*key)) return;
    Open complete = std::move(open);
    open_ones.erase(*key);
    Complete(std::move(complete), on_product, on_reject);
  });
}

std::string ProductFile::Add(const CsvRecord& record, FieldWriter& product_fields,
                             FieldWriter& sku_fields, Open& open) const {
  if (!record.problem.empty()) return record.problem;
  order::ProductInput told;
  order::ProductInput& product = open.item.message;
  if (std::string bad = product_fields.Write(record.fields, told); !bad.empty()) return bad;
  if (open.first_line == 0) {
    product = std::move(told);
    open.first_line = record.line;
  } else if (!has_skus_) {
    return "item_number: is in " + Line(open.first_line) + " already; a product has one row";
  } else {
    if (const std::string field = Disagreement(product, told); !field.empty()) {
      return field + ": differs from the product's first row (" + Line(open.first_line) + ")";
    }
    KeepLatest(told, product);
    if (told.withdrawn()) product.set_withdrawn(true);
  }
  if (has_skus_) return AddSku(record, sku_fields, open);
  open.item.rows.push_back(RowOf(record));
  return {};
}

std::string ProductFile::AddSku(const CsvRecord& record, FieldWriter& sku_fields,
                                Open& open) const {
  order::ProductInput& product = open.item.message;
  order::SkuInput sku;
  if (std::string bad = sku_fields.Write(record.fields, sku); !bad.empty()) return bad;
  if (sku.sku_number().empty()) {
    if (open.own_row) {
      return "sku_number: is empty, as in " + Line(open.own_row->line) +
             " of the same product; only one row may tell of the product itself";
    }
    TakeAsOwn(sku, product);
    open.own_row = RowOf(record);
    return {};
  }
  const auto [known, is_new] = open.sku_lines.emplace(sku.sku_number(), record.line);
  if (!is_new) {
    return "sku_number: `" + sku.sku_number() + "` is in " + Line(known->second) +
           " already; which of the two holds?";
  }
  if (product.skus_size() >= kMostSkus) {
    return "the product has more than " + std::to_string(kMostSkus) + " SKUs";
  }
  *product.add_skus() = std::move(sku);
  open.item.rows.push_back(RowOf(record));
  return {};
}

// The reason stands with the first bad row; the others say where to look.
void ProductFile::Complete(Open open, const std::function<void(ProductItem)>& on_product,
                           const std::function<void(Reject)>& on_reject) {
  ProductItem& item = open.item;
  if (open.own_row) item.rows.push_back(std::move(*open.own_row));
  if (open.bad_line == 0) {
    WithdrawWithAllSkus(item.message);
    return on_product(std::move(item));
  }
  std::sort(item.rows.begin(), item.rows.end(),
            [](const Row& a, const Row& b) { return a.line < b.line; });
  for (Row& row : item.rows) {
    std::string reason = row.line == open.bad_line
                             ? open.problem
                             : "goes in with its whole product or not at all, and " +
                                   Line(open.bad_line) + " is wrong";
    on_reject({std::move(row), std::move(reason)});
  }
}

}  // namespace redress::importing
