#include "services/desk/api/phrase_api.h"

#include "services/desk/api/mapping.h"
#include "services/desk/domain/filling.h"
#include "services/platform/base/errors.h"
#include "services/platform/paging/paging.h"

namespace redress::desk {

using platform::Call;
using platform::ParseId;

grpc::ServerUnaryReactor* PhraseApi::ListPhraseVariables(
    grpc::CallbackServerContext* context, const v1::ListPhraseVariablesRequest* request,
    v1::ListPhraseVariablesResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [](const Call&, const v1::ListPhraseVariablesRequest&,
                                 v1::ListPhraseVariablesResponse& response) {
                                for (const Variable& one : Variables()) {
                                  v1::PhraseVariable& added = *response.add_variables();
                                  added.set_name(std::string(one.name));
                                  added.set_example(std::string(one.example));
                                  added.set_money(one.money);
                                }
                              });
}

grpc::ServerUnaryReactor* PhraseApi::CreatePhrase(grpc::CallbackServerContext* context,
                                                  const v1::CreatePhraseRequest* request,
                                                  v1::CreatePhraseResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::CreatePhraseRequest& request,
             v1::CreatePhraseResponse& response) {
        ParsePhrase(request.text(), "text");
        Phrase phrase;
        phrase.name = request.name();
        phrase.language = request.language();
        phrase.text = request.text();
        ToProto(uses_.phrases.Create(MakeWrite(call, request.request_id(), request), phrase),
                *response.mutable_phrase());
      });
}

grpc::ServerUnaryReactor* PhraseApi::RevisePhrase(grpc::CallbackServerContext* context,
                                                  const v1::RevisePhraseRequest* request,
                                                  v1::RevisePhraseResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::RevisePhraseRequest& request,
             v1::RevisePhraseResponse& response) {
        ParsePhrase(request.text(), "text");
        ToProto(uses_.phrases.Revise(MakeWrite(call, request.request_id(), request),
                                     ParseId<PhraseId>(request.phrase_id(), "phrase_id"),
                                     request.version(), request.text()),
                *response.mutable_phrase());
      });
}

grpc::ServerUnaryReactor* PhraseApi::ArchivePhrase(grpc::CallbackServerContext* context,
                                                   const v1::ArchivePhraseRequest* request,
                                                   v1::ArchivePhraseResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ArchivePhraseRequest& request,
             v1::ArchivePhraseResponse& response) {
        ToProto(uses_.phrases.SetArchived(MakeWrite(call, request.request_id(), request),
                                          ParseId<PhraseId>(request.phrase_id(), "phrase_id"),
                                          request.version(), !request.restore()),
                *response.mutable_phrase());
      });
}

grpc::ServerUnaryReactor* PhraseApi::GetPhrase(grpc::CallbackServerContext* context,
                                               const v1::GetPhraseRequest* request,
                                               v1::GetPhraseResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::GetPhraseRequest& request,
                                     v1::GetPhraseResponse& response) {
                                const auto phrase = uses_.phrases.Find(
                                    call.caller.shop,
                                    ParseId<PhraseId>(request.phrase_id(), "phrase_id"));
                                if (!phrase)
                                  throw platform::NotFound("phrase", request.phrase_id());
                                ToProto(*phrase, *response.mutable_phrase());
                              });
}

grpc::ServerUnaryReactor* PhraseApi::ListPhrases(grpc::CallbackServerContext* context,
                                                 const v1::ListPhrasesRequest* request,
                                                 v1::ListPhrasesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListPhrasesRequest& request,
             v1::ListPhrasesResponse& response) { List(call, request, response); });
}

void PhraseApi::List(const Call& call, const v1::ListPhrasesRequest& request,
                     v1::ListPhrasesResponse& response) {
  PhraseQuery query;
  query.shop = call.caller.shop;
  query.language = request.language();
  query.with_archived = request.with_archived();
  const platform::PageQuery page("ListPhrases", query.shop,
                                 {query.language, query.with_archived ? "all" : "used"});
  if (const auto after = page.Decode(request.page_token(), 1)) {
    query.before = PhraseId{after->at(0)};
  }
  const std::size_t size = platform::PageSize(request.page_size());
  query.limit = size + 1;
  std::vector<Phrase> phrases = uses_.phrases.List(query);
  if (phrases.size() > size) {
    phrases.pop_back();
    response.set_next_page_token(page.Encode({phrases.back().id.value}));
  }
  for (const Phrase& phrase : phrases) ToProto(phrase, *response.add_phrases());
}

grpc::ServerUnaryReactor* PhraseApi::ListPhraseVersions(
    grpc::CallbackServerContext* context, const v1::ListPhraseVersionsRequest* request,
    v1::ListPhraseVersionsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListPhraseVersionsRequest& request,
             v1::ListPhraseVersionsResponse& response) { ListVersions(call, request, response); });
}

void PhraseApi::ListVersions(const Call& call, const v1::ListPhraseVersionsRequest& request,
                             v1::ListPhraseVersionsResponse& response) {
  const auto id = ParseId<PhraseId>(request.phrase_id(), "phrase_id");
  const platform::PageQuery page("ListPhraseVersions", call.caller.shop, {request.phrase_id()});
  const auto after = page.Decode(request.page_token(), 1);
  const std::size_t size = platform::PageSize(request.page_size());
  auto versions = uses_.phrases.ListVersions(
      call.caller.shop, id, after ? static_cast<std::uint32_t>(after->at(0)) : 0, size + 1);
  if (versions.size() > size) {
    versions.pop_back();
    response.set_next_page_token(page.Encode({versions.back().version}));
  }
  for (const Phrase& version : versions) ToProto(version, *response.add_versions());
}

grpc::ServerUnaryReactor* PhraseApi::PreviewPhrase(grpc::CallbackServerContext* context,
                                                   const v1::PreviewPhraseRequest* request,
                                                   v1::PreviewPhraseResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::PreviewPhraseRequest& request,
             v1::PreviewPhraseResponse& response) { Preview(call, request, response); });
}

void PhraseApi::Preview(const Call& call, const v1::PreviewPhraseRequest& request,
                        v1::PreviewPhraseResponse& response) {
  const PhraseText text = ParsePhrase(request.text(), "text");
  const ShopId shop = call.caller.shop;
  const PhraseValues values =
      request.case_id().empty()
          ? ExampleValues()
          : ValuesOf(uses_.facts.Read(shop, ParseId<CaseId>(request.case_id(), "case_id")),
                     request.language(), *uses_.zone_of(shop));
  const FilledPhrase filled = Fill(text, values);
  response.set_text(filled.text);
  for (const std::string& name : filled.missing) response.add_missing(name);
}

}  // namespace redress::desk
