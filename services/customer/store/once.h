#pragma once

#include <string>

#include "services/customer/domain/write.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"

namespace redress::customer {

// Runs `write` once per request and remembers its answer (ids and versions, no text); answers what
// `restore` makes of the answer, in the same transaction.
template <class WriteBody, class Restore>
auto WriteOnce(platform::Pool& pool, const Write& write, const WriteBody& body,
               const Restore& restore) {
  return platform::Transact(pool, [&](platform::Connection& connection) {
    auto answer = platform::FindAnswer(connection, write.shop, platform::kClientOrigin,
                                       write.request_id, write.digest);
    if (!answer) {
      answer = body(connection);
      platform::RememberAnswer(connection, write.shop, platform::kClientOrigin, write.request_id,
                               write.digest, *answer, write.now_us);
    }
    return restore(connection, *answer);
  });
}

}  // namespace redress::customer
