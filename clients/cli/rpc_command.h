#pragma once

#include <google/protobuf/message.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "clients/cli/context.h"
#include "clients/cli/view.h"
#include "clients/cpp/call_error.h"

namespace redress::cli {

// A flag (or, without dashes, a positional argument) and where its text goes.
struct Flag {
  std::string name;   // "--state", or "customer" for a positional argument
  std::string field;  // dotted path in the request
  std::string help;
  bool required = false;
  // Instead of writing the field: resolves the text, e.g. a case number into an id.
  std::function<void(Context&, google::protobuf::Message&, const std::string&)> set = {};
};

// A command that is one call: flags fill the request, a view shows the answer. The method follows
// from the request.
struct RpcCommand {
  std::string name;
  std::string help;
  const google::protobuf::Message* request;  // a prototype
  std::vector<Flag> flags = {};
  // The list in the answer that is shown as a table; empty shows the answer's only message.
  std::string list = {};
  std::vector<Column> columns = {};
  bool as_operator = false;
  // Changes the request after the flags, e.g. to read a password.
  std::function<void(Context&, google::protobuf::Message&)> complete = {};
  // Adds options of its own that `complete` reads.
  std::function<void(CLI::App&)> options = {};
  // Called with the request that was refused, before the refusal itself is told.
  std::function<void(Context&, const google::protobuf::Message&, const client::CallError&)>
      on_refusal = {};
};

// Adds the command to its group. Lists of pages get --limit, --page-token and --all; streams
// --count.
CLI::App* AddRpc(CLI::App& group, Context& context, RpcCommand command);

// A new message of the same type.
std::unique_ptr<google::protobuf::Message> NewLike(const google::protobuf::Message& prototype);

// The text of an answer: its list as a table, or its only message as a record.
std::string AnswerText(const google::protobuf::Message& answer, const std::string& list,
                       const std::vector<Column>& columns, const Locale& locale);

}  // namespace redress::cli
