#include "services/platform/json/json.h"

#include <algorithm>
#include <set>

#include "services/platform/base/text.h"

namespace redress::platform {
namespace {

constexpr int kDeepest = 32;
constexpr int kMostValues = 50'000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void AppendUtf8(std::string& out, std::uint32_t point) {
  if (point < 0x80) {
    out.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (point >> 6)));
    out.push_back(static_cast<char>(0x80 | (point & 0x3F)));
  } else if (point < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (point >> 12)));
    out.push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (point & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | (point >> 18)));
    out.push_back(static_cast<char>(0x80 | ((point >> 12) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (point & 0x3F)));
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  JsonValue Whole() {
    JsonValue value = Value(0);
    SkipBlanks();
    if (at_ != text_.size()) Fail("has text behind its end");
    return value;
  }

 private:
  [[noreturn]] void Fail(const std::string& what) const {
    throw JsonBroken("at byte " + std::to_string(at_) + ": " + what);
  }

  void SkipBlanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool Skip(char c) {
    SkipBlanks();
    if (Peek() != c) return false;
    ++at_;
    return true;
  }

  void Expect(char c) {
    if (!Skip(c)) Fail(std::string{'a', ' ', c} + " is missing");
  }

  JsonValue Value(int depth) {
    if (depth > kDeepest) Fail("is nested too deeply");
    if (++values_ > kMostValues) Fail("holds too many values");
    SkipBlanks();
    const std::size_t begin = at_;
    JsonValue value;
    switch (Peek()) {
      case '{':
        ReadObject(value, depth);
        break;
      case '[':
        ReadList(value, depth);
        break;
      case '"':
        value.kind = JsonValue::Kind::kText;
        value.text = Text();
        break;
      case 't':
      case 'f':
      case 'n':
        ReadWord(value);
        break;
      default:
        ReadNumber(value);
    }
    value.written = text_.substr(begin, at_ - begin);
    return value;
  }

  void ReadObject(JsonValue& value, int depth) {
    value.kind = JsonValue::Kind::kObject;
    Expect('{');
    if (Skip('}')) return;
    std::set<std::string> names;
    do {
      SkipBlanks();
      std::string name = Text();
      if (!names.insert(name).second) Fail("a member stands twice in one object");
      Expect(':');
      value.members.push_back({std::move(name), Value(depth + 1)});
    } while (Skip(','));
    Expect('}');
  }

  void ReadList(JsonValue& value, int depth) {
    value.kind = JsonValue::Kind::kList;
    Expect('[');
    if (Skip(']')) return;
    do {
      value.items.push_back(Value(depth + 1));
    } while (Skip(','));
    Expect(']');
  }

  void ReadWord(JsonValue& value) {
    for (const std::string_view word : {"true", "false", "null"}) {
      if (text_.substr(at_, word.size()) != word) continue;
      at_ += word.size();
      if (word == "null") return;
      value.kind = JsonValue::Kind::kFlag;
      value.flag = word == "true";
      return;
    }
    Fail("is no value");
  }

  void Digits() {
    if (!IsDigit(Peek())) Fail("a digit is missing");
    while (IsDigit(Peek())) ++at_;
  }

  void ReadNumber(JsonValue& value) {
    const std::size_t begin = at_;
    if (Peek() == '-') ++at_;
    if (Peek() == '0' && at_ + 1 < text_.size() && IsDigit(text_[at_ + 1])) {
      Fail("a number begins with 0");
    }
    Digits();
    if (Peek() == '.') {
      ++at_;
      Digits();
    }
    if (Peek() == 'e' || Peek() == 'E') {
      ++at_;
      if (Peek() == '+' || Peek() == '-') ++at_;
      Digits();
    }
    value.kind = JsonValue::Kind::kNumber;
    value.text = text_.substr(begin, at_ - begin);
  }

  std::string Text() {
    if (Peek() != '"') Fail("a text is missing");
    ++at_;
    std::string out;
    while (true) {
      if (at_ >= text_.size()) Fail("a text has no end");
      const char c = text_[at_++];
      if (c == '"') break;
      if (static_cast<unsigned char>(c) < 0x20) Fail("a control character stands in a text");
      if (c == '\\') {
        ReadEscape(out);
      } else {
        out.push_back(c);
      }
    }
    if (!Utf8Length(out)) Fail("a text is not UTF-8");
    return out;
  }

  void ReadEscape(std::string& out) {
    static constexpr std::string_view kNames = "\"\\/bfnrt";
    static constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    const char c = Peek();
    ++at_;
    if (c == 'u') {
      std::uint32_t point = Hex4();
      if (point >= 0xD800 && point < 0xDC00) {
        if (text_.substr(at_, 2) != "\\u") Fail("half a surrogate pair");
        at_ += 2;
        const std::uint32_t low = Hex4();
        if (low < 0xDC00 || low > 0xDFFF) Fail("half a surrogate pair");
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
      } else if (point >= 0xDC00 && point <= 0xDFFF) {
        Fail("half a surrogate pair");
      }
      return AppendUtf8(out, point);
    }
    const std::size_t found = kNames.find(c);
    if (c == '\0' || found == std::string_view::npos) Fail("an unknown escape");
    out.push_back(kMeant[found]);
  }

  std::uint32_t Hex4() {
    std::uint32_t point = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = Peek();
      std::uint32_t digit = 0;
      if (IsDigit(c)) {
        digit = static_cast<std::uint32_t>(c - '0');
      } else if (c >= 'a' && c <= 'f') {
        digit = static_cast<std::uint32_t>(c - 'a' + 10);
      } else if (c >= 'A' && c <= 'F') {
        digit = static_cast<std::uint32_t>(c - 'A' + 10);
      } else {
        Fail("four hexadecimal digits are missing");
      }
      point = point * 16 + digit;
    }
    return point;
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  int values_ = 0;
};

}  // namespace

const JsonValue* JsonValue::Find(std::string_view name) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const auto& member) { return member.name == name; });
  return found == members.end() ? nullptr : &found->value;
}

JsonValue ParseJson(std::string_view text) { return Reader(text).Whole(); }

}  // namespace redress::platform
