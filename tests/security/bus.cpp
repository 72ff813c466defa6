#include "tests/security/bus.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <regex>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>

#include "services/platform/events/jetstream.h"

namespace redress::security {
namespace {

using platform::NatsConfig;

std::string AddressOf(const std::filesystem::path& server_config) {
  std::ifstream file(server_config);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::smatch found;
  if (!std::regex_search(text, found, std::regex("listen: \"([^\"]+)\""))) {
    throw std::runtime_error("no address in " + server_config.string());
  }
  return found[1];
}

NatsConfig ConfigOf(const std::filesystem::path& state) {
  return {.url = "tls://" + AddressOf(state / "nats.conf"),
          .name = "test",
          .user = "redress",
          .password_file = state / "passwords/nats.password",
          .ca_file = state / "tls/ca.crt"};
}

template <typename List, void (*Destroy)(List*)>
using Owned = std::unique_ptr<List, decltype([](List* list) { Destroy(list); })>;
using Streams = Owned<jsStreamInfoList, jsStreamInfoList_Destroy>;
using Consumers = Owned<jsConsumerInfoList, jsConsumerInfoList_Destroy>;

}  // namespace

Bus::Bus(const e2e::Stack& stack) : connection_(ConfigOf(stack.state())) {}

bool Bus::NothingWaits() {
  const auto context = platform::jetstream::OpenContext(connection_);
  jsStreamInfoList* found = nullptr;
  if (js_Streams(&found, context.get(), nullptr, nullptr) != NATS_OK) return false;
  const Streams streams(found);
  for (const jsStreamInfo* stream : std::span(streams->List, streams->Count)) {
    jsConsumerInfoList* readers = nullptr;
    const natsStatus asked =
        js_Consumers(&readers, context.get(), stream->Config->Name, nullptr, nullptr);
    if (asked == NATS_NOT_FOUND) continue;
    if (asked != NATS_OK) return false;
    const Consumers consumers(readers);
    for (const jsConsumerInfo* consumer : std::span(consumers->List, consumers->Count)) {
      if (consumer->NumPending != 0 || consumer->NumAckPending != 0) return false;
    }
  }
  return true;
}

}  // namespace redress::security
