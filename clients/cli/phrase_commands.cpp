#include <redress/desk/v1/phrase_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"

// `phrase list`, `show`, `versions`, `variables`, `create`, `revise`, `archive`, `preview`.

namespace redress::cli {
namespace {

namespace desk = redress::desk::v1;

const Flag kPhrase = {"phrase", "phrase_id", "The phrase's id", true};
const Flag kVersion = {"--version", "version", "The version that you saw", true};

std::vector<RpcCommand> ReadingCommands() {
  const std::vector<Column> columns = {{"PHRASE", "phrase_id"},  {"LANGUAGE", "language"},
                                       {"NAME", "name"},         {"VERSION", "version"},
                                       {"ARCHIVED", "archived"}, {"TEXT", "text"}};
  return {{.name = "list",
           .help = "List phrases, newest first",
           .request = &desk::ListPhrasesRequest::default_instance(),
           .flags = {{"--language", "language", "Only of this language: zh or en"},
                     {"--with-archived", "with_archived", "Archived ones as well"}},
           .list = "phrases",
           .columns = columns},
          {.name = "show",
           .help = "Show a phrase with its newest text",
           .request = &desk::GetPhraseRequest::default_instance(),
           .flags = {kPhrase}},
          {.name = "versions",
           .help = "List the texts that a phrase has had, newest first",
           .request = &desk::ListPhraseVersionsRequest::default_instance(),
           .flags = {kPhrase},
           .list = "versions",
           .columns = {{"VERSION", "version"},
                       {"SINCE", "revise_time"},
                       {"BY", "reviser_id"},
                       {"TEXT", "text"}}},
          {.name = "variables",
           .help = "List the variables that a text may use, written {{name}}",
           .request = &desk::ListPhraseVariablesRequest::default_instance(),
           .list = "variables"},
          {.name = "preview",
           .help = "Fill a text with examples, or with the facts of a case",
           .request = &desk::PreviewPhraseRequest::default_instance(),
           .flags = {
               {"--text", "text", "The text", true},
               {"--language", "language", "zh or en", true},
               {"--case", "case_id", kCaseHelp, false,
                [](Context& run, google::protobuf::Message& request, const std::string& text) {
                  static_cast<desk::PreviewPhraseRequest&>(request).set_case_id(CaseId(run, text));
                }}}}};
}

std::vector<RpcCommand> WritingCommands() {
  return {{.name = "create",
           .help = "Create a phrase",
           .request = &desk::CreatePhraseRequest::default_instance(),
           .flags = {{"--name", "name", "Its name", true},
                     {"--language", "language", "zh or en", true},
                     {"--text", "text", "Its text, with variables in double braces", true}}},
          {.name = "revise",
           .help = "Give a phrase another text, as its next version",
           .request = &desk::RevisePhraseRequest::default_instance(),
           .flags = {kPhrase, kVersion, {"--text", "text", "The new text", true}}},
          {.name = "archive",
           .help = "Archive a phrase, or take it back into use",
           .request = &desk::ArchivePhraseRequest::default_instance(),
           .flags = {kPhrase, kVersion, {"--restore", "restore", "Back into use instead"}}}};
}

}  // namespace

void AddPhraseCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("phrase", "Texts that messages are filled from");
  group->require_subcommand(1);
  for (RpcCommand& command : ReadingCommands()) AddRpc(*group, context, std::move(command));
  for (RpcCommand& command : WritingCommands()) AddRpc(*group, context, std::move(command));
}

}  // namespace redress::cli
