#include <algorithm>
#include <array>

#include "services/aftersales/domain/platform_form.h"
#include "services/aftersales/domain/platform_values.h"
#include "services/aftersales/domain/platform_word.h"

namespace redress::aftersales {
namespace {

using platform::FieldBroken;
using platform::JsonValue;

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

const TopicRow* TopicOf(std::string_view topic) {
  if (topic.find("Refund") == std::string_view::npos) return nullptr;
  const auto found = std::find_if(kTopics.begin(), kTopics.end(),
                                  [&](const TopicRow& row) { return topic.ends_with(row.ending); });
  return found == kTopics.end() ? nullptr : &*found;
}

bool IsRefund(const JsonValue& value) { return value.Find("refund_id") != nullptr; }

std::string KeyOf(const JsonValue& object) {
  const JsonValue* id = object.Find("refund_id");
  if (id == nullptr || id->IsNull()) {
    throw FieldBroken("refund_id", "is missing; name the platform's refund");
  }
  return platform::DigitsOf(*id, "refund_id");
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

class RefundReader {
 public:
  RefundReader(const JsonValue& object, const TopicRow* topic) : object_(object), topic_(topic) {}

  PushedObject Read() {
    PushedObject pushed;
    pushed.key = KeyOf(object_);
    version_ = VersionIn(object_);
    TakeFields(object_, version_, pushed);
    for (const auto& [name, value] : object_.members) {
      if (!value.IsNull() && !IsKnownField(name)) AddUnmapped(pushed, {ShownName(name), {}});
    }
    AddFromTopic(pushed.fields);
    AddNotes(pushed);
    // Throws for values that their fields cannot have.
    AddUnknownOperations(WordOf(pushed.fields), pushed);
    return pushed;
  }

 private:
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

  void AddNotes(PushedObject& pushed) {
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
  void AddUnknownCode(PushedObject& pushed, std::string_view field,
                      const std::array<std::string_view, size>& known) {
    const std::string code = Said(pushed.fields, field);
    if (!code.empty() && !IsAmong(known, code)) AddUnknown(pushed, field, code);
  }

  void AddUnknownOperations(const PlatformWord& word, PushedObject& pushed) {
    const auto add = [&](std::string_view field, const std::vector<std::string>& codes) {
      for (const std::string& code : codes) {
        if (EventOfOperation(code).empty()) AddUnknown(pushed, field, code);
      }
    };
    add("allowed_operations", word.allowed_operations);
    add("not_allowed_operations", word.refused_operations);
  }

  void AddUnknown(PushedObject& pushed, std::string_view field, std::string_view code) {
    AddUnmapped(pushed, {std::string(field), ShownName(code)});
  }

  const JsonValue& object_;
  const TopicRow* topic_;
  std::int64_t version_ = 0;
};

PushedObject ReadRefund(const JsonValue& object, std::string_view topic) {
  return RefundReader(object, TopicOf(topic)).Read();
}

}  // namespace

const PlatformForm& RefundForm() {
  static const PlatformForm form{
      .wrappers = {"refund", "refunds"},
      .nothing = "holds no refund object; push the object, or a list",
      .other_topic = "is none of a refund's messages; push those of refunds here",
      .is_object = IsRefund,
      .id_field = "refund_id",
      .no_id = "is missing; name the platform's refund",
      .takes_topic = [](std::string_view topic) { return TopicOf(topic) != nullptr; },
      .read = ReadRefund,
      .key_of = KeyOf};
  return form;
}

}  // namespace redress::aftersales
