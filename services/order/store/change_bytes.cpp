#include "services/order/store/change_bytes.h"

#include "redress/order/v1/change_service.pb.h"
#include "services/platform/sealing/seal_broken.h"

namespace redress::order {
namespace {

namespace proto = redress::order::v1;

void ToMessage(const Receiver& receiver, proto::Receiver& message) {
  message.set_name(receiver.name);
  message.set_phone(receiver.phone);
  message.set_address(receiver.address);
}

Receiver FromMessage(const proto::Receiver& message) {
  return {message.name(), message.phone(), message.address()};
}

}  // namespace

// The sealed bytes are the API's own message, so that a field can be added later; what it masks
// stands in it in clear.
std::string ToBytes(const ChangeRecord& record) {
  proto::OrderChange message;
  message.set_reason(record.reason);
  if (record.kind == ChangeKind::kAddress) {
    ToMessage(record.receiver_before, *message.mutable_masked_receiver_before());
    ToMessage(record.receiver_after, *message.mutable_masked_receiver_after());
  }
  for (const LinePrice& price : record.prices) {
    proto::PriceOfLine& line = *message.add_prices();
    line.set_line_id(platform::ToString(price.line));
    line.mutable_before()->set_minor_units(price.before_minor);
    line.mutable_after()->set_minor_units(price.after_minor);
  }
  message.set_memo_before(record.memo_before.text);
  message.set_memo_flag_before(record.memo_before.flag);
  message.set_memo_after(record.memo_after.text);
  message.set_memo_flag_after(record.memo_after.flag);
  return message.SerializeAsString();
}

void FromBytes(const std::string& bytes, ChangeRecord& record) {
  proto::OrderChange message;
  if (!message.ParseFromString(bytes)) throw platform::SealBroken("a change is no message");
  record.reason = message.reason();
  record.receiver_before = FromMessage(message.masked_receiver_before());
  record.receiver_after = FromMessage(message.masked_receiver_after());
  for (const proto::PriceOfLine& line : message.prices()) {
    record.prices.push_back({platform::ParseId<LineId>(line.line_id(), "line_id"),
                             line.before().minor_units(), line.after().minor_units()});
  }
  record.memo_before = {static_cast<std::uint8_t>(message.memo_flag_before()),
                        message.memo_before()};
  record.memo_after = {static_cast<std::uint8_t>(message.memo_flag_after()), message.memo_after()};
}

}  // namespace redress::order
