#pragma once

// One thread of load on identity and customer: members are made and changed, sessions renewed,
// ended and begun again, customers and their contact data written.

#include <redress/customer/v1/customer_service.pb.h>
#include <redress/identity/v1/session_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "tests/chaos/caller.h"
#include "tests/e2e/shop.h"

namespace redress::chaos {

namespace identity = redress::identity::v1;
namespace customer = redress::customer::v1;

class FrontDesk {
 public:
  FrontDesk(e2e::Shop& shop, Caller& caller, Journal& journal, Violations& violations);

  // Keeps step with the clerks: a round for every few of their steps, until told to stop.
  void Work(const std::atomic<bool>& stop);

  // Logs in a member that was acknowledged; a violation when it cannot.
  void LogInAMember();

 private:
  void Round();
  void CreateMember();
  void UpdateMember();
  void WriteCustomer();
  void RenewSession();
  // Begins a session; false when there was no answer to be had.
  std::optional<identity::LogInResponse> LogIn(const std::string& account,
                                               const std::string& password);

  e2e::Shop& shop_;
  Caller& caller_;
  Journal& journal_;
  Violations& violations_;
  int rounds_ = 0;
  struct NewMember {
    identity::Member member;
    std::string password;
  };
  std::vector<NewMember> members_;
  std::optional<customer::Customer> customer_;
  std::string refresh_token_;
  bool token_was_sent_ = false;
};

}  // namespace redress::chaos
