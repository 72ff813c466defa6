#pragma once

#include <cstdint>
#include <functional>

#include "services/scoring/domain/figure_items.h"
#include "services/scoring/domain/figures.h"

namespace redress::scoring {

// Where stored figures are read. Thread-safe.
class FigureReader {
 public:
  using Body = std::function<void(FigureData&, ItemData&)>;

  virtual ~FigureReader() = default;

  // Runs the body with the figures of now; it may run twice.
  virtual void Read(const Body& body) = 0;

  // Grows with every change of the shop's figures; 0 before the first.
  virtual std::uint64_t Version(ShopId shop) = 0;
};

}  // namespace redress::scoring
