#pragma once

// The order in which a batch executor takes commands: first come first served within a tenant,
// tenants one command each in turn, and a key that is being worked on in one batch never starts in
// another. A key belongs to its tenant: the same number of another tenant is another key, since the
// number may come from a caller who guesses. Not thread-safe; it owns its entries but not the
// commands they point to.

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

  struct Key {
    std::uint32_t tenant;
    std::uint64_t number;
    friend bool operator==(const Key&, const Key&) = default;
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  explicit KeyedQueue(Limits limits) : limits_(limits) {}

  // False when the queue, or the tenant's part of it, is full.
  bool Push(Key key, void* command);

  // Moves up to max commands to the end of commands and their keys to the end of keys, each key
  // once; the keys are busy until Release. Several commands of one key keep their order.
  void Take(std::size_t max, std::vector<void*>& commands, std::vector<Key>& keys);

  // The batch with these keys is done; commands that waited for them come next.
  void Release(const std::vector<Key>& keys);

  // Whether Take would find something.
  bool Ready() const { return turn_ != nullptr; }
  std::size_t size() const { return size_; }

 private:
  struct Entry {
    void* command;
    Key key;
    Entry* next;
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
  struct Busy {
    Tenant* tenant = nullptr;
    std::uint64_t batch = 0;  // the one that works on it
    List parked;
  };

  struct Hash {
    std::size_t operator()(const Key& key) const;
  };

  Entry* NewEntry(void* command, Key key);
  void Enter(Tenant& tenant);
  void Leave(Tenant& tenant);

  const Limits limits_;
  std::size_t size_ = 0;
  std::uint64_t batch_ = 0;
  Tenant* turn_ = nullptr;
  std::unordered_map<std::uint32_t, Tenant> tenants_;
  std::unordered_map<Key, Busy, Hash> busy_;
  std::vector<std::unique_ptr<Entry[]>> blocks_;
  Entry* free_ = nullptr;
};

}  // namespace redress::platform
