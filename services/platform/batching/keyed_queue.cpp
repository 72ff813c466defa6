#include "services/platform/batching/keyed_queue.h"

#include <algorithm>

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
  *entry = {command, key, nullptr, nullptr, Lane::kForeground};
  return entry;
}

// Last in the ring: behind all that had something waiting before.
void KeyedQueue::Enter(Ring& ring, Tenant& tenant) {
  if (ring.turn == nullptr) {
    tenant.next = tenant.previous = ring.turn = &tenant;
    return;
  }
  tenant.next = ring.turn;
  tenant.previous = ring.turn->previous;
  tenant.previous->next = &tenant;
  ring.turn->previous = &tenant;
}

void KeyedQueue::Leave(Ring& ring, Tenant& tenant) {
  if (ring.turn == &tenant) ring.turn = tenant.next == &tenant ? nullptr : tenant.next;
  tenant.previous->next = tenant.next;
  tenant.next->previous = tenant.previous;
  tenant.next = tenant.previous = nullptr;
}

bool KeyedQueue::Push(Key key, void* command, Lane lane) {
  if (size() >= limits_.all) return false;
  Ring& ring = rings_[Index(lane)];
  Tenant& tenant = ring.tenants[key.tenant];
  if (tenant.size >= limits_.per_tenant) return false;
  Entry* const entry = NewEntry(command, key);
  entry->tenant = &tenant;
  entry->lane = lane;
  Append(tenant.waiting, entry);
  if (tenant.next == nullptr) Enter(ring, tenant);
  ++tenant.size;
  ++ring.size;
  return true;
}

void KeyedQueue::Take(std::size_t max, std::size_t max_background, std::vector<void*>& commands,
                      std::vector<Key>& keys) {
  ++batch_;
  const std::size_t until = commands.size() + max;
  TakeFrom(Lane::kForeground, until, commands, keys);
  TakeFrom(Lane::kBackground, std::min(until, commands.size() + max_background), commands, keys);
}

void KeyedQueue::TakeFrom(Lane lane, std::size_t until, std::vector<void*>& commands,
                          std::vector<Key>& keys) {
  Ring& ring = rings_[Index(lane)];
  while (commands.size() < until && ring.turn != nullptr) {
    Tenant& tenant = *ring.turn;
    ring.turn = tenant.next;
    Entry* const entry = tenant.waiting.first;
    tenant.waiting.first = entry->next;
    if (entry->next == nullptr) {
      tenant.waiting.last = nullptr;
      ring.turn = &tenant;
      Leave(ring, tenant);
    }
    const auto [busy, fresh] = busy_.try_emplace(entry->key);
    if (fresh) {
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
    --ring.size;
  }
}

void KeyedQueue::Release(const std::vector<Key>& keys) {
  for (const Key& key : keys) {
    const auto busy = busy_.find(key);
    std::array<List, 2> parked;
    for (Entry* entry = busy->second.parked.first; entry != nullptr;) {
      Entry* const next = entry->next;
      Append(parked[Index(entry->lane)], entry);
      entry = next;
    }
    PutBack(Lane::kForeground, parked[0]);
    PutBack(Lane::kBackground, parked[1]);
    busy_.erase(busy);
  }
}

// Before what the tenant has waiting. A key belongs to one tenant, and so does the list.
void KeyedQueue::PutBack(Lane lane, const List& parked) {
  if (parked.first == nullptr) return;
  Tenant& tenant = *parked.first->tenant;
  parked.last->next = tenant.waiting.first;
  tenant.waiting.first = parked.first;
  if (tenant.waiting.last == nullptr) tenant.waiting.last = parked.last;
  if (tenant.next == nullptr) Enter(rings_[Index(lane)], tenant);
}

}  // namespace redress::platform
