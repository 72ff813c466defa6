#pragma once

// A shop of its own for a test, with one member per role, and the moves that bring its cases along.

#include <redress/aftersales/v1/case_service.pb.h>
#include <redress/aftersales/v1/settlement_service.pb.h>
#include <redress/aftersales/v1/warehouse_service.pb.h>
#include <redress/order/v1/order_service.pb.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "clients/cpp/call_error.h"
#include "clients/cpp/client.h"
#include "tests/e2e/stack.h"

namespace redress::e2e {

namespace aftersales = redress::aftersales::v1;
namespace order = redress::order::v1;

inline constexpr std::int64_t kLinePaid = 100'00;  // every line of a pushed order
inline constexpr std::int64_t kPostagePaid = 8'00;
inline constexpr std::int64_t kAgentLimit = 200'00;  // what the agent may approve alone

class Shop {
 public:
  // Creates the shop in `time_zone` and its members, and logs them in.
  explicit Shop(Stack& stack, const std::string& time_zone = "Asia/Shanghai");

  Stack& stack() { return stack_; }
  const std::string& shop_id() const { return shop_id_; }
  // "agent", "supervisor", "warehouse", "finance", "admin", "auditor", "integration".
  client::Client& As(const std::string& role) { return *clients_.at(role); }
  const std::string& AccountOf(const std::string& role) const { return accounts_.at(role); }
  // For callers that are not a client::Client.
  std::string AccessTokenOf(const std::string& role) { return sessions_.at(role)->AccessToken(); }
  const std::string& PasswordOf(const std::string& role) const { return passwords_.at(role); }
  std::string AccountNameOf(const std::string& role) const { return name_ + "." + role; }
  // Logs everybody in again: after the clock was moved past their sessions.
  void LogInAgain();

  // A paid, shipped and received order of `lines` lines.
  order::Order PushOrder(int lines = 1, std::int64_t paid_minor = kLinePaid);
  // The same, of one line, by a buyer who has no other.
  order::Order PushOrderOfNewBuyer();
  // A paid order of one line and kPostagePaid of postage, not shipped.
  order::Order PushUnshippedOrder();
  // The same order, once its parcel has left.
  order::Order PushShipped(const order::Order& unshipped);
  aftersales::Case Open(const order::Order& order, aftersales::RefundVariant variant,
                        std::int64_t amount_minor = kLinePaid, int line = 0);
  aftersales::Case Get(const std::string& case_id);
  // Applies an event with the case's present version.
  aftersales::Case Apply(const std::string& role, const std::string& case_id,
                         const std::function<void(aftersales::RefundEvent&)>& set);
  void Assign(const std::string& case_id);  // to the agent

  // Moves.
  void Approve(const std::string& case_id, std::int64_t amount_minor = kLinePaid);
  void Reject(const std::string& case_id);
  void ShipReturn(const std::string& case_id);
  aftersales::WarehouseTask Claim(const std::string& case_id);
  void Receive(const std::string& case_id);
  void Inspect(const std::string& case_id, int good);
  void ShipReplacement(const std::string& case_id);  // by the warehouse
  void ReportIntercepted(const std::string& case_id, aftersales::InterceptOutcome outcome);
  void Settle(const std::string& case_id);
  // Of the last attempt: failed or unknown.
  void RecordPayment(const std::string& case_id, aftersales::SettlementState result);
  void FollowUp(const std::string& case_id);

  std::vector<aftersales::Step> Steps(const std::string& case_id);

 private:
  // Fills in the attempt that finance sees in its list.
  void Record(aftersales::RecordSettlementResultRequest request);
  order::OrderInput InputOf(const std::string& number, int lines, std::int64_t paid_minor);
  order::Order PushUnreceived(const std::string& number, bool shipped);
  void CreateMember(const std::string& role);
  void LogIn(const std::string& role);

  Stack& stack_;
  std::string name_;
  std::string shop_id_;
  std::map<std::string, std::string> passwords_;
  std::map<std::string, std::string> accounts_;
  std::map<std::string, std::shared_ptr<client::Session>> sessions_;
  std::map<std::string, std::unique_ptr<client::Client>> clients_;
  int orders_ = 0;
};

// Whether the condition holds of services that answer: one that was just started does not yet.
template <class Condition>
bool OnceReached(Condition condition) {
  try {
    return condition();
  } catch (const client::CallError& error) {
    if (!error.unreachable()) throw;
    return false;
  }
}

// A word that no other test uses.
std::string Unique(const std::string& stem);

}  // namespace redress::e2e
