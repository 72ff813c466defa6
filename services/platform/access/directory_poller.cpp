#include "services/platform/access/directory_poller.h"

#include "services/platform/telemetry/log.h"

namespace redress::platform {
namespace {

constexpr auto kAnswerTime = std::chrono::seconds(2);
constexpr auto kComplainEvery = std::chrono::minutes(1);

}  // namespace

DirectoryPoller::DirectoryPoller(Directory& directory,
                                 const std::shared_ptr<grpc::Channel>& identity,
                                 std::chrono::milliseconds interval)
    : directory_(directory),
      identity_(identity::v1::DirectoryService::NewStub(identity)),
      interval_(interval) {
  directory_.ExpectFirstCopy();
  directory_.OnUnknownKey([this] { PollKeys(); });
  thread_ = std::thread([this] { Run(); });
}

DirectoryPoller::~DirectoryPoller() {
  directory_.OnUnknownKey(nullptr);
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool DirectoryPoller::WaitSynced(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  return wake_.wait_for(lock, timeout, [this] { return directory_.HasFirstCopy() || stopping_; }) &&
         directory_.HasFirstCopy();
}

void DirectoryPoller::Run() {
  auto complained = std::chrono::steady_clock::now() - kComplainEvery;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const bool complete = PollKeys() && PollChanges();
    const auto now = std::chrono::steady_clock::now();
    if (!complete && now - complained >= kComplainEvery) {
      LogWarning("identity does not answer; the last copy of the directory holds",
                 {{"version", directory_.version()}});
      complained = now;
    }
    lock.lock();
    if (complete && !directory_.HasFirstCopy()) {
      directory_.TookFirstCopy();
      wake_.notify_all();
    }
    // Before the first copy nobody can be let in, so ask again soon.
    const auto pause =
        directory_.HasFirstCopy() ? interval_ : std::min(interval_, std::chrono::milliseconds(100));
    wake_.wait_for(lock, pause, [this] { return stopping_; });
  }
}

bool DirectoryPoller::PollChanges() {
  constexpr std::uint32_t kPage = 1000;
  while (true) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kAnswerTime);
    identity::v1::ListDirectoryChangesRequest request;
    request.set_since_version(directory_.version());
    request.set_page_size(kPage);
    identity::v1::ListDirectoryChangesResponse response;
    if (!identity_->ListDirectoryChanges(&context, request, &response).ok()) return false;
    if (response.changes().empty()) return true;
    const auto before = directory_.version();
    directory_.Apply(response.changes());
    if (directory_.version() == before) return true;  // nothing new: never ask in circles
  }
}

bool DirectoryPoller::PollKeys() {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kAnswerTime);
  identity::v1::ListSigningKeysResponse response;
  if (!identity_->ListSigningKeys(&context, {}, &response).ok()) return false;
  // An empty list would lock everybody out: the last copy is better.
  if (!response.keys().empty()) directory_.SetKeys(response.keys());
  return true;
}

}  // namespace redress::platform
