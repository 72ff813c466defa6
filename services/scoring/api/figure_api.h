#pragma once

#include <mutex>

#include "redress/scoring/v1/figure_service.grpc.pb.h"
#include "services/platform/server/guard.h"
#include "services/scoring/domain/figure_reader.h"
#include "services/scoring/domain/rebuild.h"

namespace redress::scoring {

class FigureApi final : public redress::scoring::v1::FigureService::CallbackService {
 public:
  // Makes a reader of the sources' histories; one per rebuild.
  using OpenHistory = std::function<std::unique_ptr<History>()>;

  FigureApi(platform::Guard& guard, FigureReader& reader, FigureArchive& archive, Intake& intake,
            const Calendar& calendar, OpenHistory open_history);

  grpc::ServerUnaryReactor* ListFigureDefinitions(
      grpc::CallbackServerContext* context,
      const redress::scoring::v1::ListFigureDefinitionsRequest* request,
      redress::scoring::v1::ListFigureDefinitionsResponse* response) override;
  grpc::ServerUnaryReactor* QueryFigures(
      grpc::CallbackServerContext* context,
      const redress::scoring::v1::QueryFiguresRequest* request,
      redress::scoring::v1::QueryFiguresResponse* response) override;
  grpc::ServerWriteReactor<redress::scoring::v1::WatchFiguresResponse>* WatchFigures(
      grpc::CallbackServerContext* context,
      const redress::scoring::v1::WatchFiguresRequest* request) override;
  grpc::ServerUnaryReactor* ListFigureItems(
      grpc::CallbackServerContext* context,
      const redress::scoring::v1::ListFigureItemsRequest* request,
      redress::scoring::v1::ListFigureItemsResponse* response) override;
  grpc::ServerUnaryReactor* RebuildFigures(
      grpc::CallbackServerContext* context,
      const redress::scoring::v1::RebuildFiguresRequest* request,
      redress::scoring::v1::RebuildFiguresResponse* response) override;

 private:
  platform::Guard& guard_;
  FigureReader& reader_;
  FigureArchive& archive_;
  Intake& intake_;
  const Calendar& calendar_;
  const OpenHistory open_history_;
  std::mutex rebuilding_;  // one at a time: it reads whole histories
};

}  // namespace redress::scoring
