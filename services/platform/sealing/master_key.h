// The service's master keys: files of exactly 32 random bytes, mode 0600, made by deploy/up.
//
// FILE is the current key; FILE.previous, where it exists, still opens what it wrapped, so that a
// master key is changed by moving the old file aside, writing a new one and restarting.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace redress::platform {

// 32 bytes that are wiped when they go.
class SecretKey {
 public:
  static constexpr std::size_t kSize = 32;
  SecretKey() = default;
  explicit SecretKey(std::string_view bytes);  // throws std::invalid_argument on another length
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();
  static SecretKey Random();

  const unsigned char* data() const { return bytes_.data(); }
  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

 private:
  std::array<unsigned char, kSize> bytes_{};
};

class MasterKeys {
 public:
  // Throws std::runtime_error naming the file and the remedy: absent, wrong size, or readable by
  // others than its owner.
  static MasterKeys Load(const std::filesystem::path& file);
  explicit MasterKeys(const SecretKey& current);  // tests

  // Wraps a secret with the current key; it opens only with the same context.
  std::string Wrap(std::string_view context, std::string_view secret) const;
  // Throws SealBroken when no known key opens it.
  std::string Unwrap(std::string_view context, std::string_view wrapped) const;
  // Whether the current key wrapped it; if not, the caller may wrap it anew.
  bool IsCurrent(std::string_view wrapped) const;

 private:
  struct Entry {
    std::uint64_t id;
    SecretKey key;
  };
  explicit MasterKeys(std::vector<Entry> entries) : entries_(std::move(entries)) {}
  static Entry MakeEntry(const SecretKey& key);

  std::vector<Entry> entries_;  // the current one first
};

}  // namespace redress::platform
