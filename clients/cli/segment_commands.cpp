#include <redress/customer/v1/segment_service.pb.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <ostream>

#include "clients/cli/commands.h"
#include "clients/cli/csv.h"
#include "clients/cli/progress.h"
#include "clients/cli/rpc_command.h"

// `segment …`: named conditions, who is in them, and that as a file.

namespace redress::cli {
namespace {

namespace customer = redress::customer::v1;

constexpr std::uint32_t kExportPage = 200;

const Flag kSegment = {"segment", "segment_code", "The segment's code, e.g. regulars", true};
const std::vector<Column> kColumns = {{"SEGMENT", "segment_code"}, {"名称", "name_zh"},
                                      {"NAME", "name_en"},         {"MEMBERS", "members"},
                                      {"COUNTED", "count_time"},   {"SETTLED", "settled"},
                                      {"VERSION", "version"},      {"CONDITION", "expression"}};

struct ExportOptions {
  std::string segment;
  std::string path;
};

// Page by page: a segment may have more members than fit in memory.
void Export(Context& context, const ExportOptions& options) {
  std::ofstream file(options.path, std::ios::binary | std::ios::trunc);
  if (!file) throw UsageError("cannot write " + options.path);
  file << CsvRow({"customer_id", "platform", "nick", "joined"});
  customer::ListSegmentMembersRequest request;
  request.set_segment_code(options.segment);
  request.set_page_size(kExportPage);
  Progress progress(context.err(), "customers");
  std::uint64_t written = 0;
  do {
    const auto page = context.account().Call<customer::ListSegmentMembersResponse>(request);
    for (const auto& member : page.members()) {
      const absl::Time joined = absl::FromUnixSeconds(member.join_time().seconds());
      file << CsvRow({member.customer_id(), member.platform(), member.nick(),
                      absl::FormatTime("%Y-%m-%d %H:%M:%S", joined, context.locale().time_zone)});
    }
    written += static_cast<std::uint64_t>(page.members_size());
    progress.Report(written);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  progress.End();
  file.close();
  if (!file) throw UsageError("cannot write all of " + options.path);
  context.out() << written << " customers written to " << options.path << "\n";
}

std::vector<RpcCommand> SegmentCommands() {
  return {{.name = "set",
           .help = "Define a segment or change its condition",
           .request = &customer::SetSegmentRequest::default_instance(),
           .flags = {kSegment,
                     {"--version", "version", "The version that you saw; absent for a new one"},
                     {"--name-zh", "name_zh", "Its name in Chinese", true},
                     {"--name-en", "name_en", "Its name in English", true},
                     {"--condition", "expression", "e.g. 'tag(\"loyal\") and cases = 0'", true}}},
          {.name = "archive",
           .help = "Archive a segment, or take it back into use",
           .request = &customer::ArchiveSegmentRequest::default_instance(),
           .flags = {kSegment,
                     {"--version", "version", "The version that you saw", true},
                     {"--restore", "restore", "Back into use instead"}}},
          {.name = "list",
           .help = "List the segments and how many are in them",
           .request = &customer::ListSegmentsRequest::default_instance(),
           .flags = {{"--with-archived", "with_archived", "Archived ones as well"}},
           .list = "segments",
           .columns = kColumns},
          {.name = "show",
           .help = "Show a segment and count its members",
           .request = &customer::GetSegmentRequest::default_instance(),
           .flags = {kSegment}},
          {.name = "members",
           .help = "List the people in a segment",
           .request = &customer::ListSegmentMembersRequest::default_instance(),
           .flags = {kSegment},
           .list = "members",
           .columns = {{"CUSTOMER", "customer_id"},
                       {"PLATFORM", "platform"},
                       {"NICK", "nick"},
                       {"SINCE", "join_time"}}}};
}

}  // namespace

void AddSegmentCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("segment", "Named conditions and the people they match");
  group->require_subcommand(1);
  for (RpcCommand& command : SegmentCommands()) AddRpc(*group, context, std::move(command));
  auto options = std::make_shared<ExportOptions>();
  CLI::App* exported = group->add_subcommand("export", "Write the people in a segment to a file");
  exported->add_option("segment", options->segment, "The segment's code")->required();
  exported->add_option("file", options->path, "The CSV file")->required()->type_name("FILE");
  exported->callback([&context, options] { Export(context, *options); });
}

}  // namespace redress::cli
