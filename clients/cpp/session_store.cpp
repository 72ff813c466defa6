#include "clients/cpp/session_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "clients/cpp/json.h"
#include "clients/cpp/text.h"

namespace redress::client {
namespace {

constexpr mode_t kOwnerOnly = 0600;

[[noreturn]] void Fail(const std::string& what, const std::string& path) {
  throw std::runtime_error(what + " " + path + ": " + std::strerror(errno));
}

// An open file descriptor.
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags) : fd_(open(path.c_str(), flags, kOwnerOnly)) {
    if (fd_ < 0) Fail("cannot open", path);
  }
  ~Descriptor() { close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  const int fd_;
};

class FileLock final : public SessionStore::Lock {
 public:
  explicit FileLock(const std::string& path) : descriptor_(path, O_RDWR | O_CREAT | O_CLOEXEC) {
    while (flock(descriptor_.get(), LOCK_EX) != 0) {
      if (errno != EINTR) Fail("cannot lock", path);
    }
  }

 private:
  Descriptor descriptor_;  // closing it gives the lock up
};

class MutexLock final : public SessionStore::Lock {
 public:
  explicit MutexLock(std::mutex& mutex) : lock_(mutex) {}

 private:
  std::lock_guard<std::mutex> lock_;
};

void WriteAll(const Descriptor& file, std::string_view text, const std::string& path) {
  while (!text.empty()) {
    const ssize_t written = write(file.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) Fail("cannot write", path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

SessionFile::SessionFile(std::string path) : path_(std::move(path)) {
  const std::filesystem::path folder = std::filesystem::path(path_).parent_path();
  if (std::filesystem::is_directory(folder)) return;
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
}

std::unique_ptr<SessionStore::Lock> SessionFile::Acquire() {
  return std::make_unique<FileLock>(path_ + ".lock");
}

std::optional<StoredSession> SessionFile::Load() {
  if (!std::filesystem::exists(path_)) return std::nullopt;
  const google::protobuf::Struct object = ParseJsonObject(ReadFile(path_), path_);
  StoredSession session{.account_id = StringAt(object, "account_id"),
                        .account_name = StringAt(object, "account_name"),
                        .shop_id = StringAt(object, "shop_id"),
                        .time_zone = StringAt(object, "time_zone"),
                        .currency_code = StringAt(object, "currency_code"),
                        .tokens = {}};
  FromJson(StringAt(object, "tokens"), path_, session.tokens);
  return session;
}

void SessionFile::Save(const StoredSession& session) {
  google::protobuf::Struct object;
  Put(object, "account_id", session.account_id);
  Put(object, "account_name", session.account_name);
  Put(object, "shop_id", session.shop_id);
  Put(object, "time_zone", session.time_zone);
  Put(object, "currency_code", session.currency_code);
  Put(object, "tokens", ToJson(session.tokens));
  const std::string fresh = path_ + "." + RandomRequestId();
  {
    const Descriptor file(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
    WriteAll(file, ToJson(object) + "\n", fresh);
    // The old refresh token is spent: losing the new one to a power cut would end the session.
    if (fsync(file.get()) != 0) Fail("cannot write", fresh);
  }
  if (rename(fresh.c_str(), path_.c_str()) != 0) Fail("cannot replace", path_);
}

void SessionFile::Remove() { std::filesystem::remove(path_); }

std::unique_ptr<SessionStore::Lock> SessionMemory::Acquire() {
  return std::make_unique<MutexLock>(refreshing_);
}

std::optional<StoredSession> SessionMemory::Load() {
  std::lock_guard lock(mutex_);
  return session_;
}

void SessionMemory::Save(const StoredSession& session) {
  std::lock_guard lock(mutex_);
  session_ = session;
}

void SessionMemory::Remove() {
  std::lock_guard lock(mutex_);
  session_.reset();
}

}  // namespace redress::client
