#include "clients/importing/order_file.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "clients/cpp/text.h"

namespace redress::importing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// A platform's order has a few lines, a wholesale invoice hundreds; the order service takes this
// many.
constexpr int kMaxLinesPerOrder = 2000;

// The name of a field in which two rows of one order disagree; times may differ.
std::string Disagreement(const Message& first, const Message& other) {
  const auto& type = *first.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const auto& reflection = *first.GetReflection();
    if (field.is_repeated()) continue;
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
        reflection.GetString(first, &field) != reflection.GetString(other, &field)) {
      return field.name();
    }
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM &&
        reflection.GetEnumValue(first, &field) != reflection.GetEnumValue(other, &field)) {
      return field.name();
    }
  }
  return {};
}

// A file is no newer than what it tells: undated, it would overrule every push since it was
// written, and one of the past would shut out the pushes that tell more of the same orders.
void DateByItsTimes(redress::order::v1::OrderInput& order) {
  using google::protobuf::Timestamp;
  if (order.has_source_time()) return;
  Timestamp latest = order.order_time();
  const auto take = [&](const Timestamp& time) {
    if (std::pair(time.seconds(), time.nanos()) > std::pair(latest.seconds(), latest.nanos())) {
      latest = time;
    }
  };
  if (order.has_pay_time()) take(order.pay_time());
  for (const auto& parcel : order.shipments()) {
    if (parcel.has_ship_time()) take(parcel.ship_time());
    if (parcel.has_receive_time()) take(parcel.receive_time());
  }
  *order.mutable_source_time() = latest;
}

}  // namespace

OrderFile::OrderFile(std::string path, const Mapping& mapping, const Options& options)
    : file_(std::move(path), options.encoding.empty() ? mapping.encoding : options.encoding,
            mapping.delimiter),
      mapping_(mapping) {
  for (const auto& joined : options.joined) file_.Join(joined);
  const Header header(file_.header());
  const std::vector<const std::vector<FieldRule>*> sections{&mapping_.order, &mapping_.line,
                                                            &mapping_.refund};
  RefuseAnotherHeader(file_.path(), header, sections);
  if (!options.lines_path.empty()) {
    lines_file_ = std::make_unique<LinesFile>(
        options.lines_path, options.encoding.empty() ? mapping.encoding : options.encoding,
        mapping);
    rows_ += lines_file_->rows();
  }
  if (mapping_.one_row_per_order) {
    whole_orders_ = std::make_unique<WholeOrderReader>(file_, mapping_, lines_file_.get());
    file_.ForEachRowInForm([&](CsvRecord&) { ++rows_; });
  } else {
    CountLines(header);
  }
}

void OrderFile::CountLines(const Header& header) {
  group_position_ = header.PositionOf(mapping_.group_by, "group_by");
  for (const RecordRule& rule : mapping_.records) {
    kinds_.push_back({.position = header.PositionOf(rule.column, "records.column"),
                      .kind = rule.kind,
                      .prefix = rule.prefix});
  }
  // Columns that are missing are told before anything is sent.
  for (const auto* rules :
       {&mapping_.order, &mapping_.line, &mapping_.refund, &mapping_.correction}) {
    FieldWriter(*rules, header, mapping_);
  }
  file_.ForEachRowInForm([&](CsvRecord& record) {
    ++rows_;
    RowKind kind = RowKind::kOrderLine;
    std::string group;
    Classify(record, kind, group);
    if (kind == RowKind::kOrderLine) ++lines_of_[group];
  });
}

std::vector<std::string> OrderFile::KeptColumns() const {
  std::vector<std::string> names;
  if (whole_orders_) names = whole_orders_->KeptColumns();
  if (lines_file_) {
    for (std::string& name : lines_file_->KeptColumns()) names.push_back(std::move(name));
  }
  return names;
}

// A row with a bad cell elsewhere still tells its order.
bool OrderFile::TellsItsOrder(const CsvRecord& record) const {
  return file_.IsInColumns(record) && IsUtf8(record.fields[group_position_]) &&
         std::all_of(kinds_.begin(), kinds_.end(),
                     [&](const Bound& rule) { return IsUtf8(record.fields[rule.position]); });
}

void OrderFile::Classify(const CsvRecord& record, RowKind& kind, std::string& group) const {
  std::string problem;
  if (!record.problem.empty() && !TellsItsOrder(record)) {
    problem = record.problem;
  } else {
    group = client::Trim(record.fields[group_position_]);
    if (group.empty()) problem = mapping_.group_by + ": is empty, but every row needs it";
  }
  if (!problem.empty()) {
    throw MappingError("line " + std::to_string(record.line) + " of " + file_.path() + ": " +
                       problem +
                       "; nothing is imported, since it is not known which order misses the row");
  }
  kind = RowKind::kOrderLine;
  for (const Bound& rule : kinds_) {
    if (client::Trim(record.fields[rule.position]).starts_with(rule.prefix)) {
      kind = rule.kind;
      break;
    }
  }
}

std::string OrderFile::AddLine(const CsvRecord& record, FieldWriter& order_fields,
                               FieldWriter& line_fields, OpenOrder& open) const {
  redress::order::v1::OrderInput order;
  if (!file_.IsInColumns(record)) return record.problem;
  const std::string bad = order_fields.Write(record.fields, order);
  if (open.buyer.empty()) open.buyer = order.buyer_nick();
  if (!record.problem.empty()) return record.problem;
  if (!bad.empty()) return bad;
  redress::order::v1::OrderLineInput line;
  if (std::string problem = line_fields.Write(record.fields, line); !problem.empty()) {
    return problem;
  }
  if (line.line_number().empty()) line.set_line_number(std::to_string(open.seen));
  OrderItem& item = open.item;
  if (item.order.lines().empty()) {
    item.order = std::move(order);
    open.first_line = record.line;
  } else if (const std::string field = Disagreement(item.order, order); !field.empty()) {
    return field + ": differs from the order's first row (line " + std::to_string(open.first_line) +
           ")";
  }
  if (item.order.lines_size() >= kMaxLinesPerOrder) {
    return "the order has more than " + std::to_string(kMaxLinesPerOrder) + " lines";
  }
  *item.order.add_lines() = std::move(line);
  return {};
}

// The reason stands with each bad row; the others say where to look.
void OrderFile::RejectAll(OpenOrder open, const std::function<void(Reject)>& on_reject) {
  if (!open.buyer.empty()) held_back_buyers_.try_emplace(open.buyer, open.bad_line);
  for (std::size_t i = 0; i < open.problems.size(); ++i) {
    std::string& reason = open.problems[i];
    if (reason.empty()) reason = HeldBack(open.bad_line);
    on_reject({std::move(open.item.rows[i]), std::move(reason)});
  }
}

void OrderFile::ReadOrders(const std::function<void(OrderItem)>& on_order,
                           const std::function<void(Reject)>& on_reject) {
  if (whole_orders_) return ReadWholeOrders(on_order, on_reject);
  const Header header(file_.header());
  FieldWriter order_fields(mapping_.order, header, mapping_);
  FieldWriter line_fields(mapping_.line, header, mapping_);
  std::unordered_map<std::string, OpenOrder> open_orders;
  file_.ForEachRow([&](CsvRecord& record) {
    RowKind kind = RowKind::kOrderLine;
    std::string group;
    Classify(record, kind, group);
    if (kind != RowKind::kOrderLine) return;
    OpenOrder& open = open_orders[group];
    ++open.seen;
    open.problems.push_back(AddLine(record, order_fields, line_fields, open));
    open.item.rows.push_back({record.line, record.raw, ""});
    if (open.bad_line == 0 && !open.problems.back().empty()) open.bad_line = record.line;
    const auto counted = lines_of_.find(group);
    if (counted == lines_of_.end() || open.seen < counted->second) return;
    OpenOrder complete = std::move(open);
    open_orders.erase(group);
    if (complete.bad_line != 0) return RejectAll(std::move(complete), on_reject);
    DateByItsTimes(complete.item.order);
    on_order(std::move(complete.item));
  });
}

void OrderFile::ReadWholeOrders(const std::function<void(OrderItem)>& on_order,
                                const std::function<void(Reject)>& on_reject) {
  file_.ForEachRow([&](CsvRecord& record) {
    OrderItem item;
    const std::string problem = whole_orders_->Read(record, item);
    if (problem.empty()) {
      DateByItsTimes(item.order);
      return on_order(std::move(item));
    }
    for (Row& row : item.rows) on_reject({std::move(row), problem});
  });
  if (lines_file_) lines_file_->RejectRest(on_reject);
}

void OrderFile::ReadAdjustments(const std::function<void(AdjustmentItem)>& on_adjustment,
                                const std::function<void(Reject)>& on_reject) {
  if (whole_orders_) return;
  const Header header(file_.header());
  FieldWriter refund_fields(mapping_.refund, header, mapping_);
  FieldWriter correction_fields(mapping_.correction, header, mapping_);
  std::unordered_map<std::string, std::uint32_t> occurrences;
  file_.ForEachRow([&](CsvRecord& record) {
    RowKind kind = RowKind::kOrderLine;
    std::string group;
    Classify(record, kind, group);
    if (kind == RowKind::kOrderLine) return;
    const std::uint32_t occurrence = ++occurrences[group];
    AdjustmentItem item;
    FieldWriter& fields = kind == RowKind::kRefund ? refund_fields : correction_fields;
    std::string problem = record.problem;
    if (problem.empty()) problem = fields.Write(record.fields, item.adjustment);
    if (!problem.empty()) {
      on_reject({{record.line, record.raw, ""}, std::move(problem)});
      return;
    }
    item.adjustment.set_correction(kind == RowKind::kCorrection);
    if (item.adjustment.adjustment_number().empty()) {
      item.adjustment.set_adjustment_number(group + ":" + std::to_string(occurrence));
    }
    item.row = {record.line, record.raw, ""};
    on_adjustment(std::move(item));
  });
}

}  // namespace redress::importing
