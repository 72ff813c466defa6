// What identity does by itself: follows its own directory every second, looks after the signing
// keys every 10 s, and clears away every minute what nobody can use any more. A round that fails is
// logged and tried again at its next time.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

#include "services/identity/api/directory_feed.h"
#include "services/identity/domain/sessions.h"

namespace redress::identity {

class Upkeep {
 public:
  // All of them outlive this object. Ended sessions stay in the directory for `keep_ended_us`,
  // longer than a token lives.
  Upkeep(DirectoryFeed& feed, Sessions& sessions, DirectoryRepository& directory,
         const platform::Clock& clock, std::int64_t keep_ended_us);
  ~Upkeep();
  Upkeep(const Upkeep&) = delete;
  Upkeep& operator=(const Upkeep&) = delete;

 private:
  void Run();
  void Round(std::uint64_t second);
  void Purge();

  DirectoryFeed& feed_;
  Sessions& sessions_;
  DirectoryRepository& directory_;
  const platform::Clock& clock_;
  const std::int64_t keep_ended_us_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace redress::identity
