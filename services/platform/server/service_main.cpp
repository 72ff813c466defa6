#include "services/platform/server/service_main.h"

#include <absl/synchronization/mutex.h>

#include <csignal>
#include <iterator>
#include <optional>
#include <ranges>
#include <thread>

#include "services/platform/access/directory_poller.h"
#include "services/platform/base/crash_point.h"
#include "services/platform/database/worker_lease.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/master_key.h"
#include "services/platform/server/server.h"
#include "services/platform/server/service_options.h"
#include "services/platform/telemetry/log.h"

namespace redress::platform {
namespace {

// The signals that end a service, blocked in every thread and waited for by one.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  int Wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
    return signal;
  }

 private:
  sigset_t signals_;
};

std::unique_ptr<Clock> MakeClock(const Config& config) {
  if (!config.Has("deployment.clock_offset_file")) return std::make_unique<SystemClock>();
  return std::make_unique<OffsetClock>(config.Path("deployment.clock_offset_file"));
}

void MigrateNow(Pool& pool, const ServiceSpec& spec) {
  std::vector<Migration> migrations;
  for (const auto& part : spec.migrations) {
    migrations.insert(migrations.end(), part.begin(), part.end());
  }
  const int applied = Migrate(pool, migrations);
  LogInfo("the schema is up to date", {{"applied", applied}});
}

Guard::Options GuardOptionsOf(const Config& config) {
  Guard::Options options;
  options.calls.threads = static_cast<std::size_t>(config.Int("server.threads"));
  options.calls.queue = static_cast<std::size_t>(config.Int("server.queue"));
  options.streams.threads = static_cast<std::size_t>(config.Int("server.streams"));
  options.streams_per_shop = static_cast<std::size_t>(config.Int("server.streams_per_shop"));
  return options;
}

// Everything between the configuration and the service's own parts, in the order in which it
// depends on each other; destroyed in the reverse one.
struct Foundation {
  Foundation(const ServiceSpec& spec, const Config& config)
      : clock(MakeClock(config)),
        faults(IsTestDeployment(config) ? FaultPlan::FromEnvironment() : nullptr),
        pool(DatabaseConfigOf(config, spec.name), faults.get()),
        lease(LeaseWorkerNumber(pool, *clock)),
        ids(*clock, lease->number()),
        master_keys(MasterKeys::Load(config.Path("keys.directory") / (spec.name + ".key"))),
        key_store(pool, *clock),
        sealer(key_store, master_keys),
        metrics(spec.name),
        tls(LoadTlsIdentity(config.Path("tls.ca_file"), config.Path("tls.certificate_directory"),
                            spec.name)),
        channels(config.Addresses(), tls),
        verifier(directory, *clock),
        guard(GuardOptionsOf(config), *clock, directory, verifier, metrics) {
    if (!spec.polls_directory) return;
    poller.emplace(directory, channels.To("identity"),
                   std::chrono::milliseconds(config.Int("server.directory_poll_ms")));
  }

  std::unique_ptr<Clock> clock;
  std::unique_ptr<FaultPlan> faults;
  Pool pool;
  std::unique_ptr<WorkerLease> lease;
  TimeOrderedIds ids;
  MasterKeys master_keys;
  KeyStore key_store;
  Sealer sealer;
  Metrics metrics;
  TlsIdentity tls;
  Channels channels;
  Directory directory;
  TokenVerifier verifier;
  Guard guard;
  std::optional<DirectoryPoller> poller;
};

void Serve(const ServiceSpec& spec, const Config& config, const StopSignals& signals) {
  std::optional<CrashPointWatch> crash_points;
  if (IsTestDeployment(config) && config.Has("deployment.state_directory")) {
    crash_points.emplace(spec.name, config.Path("deployment.state_directory") / "crash_point");
  }
  Foundation base(spec, config);
  Parts parts{spec.name,      config,        *base.clock, base.pool,    base.ids,     base.sealer,
              base.directory, base.verifier, base.guard,  base.metrics, base.channels};
  spec.build(parts);

  const auto& address = config.String(spec.name + ".address");
  Server server({.address = address, .tls = base.tls}, parts.services, base.guard);
  base.metrics.Expose(static_cast<int>(config.Int(spec.name + ".metrics_port")));
  // Until the first copy of the directory nobody could be let in.
  if (base.poller && !base.poller->WaitSynced(std::chrono::seconds(10))) {
    LogWarning("identity has not answered yet; callers are refused until it does");
  }
  for (const auto& start : parts.starts) start();
  server.AnnounceReady();
  LogInfo("serving", {{"address", address}});

  const int signal = signals.Wait();
  LogInfo("stopping", {{"signal", signal}});
  server.AnnounceStopping();
  for (const auto& stop : std::views::reverse(parts.stops)) stop();
  server.Stop();
  parts.owned.Clear();
  LogInfo("stopped");
}

}  // namespace

int ServiceMain(int argc, char** argv, const ServiceSpec& spec) {
  // Debian builds abseil with its search for deadlocks, which gRPC's every lock then pays for.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const CommandLine line = ParseCommandLine(argc, argv, spec);
  if (line.exit_code) return *line.exit_code;
  InitLogging(spec.name);
  try {
    const Config config = Config::Load(line.config_file, KeysOf(spec));
    CheckDeployment(config);
    InitLogging(spec.name, ParseLogLevel(config.String("deployment.log_level")));
    if (line.migrate) {
      Pool pool(DatabaseConfigOf(config, spec.name));
      MigrateNow(pool, spec);
      return 0;
    }
    const StopSignals signals;
    Serve(spec, config, signals);
    return 0;
  } catch (const std::exception& error) {
    LogError("the service cannot run", {{"cause", error.what()}});
    return 1;
  }
}

}  // namespace redress::platform
