#include "tests/security/stored_rows.h"

#include <set>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "tests/support/wait_for.h"

namespace redress::security {
namespace {

// Leases that processes renew by themselves, the outbox that relays empty, how far webhooks have
// followed the events, how far back-fills have come, and whose tags are to be judged again.
constexpr char kTables[] =
    "SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables"
    " WHERE table_schema LIKE 'redress\\_%' AND table_type = 'BASE TABLE' AND table_name NOT IN"
    " ('outbox', 'relay_leases', 'event_reconciliations', 'id_workers', 'schema_migration_lease',"
    " 'webhook_intake', 'webhook_order_intake', 'search_backfills', 'order_backfills',"
    " 'customer_due')";
// What a service looks after again and again by itself (a refund whose order is not there, an event
// for an address that does not answer): its rows without the columns that say how that went.
const std::map<std::string, std::string>& LookedAfter() {
  static const std::map<std::string, std::string> columns{
      {"redress_aftersales.platform_refunds",
       "shop_id, refund_id, object_id, version, status, ended, pushes, created_at"},
      {"redress_aftersales.webhooks",
       "shop_id, webhook_id, title, url, event_types, HEX(secret), secret_number, created_by"},
      {"redress_aftersales.webhook_deliveries",
       "shop_id, delivery_id, webhook_id, case_id, sequence, part, queued_at"}};
  return columns;
}
#define REDRESS_OUTBOXES                                \
  "SELECT (SELECT COUNT(*) FROM redress_order.outbox)"  \
  " + (SELECT COUNT(*) FROM redress_aftersales.outbox)" \
  " + (SELECT COUNT(*) FROM redress_desk.outbox)"       \
  " + (SELECT COUNT(*) FROM redress_customer.outbox)"
constexpr char kUnpublished[] = REDRESS_OUTBOXES
    " + (SELECT COUNT(*) FROM redress_customer.judged_shops WHERE swept_to IS NOT NULL)"
    // Due by the services' time, which tests move on. Nobody is judged before the shop has rules.
    " + (SELECT COUNT(*) FROM redress_customer.customer_due JOIN redress_customer.judged_shops"
    " USING (shop_id) WHERE due_at <= ";
// What services do by themselves shortly after a call: payment commands, banks' results, cases that
// follow their platform, what cases ask of each other, messages to buyers, and webhooks that are
// forgotten.
constexpr char kUnderWay[] =
    "SELECT (SELECT COUNT(*) FROM redress_aftersales.settlements WHERE send_at IS NOT NULL)"
    " + (SELECT COUNT(*) FROM redress_aftersales.bank_run_payments WHERE tell_at IS NOT NULL)"
    " + (SELECT COUNT(*) FROM redress_aftersales.platform_refunds"
    " WHERE due_at IS NOT NULL AND (case_id <> 0 OR attempts = 0))"
    " + (SELECT COUNT(*) FROM redress_aftersales.case_inbox WHERE due_at IS NOT NULL)"
    " + (SELECT COUNT(*) FROM redress_aftersales.webhooks WHERE state = 3)"
    " + (SELECT COUNT(*) FROM redress_desk.messages WHERE state = 1)";
// Services whose tables follow what the others publish.
const std::set<std::string> kFollowers{"scoring", "customer"};
constexpr std::string_view kPrefix = "redress_";
constexpr int kEqualLooks = 5;

}  // namespace

StoredRows::StoredRows(e2e::Stack& stack) : stack_(stack), bus_(stack) {
  std::istringstream names(stack_.Sql(kTables));
  for (std::string name; names >> name;) {
    const std::string program = name.substr(kPrefix.size(), name.find('.') - kPrefix.size());
    (kFollowers.contains(program) ? followed_[program] : tables_).push_back(name);
  }
  if (tables_.empty() || followed_.size() != kFollowers.size()) {
    throw std::runtime_error("no tables are found");
  }
}

StoredRows::Checksums StoredRows::Sums(const std::vector<std::string>& tables) {
  std::string statement = "CHECKSUM TABLE ";
  for (const std::string& table : tables) {
    statement += (&table == &tables.front() ? "" : ", ") + table;
  }
  std::istringstream rows(stack_.Sql(statement));
  Checksums sums;
  for (std::string table, sum; rows >> table >> sum;) {
    const auto looked_after = LookedAfter().find(table);
    sums[table] = looked_after == LookedAfter().end()
                      ? sum
                      : stack_.Sql("SELECT COALESCE(BIT_XOR(CRC32(CONCAT_WS('|', " +
                                   looked_after->second + "))), 0) FROM " + table);
  }
  if (sums.size() != tables.size()) throw std::runtime_error("not every table has a checksum");
  return sums;
}

StoredRows::Checksums StoredRows::Of(const std::string& program) {
  Checksums now;
  if (kFollowers.contains(program)) now = AtRest(program);
  now.merge(Now());
  return now;
}

StoredRows::Checksums StoredRows::Now() {
  // What others hear of it they write on their own, once it is on the bus: an erasure, a webhook.
  const auto at_rest = [&] {
    return stack_.Sql(REDRESS_OUTBOXES) == "0" && bus_.NothingWaits() &&
           stack_.Sql(kUnderWay) == "0";
  };
  if (!test::WaitFor(at_rest, std::chrono::seconds(30))) {
    throw std::runtime_error("the services do not come to rest");
  }
  return Sums(tables_);
}

StoredRows::Checksums StoredRows::AtRest(const std::string& program) {
  Checksums last;
  int equal_looks = 0;
  // What was taken in last may still be worked on, so one look without a change is not enough.
  const auto settled = [&] {
    const bool taken_in = stack_.Sql(kUnpublished + std::to_string(stack_.NowUs()) + ")") == "0" &&
                          bus_.NothingWaits();
    Checksums now = Sums(followed_.at(program));
    equal_looks = taken_in && now == last ? equal_looks + 1 : 0;
    last = std::move(now);
    return equal_looks == kEqualLooks;
  };
  if (!test::WaitFor(settled, std::chrono::seconds(30))) {
    throw std::runtime_error(program + " does not come to rest");
  }
  return last;
}

std::string StoredRows::Difference(const Checksums& before, const Checksums& after) {
  std::string tables;
  for (const auto& [table, sum] : after) {
    if (!before.contains(table) || before.at(table) != sum) tables += " " + table;
  }
  return tables;
}

}  // namespace redress::security
