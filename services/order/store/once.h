#pragma once

#include <string>

#include "services/order/domain/write.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"

namespace redress::order {

// Runs `body` once per request and remembers its answer (ids and versions, no text); answers what
// `restore` makes of the answer, in the same transaction.
template <class Body, class Restore>
auto WriteOnce(platform::Pool& pool, const Write& write, const Body& body, const Restore& restore) {
  return platform::Transact(pool, [&](platform::Connection& db) {
    auto answer = platform::FindAnswer(db, write.shop, platform::kClientOrigin, write.request_id,
                                       write.digest);
    if (!answer) {
      answer = body(db);
      platform::RememberAnswer(db, write.shop, platform::kClientOrigin, write.request_id,
                               write.digest, *answer, write.now_us);
    }
    return restore(db, *answer);
  });
}

}  // namespace redress::order
