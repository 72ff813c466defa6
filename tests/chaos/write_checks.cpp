// Everything but steps, against what the clients recorded: orders, claims, customers, members; then
// repeats, texts and figures through the public API.

#include <google/protobuf/util/message_differencer.h>
#include <redress/aftersales/v1/case_service.pb.h>
#include <redress/aftersales/v1/warehouse_service.pb.h>
#include <redress/customer/v1/customer_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>
#include <redress/order/v1/order_service.pb.h>

#include <map>
#include <memory>
#include <string>

#include "tests/chaos/checks.h"
#include "tests/chaos/root_connection.h"
#include "tests/e2e/figures.h"
#include "tests/support/wait_for.h"

namespace redress::chaos {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace customer = redress::customer::v1;
namespace identity = redress::identity::v1;
namespace order = redress::order::v1;

constexpr std::size_t kRepeatOneIn = 40;
constexpr std::size_t kReadTextOneIn = 20;

// A thing's id and version by the name that its client gave it.
struct Stored {
  std::string id;
  std::uint64_t version = 0;
};
using ByName = std::map<std::string, Stored>;

ByName ReadByName(platform::Connection& database, std::string_view sql) {
  platform::Result rows = database.Query(sql);
  ByName stored;
  while (rows.Next()) stored[rows.String(0)] = {rows.String(1), rows.Uint64(2)};
  return stored;
}

void CheckStored(const CallRecord& record, const ByName& stored, const std::string& name,
                 const std::string& id, const std::string& etag, Violations& violations) {
  const auto found = stored.find(name);
  if (found == stored.end()) {
    violations.Add("an acknowledged write is lost", record.Describe() + ": " + name);
  } else if (found->second.id != id || found->second.version < std::stoull(etag)) {
    violations.Add("a write is not as it was acknowledged",
                   record.Describe() + ": " + name + " told " + id + " version " + etag +
                       ", found " + found->second.id + " version " +
                       std::to_string(found->second.version));
  }
}

// request_ids of one service's ordinary writes.
ByName ReadRequests(platform::Connection& database, const std::string& schema) {
  return ReadByName(database, "SELECT request_id, origin, 0 FROM " + schema + ".requests");
}

bool MayBeRepeated(const CallRecord& record) {
  return record.outcome == CallRecord::Outcome::kAnswered && !record.request_id.empty();
}

}  // namespace

void CheckOtherWrites(e2e::Stack& stack, const e2e::Shop& shop, const Journal& journal,
                      Violations& violations) {
  platform::Connection database(RootOf(stack));
  const ByName orders = ReadByName(
      database, "SELECT order_number, CAST(order_id AS CHAR), version FROM redress_order.orders");
  const ByName customers = ReadByName(
      database, "SELECT nick, CAST(customer_id AS CHAR), version FROM redress_customer.customers");
  const ByName members =
      ReadByName(database,
                 "SELECT a.account_name, CAST(a.account_id AS CHAR), m.version FROM"
                 " redress_identity.accounts a JOIN redress_identity.memberships m"
                 " ON m.account_id = a.account_id WHERE m.shop_id = " +
                     shop.shop_id());
  const ByName claims = ReadRequests(database, "redress_aftersales");
  for (const CallRecord& record : journal.records()) {
    if (const auto* pushed = record.Answer<order::PushOrderResponse>()) {
      const order::Order& one = pushed->order();
      CheckStored(record, orders, one.order_number(), one.order_id(), one.etag(), violations);
    } else if (const auto* written = record.Answer<customer::UpsertCustomerResponse>()) {
      const customer::Customer& one = written->customer();
      CheckStored(record, customers, one.nick(), one.customer_id(), one.etag(), violations);
    } else if (const auto* made = record.Answer<identity::CreateMemberResponse>()) {
      const identity::Member& one = made->member();
      CheckStored(record, members, one.account_name(), one.account_id(), one.etag(), violations);
    } else if (const auto* changed = record.Answer<identity::UpdateMemberResponse>()) {
      const identity::Member& one = changed->member();
      CheckStored(record, members, one.account_name(), one.account_id(), one.etag(), violations);
    } else if (record.Answer<aftersales::ClaimTaskResponse>() != nullptr &&
               claims.count(record.request_id) == 0) {
      violations.Add("an acknowledged claim is lost", record.Describe());
    }
  }
}

void CheckRepeats(Caller& caller, const Journal& journal, Violations& violations) {
  for (const CallRecord& record : journal.records()) {
    if (!MayBeRepeated(record)) continue;
    if (!record.was_unknown && record.number % kRepeatOneIn != 0) continue;
    std::unique_ptr<google::protobuf::Message> again(record.response->New());
    try {
      caller.Repeat(record, *again);
    } catch (const std::runtime_error& problem) {
      violations.Add("a repeat was refused", record.Describe() + ": " + problem.what());
      continue;
    }
    google::protobuf::util::MessageDifferencer differences;
    // Contact data is not kept with an answer: a repeat shows it as it is now.
    differences.IgnoreField(customer::Customer::descriptor()->FindFieldByName("masked_contact"));
    std::string found;
    differences.ReportDifferencesToString(&found);
    if (!differences.Compare(*record.response, *again)) {
      violations.Add("a repeat got another answer", record.Describe() + ": " + found);
    }
  }
}

void CheckTexts(Caller& caller, const Journal& journal, Violations& violations) {
  for (const CallRecord& record : journal.records()) {
    const auto* opened = record.Answer<aftersales::OpenRefundResponse>();
    if (opened == nullptr || record.number % kReadTextOneIn != 0) continue;
    aftersales::ListStepsRequest request;
    request.set_case_id(opened->case_().case_id());
    const auto steps = caller.Read<aftersales::ListStepsResponse>("agent", request).steps();
    const std::string& text = record.Request<aftersales::OpenRefundRequest>()->text();
    if (steps.empty() || steps[0].text() != text) {
      violations.Add("a text cannot be read again", record.Describe());
    }
  }
}

void CheckFigures(e2e::Stack& stack, e2e::Shop& shop, Violations& violations) {
  const auto number = [&](const std::string& sql) {
    return std::stoll(stack.Sql(sql + " AND shop_id = " + shop.shop_id()));
  };
  const std::string steps = " FROM redress_aftersales.steps WHERE ";
  const std::pair<std::int64_t, std::int64_t> completion(
      number("SELECT COUNT(*)" + steps + "from_state = 'Settling' AND to_state = 'FollowingUp'"),
      number("SELECT COUNT(DISTINCT case_id)" + steps +
             "case_id NOT IN (SELECT case_id FROM redress_aftersales.steps WHERE to_state ="
             " 'Withdrawn')"));
  const std::pair<std::int64_t, std::int64_t> refunds(
      number("SELECT SUM(amount) FROM redress_aftersales.settlements WHERE state = 2"),
      number("SELECT SUM(paid_minor) FROM redress_order.order_lines WHERE TRUE"));
  const e2e::Days days = e2e::Around(stack.NowUs());
  const auto compare = [&](const std::string& figure, const std::string& kind,
                           const std::pair<std::int64_t, std::int64_t>& expected) {
    const auto found = e2e::FigureOf(shop, figure, days, kind);
    if (found == expected) return;
    violations.Add("a figure is not what the steps say",
                   figure + ": " + std::to_string(found.first) + "/" +
                       std::to_string(found.second) + ", steps: " + std::to_string(expected.first) +
                       "/" + std::to_string(expected.second));
  };
  compare("case_completion_rate", "refund", completion);
  compare("refund_rate", "", refunds);
  const e2e::Rebuilt rebuilt = e2e::Rebuild(shop);
  for (std::uint64_t i = 0; i < rebuilt.mismatches; ++i) {
    violations.Add("a figure is not what the rebuild says",
                   std::to_string(rebuilt.mismatches) + " of " + std::to_string(rebuilt.values));
  }
  if (rebuilt.values == 0) violations.Add("the rebuild compared nothing", "0 values");
}

}  // namespace redress::chaos
