#include "services/platform/telemetry/log.h"

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "services/platform/telemetry/trace.h"

namespace redress::platform {
namespace {

std::string Escaped(std::string_view text) {
  std::string out;
  AppendJsonEscaped(out, text);
  return out;
}

TEST(Json, EscapesWhatJsonDoesNotAllow) {
  EXPECT_EQ(Escaped("a\"b\\c\n\t"), "a\\\"b\\\\c\\n\\u0009");
  EXPECT_EQ(Escaped("退款"), "退款");
  EXPECT_EQ(Escaped("a\xFF"
                    "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(Escaped("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(Escaped("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Log, LinesAreJsonWhateverIsLogged) {
  InitLogging("order");
  testing::internal::CaptureStderr();
  {
    const std::string trace = NewTraceId();
    const TraceScope scope(trace);
    LogWarning("a \"strange\"\nmessage", {{"bytes", std::string("\x01\xFE")}, {"count", -3}});
  }
  LogDebug("below the level");
  const std::string line = testing::internal::GetCapturedStderr();
  google::protobuf::Struct object;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(line, &object).ok()) << line;
  EXPECT_EQ(object.fields().at("message").string_value(), "a \"strange\"\nmessage");
  EXPECT_EQ(object.fields().at("count").number_value(), -3);
  EXPECT_EQ(object.fields().at("service").string_value(), "order");
  EXPECT_EQ(object.fields().at("trace").string_value().size(), 32U);
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST(Trace, ScopesNest) {
  const std::string outer = NewTraceId();
  const std::string inner = NewTraceId();
  EXPECT_NE(outer, inner);
  EXPECT_EQ(CurrentTraceId(), "");
  const TraceScope first(outer);
  {
    const TraceScope second(inner);
    EXPECT_EQ(CurrentTraceId(), inner);
  }
  EXPECT_EQ(CurrentTraceId(), outer);
}

}  // namespace
}  // namespace redress::platform
