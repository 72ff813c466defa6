#pragma once

#include <google/protobuf/struct.pb.h>

#include <string>
#include <string_view>

namespace redress::client {

// Small JSON files and reports travel as google.protobuf.Struct, so that one parser serves messages
// and files alike.

// Reads a whole file. Throws std::runtime_error that names the file.
std::string ReadFile(const std::string& path);

// Parses a JSON object. `what` names it in the error (std::runtime_error).
google::protobuf::Struct ParseJsonObject(std::string_view text, std::string_view what);

// A message as protobuf JSON on one line, under the field names of the protos; fields without a
// value are printed with their default, so that a reader finds every key.
std::string ToJson(const google::protobuf::Message& message);

// Parses protobuf JSON into `message`; an unknown or ill-typed field is an error
// (std::runtime_error) that says which.
void FromJson(std::string_view text, std::string_view what, google::protobuf::Message& message);

// The string under `key`, or "" where there is none.
std::string StringAt(const google::protobuf::Struct& object, const std::string& key);

// The object under `key`, or an empty one.
const google::protobuf::Struct& ObjectAt(const google::protobuf::Struct& object,
                                         const std::string& key);

void Put(google::protobuf::Struct& object, const std::string& key, std::string_view value);
void Put(google::protobuf::Struct& object, const std::string& key, double value);

}  // namespace redress::client
