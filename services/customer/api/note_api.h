// NoteService: maps a request to the domain, calls once, maps the answer back.
#pragma once

#include <functional>

#include "redress/customer/v1/note_service.grpc.pb.h"
#include "services/customer/domain/note.h"
#include "services/platform/server/guard.h"

namespace redress::customer {

class NoteApi final : public v1::NoteService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    NoteRepository& notes;
    // Whether the account is a member of the shop, as far as is known here.
    std::function<bool(ShopId, AccountId)> is_member;
    // The customer's whole group; NOT_FOUND for none of the shop's.
    std::function<std::vector<CustomerId>(ShopId, CustomerId)> group_of;
  };
  explicit NoteApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* AddNote(grpc::CallbackServerContext* context,
                                    const v1::AddNoteRequest* request,
                                    v1::AddNoteResponse* response) override;
  grpc::ServerUnaryReactor* EditNote(grpc::CallbackServerContext* context,
                                     const v1::EditNoteRequest* request,
                                     v1::EditNoteResponse* response) override;
  grpc::ServerUnaryReactor* DeleteNote(grpc::CallbackServerContext* context,
                                       const v1::DeleteNoteRequest* request,
                                       v1::DeleteNoteResponse* response) override;
  grpc::ServerUnaryReactor* PinNote(grpc::CallbackServerContext* context,
                                    const v1::PinNoteRequest* request,
                                    v1::PinNoteResponse* response) override;
  grpc::ServerUnaryReactor* GetNote(grpc::CallbackServerContext* context,
                                    const v1::GetNoteRequest* request,
                                    v1::GetNoteResponse* response) override;
  grpc::ServerUnaryReactor* ListNotes(grpc::CallbackServerContext* context,
                                      const v1::ListNotesRequest* request,
                                      v1::ListNotesResponse* response) override;
  grpc::ServerUnaryReactor* ListNoteVersions(grpc::CallbackServerContext* context,
                                             const v1::ListNoteVersionsRequest* request,
                                             v1::ListNoteVersionsResponse* response) override;
  grpc::ServerUnaryReactor* ListMentions(grpc::CallbackServerContext* context,
                                         const v1::ListMentionsRequest* request,
                                         v1::ListMentionsResponse* response) override;
  grpc::ServerUnaryReactor* MarkMentionsRead(grpc::CallbackServerContext* context,
                                             const v1::MarkMentionsReadRequest* request,
                                             v1::MarkMentionsReadResponse* response) override;

 private:
  NoteText TextOf(ShopId shop, const std::string& text,
                  const google::protobuf::RepeatedPtrField<std::string>& mentioned) const;
  void List(const platform::Call& call, const v1::ListNotesRequest& request,
            v1::ListNotesResponse& response);
  void ListVersions(const platform::Call& call, const v1::ListNoteVersionsRequest& request,
                    v1::ListNoteVersionsResponse& response);
  void Mentions(const platform::Call& call, const v1::ListMentionsRequest& request,
                v1::ListMentionsResponse& response);

  const Uses uses_;
};

}  // namespace redress::customer
