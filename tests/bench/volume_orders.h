#pragma once

// Orders for a bench of volume, resampled from real ones: what is bought together, prices, titles,
// states and the times between placing, paying, shipping and receiving are those of the public data
// sets (UCI Online Retail, Olist); who buys, numbers and phones are made up. The n-th order is a
// function of the seed and n alone, so that any thread makes any order, and a load that was
// interrupted goes on with the same ones.

#include <redress/order/v1/order.pb.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace redress::bench {

class VolumeOrders {
 public:
  struct Size {
    std::uint64_t customers = 0;
    std::uint64_t orders = 0;  // of the load; orders behind it are made as well, for what goes on
  };
  // Reads the data sets in `data`. Throws std::runtime_error where they cannot be read.
  VolumeOrders(const std::filesystem::path& data, Size size, std::uint64_t seed);

  const Size& size() const { return size_; }

  order::v1::OrderInput Order(std::uint64_t n) const;
  std::string NumberOf(std::uint64_t n) const;
  std::string ParcelOf(std::uint64_t n) const;
  // Each of the first orders has a customer of its own; the rest are spread so that some buy often.
  std::uint64_t CustomerOf(std::uint64_t n) const;
  std::string NickOf(std::uint64_t customer) const;
  std::string PhoneOf(std::uint64_t customer) const;

  // Any number, the same for the same question.
  std::uint64_t Draw(std::string_view purpose, std::uint64_t n, std::uint64_t below) const;

 private:
  struct Line {
    std::string sku;
    std::string title;
    std::string price;
    std::int32_t quantity = 1;
  };
  // An order as it was, without the people.
  struct Pattern {
    std::vector<Line> lines;
    order::v1::OrderStatus status = order::v1::ORDER_STATUS_TRADE_FINISHED;
    std::int64_t paid_after_s = -1;  // behind the order; below 0 never
    std::int64_t shipped_after_s = -1;
    std::int64_t received_after_s = -1;
  };
  void ReadUci(const std::filesystem::path& file);
  void ReadOlist(const std::filesystem::path& folder);

  const Size size_;
  const std::uint64_t seed_;
  std::vector<Pattern> patterns_;
};

}  // namespace redress::bench
