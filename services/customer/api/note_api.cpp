#include "services/customer/api/note_api.h"

#include <algorithm>
#include <utility>

#include "services/customer/api/note_mapping.h"
#include "services/customer/domain/etag.h"
#include "services/platform/base/errors.h"
#include "services/platform/paging/paging.h"
#include "services/platform/sealing/utf8.h"

namespace redress::customer {

using platform::Call;
using platform::ParseId;

NoteText NoteApi::TextOf(ShopId shop, const std::string& text,
                         const google::protobuf::RepeatedPtrField<std::string>& mentioned) const {
  const std::u32string characters = platform::DecodeUtf8(text);
  if (std::all_of(characters.begin(), characters.end(), platform::IsSpace)) {
    throw platform::InvalidField("text", "is only blanks; write what to note");
  }
  NoteText result;
  result.text = text;
  for (int i = 0; i < mentioned.size(); ++i) {
    const std::string field = "mentioned_account_ids[" + std::to_string(i) + "]";
    const auto account = ParseId<AccountId>(mentioned[i], field);
    if (!uses_.is_member(shop, account)) {
      throw platform::InvalidField(field, "is no member of the shop; mention one who is");
    }
    result.mentions.push_back(account);
  }
  std::sort(result.mentions.begin(), result.mentions.end());
  result.mentions.erase(std::unique(result.mentions.begin(), result.mentions.end()),
                        result.mentions.end());
  return result;
}

grpc::ServerUnaryReactor* NoteApi::AddNote(grpc::CallbackServerContext* context,
                                           const v1::AddNoteRequest* request,
                                           v1::AddNoteResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::AddNoteRequest& request, v1::AddNoteResponse& response) {
        ToProto(uses_.notes.Add(
                    NoteWriteOf(call, request.request_id(), request),
                    ParseId<CustomerId>(request.customer_id(), "customer_id"),
                    TextOf(call.caller.shop, request.text(), request.mentioned_account_ids()),
                    request.pinned()),
                *response.mutable_note());
      });
}

grpc::ServerUnaryReactor* NoteApi::EditNote(grpc::CallbackServerContext* context,
                                            const v1::EditNoteRequest* request,
                                            v1::EditNoteResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::EditNoteRequest& request, v1::EditNoteResponse& response) {
        ToProto(uses_.notes.Edit(
                    NoteWriteOf(call, request.request_id(), request),
                    ParseId<NoteId>(request.note_id(), "note_id"), VersionOf(request.etag()),
                    TextOf(call.caller.shop, request.text(), request.mentioned_account_ids())),
                *response.mutable_note());
      });
}

grpc::ServerUnaryReactor* NoteApi::DeleteNote(grpc::CallbackServerContext* context,
                                              const v1::DeleteNoteRequest* request,
                                              v1::DeleteNoteResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::DeleteNoteRequest& request,
             v1::DeleteNoteResponse& response) {
        ToProto(uses_.notes.Delete(NoteWriteOf(call, request.request_id(), request),
                                   ParseId<NoteId>(request.note_id(), "note_id"),
                                   VersionOf(request.etag())),
                *response.mutable_note());
      });
}

grpc::ServerUnaryReactor* NoteApi::PinNote(grpc::CallbackServerContext* context,
                                           const v1::PinNoteRequest* request,
                                           v1::PinNoteResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::PinNoteRequest& request, v1::PinNoteResponse& response) {
        ToProto(uses_.notes.SetPinned(NoteWriteOf(call, request.request_id(), request),
                                      ParseId<NoteId>(request.note_id(), "note_id"),
                                      VersionOf(request.etag()), !request.loosen()),
                *response.mutable_note());
      });
}

grpc::ServerUnaryReactor* NoteApi::GetNote(grpc::CallbackServerContext* context,
                                           const v1::GetNoteRequest* request,
                                           v1::GetNoteResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetNoteRequest& request, v1::GetNoteResponse& response) {
        const auto note =
            uses_.notes.Find(call.caller.shop, ParseId<NoteId>(request.note_id(), "note_id"));
        if (!note) throw platform::NotFound("note", request.note_id());
        ToProto(*note, *response.mutable_note());
      });
}

grpc::ServerUnaryReactor* NoteApi::ListNotes(grpc::CallbackServerContext* context,
                                             const v1::ListNotesRequest* request,
                                             v1::ListNotesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListNotesRequest& request,
             v1::ListNotesResponse& response) { List(call, request, response); });
}

void NoteApi::List(const Call& call, const v1::ListNotesRequest& request,
                   v1::ListNotesResponse& response) {
  const ShopId shop = call.caller.shop;
  const platform::PageQuery page("ListNotes", shop,
                                 {request.customer_id(), request.with_deleted() ? "all" : "shown"});
  NoteKey after;
  if (const auto key = page.Decode(request.page_token(), 2)) {
    after = {.pinned = key->at(0) != 0, .id = key->at(1)};
  }
  const std::size_t size = platform::PageSize(request.page_size());
  const auto customers =
      uses_.group_of(shop, ParseId<CustomerId>(request.customer_id(), "customer_id"));
  std::vector<Note> notes =
      uses_.notes.List(shop, customers, request.with_deleted(), after, size + 1);
  if (notes.size() > size) {
    notes.pop_back();
    response.set_next_page_token(
        page.Encode({notes.back().pinned ? 1U : 0U, notes.back().id.value}));
  }
  for (const Note& note : notes) ToProto(note, *response.add_notes());
}

grpc::ServerUnaryReactor* NoteApi::ListNoteVersions(grpc::CallbackServerContext* context,
                                                    const v1::ListNoteVersionsRequest* request,
                                                    v1::ListNoteVersionsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListNoteVersionsRequest& request,
             v1::ListNoteVersionsResponse& response) { ListVersions(call, request, response); });
}

void NoteApi::ListVersions(const Call& call, const v1::ListNoteVersionsRequest& request,
                           v1::ListNoteVersionsResponse& response) {
  const platform::PageQuery page("ListNoteVersions", call.caller.shop, {request.note_id()});
  const auto after = page.Decode(request.page_token(), 1);
  const std::size_t size = platform::PageSize(request.page_size());
  std::vector<NoteVersion> versions =
      uses_.notes.ListVersions(call.caller.shop, ParseId<NoteId>(request.note_id(), "note_id"),
                               after ? static_cast<std::uint32_t>(after->at(0)) : 0, size + 1);
  if (versions.size() > size) {
    versions.pop_back();
    response.set_next_page_token(page.Encode({versions.back().version}));
  }
  for (const NoteVersion& version : versions) ToProto(version, *response.add_versions());
}

grpc::ServerUnaryReactor* NoteApi::ListMentions(grpc::CallbackServerContext* context,
                                                const v1::ListMentionsRequest* request,
                                                v1::ListMentionsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListMentionsRequest& request,
             v1::ListMentionsResponse& response) { Mentions(call, request, response); });
}

void NoteApi::Mentions(const Call& call, const v1::ListMentionsRequest& request,
                       v1::ListMentionsResponse& response) {
  const platform::PageQuery page(
      "ListMentions", call.caller.shop,
      {platform::ToString(call.caller.account), request.unread() ? "unread" : "all"});
  NoteId before{~std::uint64_t{0}};
  if (const auto key = page.Decode(request.page_token(), 1)) before = NoteId{key->at(0)};
  const MentionPage found =
      uses_.notes.ListMentions(call.caller.shop, call.caller.account, request.unread(), before,
                               platform::PageSize(request.page_size()));
  if (found.next) response.set_next_page_token(page.Encode({found.next->value}));
  for (const Mention& mention : found.mentions) {
    v1::Mention& added = *response.add_mentions();
    ToProto(mention.note, *added.mutable_note());
    added.set_read(mention.read);
  }
}

grpc::ServerUnaryReactor* NoteApi::MarkMentionsRead(grpc::CallbackServerContext* context,
                                                    const v1::MarkMentionsReadRequest* request,
                                                    v1::MarkMentionsReadResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::MarkMentionsReadRequest& request,
             v1::MarkMentionsReadResponse&) {
        std::vector<NoteId> notes;
        for (int i = 0; i < request.note_ids_size(); ++i) {
          notes.push_back(
              ParseId<NoteId>(request.note_ids(i), "note_ids[" + std::to_string(i) + "]"));
        }
        uses_.notes.MarkRead(NoteWriteOf(call, request.request_id(), request), notes);
      });
}

}  // namespace redress::customer
