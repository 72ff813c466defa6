#pragma once

// One deployment for the whole binary, two shops in it, and everybody who may knock: members of
// each role with a genuine token, and the same people with tokens that must not work any more.

#include <redress/identity/v1/session_service.pb.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/e2e/shop.h"
#include "tests/security/callers.h"

namespace redress::security {

namespace identity = redress::identity::v1;

// The words of the contract's Role, in lower case.
inline const std::vector<std::string> kRoles = {"agent", "supervisor", "warehouse",  "finance",
                                                "admin", "auditor",    "integration"};

class TwoShops {
 public:
  // Made at first use: shops, members, expired and ended sessions.
  static TwoShops& Shared();

  e2e::Stack& stack() { return stack_; }
  Wire& wire() { return wire_; }
  e2e::Shop& ours() { return ours_; }
  e2e::Shop& theirs() { return theirs_; }

  // A member with a token that is good, in their own shop.
  Caller Member(const std::string& role);
  Caller TheirMember(const std::string& role);
  // Who was an agent of our shop once.
  Caller FormerMember();
  // A service or tool; says our shop.
  Caller Certificate(const std::string& common_name);
  static Caller Nobody() { return {.name = "no token"}; }

  // Logs in once more; answers tokens that nobody else uses.
  identity::SessionTokens NewSession(e2e::Shop& shop, const std::string& role);

  const std::string& ExpiredToken(const std::string& role) const { return expired_.at(role); }
  const std::string& EndedToken(const std::string& role) const { return ended_.at(role); }
  const std::string& RefreshToken() const { return refresh_token_; }
  const std::string& PublicKey() const { return public_key_; }
  // Every token that was given out, for who wants to look for them where they must not be.
  const std::vector<std::string>& GivenOut() const { return given_out_; }

 private:
  struct Kept {
    std::string token;
    std::int64_t renew_at_us = 0;
  };
  TwoShops();
  void AwaitExpiry();
  void EndASessionOfEachRole();
  void EndAMembership();
  identity::LogInResponse LogIn(const std::string& account, const std::string& password);
  std::string TokenOf(e2e::Shop& shop, const std::string& role);

  e2e::Stack& stack_;
  Wire wire_;
  e2e::Shop ours_;
  e2e::Shop theirs_;
  std::map<std::pair<std::string, std::string>, Kept> tokens_;
  std::map<std::string, std::string> expired_, ended_;
  std::string refresh_token_;
  std::string public_key_;
  std::string former_account_, former_password_;
  Kept former_;
  std::vector<std::string> given_out_;
};

}  // namespace redress::security
