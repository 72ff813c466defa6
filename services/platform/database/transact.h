#pragma once

// The one way to write. Runs body in a READ COMMITTED transaction and commits; answers what body
// answered.
//
//   CaseId id = Transact(pool, [&](Connection& db) {
//     if (auto answer = FindAnswer(db, shop, "client", request_id, digest)) return Parse(*answer);
//     …
//   });
//
// The body may run several times, so it is a function of its inputs and of what it reads: it
// assigns its outputs and never appends to them.
// * A conflict (deadlock, lock wait, failed certification), at a statement or at COMMIT: ROLLBACK,
//   then again after a jittered pause, five times at most, then UNAVAILABLE.
// * A connection lost, also during COMMIT: again on a new connection. The body first looks up its
//   request_id under a lock, which waits for a commit that is still under way. Lost three times:
//   UNAVAILABLE; the caller may repeat the request.
// * Anything else that the body or the server throws: ROLLBACK, and the caller gets it.

#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "services/platform/database/connection.h"
#include "services/platform/database/pool.h"

namespace redress::platform {

namespace internal {
// A body without its type, so that the loop is compiled once.
struct TransactionBody {
  void* object;
  void (*run)(void* object, Connection& connection);
};
void RunTransaction(Pool& pool, TransactionBody body);
void RunReading(Pool& pool, TransactionBody body);

template <auto loop, class Body>
auto RunTyped(Pool& pool, Body& body) -> std::invoke_result_t<Body&, Connection&> {
  using Answer = std::invoke_result_t<Body&, Connection&>;
  if constexpr (std::is_void_v<Answer>) {
    loop(pool, {&body, [](void* object, Connection& connection) {
                  (*static_cast<Body*>(object))(connection);
                }});
  } else {
    struct Call {
      Body& body;
      std::optional<Answer> answer;
    } call{body, std::nullopt};
    loop(pool, {&call, [](void* object, Connection& connection) {
                  auto& typed = *static_cast<Call*>(object);
                  typed.answer.emplace(typed.body(connection));
                }});
    if (!call.answer) throw std::logic_error("a transaction ended without its body");
    return *std::move(call.answer);
  }
}
}  // namespace internal

template <class Body>
auto Transact(Pool& pool, Body body) -> std::invoke_result_t<Body&, Connection&> {
  return internal::RunTyped<&internal::RunTransaction>(pool, body);
}

// Reads outside a transaction: a lost connection is replaced once, then UNAVAILABLE.
template <class Body>
auto Read(Pool& pool, Body body) -> std::invoke_result_t<Body&, Connection&> {
  return internal::RunTyped<&internal::RunReading>(pool, body);
}

}  // namespace redress::platform
