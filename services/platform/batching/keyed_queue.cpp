#include "services/platform/batching/keyed_queue.h"

namespace redress::platform {

namespace {

constexpr std::size_t kBlock = 256;

template <class List, class Entry>
void Append(List& list, Entry* entry) {
  entry->next = nullptr;
  (list.last == nullptr ? list.first : list.last->next) = entry;
  list.last = entry;
}

}  // namespace

// Keys' numbers are ids or hashes: the low bits of ids are a sequence, so tenants are spread apart.
std::size_t KeyedQueue::Hash::operator()(const Key& key) const {
  constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio
  return static_cast<std::size_t>(key.number ^ key.tenant * kSpread);
}

KeyedQueue::Entry* KeyedQueue::NewEntry(void* command, Key key) {
  if (free_ == nullptr) {
    Entry* const block = blocks_.emplace_back(std::make_unique<Entry[]>(kBlock)).get();
    for (std::size_t i = 0; i < kBlock; ++i) {
      block[i].next = free_;
      free_ = &block[i];
    }
  }
  Entry* const entry = free_;
  free_ = entry->next;
  *entry = {command, key, nullptr};
  return entry;
}

// Last in the ring: behind all that had something waiting before.
void KeyedQueue::Enter(Tenant& tenant) {
  if (turn_ == nullptr) {
    tenant.next = tenant.previous = turn_ = &tenant;
    return;
  }
  tenant.next = turn_;
  tenant.previous = turn_->previous;
  tenant.previous->next = &tenant;
  turn_->previous = &tenant;
}

void KeyedQueue::Leave(Tenant& tenant) {
  if (turn_ == &tenant) turn_ = tenant.next == &tenant ? nullptr : tenant.next;
  tenant.previous->next = tenant.next;
  tenant.next->previous = tenant.previous;
  tenant.next = tenant.previous = nullptr;
}

bool KeyedQueue::Push(Key key, void* command) {
  if (size_ >= limits_.all) return false;
  Tenant& tenant = tenants_[key.tenant];
  if (tenant.size >= limits_.per_tenant) return false;
  Append(tenant.waiting, NewEntry(command, key));
  if (tenant.next == nullptr) Enter(tenant);
  ++tenant.size;
  ++size_;
  return true;
}

void KeyedQueue::Take(std::size_t max, std::vector<void*>& commands, std::vector<Key>& keys) {
  ++batch_;
  while (commands.size() < max && turn_ != nullptr) {
    Tenant& tenant = *turn_;
    turn_ = tenant.next;
    Entry* const entry = tenant.waiting.first;
    tenant.waiting.first = entry->next;
    if (entry->next == nullptr) {
      tenant.waiting.last = nullptr;
      turn_ = &tenant;
      Leave(tenant);
    }
    const auto [busy, fresh] = busy_.try_emplace(entry->key);
    if (fresh) {
      busy->second.tenant = &tenant;
      busy->second.batch = batch_;
      keys.push_back(entry->key);
    } else if (busy->second.batch != batch_) {
      Append(busy->second.parked, entry);
      continue;
    }
    commands.push_back(entry->command);
    entry->next = free_;
    free_ = entry;
    --tenant.size;
    --size_;
  }
}

void KeyedQueue::Release(const std::vector<Key>& keys) {
  for (const Key& key : keys) {
    const auto busy = busy_.find(key);
    if (const List& parked = busy->second.parked; parked.first != nullptr) {
      Tenant& tenant = *busy->second.tenant;
      parked.last->next = tenant.waiting.first;
      tenant.waiting.first = parked.first;
      if (tenant.waiting.last == nullptr) tenant.waiting.last = parked.last;
      if (tenant.next == nullptr) Enter(tenant);
    }
    busy_.erase(busy);
  }
}

}  // namespace redress::platform
