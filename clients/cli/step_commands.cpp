#include <redress/aftersales/v1/case_service.pb.h>
#include <redress/common/v1/access.pb.h>
#include <redress/common/v1/rules.pb.h>

#include <CLI/CLI.hpp>
#include <map>

#include "clients/cli/commands.h"
#include "clients/cli/conflict.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"
#include "clients/cpp/enum_names.h"
#include "clients/cpp/json.h"
#include "clients/cpp/text.h"

// `case apply CASE EVENT --field VALUE…`, `dispute apply …`, `review apply …`: events and their
// fields are read from the descriptor of the kind's member of ApplyStepRequest, who may send them
// from the event's own declaration; nothing is listed here.

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr std::string_view kMinorSuffix = "_minor";

struct StepOptions {
  std::string case_text;
  std::uint32_t version = 0;
  std::string text;
  std::string text_file;
};

// Texts of one event's fields; `amounts` are those written as decimals.
struct EventOptions {
  std::map<const FieldDescriptor*, std::string> fields;
  std::map<const FieldDescriptor*, std::string> amounts;
};

std::string Dashed(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

std::vector<std::string> SenderRoles(const Descriptor& event) {
  const auto& sender = event.options().GetExtension(redress::common::v1::sender);
  std::vector<std::string> roles;
  roles.reserve(static_cast<std::size_t>(sender.roles_size()));
  for (int i = 0; i < sender.roles_size(); ++i) {
    roles.push_back(client::ShortName(
        *redress::common::v1::Role_descriptor()->FindValueByNumber(sender.roles(i))));
  }
  return roles;
}

std::string FieldHelp(const FieldDescriptor& field) {
  const auto& rules = field.options().GetExtension(redress::common::v1::rules);
  std::vector<std::string> parts;
  if (rules.required()) parts.emplace_back("required");
  if (rules.has_minimum()) parts.push_back("from " + std::to_string(rules.minimum()));
  if (rules.has_maximum()) parts.push_back("to " + std::to_string(rules.maximum()));
  if (rules.max_length() > 0) {
    parts.push_back("at most " + std::to_string(rules.max_length()) + " characters");
  }
  if (field.name().ends_with(kMinorSuffix)) parts.emplace_back("minor units");
  return client::Join(parts, ", ");
}

void AddFieldOptions(CLI::App& app, const Descriptor& event, EventOptions& options) {
  for (int i = 0; i < event.field_count(); ++i) {
    const FieldDescriptor& field = *event.field(i);
    const std::string flag = "--" + Dashed(field.name());
    CLI::Option* option = app.add_option(flag, options.fields[&field], FieldHelp(field))
                              ->type_name(Placeholder(field));
    const bool required = field.options().GetExtension(redress::common::v1::rules).required();
    if (!field.name().ends_with(kMinorSuffix)) {
      option->required(required);
      continue;
    }
    const std::string amount = flag.substr(0, flag.size() - kMinorSuffix.size());
    app.add_option(amount, options.amounts[&field], "the same as a decimal, e.g. 12.34")
        ->type_name("AMOUNT")
        ->excludes(option);
  }
}

const std::string& CurrencyOf(const aftersales::Case& found) {
  if (found.has_review()) return found.review().currency_code();
  return found.has_dispute() ? found.dispute().currency_code()
                             : found.amount_asked().currency_code();
}

void FillEvent(Context& context, const EventOptions& options, const aftersales::Case& found,
               google::protobuf::Message& event) {
  const auto flag = [](const FieldDescriptor& field) { return "--" + Dashed(field.name()) + ": "; };
  for (const auto& [field, text] : options.fields) {
    if (text.empty()) continue;
    try {
      SetField(event, field->name(), text, context.locale());
    } catch (const UsageError& error) {
      throw UsageError(flag(*field) + error.what());
    }
  }
  for (const auto& [field, text] : options.amounts) {
    if (text.empty()) continue;
    event.GetReflection()->SetInt64(&event, field, ParseAmount(text, CurrencyOf(found)));
  }
  for (const auto& [field, text] : options.amounts) {
    if (field->options().GetExtension(redress::common::v1::rules).required() &&
        event.GetReflection()->GetInt64(event, field) == 0) {
      throw UsageError(flag(*field) + "is needed; or write the amount as a decimal");
    }
  }
}

// `kind` is the member of ApplyStepRequest whose message has the event.
void Apply(Context& context, const StepOptions& step, const EventOptions& options,
           const FieldDescriptor& kind, const FieldDescriptor& event_field) {
  aftersales::ApplyStepRequest request;
  const aftersales::Case found = FindCase(context, step.case_text);
  request.set_case_id(found.case_id());
  request.set_version(step.version > 0 ? step.version : found.version());
  auto& event = *request.GetReflection()->MutableMessage(&request, &kind);
  FillEvent(context, options, found, *event.GetReflection()->MutableMessage(&event, &event_field));
  if (!step.text_file.empty()) {
    request.set_text(std::string(client::Trim(client::ReadFile(step.text_file))));
  } else {
    request.set_text(step.text);
  }
  context.ApplyRequestId(request);
  try {
    const auto answer = context.account().Call<aftersales::ApplyStepResponse>(request);
    context.Print(answer, RecordText(answer.case_(), context.locale()));
  } catch (const client::CallError& error) {
    TellOfConflict(context, error, found.case_id());
    throw;
  }
}

}  // namespace

void AddStepCommands(CLI::App& group, Context& context, const std::string& kind) {
  auto step = std::make_shared<StepOptions>();
  CLI::App* apply = group.add_subcommand(
      "apply", "Apply an event of a " + kind + ": " + group.get_name() +
                   " apply CASE EVENT [--field VALUE…]; --help of an event lists its fields");
  apply->add_option("case", step->case_text, kCaseHelp)->required()->type_name("CASE");
  apply->add_option("--version", step->version, "The version you saw; absent means the current one")
      ->type_name("N");
  CLI::Option* text = apply->add_option("--text", step->text, "Free text that goes with the event");
  apply->add_option("--text-file", step->text_file, "Read the free text from a file")
      ->type_name("FILE")
      ->excludes(text);
  apply->require_subcommand(1);
  const FieldDescriptor& member = FieldAt(*aftersales::ApplyStepRequest::descriptor(), kind);
  const auto& events = *member.message_type()->FindOneofByName("event");
  for (int i = 0; i < events.field_count(); ++i) {
    const FieldDescriptor& field = *events.field(i);
    const std::vector<std::string> roles = SenderRoles(*field.message_type());
    if (roles.empty()) continue;  // services send it, people never
    auto options = std::make_shared<EventOptions>();
    CLI::App* app =
        apply->add_subcommand(Dashed(field.name()), field.message_type()->name() + "; sent by " +
                                                        client::Join(roles, ", "));
    app->alias(field.message_type()->name());
    if (field.name().find('_') != std::string::npos) app->alias(field.name());
    AddFieldOptions(*app, *field.message_type(), *options);
    app->callback([&context, step, options, &member, &field] {
      Apply(context, *step, *options, member, field);
    });
  }
}

}  // namespace redress::cli
