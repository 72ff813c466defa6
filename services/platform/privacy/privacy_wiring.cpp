#include "services/platform/privacy/privacy_wiring.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "services/platform/base/periodic.h"
#include "services/platform/events/consumer.h"
#include "services/platform/events/event_metrics.h"
#include "services/platform/privacy/customer_privacy_client.h"
#include "services/platform/privacy/erasure_consumer.h"
#include "services/platform/privacy/key_api.h"
#include "services/platform/privacy/retention.h"
#include "services/platform/sealing/key_rotation.h"
#include "services/platform/telemetry/log.h"

namespace redress::platform {
namespace {

constexpr auto kLookForRotations = std::chrono::milliseconds(2000);
constexpr auto kLookForOld = std::chrono::hours(1);

auto Failure(std::string_view what) {
  return [what](const std::exception& error) { LogWarning(what, {{"cause", error.what()}}); };
}

// Applies the rules on a thread of its own; a stop interrupts it between two batches.
class RetentionRounds {
 public:
  explicit RetentionRounds(Retention& retention)
      : rounds_(
            kLookForOld,
            [this, &retention] {
              retention.Run([this] { return stopping_.load(); });
              return false;
            },
            Failure("what is older than a shop wants it kept could not be destroyed")) {}

  void Start() { rounds_.Start(); }
  void Stop() {
    stopping_ = true;
    rounds_.Stop();
  }

 private:
  std::atomic<bool> stopping_ = false;
  Periodic rounds_;
};

}  // namespace

void AddKeys(Parts& parts) {
  auto& rotation = parts.Make<KeyRotation>(parts.pool, parts.sealer, parts.clock);
  auto& rounds = parts.Make<Periodic>(
      kLookForRotations, [&rotation] { return rotation.RunSome(); },
      Failure("keys could not be wrapped anew"));
  parts.AddService(
      std::make_unique<KeyApi>(parts.guard, rotation, parts.service, [&rounds] { rounds.Wake(); }));
  parts.OnStart([&rounds] { rounds.Start(); });
  parts.OnStop([&rounds] { rounds.Stop(); });
}

void AddPersonalData(Parts& parts, PersonalData& data, std::vector<RetentionRule> rules,
                     AdmitExport admit) {
  auto& retention = parts.Make<Retention>(
      Retention::Uses{.pool = parts.pool,
                      .ids = parts.ids,
                      .clock = parts.clock,
                      .shops = [&parts] { return parts.directory.Shops(); },
                      .setting =
                          [&parts](ShopId shop, std::string_view name) {
                            return parts.directory.Setting(shop, name, parts.clock.NowUs());
                          }},
      std::move(rules));
  parts.AddService(std::make_unique<PersonalDataApi>(
      PersonalDataApi::Uses{parts.guard, data, retention, std::move(admit)}));
  auto& rounds = parts.Make<RetentionRounds>(retention);
  parts.OnStart([&rounds] { rounds.Start(); });
  parts.OnStop([&rounds] { rounds.Stop(); });
}

void AddPrivacy(Parts& parts, NatsConnection& nats, PersonalData& data,
                std::vector<RetentionRule> rules) {
  AddKeys(parts);
  auto& customers = parts.Make<CustomerPrivacyClient>(parts.Channel("customer"));
  AddPersonalData(parts, data, std::move(rules),
                  [&customers](const Call& call, const ExportAsk& ask) {
                    return customers.AdmitExport(call, ask);
                  });
  auto& erasures = parts.Make<ErasureConsumer>(
      parts.pool, data,
      [&customers](ShopId shop, CustomerId named) { customers.ConfirmErasure(shop, named); },
      parts.clock);
  ConsumerOptions options;
  options.durable = parts.service + "-erasures";
  options.sources = {{"customer", parts.Channel("customer")}};
  options.report = ReportTo(parts.metrics);
  auto& consumer = parts.Make<Consumer>(
      parts.pool, nats, parts.clock, erasures, std::move(options),
      [&erasures](std::span<const redress::events::v1::Event> events) { erasures.Handle(events); });
  parts.OnStart([&consumer] { consumer.Start(); });
  parts.OnStop([&consumer] { consumer.Stop(); });
}

}  // namespace redress::platform
