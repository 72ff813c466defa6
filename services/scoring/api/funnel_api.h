#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "redress/scoring/v1/funnel_service.grpc.pb.h"
#include "services/platform/server/guard.h"
#include "services/scoring/domain/calendar.h"
#include "services/scoring/domain/funnel.h"

namespace redress::scoring {

class FunnelApi final : public redress::scoring::v1::FunnelService::CallbackService {
 public:
  // The states in which cases of a kind end, as its machine describes itself to the caller; none
  // where it is not known.
  using Ends = std::function<std::set<std::string>(const platform::Call&, const std::string& kind)>;

  // Without `ends`, a state is an end where a step of the period ended there.
  FunnelApi(platform::Guard& guard, FunnelReader& reader, const Calendar& calendar,
            Ends ends = nullptr)
      : guard_(guard), reader_(reader), calendar_(calendar), ends_(std::move(ends)) {}

  grpc::ServerUnaryReactor* GetFunnel(grpc::CallbackServerContext* context,
                                      const redress::scoring::v1::GetFunnelRequest* request,
                                      redress::scoring::v1::GetFunnelResponse* response) override;
  grpc::ServerUnaryReactor* ListFunnelCases(
      grpc::CallbackServerContext* context,
      const redress::scoring::v1::ListFunnelCasesRequest* request,
      redress::scoring::v1::ListFunnelCasesResponse* response) override;

 private:
  FunnelSpan SpanOf(ShopId shop, const redress::scoring::v1::FunnelQuery& query) const;
  std::vector<FunnelCase> Find(const FunnelSpan& span,
                               const redress::scoring::v1::ListFunnelCasesRequest& request,
                               const FunnelPosition& after, std::size_t limit);

  platform::Guard& guard_;
  FunnelReader& reader_;
  const Calendar& calendar_;
  const Ends ends_;
};

}  // namespace redress::scoring
