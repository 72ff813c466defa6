#include "services/aftersales/domain/platform_push.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "services/platform/base/clock.h"
#include "services/platform/json/json_fields.h"

namespace redress::aftersales {
namespace {

using platform::FieldBroken;
using platform::JsonValue;

constexpr std::int64_t kAheadOfUtcUs = 8 * platform::kHourUs;
constexpr std::size_t kLongestName = 64;
// A refund_version is a time in milliseconds; other numbers are no versions.
constexpr std::int64_t kFirstVersion = 1'000'000'000'000;
constexpr std::int64_t kLastVersion = 100'000'000'000'000;

struct TopicRow {
  std::string_view ending;  // of the message's topic
  std::string_view status;  // what it says where the content has none
  std::string_view cs_status;
};
constexpr std::array<TopicRow, 10> kTopics{{
    {"RefundCreated", "WAIT_SELLER_AGREE", ""},
    {"SellerAgreeAgreement", "WAIT_BUYER_RETURN_GOODS", ""},
    {"SellerRefuseAgreement", "SELLER_REFUSE_BUYER", ""},
    {"BuyerModifyAgreement", "WAIT_SELLER_AGREE", ""},
    {"BuyerReturnGoods", "WAIT_SELLER_CONFIRM_GOODS", ""},
    {"CreateMessage", "", ""},
    {"Closed", "CLOSED", ""},
    {"Success", "SUCCESS", ""},
    {"TaobaoInterApplied", "", "2"},
    {"TaobaoIntervened", "", "3"},
}};

// Values of cs_status, advance_status and good_status that we know.
constexpr std::array<std::string_view, 11> kCsStatuses{"1", "2", "3", "4",  "5", "6",
                                                       "7", "8", "9", "10", "11"};
constexpr std::array<std::string_view, 6> kAdvanceStatuses{"0", "1", "2", "3", "4", "5"};
constexpr std::array<std::string_view, 3> kGoodStatuses{"BUYER_NOT_RECEIVED", "BUYER_RECEIVED",
                                                        "BUYER_RETURNED_GOODS"};

template <std::size_t size>
bool IsAmong(const std::array<std::string_view, size>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// Asked for, but nothing decided yet, and nobody has stepped in: 1 none, 2 needed, 7 withdrawn.
bool MeansIntervened(std::string_view cs_status) {
  return IsAmong(kCsStatuses, cs_status) && cs_status != "1" && cs_status != "2" &&
         cs_status != "7";
}

std::string WrittenText(std::string_view text) { return '"' + std::string(text) + '"'; }

// Letters, digits and a few signs; more digits on end than a code has may be somebody's number.
bool IsPlainName(std::string_view name) {
  constexpr int kMostDigitsOnEnd = 4;
  int digits_on_end = 0;
  for (const char c : name) {
    const bool is_digit = c >= '0' && c <= '9';
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!is_digit && !is_letter && c != '_' && c != '.' && c != '-') return false;
    digits_on_end = is_digit ? digits_on_end + 1 : 0;
    if (digits_on_end > kMostDigitsOnEnd) return false;
  }
  return !name.empty();
}

// A name or code that may be shown; what looks otherwise could be anything.
std::string Shown(std::string_view name) {
  if (!IsPlainName(name)) return "(not a plain name)";
  return std::string(name.substr(0, kLongestName));
}

// One object of a body, with what the message around it says.
struct Object {
  const JsonValue* value = nullptr;
  const TopicRow* topic = nullptr;
};

const TopicRow* TopicOf(std::string_view topic) {
  if (topic.find("Refund") == std::string_view::npos) return nullptr;
  const auto found = std::find_if(kTopics.begin(), kTopics.end(),
                                  [&](const TopicRow& row) { return topic.ends_with(row.ending); });
  return found == kTopics.end() ? nullptr : &*found;
}

std::string FieldText(const JsonValue& object, std::string_view field) {
  const JsonValue* value = object.Find(field);
  if (value == nullptr || value->IsNull()) return "";
  return platform::TextOf(*value, field);
}

std::int64_t VersionIn(const JsonValue& object) {
  const JsonValue* version = object.Find("refund_version");
  if (version != nullptr && !version->IsNull() && !version->text.empty()) {
    const std::int64_t milliseconds = platform::CountOf(*version, "refund_version");
    if (milliseconds >= kFirstVersion && milliseconds < kLastVersion) return milliseconds;
  }
  const JsonValue* modified = object.Find("modified");
  if (modified == nullptr || modified->IsNull()) {
    throw FieldBroken("modified",
                      "is missing, and refund_version is no time; send one of them, so "
                      "that the newer object is known");
  }
  return platform::TimeOf(*modified, "modified", kAheadOfUtcUs) / platform::kMillisecondUs;
}

class ObjectReader {
 public:
  explicit ObjectReader(const Object& object) : object_(*object.value), topic_(object.topic) {}

  PushedRefund Read() {
    PushedRefund pushed;
    const JsonValue* id = object_.Find("refund_id");
    if (id == nullptr || id->IsNull()) {
      throw FieldBroken("refund_id", "is missing; name the platform's refund");
    }
    pushed.refund_id = platform::DigitsOf(*id, "refund_id");
    version_ = VersionIn(object_);
    if (object_.members.size() > kMostPlatformFields / 4) {
      throw FieldBroken("", "has too many fields; send the platform's object as it is");
    }
    for (const auto& [name, value] : object_.members) Take(name, value, pushed);
    AddFromTopic(pushed.fields);
    AddNotes(pushed);
    // Throws for values that their fields cannot have.
    AddUnknownOperations(WordOf(pushed.fields), pushed);
    return pushed;
  }

 private:
  void Take(const std::string& name, const JsonValue& value, PushedRefund& pushed) {
    if (value.IsNull()) return;
    if (name.empty() || name.size() > kLongestName * 4 || IsNote(name)) {
      throw FieldBroken("",
                        "has a field whose name is empty, too long or begins with #; send the "
                        "platform's object as it is");
    }
    pushed.fields[name] = {version_, std::string(value.written)};
    if (!IsKnownField(name)) AddUnmapped(pushed, {Shown(name), {}});
  }

  void AddFromTopic(PlatformFields& fields) const {
    if (topic_ == nullptr) return;
    const auto add = [&](const std::string& field, std::string_view said) {
      if (!said.empty()) fields.try_emplace(field, PlatformField{version_, WrittenText(said)});
    };
    add("status", topic_->status);
    add("cs_status", topic_->cs_status);
  }

  std::string Said(const PlatformFields& fields, std::string_view field) const {
    const auto found = fields.find(field);
    if (found == fields.end()) return "";
    const JsonValue value = platform::ParseJson(found->second.written);
    return value.IsNull() ? "" : platform::TextOf(value, field);
  }

  void AddNotes(PushedRefund& pushed) {
    PlatformFields& fields = pushed.fields;
    const std::string status = Said(fields, "status");
    const PlatformStage stage = StageOf(status);
    const bool holds_goods = stage == PlatformStage::kWaitSellerConfirmGoods;
    if (holds_goods || stage == PlatformStage::kWaitBuyerReturn) Note(fields, kNoteAgreed);
    if (holds_goods || Said(fields, "good_status") == "BUYER_RETURNED_GOODS" ||
        !Said(fields, "sid").empty()) {
      Note(fields, kNoteSent);
    }
    if (MeansIntervened(Said(fields, "cs_status"))) Note(fields, kNoteIntervened);
    if (IsOfExchange(status)) fields[std::string(kNoteExchange)] = {version_, "true"};
    if (stage == PlatformStage::kTurnedIntoRefund) {
      fields[std::string(kNoteExchange)] = {version_, "false"};
    }
    if (!status.empty() && stage == PlatformStage::kUnknown) AddUnknown(pushed, "status", status);
    AddUnknownCode(pushed, "cs_status", kCsStatuses);
    AddUnknownCode(pushed, "advance_status", kAdvanceStatuses);
    AddUnknownCode(pushed, "good_status", kGoodStatuses);
  }

  template <std::size_t size>
  void AddUnknownCode(PushedRefund& pushed, std::string_view field,
                      const std::array<std::string_view, size>& known) {
    const std::string code = Said(pushed.fields, field);
    if (!code.empty() && !IsAmong(known, code)) AddUnknown(pushed, field, code);
  }

  void AddUnknownOperations(const PlatformWord& word, PushedRefund& pushed) {
    const auto add = [&](std::string_view field, const std::vector<std::string>& codes) {
      for (const std::string& code : codes) {
        if (EventOfOperation(code).empty()) AddUnknown(pushed, field, code);
      }
    };
    add("allowed_operations", word.allowed_operations);
    add("not_allowed_operations", word.refused_operations);
  }

  void AddUnknown(PushedRefund& pushed, std::string_view field, std::string_view code) {
    AddUnmapped(pushed, {std::string(field), Shown(code)});
  }

  static void AddUnmapped(PushedRefund& pushed, Unmapped unmapped) {
    Note(pushed.fields, NoteOf(unmapped));
    pushed.unmapped.push_back(std::move(unmapped));
  }

  // Notes carry no version: they say that it was so once.
  static void Note(PlatformFields& fields, std::string_view note) {
    fields[std::string(note)] = {0, "true"};
  }

  const JsonValue& object_;
  const TopicRow* topic_;
  std::int64_t version_ = 0;
};

class BodyReader {
 public:
  BodyReader(std::size_t body, std::vector<PushedItem>& items) : body_(body), items_(items) {}

  void Read(std::string_view text) {
    if (text.size() > kLongestBody) return Bad("", "is above 256 KiB; push fewer objects at once");
    try {
      const JsonValue whole = platform::ParseJson(text);
      const std::size_t before = items_.size();
      Unwrap(whole, nullptr);
      if (items_.size() == before) Bad("", "holds no refund object; push the object, or a list");
    } catch (const platform::JsonBroken& broken) {
      Bad("", std::string("is no JSON: ") + broken.what() + "; send the object as JSON");
    } catch (const FieldBroken& broken) {
      Bad(broken.field(), broken.what());
    }
  }

 private:
  void Unwrap(const JsonValue& value, const TopicRow* topic) {
    if (value.IsList()) {
      for (const JsonValue& item : value.items) Unwrap(item, topic);
      return;
    }
    if (!value.IsObject()) return Bad("", "is no object; push the platform's object as it is");
    if (value.Find("refund_id") != nullptr) return Take({&value, topic});
    if (const JsonValue* content = value.Find("content")) return UnwrapMessage(value, *content);
    bool found = false;
    for (const auto& [name, inner] : value.members) {
      if (name != "refund" && name != "refunds" && !name.ends_with("_response")) continue;
      found = true;
      Unwrap(inner, topic);
    }
    if (!found) Bad("refund_id", "is missing; name the platform's refund");
  }

  // The content is an object, or the text of one.
  void UnwrapMessage(const JsonValue& message, const JsonValue& content) {
    const std::string name = FieldText(message, "topic");
    const TopicRow* topic = TopicOf(name);
    if (topic == nullptr) {
      return Bad("topic", "is none of a refund's messages; push those of refunds here");
    }
    if (content.kind != JsonValue::Kind::kText) return Unwrap(content, topic);
    const JsonValue inner = platform::ParseJson(content.text);
    Unwrap(inner, topic);
  }

  void Take(const Object& object) {
    if (items_.size() >= kMostPushed) {
      return Bad("", "is beyond the 500 objects of one call; push it with the next");
    }
    try {
      PushedRefund pushed = ObjectReader(object).Read();
      pushed.body = body_;
      items_.emplace_back(std::move(pushed));
    } catch (const FieldBroken& broken) {
      Bad(broken.field(), broken.what(), IdOf(*object.value));
    }
  }

  static std::string IdOf(const JsonValue& object) {
    const JsonValue* id = object.Find("refund_id");
    try {
      return id == nullptr || id->IsNull() ? "" : platform::DigitsOf(*id, "refund_id");
    } catch (const FieldBroken&) {
      return "";
    }
  }

  void Bad(const std::string& field, const std::string& problem, std::string refund_id = "") {
    items_.emplace_back(BadPush{body_, std::move(refund_id), field, problem});
  }

  const std::size_t body_;
  std::vector<PushedItem>& items_;
};

}  // namespace

std::vector<PushedItem> ReadPushes(const std::vector<std::string_view>& bodies) {
  std::vector<PushedItem> items;
  for (std::size_t i = 0; i < bodies.size(); ++i) BodyReader(i, items).Read(bodies[i]);
  return items;
}

std::vector<Unmapped> Absorb(const PushedRefund& pushed, PlatformFields& known) {
  std::vector<Unmapped> news;
  for (const Unmapped& unmapped : pushed.unmapped) {
    const bool is_news = !known.contains(NoteOf(unmapped));
    const bool is_twice = std::find(news.begin(), news.end(), unmapped) != news.end();
    if (is_news && !is_twice) news.push_back(unmapped);
  }
  Merge(pushed.fields, known);
  return news;
}

std::string NoteOf(const Unmapped& unmapped) {
  return std::string(kNoteUnknown) + unmapped.field + "=" + unmapped.value;
}

}  // namespace redress::aftersales
