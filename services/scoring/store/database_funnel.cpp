#include "services/scoring/store/database_funnel.h"

#include "services/platform/database/transact.h"
#include "services/scoring/store/funnel_sql.h"

namespace redress::scoring {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

std::vector<Value> ValuesOf(const FunnelSpan& span, std::uint32_t version) {
  return {span.shop, span.kind, version, version, span.from_us, span.before_us};
}
std::vector<Value> ValuesOf(const FunnelSpan& span) {
  return ValuesOf(span, span.workflow_version);
}

std::vector<Value> StandingOf(const FunnelSpan& span) {
  return {span.shop, static_cast<std::uint32_t>(Source::kAftersales), span.kind,
          span.workflow_version, span.workflow_version};
}

void AppendAfter(std::vector<Value>& values, const FunnelPosition& after, std::size_t limit) {
  values.insert(values.end(), {after.step_at_us, after.step_at_us, after.case_id, after.case_id,
                               after.sequence, limit});
}

std::vector<FunnelCase> ReadCases(Result rows) {
  std::vector<FunnelCase> cases;
  cases.reserve(rows.RowCount());
  while (rows.Next()) {
    cases.push_back({rows.Uint64(0), rows.Id<OrderId>(1), rows.Id<AccountId>(2),
                     static_cast<std::uint32_t>(rows.Uint64(3)), rows.Int64(4)});
  }
  return cases;
}

void CountSteps(Connection& connection, const FunnelSpan& span, FunnelCounts& counts) {
  Result edges = connection.Query(kCountEdges, ValuesOf(span));
  while (edges.Next()) {
    counts.edges[{edges.String(0), edges.String(1), edges.String(2)}] = {edges.Uint64(3),
                                                                         edges.Uint64(4)};
    if (edges.Uint64(5) != 0) counts.final[edges.String(2)] = true;
  }
  Result entered = connection.Query(kCountEntered, ValuesOf(span));
  while (entered.Next()) {
    counts.entered[entered.String(0)] = {entered.Uint64(1), entered.Uint64(2)};
  }
  Result versions = connection.Query(kCountVersions, ValuesOf(span, 0));
  while (versions.Next()) {
    counts.steps_of_version[static_cast<std::uint32_t>(versions.Uint64(0))] = versions.Uint64(1);
  }
  Result stays = connection.Query(kListStays, ValuesOf(span));
  while (stays.Next()) {
    if (!stays.IsNull(1)) counts.stays[stays.String(0)].push_back(stays.Int64(1));
  }
}

}  // namespace

FunnelCounts DatabaseFunnel::Count(const FunnelSpan& span) {
  return platform::Read(pool_, [&](Connection& connection) {
    FunnelCounts counts;
    CountSteps(connection, span, counts);
    Result standing = connection.Query(kCountStanding, StandingOf(span));
    while (standing.Next()) counts.now[standing.String(0)] = standing.Uint64(1);
    return counts;
  });
}

std::vector<FunnelCase> DatabaseFunnel::Entering(const FunnelSpan& span, const std::string& state,
                                                 const FunnelPosition& after, std::size_t limit) {
  std::vector<Value> values = ValuesOf(span);
  values.emplace_back(state);
  AppendAfter(values, after, limit);
  return platform::Read(pool_, [&](Connection& connection) {
    return ReadCases(connection.Query(kListEntering, values));
  });
}

std::vector<FunnelCase> DatabaseFunnel::Taking(const FunnelSpan& span, const Edge& edge,
                                               const FunnelPosition& after, std::size_t limit) {
  std::vector<Value> values = ValuesOf(span);
  values.insert(values.end(), {edge.from_state, edge.event, edge.to_state});
  AppendAfter(values, after, limit);
  return platform::Read(pool_, [&](Connection& connection) {
    return ReadCases(connection.Query(kListTaking, values));
  });
}

std::vector<FunnelCase> DatabaseFunnel::StandingIn(const FunnelSpan& span, const std::string& state,
                                                   std::uint64_t after_case, std::size_t limit) {
  std::vector<Value> values = StandingOf(span);
  values.insert(values.end(), {state, after_case, limit});
  return platform::Read(pool_, [&](Connection& connection) {
    return ReadCases(connection.Query(kListStanding, values));
  });
}

}  // namespace redress::scoring
