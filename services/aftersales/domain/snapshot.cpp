#include "services/aftersales/domain/snapshot.h"

#include <stdexcept>
#include <type_traits>

namespace redress::aftersales {
namespace {

// Which kind's progress follows. A kind has numbers of its own to grow in. The first format of
// refunds had no replacement, no parcel to stop and no triage, and the next no dispute; disputes
// had no refund, then no review; reviews had no dispute: what is lacking stays as it is when it is
// read.
constexpr std::uint8_t kFirstRefundFormat = 1;
constexpr std::uint8_t kUnlinkedRefundFormat = 2;
constexpr std::uint8_t kRefundFormat = 3;
constexpr std::uint8_t kUnlinkedDisputeFormat = 65;
constexpr std::uint8_t kUnreviewedDisputeFormat = 81;
constexpr std::uint8_t kDisputeFormat = 141;
constexpr std::uint8_t kUnlinkedReviewFormat = 66;
constexpr std::uint8_t kReviewFormat = 142;
// The first had no interception's outcome.
constexpr std::uint8_t kFirstTaskFormat = 1;
constexpr std::uint8_t kTaskFormat = 2;

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
  bool AtEnd() const { return bytes_.empty(); }
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
void VisitDeadline(Archive& a, Progress& p) {
  a(p.deadline_rule), a(p.deadline_condition), a(p.deadline_number), a(p.deadline_repeated);
}

template <class Archive, class Progress>
void VisitRefund(Archive& a, Progress& p) {
  a(p.variant), a(p.amount_asked), a(p.quantity), a(p.proposed_amount), a(p.proposed_by);
  a(p.approved_amount), a(p.approved_how), a(p.approved_by), a(p.goods), a(p.shipping);
  a(p.inspection), a(p.offered_amount), a(p.reserved_amount), a(p.settled_amount);
  a(p.shortfall), a(p.settled_by), a(p.settlement_attempt), a(p.failed_attempts);
  a(p.settlement_unknown), a(p.ending), a(p.platform_closed);
  VisitDeadline(a, p);
}

template <class Archive, class C>
void VisitParcels(Archive& a, C& c) {
  a(c.Refund().replacement), a(c.Refund().interception), a(c.replacement_carrier);
  a(c.replacement_tracking), a(c.outbound_task.value), a(c.intercept_task.value);
}

template <class Archive, class C>
void VisitRefundCase(Archive& a, C& c, std::uint8_t format) {
  VisitRefund(a, c.Refund());
  a(c.due_at), a(c.warn_at), a(c.platform_intervened), a(c.return_carrier);
  a(c.return_tracking), a(c.back_carrier), a(c.back_tracking);
  a(c.inbound_task.value), a(c.send_back_task.value);
  if (format > kFirstRefundFormat) VisitParcels(a, c);
  if (format > kUnlinkedRefundFormat) a(c.Refund().dispute);
}

// What a dispute has beyond the columns that all kinds share.
template <class Archive, class C>
void VisitDisputeProgress(Archive& a, C& c, std::uint8_t format) {
  auto& p = c.Dispute();
  a(c.resolve_by_at), a(p.channel), a(p.evidence), a(p.rounds_declined);
  a(p.options.refund), a(p.options.compensation), a(p.options.replacement), a(p.options.other);
  a(p.verdict), a(p.ruled_by_platform), a(p.remedy.kind), a(p.remedy.amount), a(p.executed);
  a(p.root_cause), a(p.measure);
  if (format > kUnlinkedDisputeFormat) a(p.refund), a(p.worth);
  if (format > kUnreviewedDisputeFormat) a(p.review);
}

// The same of a review.
template <class Archive, class C>
void VisitReviewProgress(Archive& a, C& c, std::uint8_t format) {
  auto& p = c.Review();
  a(p.stars), a(p.rating), a(p.reviewed_at), a(p.revision_possible), a(p.judgement);
  a(p.attempts.chat), a(p.attempts.phone), a(p.attempts.sms), a(p.parts_of_day);
  a(p.contact_refused), a(p.offer.kind), a(p.offer.amount), a(p.agreed), a(p.fulfilled);
  a(p.rating_now), a(p.revision_spent), a(p.evidence), a(p.malice_confirmed);
  a(p.reply_reason), a(p.replied), a(p.change);
  if (format > kUnlinkedReviewFormat) a(p.fault), a(p.dispute);
}

template <class Archive, class C>
void VisitPackedProgress(Archive& a, C& c, std::uint8_t format) {
  if (c.IsReview()) return VisitReviewProgress(a, c, format);
  VisitDisputeProgress(a, c, format);
}

template <class Archive, class C>
void VisitPackedCase(Archive& a, C& c, std::uint8_t format) {
  VisitPackedProgress(a, c, format);
  VisitDeadline(a, c.Armed());
  a(c.due_at), a(c.warn_at), a(c.platform_intervened);
}

template <class Archive, class C>
void VisitCase(Archive& a, C& c, std::uint8_t format) {
  a(c.state), a(c.final), a(c.version), a(c.workflow_version), a(c.updated_at);
  a(c.assignee.value), a(c.priority), a(c.needs_person), a(c.queue);
  if (c.IsRefund()) return VisitRefundCase(a, c, format);
  VisitPackedCase(a, c, format);
}

std::uint8_t FormatOf(const Case& of) {
  if (of.IsReview()) return kReviewFormat;
  return of.IsRefund() ? kRefundFormat : kDisputeFormat;
}

// Makes the case one of the kind that the bytes are of; answers the format.
std::uint8_t ReadKind(Reader& reader, Case& into) {
  std::uint8_t format = 0;
  reader(format);
  if (format >= kFirstRefundFormat && format <= kRefundFormat) {
    if (!into.IsRefund()) into.progress.emplace<workflows::refund::RefundProgress>();
  } else if (format == kDisputeFormat || format == kUnreviewedDisputeFormat ||
             format == kUnlinkedDisputeFormat) {
    into.progress.emplace<workflows::dispute::DisputeProgress>();
  } else if (format == kReviewFormat || format == kUnlinkedReviewFormat) {
    into.progress.emplace<workflows::review::ReviewProgress>();
  } else {
    throw std::runtime_error("a case's progress has an unknown format");
  }
  return format;
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

template <class Archive, class B>
void VisitBasis(Archive& a, B& b) {
  a(b.source), a(b.rule), a(b.condition), a(b.platform), a(b.variant), a(b.version);
  a(b.effective_at), a(b.amount_s), a(b.repeated), a(b.calendar), a(b.calendar_version);
  a(b.zone), a(b.start_at), a(b.due_at), a(b.warn_at);
}

template <class Archive, class C>
void VisitCompensation(Archive& a, C& c) {
  a(c.number), a(c.kind), a(c.state), a(c.version), a(c.currency), a(c.amount), a(c.reason);
  a(c.month), a(c.offered_by.value), a(c.decided_by.value), a(c.taken_by.value);
  a(c.given_at_step), a(c.payment_reference), a(c.why), a(c.created_at), a(c.updated_at);
}

// Behind the rest a snapshot may have sections: a number, and bytes that a program which does not
// know the number passes over.
constexpr std::uint16_t kDeadlineSection = 110;
constexpr std::uint16_t kCompensationSection = 150;
constexpr std::uint16_t kNotReturnableSection = 151;

template <class Visit>
void WriteSection(Writer& writer, std::uint16_t number, const Visit& visit) {
  Writer section;
  visit(section);
  writer(number);
  writer(section.Take());
}

void ReadCompensation(std::string_view bytes, Answer& answer) {
  Reader section(bytes);
  Compensation& one = answer.compensation.emplace();
  VisitCompensation(section, one);
  one.shop = answer.after.shop;
  one.case_id = answer.after.id;
  one.case_number = answer.after.number;
  one.order = answer.after.order;
  one.customer = answer.after.customer;
}

void ReadSections(Reader& reader, Answer& answer) {
  while (!reader.AtEnd()) {
    std::uint16_t number = 0;
    std::string bytes;
    reader(number), reader(bytes);
    if (number == kCompensationSection) ReadCompensation(bytes, answer);
    if (number == kNotReturnableSection) answer.after.not_returnable = bytes;
    if (number != kDeadlineSection) continue;
    Reader section(bytes);
    VisitBasis(section, answer.armed_by.emplace());
  }
}

}  // namespace

std::string EncodeSnapshot(const Answer& answer) {
  Writer writer;
  const std::uint8_t format = FormatOf(answer.after);
  writer(format);
  VisitCase(writer, answer.after, format);
  writer(answer.task.has_value());
  if (answer.task) VisitTask(writer, *answer.task, kTaskFormat);
  writer(answer.settlement.has_value());
  if (answer.settlement) VisitSettlement(writer, *answer.settlement);
  writer(Packed(answer.after.triage));
  if (answer.armed_by) {
    WriteSection(writer, kDeadlineSection,
                 [&](Writer& section) { VisitBasis(section, *answer.armed_by); });
  }
  if (answer.compensation) {
    WriteSection(writer, kCompensationSection,
                 [&](Writer& section) { VisitCompensation(section, *answer.compensation); });
  }
  if (!answer.after.not_returnable.empty()) {
    writer(kNotReturnableSection);
    writer(answer.after.not_returnable);
  }
  return writer.Take();
}

void DecodeSnapshot(std::string_view bytes, Answer& answer) {
  Reader reader(bytes);
  Case& after = answer.after;
  const std::uint8_t format = ReadKind(reader, after);
  VisitCase(reader, after, format);
  after.not_returnable.clear();  // unless a section says otherwise
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
  if (format == kFirstRefundFormat) {
    after.triage = PointsBehind(after.priority, !after.platform_refund_id.empty());
    return;
  }
  std::uint16_t triage = 0;
  reader(triage);
  after.triage = Unpacked(triage);
  ReadSections(reader, answer);
}

std::string EncodeProgress(const Case& of) {
  if (of.IsRefund()) return {};
  Writer writer;
  writer(FormatOf(of));
  VisitPackedProgress(writer, of, FormatOf(of));
  return writer.Take();
}

void DecodeProgress(std::string_view bytes, Case& into) {
  if (bytes.empty()) return;
  Reader reader(bytes);
  const std::uint8_t format = ReadKind(reader, into);
  if (into.IsRefund()) throw std::runtime_error("a refund's progress is not in this column");
  VisitPackedProgress(reader, into, format);
  if (!reader.AtEnd()) throw std::runtime_error("a case's progress goes on behind its end");
}

std::string EncodeTask(const WarehouseTask& task) {
  Writer writer;
  writer(kTaskFormat);
  VisitTask(writer, task, kTaskFormat);
  return writer.Take();
}

void DecodeTask(std::string_view bytes, WarehouseTask& task) {
  Reader reader(bytes);
  std::uint8_t format = 0;
  reader(format);
  if (format != kTaskFormat && format != kFirstTaskFormat) {
    throw std::runtime_error("a task's answer has an unknown format");
  }
  VisitTask(reader, task, format);
}

}  // namespace redress::aftersales
