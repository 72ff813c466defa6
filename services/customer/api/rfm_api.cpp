#include "services/customer/api/rfm_api.h"

#include "services/customer/api/person_mapping.h"
#include "services/platform/base/errors.h"
#include "services/platform/server/call.h"

namespace redress::customer {
namespace {

using platform::Call;

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kNanosPerUs = 1000;

std::int64_t AsOf(const v1::ComputeRfmRequest& request) {
  if (!request.has_as_of_time()) return 0;
  const auto& time = request.as_of_time();
  if (time.seconds() <= 0) {
    throw platform::InvalidField("as_of_time", "is before 1970; leave it out for now");
  }
  return time.seconds() * kSecondUs + time.nanos() / kNanosPerUs;
}

}  // namespace

grpc::ServerUnaryReactor* RfmApi::ComputeRfm(grpc::CallbackServerContext* context,
                                             const v1::ComputeRfmRequest* request,
                                             v1::ComputeRfmResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ComputeRfmRequest& request,
             v1::ComputeRfmResponse& response) {
        const ShopId shop = call.caller.shop;
        ToProto(uses_.rfm.Compute(shop, uses_.currency_of(shop), AsOf(request),
                                  MakeWrite(call, request.request_id(), request)),
                *response.mutable_bounds());
      });
}

grpc::ServerUnaryReactor* RfmApi::GetRfm(grpc::CallbackServerContext* context,
                                         const v1::GetRfmRequest* request,
                                         v1::GetRfmResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetRfmRequest& request, v1::GetRfmResponse& response) {
        const ShopId shop = call.caller.shop;
        const auto customer =
            platform::ParseOptionalId<CustomerId>(request.customer_id(), "customer_id");
        if (customer) {
          const PersonSummary summary =
              uses_.reader.Summary(shop, uses_.people.PersonOf(shop, customer));
          if (summary.scores && summary.bounds) {
            ToProto(*summary.scores, *summary.bounds, *response.mutable_rfm());
          }
        }
        if (const auto bounds = uses_.bounds.Newest(shop)) {
          ToProto(*bounds, *response.mutable_bounds());
        }
      });
}

grpc::ServerUnaryReactor* RfmApi::RebuildFacts(grpc::CallbackServerContext* context,
                                               const v1::RebuildFactsRequest* request,
                                               v1::RebuildFactsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::RebuildFactsRequest& request,
                                     v1::RebuildFactsResponse& response) {
                                const FactRebuildReport report =
                                    uses_.rebuild.Run(call.caller.shop, request.replace());
                                response.set_events(report.events);
                                response.set_values(report.values);
                                response.set_mismatch_count(report.mismatch_count);
                                for (const FactMismatch& one : report.mismatches) {
                                  v1::FactMismatch& added = *response.add_mismatches();
                                  added.set_where(one.where);
                                  added.set_kept(one.kept);
                                  added.set_rebuilt(one.rebuilt);
                                }
                              });
}

}  // namespace redress::customer
