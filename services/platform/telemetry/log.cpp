#include "services/platform/telemetry/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <chrono>
#include <ctime>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "services/platform/telemetry/trace.h"

namespace redress::platform {
namespace {

// The lines are finished JSON when they reach spdlog, whose pattern passes them through: it has no
// JSON escaping of its own.
struct Output {
  Output() : logger("redress", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    logger.set_pattern("%v");
    logger.set_level(spdlog::level::info);
    logger.flush_on(spdlog::level::trace);
  }
  std::string service = "redress";
  spdlog::logger logger;
};

Output& TheOutput() {
  // Never destroyed: threads may log while the process ends.
  static auto* output = new Output;
  return *output;
}

spdlog::level::level_enum ToSpdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

const char* LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "info";
}

void AppendTime(std::string& line) {
  const auto now = std::chrono::system_clock::now();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  const std::time_t time = std::chrono::system_clock::to_time_t(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 40> text{};
  const auto length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  line.append(text.data(), length);
  const auto fraction = std::chrono::duration_cast<std::chrono::microseconds>(now - seconds);
  std::snprintf(text.data(), text.size(), ".%06dZ", static_cast<int>(fraction.count()));
  line += text.data();
}

void AppendText(std::string& line, std::string_view name, std::string_view text) {
  line += ",\"";
  AppendJsonEscaped(line, name);
  line += "\":\"";
  AppendJsonEscaped(line, text);
  line += '"';
}

// The length of the well-formed UTF-8 sequence at the start of `text`; 0 when there is none.
std::size_t SequenceLength(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(0);
  std::size_t length = 0;
  std::uint32_t smallest = 0;
  std::uint32_t value = 0;
  if (first < 0x80) return 1;
  if (first >> 5 == 0x6) {
    length = 2, smallest = 0x80, value = first & 0x1F;
  } else if (first >> 4 == 0xE) {
    length = 3, smallest = 0x800, value = first & 0x0F;
  } else if (first >> 3 == 0x1E) {
    length = 4, smallest = 0x10000, value = first & 0x07;
  }
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) >> 6 != 2) return 0;
    value = value << 6 | (byte(i) & 0x3F);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return value < smallest || value > 0x10FFFF || surrogate ? 0 : length;
}

}  // namespace

void AppendJsonEscaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const char c = text.front();
    const std::size_t length = SequenceLength(text);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (length > 1) {
      out.append(text.substr(0, length));
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      std::array<char, 8> escaped{};
      std::snprintf(escaped.data(), escaped.size(), "\\u%04x", static_cast<unsigned char>(c));
      out += escaped.data();
    } else {
      out += c;
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
}

LogLevel ParseLogLevel(std::string_view name) {
  for (const auto level :
       {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarning, LogLevel::kError}) {
    if (name == LevelName(level)) return level;
  }
  throw std::invalid_argument("a log level is one of debug, info, warning, error");
}

void InitLogging(std::string_view service, LogLevel level) {
  TheOutput().service = service;
  TheOutput().logger.set_level(ToSpdlog(level));
}

void Log(LogLevel level, std::string_view message,
         std::initializer_list<LogField> fields) noexcept {
  try {
    auto& output = TheOutput();
    if (!output.logger.should_log(ToSpdlog(level))) return;
    std::string line = "{\"time\":\"";
    line.reserve(256);
    AppendTime(line);
    line += '"';
    AppendText(line, "level", LevelName(level));
    AppendText(line, "service", output.service);
    if (!CurrentTraceId().empty()) AppendText(line, "trace", CurrentTraceId());
    AppendText(line, "message", message);
    for (const auto& field : fields) {
      if (!field.is_number) {
        AppendText(line, field.name, field.text);
        continue;
      }
      line += ",\"";
      AppendJsonEscaped(line, field.name);
      line += "\":" + std::to_string(field.number);
    }
    line += '}';
    output.logger.log(ToSpdlog(level), spdlog::string_view_t(line.data(), line.size()));
  } catch (...) {
    // A line that cannot be written (no memory, a closed stderr) must not fail the work it is of.
    return;
  }
}

}  // namespace redress::platform
