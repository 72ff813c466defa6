#pragma once

#include <memory>
#include <vector>

#include "services/desk/domain/message_dispatch.h"
#include "services/platform/base/periodic.h"
#include "services/platform/server/parts.h"

namespace redress::desk {

// What runs beside the calls: the threads that send, and one that counts.
class Background {
 public:
  Background(platform::Parts& parts, MessageDispatch& dispatch, MessageRepository& messages);

  void Start();
  void Stop();
  // Messages may be due now.
  void Wake();

 private:
  std::vector<std::unique_ptr<platform::Periodic>> senders_;
  platform::Periodic counting_;
};

}  // namespace redress::desk
