#include "services/platform/privacy/personal_data_api.h"

#include <optional>

#include "services/platform/paging/paging.h"
#include "services/platform/privacy/timestamps.h"

namespace redress::platform {

namespace v1 = redress::privacy::v1;

namespace {

void Put(const PersonalRecord& record, v1::PersonalRecord& out) {
  out.set_kind(record.kind);
  out.set_record_id(std::to_string(record.id));
  if (record.at != 0) SetTime(record.at, *out.mutable_time());
  for (const auto& [name, text] : record.fields) {
    if (!text.empty()) (*out.mutable_fields())[name] = text;
  }
}

}  // namespace

grpc::ServerUnaryReactor* PersonalDataApi::ExportPersonalData(
    grpc::CallbackServerContext* context, const v1::ExportPersonalDataRequest* request,
    v1::ExportPersonalDataResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ExportPersonalDataRequest& request,
             v1::ExportPersonalDataResponse& response) {
        const ShopId shop = call.caller.shop;
        // A new number when places come to mean other tables.
        const PageQuery query("ExportPersonalData/2", shop, {request.customer_id()});
        ExportPlace after;
        if (const auto key = query.Decode(request.page_token(), 3)) {
          after = {(*key)[0], (*key)[1], (*key)[2]};
        }
        const std::vector<CustomerId> customers = uses_.admit(
            call, {.request_id = request.request_id(),
                   .customer = ParseId<CustomerId>(request.customer_id(), "customer_id"),
                   .reason = request.reason()});
        const ExportPage page = uses_.data.Export(shop, customers, after);
        for (const PersonalRecord& record : page.records) Put(record, *response.add_records());
        if (page.more) {
          response.set_next_page_token(
              query.Encode({page.end.table, page.end.first, page.end.second}));
        }
      });
}

grpc::ServerUnaryReactor* PersonalDataApi::ListErasureObstacles(
    grpc::CallbackServerContext* context, const v1::ListErasureObstaclesRequest* request,
    v1::ListErasureObstaclesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListErasureObstaclesRequest& request,
             v1::ListErasureObstaclesResponse& response) {
        std::vector<CustomerId> customers;
        for (const std::uint64_t id : request.customer_ids()) {
          customers.push_back(CustomerId{id});
        }
        for (const ErasureObstacle& found : uses_.data.Obstacles(call.caller.shop, customers)) {
          v1::ErasureObstacle& out = *response.add_obstacles();
          out.set_kind(found.kind);
          out.set_obstacle_id(std::to_string(found.id));
          out.set_name(found.name);
        }
      });
}

grpc::ServerUnaryReactor* PersonalDataApi::PreviewRetention(
    grpc::CallbackServerContext* context, const v1::PreviewRetentionRequest* request,
    v1::PreviewRetentionResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::PreviewRetentionRequest& request,
             v1::PreviewRetentionResponse& response) {
        const auto months = request.months() == 0 ? std::nullopt : std::optional(request.months());
        for (const RetentionPreview& preview : uses_.retention.Preview(call.caller.shop, months)) {
          v1::RetentionRule& out = *response.add_rules();
          out.set_setting(preview.rule->setting);
          out.set_destroys(preview.rule->destroys);
          out.set_months(preview.months);
          out.set_due_count(static_cast<std::uint32_t>(preview.due));
        }
      });
}

grpc::ServerUnaryReactor* PersonalDataApi::ListRetentionRuns(
    grpc::CallbackServerContext* context, const v1::ListRetentionRunsRequest* request,
    v1::ListRetentionRunsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::ListRetentionRunsRequest& request,
                                     v1::ListRetentionRunsResponse& response) {
                                const PageQuery query("ListRetentionRuns", call.caller.shop);
                                std::optional<std::uint64_t> before;
                                if (const auto key = query.Decode(request.page_token(), 1))
                                  before = key->front();
                                const std::size_t size = PageSize(request.page_size());
                                // One more than the page tells whether another page follows.
                                auto runs =
                                    uses_.retention.List(call.caller.shop, before, size + 1);
                                if (runs.size() > size) {
                                  runs.resize(size);
                                  response.set_next_page_token(query.Encode({runs.back().id}));
                                }
                                for (const RetentionRun& run : runs) {
                                  v1::RetentionRun& out = *response.add_runs();
                                  out.set_run_id(std::to_string(run.id));
                                  out.set_setting(run.setting);
                                  SetTime(run.older_than, *out.mutable_older_than());
                                  out.set_destroyed_count(run.destroyed);
                                  SetTime(run.ran_at, *out.mutable_run_time());
                                }
                              });
}

}  // namespace redress::platform
