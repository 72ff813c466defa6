#pragma once

// Segments: named conditions whose members are kept up to date by whoever judges customers.

#include <cstdint>
#include <string>
#include <vector>

#include "services/customer/domain/write.h"

namespace redress::customer {

inline constexpr std::size_t kMostSegments = 100;  // of a shop

struct Segment {
  std::string code = {};
  std::string name_zh = {};
  std::string name_en = {};
  std::string expression = {};
  bool archived = false;
  std::uint32_t version = 0;
  std::uint64_t members = 0;
  std::int64_t counted_at = 0;
  bool settled = false;  // everybody was judged since a definition last changed
};

struct SegmentMember {
  CustomerId customer;
  std::string platform;
  std::string nick;
  std::int64_t joined_at = 0;
};

class SegmentRepository {
 public:
  virtual ~SegmentRepository() = default;

  // Creates for version 0. As TagRuleRepository::Set for the condition.
  virtual Segment Set(const Write& write, const Segment& segment) = 0;
  // FAILED_PRECONDITION (SEGMENT_IN_USE) while a condition names it.
  virtual Segment SetArchived(const Write& write, const std::string& code, std::uint32_t version,
                              bool archived) = 0;
  virtual std::vector<Segment> List(ShopId shop, bool with_archived, std::int64_t now_us) = 0;
  virtual Segment Get(ShopId shop, const std::string& code, std::int64_t now_us) = 0;
  // Above `after`, ascending. NOT_FOUND for the segment.
  virtual std::vector<SegmentMember> Members(ShopId shop, const std::string& code, CustomerId after,
                                             std::size_t limit) = 0;
};

}  // namespace redress::customer
