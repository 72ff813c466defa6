#include "services/customer/store/segment_store.h"

#include <algorithm>

#include "services/customer/store/definitions.h"
#include "services/customer/store/once.h"
#include "services/customer/store/tag_sql.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/errors.h"

namespace redress::customer {

using platform::Connection;
using platform::Result;
using rules::Subject;

namespace {

// How long a count is good for where many are listed.
constexpr std::int64_t kCountedAgainAfterUs = platform::kMinuteUs;

Segment Existing(Connection& db, ShopId shop, const std::string& code) {
  for (Segment& segment : ReadSegments(db, shop)) {
    if (segment.code == code) return std::move(segment);
  }
  throw platform::NotFound("segment", code);
}

void CheckMayCreate(Connection& db, ShopId shop, const std::string& code) {
  const std::vector<Segment> segments = ReadSegments(db, shop);
  for (const Segment& known : segments) {
    if (known.code == code) throw platform::AlreadyExists("segment", code);
  }
  if (segments.size() >= kMostSegments) {
    throw platform::Refusal(platform::Code::kFailedPrecondition, "TOO_MANY_SEGMENTS",
                            "The shop has " + std::to_string(kMostSegments) +
                                " segments, archived ones included; change one instead.");
  }
}

void StoreSegment(Connection& db, ShopId shop, const Segment& segment) {
  db.Execute(sql::kWriteSegment, {shop, segment.code, segment.name_zh, segment.name_en,
                                  segment.expression, segment.archived ? 1 : 0, segment.version});
}

void Count(Connection& db, ShopId shop, Segment& segment, std::int64_t now_us) {
  Result rows = db.Query(sql::kCountMembers, {shop, segment.code});
  rows.Next();
  segment.members = rows.Uint64(0);
  segment.counted_at = now_us;
  db.Execute(sql::kKeepCount, {segment.members, now_us, shop, segment.code});
}

// Nobody is waiting to be judged.
bool Settled(Connection& db, ShopId shop, std::int64_t now_us) {
  Result swept = db.Query(sql::kSweptTo, {shop});
  if (swept.Next() && !swept.IsNull(0)) return false;
  return db.Query(sql::kAnyDue, {shop, now_us}).RowCount() == 0;
}

auto Restoring(ShopId shop) {
  return [shop](Connection& db, const std::string& code) { return Existing(db, shop, code); };
}

}  // namespace

Segment SqlSegmentRepository::Set(const Write& write, const Segment& segment) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        LockDefinitions(db, write.shop);
        Segment made = segment;
        if (segment.version == 0) {
          CheckMayCreate(db, write.shop, segment.code);
        } else {
          const Segment known = Existing(db, write.shop, segment.code);
          if (known.version != segment.version) {
            throw platform::VersionConflict(segment.version, known.version);
          }
          made.archived = known.archived;
        }
        CheckCondition(db, write.shop, {Subject::Kind::kSegment, segment.code}, segment.expression);
        ++made.version;
        StoreSegment(db, write.shop, made);
        TouchDefinitions(db, write.shop);
        return segment.code;
      },
      Restoring(write.shop));
}

Segment SqlSegmentRepository::SetArchived(const Write& write, const std::string& code,
                                          std::uint32_t version, bool archived) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        LockDefinitions(db, write.shop);
        Segment segment = Existing(db, write.shop, code);
        if (segment.version != version) throw platform::VersionConflict(version, segment.version);
        const Subject subject{Subject::Kind::kSegment, code};
        if (archived) {
          CheckUnused(db, write.shop, subject);
        } else {
          CheckCondition(db, write.shop, subject, segment.expression);
        }
        segment.archived = archived;
        ++segment.version;
        StoreSegment(db, write.shop, segment);
        TouchDefinitions(db, write.shop);
        return code;
      },
      Restoring(write.shop));
}

std::vector<Segment> SqlSegmentRepository::List(ShopId shop, bool with_archived,
                                                std::int64_t now_us) {
  return platform::Transact(pool_, [&](Connection& db) {
    std::vector<Segment> segments = ReadSegments(db, shop);
    if (!with_archived) std::erase_if(segments, [](const Segment& one) { return one.archived; });
    const bool settled = Settled(db, shop, now_us);
    for (Segment& segment : segments) {
      if (segment.counted_at + kCountedAgainAfterUs <= now_us) Count(db, shop, segment, now_us);
      segment.settled = settled;
    }
    return segments;
  });
}

Segment SqlSegmentRepository::Get(ShopId shop, const std::string& code, std::int64_t now_us) {
  return platform::Transact(pool_, [&](Connection& db) {
    Segment segment = Existing(db, shop, code);
    Count(db, shop, segment, now_us);
    segment.settled = Settled(db, shop, now_us);
    return segment;
  });
}

std::vector<SegmentMember> SqlSegmentRepository::Members(ShopId shop, const std::string& code,
                                                         CustomerId after, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    Existing(db, shop, code);
    Result rows = db.Query(sql::kListMembers, {shop, code, after.value, limit});
    std::vector<SegmentMember> members;
    while (rows.Next()) {
      members.push_back({rows.Id<CustomerId>(0), rows.String(1), rows.String(2), rows.Int64(3)});
    }
    return members;
  });
}

}  // namespace redress::customer
