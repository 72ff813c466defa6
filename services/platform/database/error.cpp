#include "services/platform/database/error.h"

namespace redress::platform {

namespace {

using Kind = DatabaseError::Kind;

constexpr std::size_t kStatementShown = 160;

Kind KindOf(int code) {
  switch (code) {
    case 1213:  // deadlock; a cluster's failed certification
    case 1205:  // lock wait timeout: only the statement was undone, the caller rolls back the rest
    case 1020:  // record changed since it was read
    case 1615:  // statement needs to be prepared again: the schema moved under it
      return Kind::kConflict;
    case 2002:  // cannot connect
    case 2003:
    case 2006:  // server has gone away
    case 2013:  // lost connection during a query
    case 2014:  // commands out of sync: what was left of a broken exchange
    case 2026:  // TLS
    case 2027:  // malformed packet
    case 2055:  // lost connection
    case 1040:  // too many connections
    case 1047:  // this cluster node does not serve now
    case 1053:  // server shutdown in progress
    case 1158:  // read or write error on the connection
    case 1159:
    case 1160:
    case 1161:
    case 1317:  // query interrupted
    case 1927:  // connection was killed
      return Kind::kConnectionLost;
    case 1062:
    case 1586:
      return Kind::kDuplicateKey;
    case 4025:  // MariaDB
    case 3819:  // MySQL 8
      return Kind::kCheckViolated;
    default:
      return Kind::kOther;
  }
}

// The last quoted word of "Duplicate entry '…' for key 'orders.unique_number'", the first of
// "CONSTRAINT `name` failed for …" and "Check constraint 'name' is violated".
std::string KeyNamedIn(Kind kind, std::string_view message) {
  const char quote = message.find('`') != std::string_view::npos ? '`' : '\'';
  std::size_t begin = 0;
  std::size_t end = 0;
  if (kind == Kind::kDuplicateKey) {
    end = message.rfind('\'');
    if (end == std::string_view::npos || end == 0) return {};
    begin = message.rfind('\'', end - 1);
  } else {
    begin = message.find(quote);
    if (begin == std::string_view::npos) return {};
    end = message.find(quote, begin + 1);
  }
  if (begin == std::string_view::npos || end == std::string_view::npos) return {};
  std::string_view key = message.substr(begin + 1, end - begin - 1);
  if (const std::size_t dot = key.rfind('.'); dot != std::string_view::npos) {
    key.remove_prefix(dot + 1);
  }
  return std::string(key);
}

// Messages of these codes quote values of columns.
bool QuotesValues(int code) {
  switch (code) {
    case 1062:
    case 1586:
    case 1292:  // truncated incorrect value
    case 1366:  // incorrect value for column
    case 1411:
    case 1525:
      return true;
    default:
      return false;
  }
}

}  // namespace

DatabaseError MakeDatabaseError(int code, std::string_view server_message,
                                std::string_view statement) {
  const Kind kind = KindOf(code);
  std::string key;
  if (kind == Kind::kDuplicateKey || kind == Kind::kCheckViolated) {
    key = KeyNamedIn(kind, server_message);
  }
  std::string what = "database error " + std::to_string(code) + ": ";
  if (kind == Kind::kDuplicateKey) {
    what += "duplicate entry for key " + key;
  } else if (QuotesValues(code)) {
    what += "a value that its column does not take";
  } else {
    what += server_message;
  }
  what += " [";
  what += statement.substr(0, kStatementShown);
  what += statement.size() > kStatementShown ? "…]" : "]";
  return DatabaseError(kind, code, std::move(key), what);
}

}  // namespace redress::platform
