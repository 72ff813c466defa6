#include "services/customer/privacy_wiring.h"

#include <memory>
#include <string>

#include "redress/privacy/v1/personal_data_service.grpc.pb.h"
#include "services/customer/api/privacy_api.h"
#include "services/customer/store/erasure_store.h"
#include "services/customer/store/learnt_contacts.h"
#include "services/customer/store/personal_data.h"
#include "services/customer/store/reveal_log.h"
#include "services/platform/base/text.h"
#include "services/platform/privacy/privacy_wiring.h"
#include "services/platform/server/channel.h"
#include "services/platform/server/status.h"

namespace redress::customer {
namespace {

using platform::Call;
using platform::KeyKind;
using platform::Parts;

std::size_t Limit(const platform::Config& config, const char* key) {
  const std::int64_t value = config.Int(key);
  if (value < 1) throw platform::ConfigError(std::string(key) + " is less than 1; give at least 1");
  return static_cast<std::size_t>(value);
}

// Asks the aftersales service, for the person behind the call: open cases keep a customer.
class OpenCases {
 public:
  explicit OpenCases(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(privacy::v1::PersonalDataService::NewStub(channel)) {}

  std::vector<std::string> Of(const Call& call, std::span<const CustomerId> customers) {
    privacy::v1::ListErasureObstaclesRequest request;
    for (const CustomerId customer : customers) request.add_customer_ids(customer.value);
    privacy::v1::ListErasureObstaclesResponse response;
    grpc::ClientContext context;
    platform::PassOn(call, context);
    platform::ThrowUnlessOk(stub_->ListErasureObstacles(&context, request, &response));
    std::vector<std::string> names;
    for (const auto& obstacle : response.obstacles()) names.push_back(obstacle.name());
    return names;
  }

 private:
  std::unique_ptr<privacy::v1::PersonalDataService::Stub> stub_;
};

}  // namespace

std::vector<platform::ConfigKey> PrivacyConfigKeys() {
  return {{"customer.reveals_per_hour", KeyKind::kInteger, "60",
           "how often an account may see personal data in clear within an hour"},
          {"customer.reveals_per_day", KeyKind::kInteger, "300", "the same within a day"}};
}

RevealLimits RevealLimitsOf(const platform::Config& config) {
  return {.hour = Limit(config, "customer.reveals_per_hour"),
          .day = Limit(config, "customer.reveals_per_day")};
}

void AddPrivacy(Parts& parts, Customers& customers, const CustomerEvents& events) {
  auto& reveals = parts.Make<MysqlRevealLog>(parts.pool, parts.sealer);
  auto& erasure_rows = parts.Make<MysqlErasureStore>(
      MysqlErasureStore::Uses{parts.pool, parts.sealer, events.log, parts.ids, parts.clock});
  auto& erasures = parts.Make<Erasures>(erasure_rows);
  auto& open_cases = parts.Make<OpenCases>(parts.Channel("aftersales"));
  parts.AddService(std::make_unique<PrivacyApi>(
      PrivacyApi::Uses{parts.guard, customers, reveals, erasures, erasure_rows,
                       [&open_cases](const Call& call, std::span<const CustomerId> group) {
                         return open_cases.Of(call, group);
                       }}));

  platform::AddKeys(parts);
  auto& data = parts.Make<CustomerPersonalData>(parts.pool, parts.sealer);
  platform::AddPersonalData(
      parts, data, {RevealRetention(), NoteRetention(), LearntContactRetention()},
      [&customers, &erasure_rows](const Call& call, const platform::ExportAsk& ask) {
        // As other services ask for it, so that the whole export is one reveal.
        v1::RecordRevealRequest asked;
        asked.set_request_id("export:" + ask.request_id);
        asked.set_kind(v1::REVEAL_KIND_EXPORT);
        asked.set_customer_id(platform::ToString(ask.customer));
        asked.set_reason(ask.reason);
        customers.RecordReveal(call.caller.shop,
                               {.request_id = asked.request_id(),
                                .digest = platform::Sha256(platform::ToString(call.caller.account) +
                                                           "|reveal|" + asked.SerializeAsString()),
                                .customer = ask.customer,
                                .account = call.caller.account,
                                .client = call.caller.client,
                                .reason = ask.reason,
                                .kind = RevealKind::kExport});
        return erasure_rows.GroupOf(call.caller.shop, ask.customer);
      });
}

}  // namespace redress::customer
