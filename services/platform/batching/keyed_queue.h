#pragma once

// The order in which a batch executor takes commands: first come first served within a tenant,
// tenants one command each in turn, what somebody waits for before what can wait, and a key that is
// being worked on in one batch never starts in another. A key belongs to its tenant: the same
// number of another tenant is another key, since the number may come from a caller who guesses. Not
// thread-safe; it owns its entries but not the commands they point to.

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace redress::platform {

class KeyedQueue {
 public:
  struct Limits {
    std::size_t all;
    std::size_t per_tenant;
  };

  // What somebody waits for, and what can wait.
  enum class Lane : std::uint8_t { kForeground = 0, kBackground = 1 };

  struct Key {
    std::uint32_t tenant;
    std::uint64_t number;
    friend bool operator==(const Key&, const Key&) = default;
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  explicit KeyedQueue(Limits limits) : limits_(limits) {}

  // False when the queue, or the tenant's part of the lane, is full.
  bool Push(Key key, void* command, Lane lane = Lane::kForeground);

  // Moves up to max commands to the end of commands and their keys to the end of keys, each key
  // once; the keys are busy until Release. Several commands of one key and lane keep their order.
  // What can wait comes last, and is at most max_background of them.
  void Take(std::size_t max, std::vector<void*>& commands, std::vector<Key>& keys) {
    Take(max, max, commands, keys);
  }
  void Take(std::size_t max, std::size_t max_background, std::vector<void*>& commands,
            std::vector<Key>& keys);

  // The batch with these keys is done; commands that waited for them come next.
  void Release(const std::vector<Key>& keys);

  // Whether Take would find something.
  bool Ready() const { return Ready(Lane::kForeground) || Ready(Lane::kBackground); }
  bool Ready(Lane lane) const { return rings_[Index(lane)].turn != nullptr; }
  std::size_t size() const { return rings_[0].size + rings_[1].size; }
  std::size_t size(Lane lane) const { return rings_[Index(lane)].size; }

 private:
  struct Tenant;
  struct Entry {
    void* command;
    Key key;
    Entry* next;
    Tenant* tenant;
    Lane lane;
  };
  struct List {
    Entry* first = nullptr;
    Entry* last = nullptr;
  };
  struct Tenant {
    List waiting;
    std::size_t size = 0;  // waiting and parked
    // Neighbours in the ring of tenants that have something waiting; null outside it.
    Tenant* next = nullptr;
    Tenant* previous = nullptr;
  };
  struct Ring {
    Tenant* turn = nullptr;
    std::size_t size = 0;  // waiting and parked
    std::unordered_map<std::uint32_t, Tenant> tenants;
  };
  struct Busy {
    std::uint64_t batch = 0;  // the one that works on it
    List parked;
  };

  struct Hash {
    std::size_t operator()(const Key& key) const;
  };

  static std::size_t Index(Lane lane) { return static_cast<std::size_t>(lane); }
  Entry* NewEntry(void* command, Key key);
  static void Enter(Ring& ring, Tenant& tenant);
  static void Leave(Ring& ring, Tenant& tenant);
  // From one lane, until there are `until` commands.
  void TakeFrom(Lane lane, std::size_t until, std::vector<void*>& commands, std::vector<Key>& keys);
  void PutBack(Lane lane, const List& parked);

  const Limits limits_;
  std::uint64_t batch_ = 0;
  std::array<Ring, 2> rings_;
  std::unordered_map<Key, Busy, Hash> busy_;
  std::vector<std::unique_ptr<Entry[]>> blocks_;
  Entry* free_ = nullptr;
};

}  // namespace redress::platform
