#include "clients/cpp/json.h"

#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace redress::client {

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path + ": is it there, and may you read it?");
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

google::protobuf::Struct ParseJsonObject(std::string_view text, std::string_view what) {
  google::protobuf::Struct object;
  FromJson(text, what, object);
  return object;
}

std::string ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string text;
  const auto status = google::protobuf::util::MessageToJsonString(message, &text, options);
  if (!status.ok())
    throw std::runtime_error("cannot print the answer as JSON: " + status.ToString());
  return text;
}

void FromJson(std::string_view text, std::string_view what, google::protobuf::Message& message) {
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(text.data(), text.size()), &message);
  if (!status.ok()) {
    throw std::runtime_error(std::string(what) + " is not valid: " + std::string(status.message()));
  }
}

std::string StringAt(const google::protobuf::Struct& object, const std::string& key) {
  const auto found = object.fields().find(key);
  return found == object.fields().end() ? std::string() : found->second.string_value();
}

const google::protobuf::Struct& ObjectAt(const google::protobuf::Struct& object,
                                         const std::string& key) {
  const auto found = object.fields().find(key);
  return found == object.fields().end() ? google::protobuf::Struct::default_instance()
                                        : found->second.struct_value();
}

void Put(google::protobuf::Struct& object, const std::string& key, std::string_view value) {
  (*object.mutable_fields())[key].set_string_value(std::string(value));
}

void Put(google::protobuf::Struct& object, const std::string& key, double value) {
  (*object.mutable_fields())[key].set_number_value(value);
}

}  // namespace redress::client
