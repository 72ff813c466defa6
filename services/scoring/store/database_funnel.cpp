#include "services/scoring/store/database_funnel.h"

#include "services/platform/base/errors.h"
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

FunnelStep ReadStep(const Result& rows) {
  FunnelStep step;
  step.case_id = rows.Uint64(0);
  step.sequence = static_cast<std::uint32_t>(rows.Uint64(1));
  step.at_us = rows.Int64(2);
  step.workflow_version = static_cast<std::uint32_t>(rows.Uint64(3));
  step.edge = {rows.String(4), rows.String(5), rows.String(6)};
  step.is_final = rows.Uint64(7) != 0;
  if (rows.IsNull(8)) return step;
  step.entry = {static_cast<std::uint32_t>(rows.Uint64(8)), rows.Int64(9), rows.String(10),
                rows.String(11), static_cast<std::uint32_t>(rows.Uint64(12))};
  return step;
}

// One pass over the period, a bounded page at a time.
FunnelCounts CountSteps(Connection& connection, const FunnelSpan& span,
                        const DatabaseFunnel::Limits& limits) {
  FunnelTally tally(span.workflow_version);
  FunnelPosition after{span.from_us, 0, 0};
  for (std::size_t read = 0; read < limits.steps; read += limits.page) {
    std::vector<Value> values = ValuesOf(span, 0);
    AppendAfter(values, after, limits.page);
    Result rows = connection.Query(kReadSteps, values);
    while (rows.Next()) {
      const FunnelStep step = ReadStep(rows);
      after = {step.at_us, step.case_id, step.sequence};
      tally.Add(step);
    }
    if (rows.RowCount() < limits.page) return std::move(tally).Take();
  }
  throw platform::Refusal(platform::Code::kFailedPrecondition, "SPAN_TOO_LARGE",
                          "The span has more steps than are counted at once; ask for fewer days.")
      .With("expected", "at most " + std::to_string(limits.steps) + " steps")
      .With("found", "more");
}

}  // namespace

FunnelCounts DatabaseFunnel::Count(const FunnelSpan& span) {
  return platform::Read(pool_, [&](Connection& connection) {
    FunnelCounts counts = CountSteps(connection, span, limits_);
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
