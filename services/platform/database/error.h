#pragma once

// What can go wrong at the database, as the few kinds that code decides on. The text names the
// statement and the server's code; values that the server quotes are cut out of it, because they
// may be contact data.

#include <stdexcept>
#include <string>
#include <string_view>

namespace redress::platform {

class DatabaseError : public std::runtime_error {
 public:
  enum class Kind {
    kConflict,        // deadlock, lock wait timeout, certification failure: roll back, run again
    kConnectionLost,  // also a killed or interrupted statement; the connection is not used again
    kDuplicateKey,    // key() says which
    kCheckViolated,   // key() is the constraint's name
    kOther
  };

  DatabaseError(Kind kind, int code, std::string key, const std::string& what)
      : std::runtime_error(what), kind_(kind), code_(code), key_(std::move(key)) {}

  Kind kind() const { return kind_; }
  int code() const { return code_; }
  // The violated key without its table, e.g. "PRIMARY" or "unique_order_number".
  const std::string& key() const { return key_; }

 private:
  Kind kind_;
  int code_;
  std::string key_;
};

// Builds the error of a server or client error code; statement is the SQL's text, never its values.
DatabaseError MakeDatabaseError(int code, std::string_view server_message,
                                std::string_view statement);

}  // namespace redress::platform
