#include "services/aftersales/background.h"

#include "services/platform/telemetry/log.h"

namespace redress::aftersales {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kLeasesAtOnce = 100;
constexpr std::size_t kMostCounted = 100'000;

auto Failure(std::string_view what) {
  return [what](const std::exception& error) {
    platform::LogWarning(what, {{"cause", error.what()}});
  };
}

}  // namespace

Background::Background(platform::Parts& parts, Uses uses)
    : timer_({.on_failure = Failure("a deadline was not fired")}, uses.deadlines, uses.engine,
             parts.clock),
      dispatch_({.on_failure = Failure("a payment command was not sent")}, uses.settlements,
                uses.adapter, uses.engine, parts.clock),
      scan_(
          {.on_pass =
               [&gauge = parts.metrics.Gauge(
                    "redress_case_scan_findings",
                    "What the last scan of all cases found that must never be.")](
                   std::size_t findings) {
                 gauge.Set(static_cast<double>(findings));
                 if (findings == 0) return;
                 platform::LogError("cases contradict what always holds; see `redress case scan`",
                                    {{"findings", std::to_string(findings)}});
               }},
          [&directory = parts.directory] { return directory.Shops(); }, uses.scan),
      deadlines_(
          milliseconds(parts.config.Int("aftersales.deadline_poll_ms")),
          [this] { return timer_.Round(); }, Failure("deadlines could not be read")),
      asks_(
          milliseconds(parts.config.Int("aftersales.inbox_poll_ms")),
          [uses] { return uses.inbox.Round(); },
          Failure("what cases ask of each other could not be read")),
      payments_(
          milliseconds(500), [this] { return dispatch_.Round(); },
          Failure("payment commands could not be read")),
      bank_results_(
          milliseconds(500), [uses] { return uses.bank_results.Round(); },
          Failure("bank results could not be read")),
      assignment_(
          milliseconds(500), [uses] { return uses.assignment.Round(); },
          Failure("cases could not be given to agents")),
      platform_refunds_(
          milliseconds(500), [uses] { return uses.platform_refunds.Round(); },
          Failure("cases could not follow their platform")),
      leases_(
          milliseconds(1000),
          [uses, &clock = parts.clock] {
            const auto expired = uses.tasks.ExpireLeases(clock.NowUs(), kLeasesAtOnce);
            uses.feed.Changed(expired);
            return expired.size() == kLeasesAtOnce;
          },
          Failure("leases could not be given back")),
      overdue_(
          milliseconds(5000),
          [uses, &clock = parts.clock,
           &gauge = parts.metrics.Gauge("redress_deadlines_overdue",
                                        "Deadlines and warnings that are due and not fired."),
           &asks = parts.metrics.Gauge("redress_case_asks_due",
                                       "What cases asked of each other and is due.")] {
            gauge.Set(static_cast<double>(uses.deadlines.CountDue(clock.NowUs(), kMostCounted)));
            asks.Set(static_cast<double>(uses.asks.CountDue(clock.NowUs(), kMostCounted)));
            return false;
          },
          Failure("overdue deadlines could not be counted")),
      scanning_(
          milliseconds(5000), [this] { return scan_.Round(); },
          Failure("cases could not be scanned")) {
  uses.platform_refunds.OnNews([this] { platform_refunds_.Wake(); });
}

void Background::Start() {
  deadlines_.Start();
  asks_.Start();
  payments_.Start();
  bank_results_.Start();
  assignment_.Start();
  platform_refunds_.Start();
  leases_.Start();
  overdue_.Start();
  scanning_.Start();
}

void Background::Stop() {
  scanning_.Stop();
  overdue_.Stop();
  leases_.Stop();
  assignment_.Stop();
  platform_refunds_.Stop();
  bank_results_.Stop();
  payments_.Stop();
  asks_.Stop();
  deadlines_.Stop();
}

}  // namespace redress::aftersales
