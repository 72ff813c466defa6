#include "services/platform/database/requests.h"

#include <stdexcept>

#include "services/platform/base/errors.h"

namespace redress::platform {

namespace {

constexpr std::string_view kClaim =
    "INSERT INTO requests (shop_id, origin, request_id, digest, answer, recorded_at)"
    " VALUES (?, ?, ?, ?, NULL, 0)";
// The failed claim has left a shared lock on the row; asking for more would deadlock with the other
// twins that hold one.
constexpr std::string_view kSelectAnswer =
    "SELECT digest, answer FROM requests"
    " WHERE shop_id = ? AND origin = ? AND request_id = ? LOCK IN SHARE MODE";
constexpr std::string_view kSelectKnown =
    "SELECT digest, answer FROM requests WHERE shop_id = ? AND origin = ? AND request_id = ?";
constexpr std::string_view kRecordAnswer =
    "UPDATE requests SET answer = ?, recorded_at = ?"
    " WHERE shop_id = ? AND origin = ? AND request_id = ? AND digest = ?";

Refusal Reused(std::string_view request_id) {
  return Refusal(
             Code::kInvalidArgument, "REQUEST_ID_REUSED",
             "The request_id was used for another request; take a new one for each request, and "
             "the same one only to repeat it unchanged.")
      .Field("request_id", "was used for another request")
      .With("request_id", std::string(request_id));
}

}  // namespace

std::optional<std::string> FindAnswer(Connection& connection, ShopId shop, std::string_view origin,
                                      std::string_view request_id, const Digest& digest) {
  try {
    connection.Execute(kClaim, {shop, origin, request_id, digest});
    return std::nullopt;
  } catch (const DatabaseError& error) {
    if (error.kind() != DatabaseError::Kind::kDuplicateKey) throw;
  }
  Result found = connection.Query(kSelectAnswer, {shop, origin, request_id});
  if (!found.Next()) {
    // The twin vanished between the two statements: it was rolled back or forgotten.
    throw DatabaseError(DatabaseError::Kind::kConflict, 1213, {}, "a request was rolled back");
  }
  if (found.Bytes32(0) != digest) throw Reused(request_id);
  return found.OptString(1).value_or(std::string());
}

std::optional<std::string> KnownAnswer(Connection& connection, ShopId shop, std::string_view origin,
                                       std::string_view request_id, const Digest& digest) {
  Result found = connection.Query(kSelectKnown, {shop, origin, request_id});
  if (!found.Next()) return std::nullopt;
  if (found.Bytes32(0) != digest) throw Reused(request_id);
  return found.OptString(1);
}

void RememberAnswer(Connection& connection, ShopId shop, std::string_view origin,
                    std::string_view request_id, const Digest& digest, std::string_view answer,
                    std::int64_t recorded_at) {
  const std::uint64_t matched =
      connection.Execute(kRecordAnswer, {answer, recorded_at, shop, origin, request_id, digest});
  if (matched != 1) throw std::logic_error("RememberAnswer without FindAnswer in this transaction");
}

}  // namespace redress::platform
