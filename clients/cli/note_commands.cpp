#include <redress/customer/v1/note_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"

// `note …`: what agents write down about a customer for each other.

namespace redress::cli {
namespace {

namespace customer = redress::customer::v1;

const Flag kNote = {"note", "note_id", "The note's id", true};
const Flag kEtag = {"--etag", "etag", "The version you saw", true};
const Flag kMention = {"--mention", "mentioned_account_ids",
                       "The account of a member who should see it; may be given again"};

std::vector<RpcCommand> ReadingCommands() {
  const std::vector<Column> columns = {{"NOTE", "note_id"},
                                       {"WRITTEN", "create_time"},
                                       {"BY", "author_id"},
                                       {"PINNED", "pinned"},
                                       {"DELETED", "deleted"},
                                       {"VERSION", "etag"},
                                       {"MENTIONS", "mentioned_account_ids"},
                                       {"TEXT", "text"}};
  return {{.name = "list",
           .help = "List the notes of a customer, pinned ones first, then newest first",
           .request = &customer::ListNotesRequest::default_instance(),
           .flags = {{"customer", "customer_id", "The customer's id", true},
                     {"--with-deleted", "with_deleted", "Deleted ones as well"}},
           .list = "notes",
           .columns = columns},
          {.name = "show",
           .help = "Show a note",
           .request = &customer::GetNoteRequest::default_instance(),
           .flags = {kNote}},
          {.name = "versions",
           .help = "List what a note has said, newest first",
           .request = &customer::ListNoteVersionsRequest::default_instance(),
           .flags = {kNote},
           .list = "versions",
           .columns = {{"VERSION", "version"},
                       {"SINCE", "edit_time"},
                       {"BY", "editor_id"},
                       {"TEXT", "text"}}},
          {.name = "mentions",
           .help = "List the notes that mention you, newest first",
           .request = &customer::ListMentionsRequest::default_instance(),
           .flags = {{"--unread", "unread", "Only those not marked as read"}},
           .list = "mentions",
           .columns = {{"NOTE", "note.note_id"},
                       {"WRITTEN", "note.create_time"},
                       {"BY", "note.author_id"},
                       {"CUSTOMER", "note.customer_id"},
                       {"READ", "read"},
                       {"TEXT", "note.text"}}}};
}

std::vector<RpcCommand> WritingCommands() {
  return {{.name = "add",
           .help = "Add a note to a customer",
           .request = &customer::AddNoteRequest::default_instance(),
           .flags = {{"customer", "customer_id", "The customer's id", true},
                     {"--text", "text", "What to note", true},
                     kMention,
                     {"--pin", "pinned", "Above the others"}}},
          {.name = "edit",
           .help = "Give a note another text; whom it mentions is said anew",
           .request = &customer::EditNoteRequest::default_instance(),
           .flags = {kNote, kEtag, {"--text", "text", "The new text", true}, kMention}},
          {.name = "delete",
           .help = "Take a note out of the lists; it is kept as deleted",
           .request = &customer::DeleteNoteRequest::default_instance(),
           .flags = {kNote, kEtag}},
          {.name = "pin",
           .help = "Pin a note above the others, or loosen it",
           .request = &customer::PinNoteRequest::default_instance(),
           .flags = {kNote, kEtag, {"--loosen", "loosen", "Loosen it instead"}}},
          {.name = "read",
           .help = "Mark notes that mention you as read",
           .request = &customer::MarkMentionsReadRequest::default_instance(),
           .flags = {{"note", "note_ids", "The notes' ids", true}}}};
}

}  // namespace

void AddNoteCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("note", "Notes about customers");
  group->require_subcommand(1);
  for (RpcCommand& command : ReadingCommands()) AddRpc(*group, context, std::move(command));
  for (RpcCommand& command : WritingCommands()) AddRpc(*group, context, std::move(command));
}

}  // namespace redress::cli
