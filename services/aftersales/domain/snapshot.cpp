#include "services/aftersales/domain/snapshot.h"

#include <stdexcept>
#include <type_traits>

namespace redress::aftersales {
namespace {

// Format 1 had no replacement and no parcel to stop: what it lacks stays as it is when it is read.
constexpr std::uint8_t kFormat = 2;
constexpr std::uint8_t kOldestFormat = 1;

void CheckFormat(std::uint8_t format) {
  if (format >= kOldestFormat && format <= kFormat) return;
  throw std::runtime_error("a snapshot has an unknown format");
}

// Numbers are zigzag varints: most are small.
class Writer {
 public:
  template <class Number>
  void operator()(const Number& number)
    requires std::is_integral_v<Number> || std::is_enum_v<Number>
  {
    const auto value = static_cast<std::int64_t>(number);
    auto rest = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
    for (; rest >= 0x80; rest >>= 7) bytes_.push_back(static_cast<char>(rest | 0x80));
    bytes_.push_back(static_cast<char>(rest));
  }
  void operator()(const std::string& text) {
    (*this)(text.size());
    bytes_.append(text);
  }
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <class Number>
  void operator()(Number& number)
    requires std::is_integral_v<Number> || std::is_enum_v<Number>
  {
    std::uint64_t raw = 0;
    for (int shift = 0;; shift += 7) {
      if (bytes_.empty() || shift > 63) throw std::runtime_error("a step's snapshot is cut short");
      const auto byte = static_cast<std::uint8_t>(bytes_.front());
      bytes_.remove_prefix(1);
      raw |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) break;
    }
    number = static_cast<Number>(static_cast<std::int64_t>((raw >> 1) ^ (~(raw & 1) + 1)));
  }
  void operator()(std::string& text) {
    std::size_t size = 0;
    (*this)(size);
    if (size > bytes_.size()) throw std::runtime_error("a step's snapshot is cut short");
    text.assign(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
  }

 private:
  std::string_view bytes_;
};

template <class Archive, class Progress>
void VisitProgress(Archive& a, Progress& p) {
  a(p.variant), a(p.amount_asked), a(p.quantity), a(p.proposed_amount), a(p.proposed_by);
  a(p.approved_amount), a(p.approved_how), a(p.approved_by), a(p.goods), a(p.shipping);
  a(p.inspection), a(p.offered_amount), a(p.reserved_amount), a(p.settled_amount);
  a(p.shortfall), a(p.settled_by), a(p.settlement_attempt), a(p.failed_attempts);
  a(p.settlement_unknown), a(p.ending), a(p.platform_closed), a(p.deadline_rule);
  a(p.deadline_condition), a(p.deadline_number), a(p.deadline_repeated);
}

template <class Archive, class C>
void VisitParcels(Archive& a, C& c) {
  a(c.progress.replacement), a(c.progress.interception), a(c.replacement_carrier);
  a(c.replacement_tracking), a(c.outbound_task.value), a(c.intercept_task.value);
}

template <class Archive, class C>
void VisitCase(Archive& a, C& c, std::uint8_t format) {
  a(c.state), a(c.final), a(c.version), a(c.workflow_version), a(c.updated_at);
  a(c.assignee.value), a(c.priority), a(c.needs_person), a(c.queue);
  VisitProgress(a, c.progress);
  a(c.due_at), a(c.warn_at), a(c.platform_intervened), a(c.return_carrier);
  a(c.return_tracking), a(c.back_carrier), a(c.back_tracking);
  a(c.inbound_task.value), a(c.send_back_task.value);
  if (format >= 2) VisitParcels(a, c);
}

template <class Archive, class T>
void VisitTask(Archive& a, T& t, std::uint8_t format) {
  a(t.id.value), a(t.kind), a(t.state), a(t.version), a(t.sku), a(t.title), a(t.quantity);
  a(t.carrier), a(t.tracking), a(t.claimed_by.value), a(t.lease_until), a(t.quantity_received);
  a(t.quantity_good), a(t.reason), a(t.case_state), a(t.created_at), a(t.updated_at);
  if (format >= 2) a(t.intercepted);
}

template <class Archive, class S>
void VisitSettlement(Archive& a, S& s) {
  a(s.amount), a(s.state), a(s.attempts), a(s.payment_reference), a(s.reason), a(s.created_at);
  a(s.updated_at);
}

}  // namespace

std::string EncodeSnapshot(const Answer& answer) {
  Writer writer;
  writer(kFormat);
  VisitCase(writer, answer.after, kFormat);
  writer(answer.task.has_value());
  if (answer.task) VisitTask(writer, *answer.task, kFormat);
  writer(answer.settlement.has_value());
  if (answer.settlement) VisitSettlement(writer, *answer.settlement);
  return writer.Take();
}

void DecodeSnapshot(std::string_view bytes, Answer& answer) {
  Reader reader(bytes);
  std::uint8_t format = 0;
  reader(format);
  CheckFormat(format);
  Case& after = answer.after;
  VisitCase(reader, after, format);
  bool present = false;
  reader(present);
  if (present) {
    WarehouseTask& task = answer.task.emplace();
    VisitTask(reader, task, format);
    task.shop = after.shop;
    task.case_id = after.id;
    task.order = after.order;
    task.line = after.line;
  }
  reader(present);
  if (present) {
    Settlement& settlement = answer.settlement.emplace();
    VisitSettlement(reader, settlement);
    settlement.shop = after.shop;
    settlement.case_id = after.id;
    settlement.case_number = after.number;
    settlement.order = after.order;
    settlement.customer = after.customer;
    settlement.currency = after.currency;
  }
}

std::string EncodeTask(const WarehouseTask& task) {
  Writer writer;
  writer(kFormat);
  VisitTask(writer, task, kFormat);
  return writer.Take();
}

void DecodeTask(std::string_view bytes, WarehouseTask& task) {
  Reader reader(bytes);
  std::uint8_t format = 0;
  reader(format);
  CheckFormat(format);
  VisitTask(reader, task, format);
}

}  // namespace redress::aftersales
