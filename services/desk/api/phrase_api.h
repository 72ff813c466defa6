#pragma once

#include <functional>
#include <memory>

#include "redress/desk/v1/phrase_service.grpc.pb.h"
#include "services/desk/domain/case_facts.h"
#include "services/desk/domain/phrase.h"
#include "services/platform/server/guard.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::desk {

// PhraseService: the shop's text templates.
class PhraseApi final : public v1::PhraseService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    PhraseRepository& phrases;
    CaseFactsSource& facts;
    std::function<std::shared_ptr<const platform::TimeZone>(ShopId)> zone_of;
  };
  explicit PhraseApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* ListPhraseVariables(grpc::CallbackServerContext* context,
                                                const v1::ListPhraseVariablesRequest* request,
                                                v1::ListPhraseVariablesResponse* response) override;
  grpc::ServerUnaryReactor* CreatePhrase(grpc::CallbackServerContext* context,
                                         const v1::CreatePhraseRequest* request,
                                         v1::CreatePhraseResponse* response) override;
  grpc::ServerUnaryReactor* RevisePhrase(grpc::CallbackServerContext* context,
                                         const v1::RevisePhraseRequest* request,
                                         v1::RevisePhraseResponse* response) override;
  grpc::ServerUnaryReactor* ArchivePhrase(grpc::CallbackServerContext* context,
                                          const v1::ArchivePhraseRequest* request,
                                          v1::ArchivePhraseResponse* response) override;
  grpc::ServerUnaryReactor* GetPhrase(grpc::CallbackServerContext* context,
                                      const v1::GetPhraseRequest* request,
                                      v1::GetPhraseResponse* response) override;
  grpc::ServerUnaryReactor* ListPhrases(grpc::CallbackServerContext* context,
                                        const v1::ListPhrasesRequest* request,
                                        v1::ListPhrasesResponse* response) override;
  grpc::ServerUnaryReactor* ListPhraseVersions(grpc::CallbackServerContext* context,
                                               const v1::ListPhraseVersionsRequest* request,
                                               v1::ListPhraseVersionsResponse* response) override;
  grpc::ServerUnaryReactor* PreviewPhrase(grpc::CallbackServerContext* context,
                                          const v1::PreviewPhraseRequest* request,
                                          v1::PreviewPhraseResponse* response) override;

 private:
  void List(const platform::Call& call, const v1::ListPhrasesRequest& request,
            v1::ListPhrasesResponse& response);
  void ListVersions(const platform::Call& call, const v1::ListPhraseVersionsRequest& request,
                    v1::ListPhraseVersionsResponse& response);
  void Preview(const platform::Call& call, const v1::PreviewPhraseRequest& request,
               v1::PreviewPhraseResponse& response);

  const Uses uses_;
};

}  // namespace redress::desk
