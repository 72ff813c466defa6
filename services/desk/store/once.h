#pragma once

#include <string>
#include <utility>

#include "services/desk/domain/write.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"

namespace redress::desk {

// Runs `write` once per request and remembers its answer (ids and versions, no text); answers what
// `restore` makes of the answer, in the same transaction.
template <class WriteBody, class Restore>
auto WriteOnce(platform::Pool& pool, const Write& write, const WriteBody& body,
               const Restore& restore) {
  const auto once = [&](platform::Connection& db) {
    auto answer = platform::FindAnswer(db, write.shop, platform::kClientOrigin, write.request_id,
                                       write.digest);
    if (!answer) {
      answer = body(db);
      platform::RememberAnswer(db, write.shop, platform::kClientOrigin, write.request_id,
                               write.digest, *answer, write.now_us);
    }
    return restore(db, *answer);
  };
  try {
    return platform::Transact(pool, once);
  } catch (const platform::DatabaseError& error) {
    if (error.kind() != platform::DatabaseError::Kind::kDuplicateKey) throw;
  }
  // Somebody made the same at the same moment. The body finds it now, and says what that means.
  return platform::Transact(pool, once);
}

}  // namespace redress::desk
