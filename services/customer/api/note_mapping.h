// Between the API's messages about notes and the domain.
#pragma once

#include <string>

#include "redress/customer/v1/note_service.pb.h"
#include "services/customer/domain/note.h"
#include "services/platform/server/call.h"

namespace redress::customer {

void ToProto(const Note& from, v1::Note& to);
void ToProto(const NoteVersion& from, v1::NoteVersion& to);

// The digest covers the actor and all fields but `text`, which joins as a keyed hash in the store.
NoteWrite NoteWriteOf(const platform::Call& call, const std::string& request_id,
                      const google::protobuf::Message& request);

// Whether what notes say is for the caller: for those whom NoteService lets read them.
bool MayReadNotes(const platform::Caller& caller);

}  // namespace redress::customer
