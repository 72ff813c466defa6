// PersonalDataService: one implementation over each service's own PersonalData and rules.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "redress/privacy/v1/personal_data_service.grpc.pb.h"
#include "services/platform/privacy/personal_data.h"
#include "services/platform/privacy/retention.h"
#include "services/platform/server/call.h"
#include "services/platform/server/guard.h"

namespace redress::platform {

// What an export is recorded as.
struct ExportAsk {
  std::string request_id = {};
  CustomerId customer = {};
  std::string reason = {};
};
// Records the export once, within the account's limits, and answers whose data it is: the customer
// and those merged with it. Throws a Refusal where it may not be.
using AdmitExport = std::function<std::vector<CustomerId>(const Call&, const ExportAsk&)>;

class PersonalDataApi final : public redress::privacy::v1::PersonalDataService::CallbackService {
 public:
  // All outlive the api.
  struct Uses {
    Guard& guard;
    PersonalData& data;
    Retention& retention;
    AdmitExport admit;
  };
  explicit PersonalDataApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* ExportPersonalData(
      grpc::CallbackServerContext* context,
      const redress::privacy::v1::ExportPersonalDataRequest* request,
      redress::privacy::v1::ExportPersonalDataResponse* response) override;
  grpc::ServerUnaryReactor* ListErasureObstacles(
      grpc::CallbackServerContext* context,
      const redress::privacy::v1::ListErasureObstaclesRequest* request,
      redress::privacy::v1::ListErasureObstaclesResponse* response) override;
  grpc::ServerUnaryReactor* PreviewRetention(
      grpc::CallbackServerContext* context,
      const redress::privacy::v1::PreviewRetentionRequest* request,
      redress::privacy::v1::PreviewRetentionResponse* response) override;
  grpc::ServerUnaryReactor* ListRetentionRuns(
      grpc::CallbackServerContext* context,
      const redress::privacy::v1::ListRetentionRunsRequest* request,
      redress::privacy::v1::ListRetentionRunsResponse* response) override;

 private:
  Uses uses_;
};

}  // namespace redress::platform
