// What a service keeps of persons, as exports, erasures and retention rules see it. Each service
// that keeps some implements it over its own tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "services/platform/base/ids.h"
#include "services/platform/database/connection.h"

namespace redress::platform {

// One thing that is kept of a person; texts are in clear.
struct PersonalRecord {
  std::string kind = {};
  std::uint64_t id = 0;
  std::int64_t at = 0;  // UTC microseconds; 0 where it is not known
  std::map<std::string, std::string> fields = {};
};

// Where a page of an export ended: in which table, and at which key. The default is the beginning.
struct ExportPlace {
  std::uint64_t table = 0;
  std::uint64_t first = 0;
  std::uint64_t second = 0;
};

struct ExportPage {
  std::vector<PersonalRecord> records = {};
  bool more = false;
  ExportPlace end = {};
};

struct ErasureObstacle {
  std::string kind = {};
  std::uint64_t id = 0;
  std::string name = {};
};

// The first id that can have been made at that time: ids grow with time, so that "older than" is a
// range of the primary key where no time is indexed.
inline std::uint64_t FirstIdAt(std::int64_t at_us) {
  constexpr int kBelowTime = 22;
  const std::int64_t ms = (at_us - TimeOrderedIds::kEpochUs) / kMillisecondUs;
  return ms <= 0 ? 0 : static_cast<std::uint64_t>(ms) << kBelowTime;
}

class PersonalData {
 public:
  static constexpr std::size_t kExportPage = 200;
  static constexpr std::size_t kMostObstacles = 50;

  virtual ~PersonalData() = default;

  // The records of these customers after `after`; about kExportPage of them.
  virtual ExportPage Export(ShopId shop, std::span<const CustomerId> customers,
                            const ExportPlace& after) = 0;
  // Destroys keys, hashes and whatever else tells of these customers, in the caller's transaction;
  // a bounded part of it. Whether there is more. Facts and figures stay.
  virtual bool EraseSome(Connection& connection, ShopId shop,
                         std::span<const CustomerId> customers) = 0;
  // At most kMostObstacles.
  virtual std::vector<ErasureObstacle> Obstacles(ShopId shop,
                                                 std::span<const CustomerId> customers) = 0;
};

// Where a run of a rule has come to, so that it looks at nothing twice. The default is the
// beginning; a rule moves it on as it likes.
struct RetentionPlace {
  std::uint64_t table = 0;
  std::int64_t at = std::numeric_limits<std::int64_t>::min();
  std::uint64_t id = 0;
};

// What a shop may have destroyed when it is old.
struct RetentionRule {
  std::string setting = {};   // the shop setting that holds the months, e.g. "retention_…_months"
  std::string destroys = {};  // in words
  // How much is older, counted up to `most`.
  std::function<std::uint64_t(Connection&, ShopId, std::int64_t older_than, std::size_t most)>
      count = {};
  // Destroys at most `most` of what is behind `place`, in the caller's transaction; answers how
  // much that was, 0 when there is no more.
  std::function<std::uint64_t(Connection&, ShopId, std::int64_t older_than, std::size_t most,
                              RetentionPlace& place)>
      destroy_some = {};
};

}  // namespace redress::platform
