#pragma once

#include "services/desk/domain/channel.h"
#include "services/platform/base/clock.h"
#include "services/platform/webhooks/post.h"

namespace redress::desk {

// Posts to the shop's own sender, in the format of OutgoingMessage. Thread-safe.
class HttpChannel final : public ChannelAdapter {
 public:
  HttpChannel(HttpChannelRepository& channels, platform::PosterOptions options,
              platform::Clock& clock)
      : channels_(channels), poster_(std::move(options)), clock_(clock) {}

  Sending Send(const Message& message) override;

 private:
  HttpChannelRepository& channels_;
  const platform::WebhookPoster poster_;
  platform::Clock& clock_;
};

}  // namespace redress::desk
