#pragma once

// A door is a method, or an event message inside one, with who may pass and a request that
// succeeds for them. Who may pass is written here a second time, beside the contract, on purpose:
// letting one more in takes two changes.

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "clients/cpp/wire.h"
#include "tests/e2e/shop.h"

namespace redress::security {

using Request = std::unique_ptr<google::protobuf::Message>;

// Words separated by spaces.
struct MayPass {
  std::string roles = {};     // "agent supervisor"
  std::string services = {};  // common names of certificates
  bool anyone = false;        // without a token
  bool signed_in = false;     // everybody with a token, in no shop
};

struct Door {
  std::string program;  // that serves it: "order"
  const google::protobuf::MethodDescriptor* method = nullptr;
  std::string event = {};  // the kind's and its oneof's field: "refund.approve"; empty for a method
  MayPass may_pass;
  // Brings the shop to where the request succeeds for `who` (a role or a service), and makes it.
  std::function<Request(e2e::Shop& shop, const std::string& who)> prepare;
  // What the answer has to say besides OK, if anything.
  std::function<void(const google::protobuf::Message& response)> check = {};

  // "OrderService_GetOrder"; with "_order" behind it where several programs serve the method.
  std::string Name() const;
};
void PrintTo(const Door& door, std::ostream* out);

// The whole table.
std::vector<Door> AllDoors();

std::vector<Door> IdentityDoors();
std::vector<Door> CustomerDoors();
std::vector<Door> PeopleDoors();
std::vector<Door> OrderDoors();
std::vector<Door> OrderWorkDoors();
std::vector<Door> CaseDoors();
std::vector<Door> QueueDoors();
std::vector<Door> AgentDoors();
std::vector<Door> CompensationDoors();
std::vector<Door> DeadlineDoors();
std::vector<Door> GoodsAndMoneyDoors();  // warehouse, settlements
std::vector<Door> BankRunDoors();
std::vector<Door> PlatformDoors();
std::vector<Door> WebhookDoors();
std::vector<Door> RefundEventDoors();
std::vector<Door> DisputeEventDoors();
std::vector<Door> ReviewEventDoors();
std::vector<Door> DeskDoors();
std::vector<Door> CustomerTagDoors();  // tags, their rules, segments, care
std::vector<Door> FigureDoors();
std::vector<Door> EventDoors();
std::vector<Door> PrivacyDoors();
std::vector<Door> PastDoors();  // what was before Redress
std::vector<Door> NoteDoors();
std::vector<Door> SearchDoors();

// fill(shop, who, request)
template <class Message, class Fill>
Door DoorOf(MayPass may_pass, Fill fill) {
  const auto& method = client::MethodOf(*Message::descriptor());
  return {.program = client::ServiceOf(method),
          .method = &method,
          .may_pass = std::move(may_pass),
          .prepare = [fill](e2e::Shop& shop, const std::string& who) -> Request {
            auto request = std::make_unique<Message>();
            fill(shop, who, *request);
            return request;
          }};
}

inline constexpr char kEveryRole[] = "agent supervisor warehouse finance admin auditor integration";

std::vector<std::string> Words(const std::string& text);

}  // namespace redress::security
