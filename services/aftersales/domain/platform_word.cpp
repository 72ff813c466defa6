#include "services/aftersales/domain/platform_word.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "services/aftersales/domain/platform_values.h"

namespace redress::aftersales {
namespace {

using platform::JsonValue;
using workflows::refund::Shipping;
using workflows::refund::Variant;

constexpr std::size_t kLongestReason = 64;
constexpr std::size_t kLongestText = 2000;
constexpr std::size_t kMostOperations = 50;

struct StatusRow {
  std::string_view name;
  std::string_view code;  // of exchanges
  PlatformStage stage;
  bool of_exchange;
};

// clang-format off
constexpr std::array<StatusRow, 14> kStatuses{{
    {"WAIT_SELLER_AGREE",                             "1",  PlatformStage::kWaitSellerAgree,        false},
    {"WAIT_BUYER_RETURN_GOODS",                       "2",  PlatformStage::kWaitBuyerReturn,        false},
    {"WAIT_SELLER_CONFIRM_GOODS",                     "3",  PlatformStage::kWaitSellerConfirmGoods, false},
    {"CLOSED",                                        "4",  PlatformStage::kClosed,                 false},
    {"SUCCESS",                                       "5",  PlatformStage::kSuccess,                false},
    {"SELLER_REFUSE_BUYER",                           "6",  PlatformStage::kSellerRefused,          false},
    {"WAIT_SELLER_CONSIGN_GOODS",                     "12", PlatformStage::kWaitSellerConsign,      true},
    {"WAIT_SELLER_CONSIGN_GOOGDS",                    "",   PlatformStage::kWaitSellerConsign,      true},
    {"EXCHANGE_WAIT_BUYER_CONFIRM_GOODS",             "13", PlatformStage::kWaitBuyerConfirm,       true},
    {"WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS", "",   PlatformStage::kWaitBuyerConfirm,       true},
    {"WAIT_BUYER_CONFIRM_REDO_SEND_GOODS",            "",   PlatformStage::kWaitBuyerConfirm,       true},
    {"WAIT_SELLER_CONFIRM_RETURN_ADDRESS",            "",   PlatformStage::kWaitBuyerReturn,        false},
    {"EXCHANGE_TRANSFORM_TO_REFUND",                  "14", PlatformStage::kTurnedIntoRefund,       false},
    {"POST_FEE_DISPUTE_WAIT_ACTIVATE",                "",   PlatformStage::kPostFeeDispute,         false},
}};

// Mapped, or understood and of no use to a case.
constexpr std::array<std::string_view, 41> kKnownFields{
    "refund_id", "tid", "oid", "alipay_no", "buyer_nick", "buyer_open_uid", "seller_nick", "num_iid",
    "outer_id", "sku", "total_fee", "refund_fee", "payment", "price", "split_taobao_fee",
    "split_seller_fee", "title", "num", "reason", "desc", "attribute", "dispute_type",
    "company_name", "sid", "address", "good_return_time", "shipping_type", "status", "order_status",
    "good_status", "has_good_return", "cs_status", "advance_status", "refund_phase",
    "refund_version", "operation_contraint", "created", "modified", "refund_remind_timeout",
    "allowed_operations", "not_allowed_operations"};
// clang-format on

struct OperationRow {
  std::string_view code;
  std::string_view event;
};
// What the platform's interfaces for sellers are called. Codes beyond them are listed for people.
constexpr std::array<OperationRow, 6> kOperations{{
    {"agree", workflows::refund::Approve::kName},
    {"refuse", workflows::refund::Reject::kName},
    {"returngoods_agree", workflows::refund::Approve::kName},
    {"returngoods_refuse", workflows::refund::Reject::kName},
    {"returngoods_confirm", workflows::refund::ReceiveGoods::kName},
    {"consigngoods", workflows::refund::ShipReplacement::kName},
}};

const StatusRow* FindStatus(std::string_view status) {
  const auto found = std::find_if(kStatuses.begin(), kStatuses.end(), [&](const StatusRow& row) {
    return row.name == status || (!row.code.empty() && row.code == status);
  });
  return found == kStatuses.end() ? nullptr : &*found;
}

std::int32_t QuantityOf(const PlatformValues& fields) {
  const auto value = fields.Find("num");
  if (!value) return 0;
  const std::int64_t count = platform::CountOf(*value, "num");
  if (count > 1'000'000) {
    throw platform::FieldBroken("num", "is above 1000000; send the units of the line");
  }
  return static_cast<std::int32_t>(count);
}

// Of so many units; 0 where that is beyond what amounts reach.
std::int64_t WorthOf(std::int64_t price, std::int64_t quantity) {
  constexpr std::int64_t kMost = 1'000'000'000'000'000;
  const std::int64_t units = std::max<std::int64_t>(quantity, 1);
  return price > kMost / units ? 0 : price * units;
}

std::int64_t RemindAt(const PlatformValues& fields) {
  const auto remind = fields.Find("refund_remind_timeout");
  if (!remind) return 0;
  if (!remind->IsObject()) {
    throw platform::FieldBroken("refund_remind_timeout",
                                "is no object; send exist_timeout, remind_type and timeout in it");
  }
  const JsonValue* exists = remind->Find("exist_timeout");
  const JsonValue* timeout = remind->Find("timeout");
  const bool is_off = exists != nullptr && !exists->IsNull() &&
                      !platform::FlagOf(*exists, "refund_remind_timeout.exist_timeout");
  if (is_off || timeout == nullptr || timeout->IsNull() || timeout->text.empty()) return 0;
  return platform::TimeOf(*timeout, "refund_remind_timeout.timeout", kAheadOfUtcUs);
}

// Codes, or objects with an operation_code, alone or under `operation`.
std::vector<std::string> OperationsOf(const JsonValue& value, std::string_view field) {
  const JsonValue* list = &value;
  if (const JsonValue* inner = value.Find("operation")) list = inner;
  if (!list->IsList()) {
    throw platform::FieldBroken(std::string(field), "is no list; send the operations' codes");
  }
  std::vector<std::string> codes;
  for (const JsonValue& item : list->items) {
    const JsonValue* code = item.IsObject() ? item.Find("operation_code") : &item;
    if (code == nullptr || codes.size() == kMostOperations) continue;
    codes.push_back(platform::ShortTextOf(*code, field, kLongestReason));
  }
  return codes;
}

Variant VariantOf(const PlatformValues& values, PlatformStage stage) {
  if (stage == PlatformStage::kPostFeeDispute) return Variant::kPostage;
  if (values.IsNoted(kNoteExchange)) return Variant::kExchange;
  const bool returns =
      values.Flag("has_good_return") || values.IsNoted(kNoteAgreed) || values.IsNoted(kNoteSent);
  return returns ? Variant::kReturnAndRefund : Variant::kRefundOnly;
}

}  // namespace

PlatformStage StageOf(std::string_view status) {
  const StatusRow* row = FindStatus(status);
  return row == nullptr ? PlatformStage::kUnknown : row->stage;
}

PlatformStage StageOfWritten(std::string_view written) {
  if (written.size() >= 2 && written.front() == '"')
    written = written.substr(1, written.size() - 2);
  return StageOf(written);
}

bool IsOfExchange(std::string_view status) {
  const StatusRow* row = FindStatus(status);
  return row != nullptr && row->of_exchange;
}

bool PlatformWord::IsReturn() const {
  return variant == Variant::kReturnAndRefund || variant == Variant::kExchange;
}

PlatformWord WordOf(const PlatformFields& fields) {
  const PlatformValues values(fields);
  PlatformWord word;
  word.refund_id = values.Digits("refund_id");
  word.order_number = values.Digits("tid");
  word.line_number = values.Digits("oid");
  if (word.line_number.empty()) word.line_number = word.order_number;
  word.version = VersionOf(fields);
  word.status = values.Text("status", kLongestReason);
  word.stage = StageOf(word.status);
  word.paid = values.Minor("refund_fee");
  word.quantity = QuantityOf(values);
  word.variant = VariantOf(values, word.stage);
  word.amount = word.paid;
  if (word.amount == 0 && word.variant == Variant::kExchange) {
    word.amount = WorthOf(values.Minor("price"), word.quantity);
  }
  word.agreed = values.IsNoted(kNoteAgreed);
  word.sent = values.IsNoted(kNoteSent);
  word.intervened = values.IsNoted(kNoteIntervened);
  word.carrier = values.Text("company_name", kLongestReason);
  word.tracking = values.Text("sid", kLongestReason);
  word.shipping = values.Text("shipping_type", 16) == "post" ? Shipping::kPost : Shipping::kExpress;
  word.reason = values.Text("reason", kLongestReason);
  word.description = values.Text("desc", kLongestText);
  word.remind_at = RemindAt(values);
  if (const auto allowed = values.Find("allowed_operations")) {
    word.allowed_operations = OperationsOf(*allowed, "allowed_operations");
  }
  if (const auto refused = values.Find("not_allowed_operations")) {
    word.refused_operations = OperationsOf(*refused, "not_allowed_operations");
  }
  // Checked, though no case asks for them: what is wrong now would be wrong later.
  for (const char* money :
       {"total_fee", "payment", "price", "split_taobao_fee", "split_seller_fee"}) {
    values.Minor(money);
  }
  for (const char* time : {"created", "modified", "good_return_time"}) values.Time(time);
  return word;
}

std::string_view EventOfOperation(std::string_view code) {
  const auto known = std::find_if(kOperations.begin(), kOperations.end(),
                                  [&](const OperationRow& row) { return row.code == code; });
  return known == kOperations.end() ? std::string_view{} : known->event;
}

bool IsKnownField(std::string_view name) {
  return std::find(kKnownFields.begin(), kKnownFields.end(), name) != kKnownFields.end();
}

}  // namespace redress::aftersales
