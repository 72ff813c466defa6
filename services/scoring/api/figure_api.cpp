#include "services/scoring/api/figure_api.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "services/platform/base/errors.h"
#include "services/scoring/api/figure_mapping.h"
#include "services/scoring/api/figure_pages.h"

namespace redress::scoring {
namespace {

using platform::Call;
namespace v1 = redress::scoring::v1;

constexpr auto kLookForChangesEvery = std::chrono::milliseconds(200);

void Watch(FigureReader& reader, const Call& call, const v1::FigureQuery& query,
           platform::StreamWriter<v1::WatchFiguresResponse>& writer) {
  std::optional<std::uint64_t> known;
  std::string sent;
  do {
    const std::uint64_t version = reader.Version(call.caller.shop);
    if (known == version) continue;
    v1::WatchFiguresResponse values;
    reader.Read([&](FigureData& figures, ItemData&) {
      values = AllValues(call.caller, call.clock.NowUs(), query, figures);
    });
    const std::string bytes = values.SerializeAsString();
    const bool changed = !known || bytes != sent;
    known = version;
    if (!changed) continue;
    sent = bytes;
    if (!writer.Write(values)) return;
  } while (writer.Pause(kLookForChangesEvery));
}

void ToProto(const RebuildReport& report, v1::RebuildFiguresResponse& response) {
  response.set_events(report.events);
  response.set_values(report.values);
  response.set_mismatch_count(report.mismatch_count);
  for (const Mismatch& mismatch : report.mismatches) {
    auto& out = *response.add_mismatches();
    out.set_where(mismatch.where);
    out.set_incremental(mismatch.incremental);
    out.set_rebuilt(mismatch.rebuilt);
  }
}

}  // namespace

FigureApi::FigureApi(platform::Guard& guard, FigureReader& reader, FigureArchive& archive,
                     Intake& intake, const Calendar& calendar, OpenHistory open_history)
    : guard_(guard),
      reader_(reader),
      archive_(archive),
      intake_(intake),
      calendar_(calendar),
      open_history_(std::move(open_history)) {}

grpc::ServerUnaryReactor* FigureApi::ListFigureDefinitions(
    grpc::CallbackServerContext* context, const v1::ListFigureDefinitionsRequest* request,
    v1::ListFigureDefinitionsResponse* response) {
  return guard_.Blocking(context, request, response,
                         [](const Call&, const v1::ListFigureDefinitionsRequest&,
                            v1::ListFigureDefinitionsResponse& answer) {
                           for (const Figure& figure : Catalogue()) {
                             scoring::ToProto(figure, *answer.add_definitions());
                           }
                         });
}

grpc::ServerUnaryReactor* FigureApi::QueryFigures(grpc::CallbackServerContext* context,
                                                  const v1::QueryFiguresRequest* request,
                                                  v1::QueryFiguresResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call& call, const v1::QueryFiguresRequest& asked,
                                v1::QueryFiguresResponse& answer) {
                           reader_.Read([&](FigureData& figures, ItemData&) {
                             answer.Clear();
                             QueryPage(call.caller, call.clock.NowUs(), asked, figures, answer);
                           });
                         });
}

grpc::ServerWriteReactor<v1::WatchFiguresResponse>* FigureApi::WatchFigures(
    grpc::CallbackServerContext* context, const v1::WatchFiguresRequest* request) {
  return guard_.Streaming<v1::WatchFiguresResponse>(
      context, request,
      [this](const Call& call, const v1::WatchFiguresRequest& asked,
             platform::StreamWriter<v1::WatchFiguresResponse>& writer) {
        Watch(reader_, call, asked.query(), writer);
      });
}

grpc::ServerUnaryReactor* FigureApi::ListFigureItems(grpc::CallbackServerContext* context,
                                                     const v1::ListFigureItemsRequest* request,
                                                     v1::ListFigureItemsResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call& call, const v1::ListFigureItemsRequest& asked,
                                v1::ListFigureItemsResponse& answer) {
                           reader_.Read([&](FigureData&, ItemData& items) {
                             answer.Clear();
                             ItemsPage(call.caller, call.clock.NowUs(), asked, items, answer);
                           });
                         });
}

grpc::ServerUnaryReactor* FigureApi::RebuildFigures(grpc::CallbackServerContext* context,
                                                    const v1::RebuildFiguresRequest* request,
                                                    v1::RebuildFiguresResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::RebuildFiguresRequest& asked,
             v1::RebuildFiguresResponse& answer) {
        if (!call.caller.shop) {
          throw platform::InvalidField("x-redress-shop", "is missing: name the shop to rebuild");
        }
        const std::unique_lock lock(rebuilding_, std::try_to_lock);
        if (!lock.owns_lock()) {
          throw platform::Refusal(platform::Code::kResourceExhausted, "REBUILD_RUNNING",
                                  "Another rebuild is running: try again when it is done.")
              .RetryAfter(platform::kSecondUs);
        }
        const auto history = open_history_();
        Rebuild rebuild(*history, archive_, intake_, calendar_);
        ToProto(rebuild.Run(call.caller.shop, {.replace = asked.replace()}), answer);
      });
}

}  // namespace redress::scoring
