// Every method and every event message against everybody: who may pass passes, everybody else is
// refused with the right code before any field is looked at, and a refused call changes nothing.

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "clients/cpp/call_error.h"
#include "tests/security/attempts.h"
#include "tests/security/doors.h"
#include "tests/security/stored_rows.h"
#include "tests/security/two_shops.h"
#include "tests/support/figure.h"

namespace redress::security {
namespace {

using client::CodeName;
using grpc::StatusCode;

class LockedDoor : public testing::TestWithParam<Door> {
 protected:
  static void SetUpTestSuite() { calls_ = wrong_ = 0; }
  static void TearDownTestSuite() {
    test::Figure("rpc_matrix_calls", calls_);
    test::Figure("rpc_matrix_wrong", wrong_);
  }

  Answer Call(const Caller& caller, const google::protobuf::Message& request) {
    ++calls_;
    return shops_.wire().Call(caller, door_.program, *door_.method, request);
  }

  void Wrong(const std::string& caller, const std::string& expected, const std::string& found) {
    ++wrong_;
    ADD_FAILURE() << door_.Name() << ", " << caller << ": expected " << expected << ", found "
                  << found;
  }

  void ExpectRefused(const Attempt& attempt, const std::string& shape,
                     const google::protobuf::Message& request) {
    const Answer answer = Call(attempt.caller, request);
    const bool right = answer.status.error_code() == attempt.expected &&
                       (attempt.reason.empty() || answer.reason == attempt.reason) &&
                       !answer.names_fields && !answer.has_item;
    if (right) return;
    Wrong(attempt.caller.name + " with " + shape, CodeName(attempt.expected) + " " + attempt.reason,
          CodeName(answer.status.error_code()) + " " + answer.reason + " " +
              answer.status.error_message());
  }

  void ExpectLetIn(const Permitted& permitted, const google::protobuf::Message& request) {
    const Answer answer = Call(permitted.caller, request);
    if (!answer.status.ok() || (door_.method->server_streaming() && !answer.has_item)) {
      return Wrong(permitted.caller.name + " as " + permitted.who, "OK",
                   CodeName(answer.status.error_code()) + " " + answer.reason + " " +
                       answer.status.error_message());
    }
    if (door_.check) door_.check(*answer.response);
  }

  StoredRows::Checksums Rows() {
    static StoredRows rows(shops_.stack());
    return rows.Of(door_.program);
  }

  void ExpectAllRefused(const std::vector<Attempt>& attempts,
                        const google::protobuf::Message& request) {
    const Request empty = Empty(door_);
    const Request malformed = Malformed(door_);
    const auto before = Rows();
    for (const Attempt& attempt : attempts) {
      ExpectRefused(attempt, "a request that would succeed", request);
      ExpectRefused(attempt, "an empty request", *empty);
      ExpectRefused(attempt, "a malformed request", *malformed);
    }
    const std::string changed = StoredRows::Difference(before, Rows());
    if (!changed.empty()) Wrong("refused callers", "no row changed", "changes in" + changed);
  }

  TwoShops& shops_ = TwoShops::Shared();
  const Door& door_ = GetParam();

 private:
  inline static int calls_ = 0;
  inline static int wrong_ = 0;
};

TEST_P(LockedDoor, OpensForThoseWhoMayPassAndForNobodyElse) {
  const auto permitted = PermittedAt(door_, shops_);
  const auto attempts = AttemptsAt(door_, shops_);
  ASSERT_FALSE(permitted.empty());
  Request request = door_.prepare(shops_.ours(), permitted.front().who);
  ExpectAllRefused(attempts, *request);
  // The very request that was refused, so that nothing but the caller made the difference.
  ExpectLetIn(permitted.front(), *request);
  for (const Attempt& attempt : attempts) ExpectRefused(attempt, "a repeat", *request);
  for (std::size_t i = 1; i < permitted.size(); ++i) {
    ExpectLetIn(permitted[i], *door_.prepare(shops_.ours(), permitted[i].who));
  }
}

INSTANTIATE_TEST_SUITE_P(All, LockedDoor, testing::ValuesIn(AllDoors()),
                         [](const auto& info) { return info.param.Name(); });

}  // namespace
}  // namespace redress::security
