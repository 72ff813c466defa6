#pragma once

#include <grpcpp/channel.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "redress/identity/v1/directory_service.grpc.pb.h"
#include "services/platform/access/directory.h"

namespace redress::platform {

// Keeps a Directory up to date from identity's DirectoryService: changes every `interval`, keys
// with them and whenever a token names an unknown one. While identity does not answer, the last
// copy holds and one line a minute is logged.
class DirectoryPoller {
 public:
  DirectoryPoller(Directory& directory, const std::shared_ptr<grpc::Channel>& identity,
                  std::chrono::milliseconds interval);
  ~DirectoryPoller();  // stops and waits for the poll under way
  DirectoryPoller(const DirectoryPoller&) = delete;
  DirectoryPoller& operator=(const DirectoryPoller&) = delete;

  // Waits until identity has answered in full once; false when it took longer.
  bool WaitSynced(std::chrono::milliseconds timeout);

 private:
  void Run();
  bool PollChanges();
  bool PollKeys();

  Directory& directory_;
  std::unique_ptr<identity::v1::DirectoryService::Stub> identity_;
  const std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace redress::platform
