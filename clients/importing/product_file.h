#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "clients/importing/csv_file.h"
#include "clients/importing/field_writer.h"
#include "clients/importing/mapping.h"
#include "clients/importing/whole_items.h"

namespace redress::importing {

// A CSV file of products, read through a mapping: once to count, so that a product is handed out
// when its last row was seen, wherever in the file its rows stand, and once to read. In memory are
// the open ones and one counter each, never the file.
//
// A product with a row that cannot be taken waits with all its rows: half of what may be chosen
// would replace the whole. Where rows are SKUs, one that does not tell its product ends the import
// before anything is sent.
class ProductFile {
 public:
  struct Options {
    std::string encoding = {};                                   // empty: as the mapping says
    std::vector<std::shared_ptr<const JoinedFile>> joined = {};  // see CsvFile::Join
  };

  // Throws std::runtime_error when the file cannot be read, MappingError when its columns do not
  // fit the mapping. `mapping` has to outlive this.
  ProductFile(std::string path, const Mapping& mapping, const Options& options);
  ProductFile(std::string path, const Mapping& mapping)
      : ProductFile(std::move(path), mapping, Options{}) {}

  std::uint64_t rows() const { return rows_; }
  const std::vector<std::string>& columns() const { return file_.header(); }

  // Each row is handed out or rejected.
  void ReadProducts(const std::function<void(ProductItem)>& on_product,
                    const std::function<void(Reject)>& on_reject);

 private:
  // A product whose rows are still coming.
  struct Open {
    ProductItem item;  // its rows are those of SKUs, in their order, and the product's own
    std::optional<Row> own_row = {};                                // which names no SKU
    std::unordered_map<std::string, std::uint64_t> sku_lines = {};  // by number
    std::uint64_t first_line = 0;
    std::uint64_t bad_line = 0;  // of the first row that cannot be taken
    std::string problem = {};
    std::uint32_t seen = 0;
  };

  void Count(const Header& header);
  // Which product the row is of; nothing where it does not tell.
  std::optional<std::string> KeyOf(const CsvRecord& record, FieldWriter& numbers,
                                   std::string& problem) const;
  // Answers "" or what is wrong with the row.
  std::string Add(const CsvRecord& record, FieldWriter& product_fields, FieldWriter& sku_fields,
                  Open& open) const;
  std::string AddSku(const CsvRecord& record, FieldWriter& sku_fields, Open& open) const;
  static void Complete(Open open, const std::function<void(ProductItem)>& on_product,
                       const std::function<void(Reject)>& on_reject);

  CsvFile file_;
  const Mapping& mapping_;
  const bool has_skus_;
  std::vector<FieldRule> number_rules_;  // how a row tells its product
  std::vector<FieldRule> later_rules_;   // of rows behind its first: they may leave cells empty
  std::uint64_t rows_ = 0;
  std::unordered_map<std::string, std::uint32_t> rows_of_;  // product → its rows
};

}  // namespace redress::importing
