#pragma once

#include <string>
#include <string_view>

namespace redress::platform {

// A new trace id: 32 lower-case hex digits, as in the W3C `traceparent` header.
std::string NewTraceId();

// The trace id that this thread works for; empty outside of every TraceScope.
std::string_view CurrentTraceId();

// Gives the thread a trace id while it lives; scopes nest. The text must outlive the scope.
class TraceScope {
 public:
  explicit TraceScope(std::string_view trace_id);
  ~TraceScope();
  TraceScope(const TraceScope&) = delete;
  TraceScope& operator=(const TraceScope&) = delete;

 private:
  std::string_view outer_;
};

}  // namespace redress::platform
