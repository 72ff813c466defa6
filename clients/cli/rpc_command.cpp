#include "clients/cli/rpc_command.h"

#include <ostream>

#include "clients/cpp/wire.h"

namespace redress::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// What the command line holds for one command; filled by the parser, read when the command runs.
struct Given {
  std::vector<std::pair<CLI::Option*, std::vector<std::string>>> values;
  std::uint32_t page_size = 0;
  std::string page_token;
  bool all_pages = false;
  std::uint64_t count = 0;
};

bool IsSwitch(const Flag& flag, const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL && !flag.set;
}

void AddFlags(CLI::App& app, const RpcCommand& command, Given& given) {
  const auto& type = *command.request->GetDescriptor();
  given.values.resize(command.flags.size());
  for (std::size_t i = 0; i < command.flags.size(); ++i) {
    const Flag& flag = command.flags[i];
    auto& [option, texts] = given.values[i];
    const FieldDescriptor& field = FieldAt(type, flag.field);
    if (IsSwitch(flag, field)) {
      option = app.add_flag(flag.name, flag.help);
    } else {
      option = app.add_option(flag.name, texts, flag.help);
      option->type_name(Placeholder(field));
      // Else the first of two positional arguments would take both.
      if (!field.is_repeated()) option->expected(1)->allow_extra_args(false);
    }
    option->required(flag.required);
  }
}

void FillRequest(Context& context, const RpcCommand& command, const Given& given,
                 Message& request) {
  for (std::size_t i = 0; i < command.flags.size(); ++i) {
    const Flag& flag = command.flags[i];
    const auto& [option, texts] = given.values[i];
    if (option->count() == 0) continue;
    try {
      if (IsSwitch(flag, FieldAt(*request.GetDescriptor(), flag.field))) {
        SetField(request, flag.field, "true", context.locale());
        continue;
      }
      for (const std::string& text : texts) {
        flag.set ? flag.set(context, request, text)
                 : SetField(request, flag.field, text, context.locale());
      }
    } catch (const UsageError& error) {
      throw UsageError(flag.name + ": " + error.what());
    }
  }
  if (command.complete) command.complete(context, request);
  context.ApplyRequestId(request);
}

const FieldDescriptor* Field(const Message& message, const char* name) {
  return message.GetDescriptor()->FindFieldByName(name);
}

std::string NextToken(const Message& answer) {
  const FieldDescriptor* field = Field(answer, "next_page_token");
  return field == nullptr ? "" : answer.GetReflection()->GetString(answer, field);
}

void RunPages(Context& context, client::Client& client, const RpcCommand& command,
              const Given& given, Message& request, Message& answer) {
  const auto& reflection = *request.GetReflection();
  reflection.SetUInt32(&request, Field(request, "page_size"), given.page_size);
  reflection.SetString(&request, Field(request, "page_token"), given.page_token);
  for (;;) {
    client.CallMessage(request, answer);
    context.Print(answer, AnswerText(answer, command.list, command.columns, context.locale()));
    const std::string next = NextToken(answer);
    if (next.empty()) return;
    if (!given.all_pages) {
      if (!context.json) {
        context.err() << "There are more: add --all, or --page-token " << next << "\n";
      }
      return;
    }
    reflection.SetString(&request, Field(request, "page_token"), next);
  }
}

void CallOnce(Context& context, client::Client& client, const RpcCommand& command, Message& request,
              Message& answer) {
  try {
    client.CallMessage(request, answer);
  } catch (const client::CallError& error) {
    if (command.on_refusal) command.on_refusal(context, request, error);
    throw;
  }
}

void RunStream(Context& context, client::Client& client, const RpcCommand& command,
               const Given& given, const Message& request, Message& item) {
  std::uint64_t seen = 0;
  client.WatchMessage(request, item, [&] {
    context.Print(item, AnswerText(item, command.list, command.columns, context.locale()));
    if (!context.json) context.out() << std::endl;
    return given.count == 0 || ++seen < given.count;
  });
}

}  // namespace

std::unique_ptr<Message> NewLike(const Message& prototype) {
  return std::unique_ptr<Message>(prototype.New());
}

std::string AnswerText(const Message& answer, const std::string& list,
                       const std::vector<Column>& columns, const Locale& locale) {
  if (!list.empty()) return TableText(answer, list, columns, locale);
  const auto& type = *answer.GetDescriptor();
  if (type.field_count() == 0) return "done\n";
  const FieldDescriptor& only = *type.field(0);
  if (type.field_count() == 1 && !only.is_repeated() &&
      only.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return RecordText(answer.GetReflection()->GetMessage(answer, &only), locale);
  }
  return RecordText(answer, locale);
}

CLI::App* AddRpc(CLI::App& group, Context& context, RpcCommand command) {
  const auto& method = client::MethodOf(*command.request->GetDescriptor());
  const bool pages = Field(*command.request, "page_token") != nullptr;
  const bool stream = method.server_streaming();
  auto given = std::make_shared<Given>();
  CLI::App* app = group.add_subcommand(command.name, command.help);
  AddFlags(*app, command, *given);
  if (command.options) command.options(*app);
  if (pages) {
    app->add_option("--limit", given->page_size, "Most entries of a page")->type_name("N");
    app->add_option("--page-token", given->page_token, "Go on where a page ended")
        ->type_name("TOKEN");
    app->add_flag("--all", given->all_pages, "All pages");
  }
  if (stream) {
    app->add_option("--count", given->count, "Stop after this many answers")->type_name("N");
  }
  app->callback([&context, &method, given, pages, stream, command = std::move(command)] {
    const auto request = NewLike(*command.request);
    FillRequest(context, command, *given, *request);
    const auto answer = NewLike(
        *google::protobuf::MessageFactory::generated_factory()->GetPrototype(method.output_type()));
    client::Client& client =
        command.as_operator ? context.installation_operator() : context.account();
    if (stream) {
      RunStream(context, client, command, *given, *request, *answer);
    } else if (pages) {
      RunPages(context, client, command, *given, *request, *answer);
    } else {
      CallOnce(context, client, command, *request, *answer);
      context.Print(*answer, AnswerText(*answer, command.list, command.columns, context.locale()));
    }
  });
  return app;
}

}  // namespace redress::cli
