#pragma once

// How messages go out. A channel may be asked twice for the same key, after a lost answer or a
// crash: it sends once per key.

#include <cstdint>
#include <string>

#include "services/desk/domain/message.h"

namespace redress::desk {

// What became of giving a message to its channel.
struct Sending {
  enum class Result : std::uint8_t {
    kTaken,           // it is on its way
    kWaitsForPerson,  // somebody has to send it
    kUnknown,         // no answer, or none that says: it is asked again under the same key
    kRefused,         // it never will
  };
  Result result = Result::kTaken;
  std::string reason = {};  // of the last two
};

class ChannelAdapter {
 public:
  virtual ~ChannelAdapter() = default;
  // The message is filled and has its content.
  virtual Sending Send(const Message& message) = 0;
};

// A person copies the text into the platform's chat and says so.
class ManualChannel final : public ChannelAdapter {
 public:
  Sending Send(const Message&) override { return {.result = Sending::Result::kWaitsForPerson}; }
};

// By which the shop's sender knows a message that it has: the same for every attempt of one
// sending.
std::string IdempotencyKey(const Message& message);

// Where the shop's own sender listens.
struct HttpChannelSettings {
  std::string url;
  std::string secret;
  std::uint32_t version = 0;
  std::int64_t updated_at = 0;
};

class HttpChannelRepository {
 public:
  virtual ~HttpChannelRepository() = default;
  // A url that is empty: none is set.
  virtual HttpChannelSettings Find(ShopId shop) = 0;
  // Stores the address under a new secret. A repeat answers with the secret of the first call.
  virtual HttpChannelSettings Set(const Write& write, const std::string& url, std::uint32_t version,
                                  const std::string& secret) = 0;
};

}  // namespace redress::desk
