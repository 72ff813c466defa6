#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace redress::platform {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// One named value of a log line. Text is kept by reference: fields live as long as the call that
// logs them. Contact data and secrets have no place here.
struct LogField {
  LogField(std::string_view name, std::string_view text) : name(name), text(text) {}
  LogField(std::string_view name, const char* text) : name(name), text(text) {}
  LogField(std::string_view name, const std::string& text) : name(name), text(text) {}
  LogField(std::string_view name, std::integral auto number)
      : name(name), number(static_cast<std::int64_t>(number)), is_number(true) {}

  std::string_view name;
  std::string_view text;
  std::int64_t number = 0;
  bool is_number = false;
};

// Starts writing lines for `service` to stderr, one JSON object each:
//   {"time":"2026-03-01T08:00:00.000123Z","level":"info","service":"order","trace":"…",
//    "message":"…", …fields}
// Before it is called, lines go out under the service name "redress".
void InitLogging(std::string_view service, LogLevel level = LogLevel::kInfo);
LogLevel ParseLogLevel(std::string_view name);  // "debug", "info", "warning", "error"

// Writes one line; the trace id is the calling thread's. Safe from every thread, never throws.
// Example: LogWarning("lost the lease of a relay shard", {{"shard", 3}, {"holder", holder}});
void Log(LogLevel level, std::string_view message,
         std::initializer_list<LogField> fields = {}) noexcept;
inline void LogDebug(std::string_view message, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kDebug, message, fields);
}
inline void LogInfo(std::string_view message, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kInfo, message, fields);
}
inline void LogWarning(std::string_view message, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kWarning, message, fields);
}
inline void LogError(std::string_view message, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kError, message, fields);
}

// Appends `text` to `out` as the inside of a JSON string; bytes that are not UTF-8 become U+FFFD.
void AppendJsonEscaped(std::string& out, std::string_view text);

}  // namespace redress::platform
