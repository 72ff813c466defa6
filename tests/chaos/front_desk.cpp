#include "tests/chaos/front_desk.h"

#include <stdexcept>

#include "tests/support/wait_for.h"

namespace redress::chaos {
namespace {

constexpr std::uint64_t kStepsPerRound = 4;
// Making a member and logging in cost a password hash each.
constexpr int kRoundsPerMember = 40;
constexpr int kMaxLogIns = 200;

}  // namespace

FrontDesk::FrontDesk(e2e::Shop& shop, Caller& caller, Journal& journal, Violations& violations)
    : shop_(shop), caller_(caller), journal_(journal), violations_(violations) {}

void FrontDesk::Work(const std::atomic<bool>& stop) {
  try {
    while (!stop) {
      Round();
      const std::uint64_t seen = journal_.acknowledged_steps();
      test::WaitFor([&] { return stop || journal_.acknowledged_steps() >= seen + kStepsPerRound; },
                    std::chrono::minutes(5));
    }
  } catch (const Caller::Abandoned&) {
    // Noted as a violation.
  } catch (const std::runtime_error& problem) {
    violations_.Add("the front desk could not go on", problem.what());
  }
}

void FrontDesk::Round() {
  if (rounds_ % kRoundsPerMember == 0) CreateMember();
  if (rounds_ % 4 == 1) UpdateMember();
  WriteCustomer();
  RenewSession();
  ++rounds_;
}

void FrontDesk::CreateMember() {
  NewMember made;
  made.password = e2e::Unique("a-long-password");
  identity::CreateMemberRequest request;
  request.set_account_name(shop_.AccountNameOf("agent") + "." + std::to_string(rounds_));
  request.set_display_name("new");
  request.set_password(made.password);
  request.add_roles(redress::common::v1::ROLE_AGENT);
  request.set_approval_limit_minor(1);
  const auto created = caller_.Write<identity::CreateMemberResponse>("admin", request);
  if (!created) return;
  made.member = created->member();
  members_.push_back(made);
}

void FrontDesk::UpdateMember() {
  if (members_.empty()) return;
  identity::Member& member = members_.back().member;
  identity::UpdateMemberRequest request;
  request.set_account_id(member.account_id());
  request.set_etag(member.etag());
  request.add_roles(rounds_ % 8 == 1 ? redress::common::v1::ROLE_AUDITOR
                                     : redress::common::v1::ROLE_AGENT);
  request.set_approval_limit_minor(rounds_);
  if (const auto updated = caller_.Write<identity::UpdateMemberResponse>("admin", request)) {
    member = updated->member();
  }
}

// A new one, then changes of its contact data.
void FrontDesk::WriteCustomer() {
  customer::UpsertCustomerRequest request;
  request.set_platform("direct");
  if (rounds_ % 3 == 0) customer_.reset();
  request.set_nick(customer_ ? customer_->nick() : "walk-in-" + std::to_string(rounds_));
  if (customer_) request.set_etag(customer_->etag());
  request.mutable_contact()->set_name("李四");
  request.mutable_contact()->set_phone(std::to_string(13'900'000'000 + rounds_));
  if (const auto written = caller_.Write<customer::UpsertCustomerResponse>("agent", request)) {
    customer_ = written->customer();
  }
}

std::optional<identity::LogInResponse> FrontDesk::LogIn(const std::string& account,
                                                        const std::string& password) {
  identity::LogInRequest request;
  request.set_account_name(account);
  request.set_password(password);
  for (int attempt = 1; attempt <= kMaxLogIns; ++attempt) {
    try {
      identity::LogInResponse response;
      caller_.CallOnceWithoutToken(request, response);
      return response;
    } catch (const client::CallError& error) {
      const bool again =
          Caller::IsUnknown(error) || error.code() == grpc::StatusCode::RESOURCE_EXHAUSTED;
      if (!again) {
        violations_.Add("an acknowledged member cannot log in", account + ": " + error.what());
        return std::nullopt;
      }
      caller_.Pause(request, attempt);
    }
  }
  violations_.Add("a log-in never got an answer", account);
  return std::nullopt;
}

// One attempt a round. A token that was never sent before has to be good; one whose renewal had no
// answer may be spent, and then a new log-in has to be.
void FrontDesk::RenewSession() {
  if (refresh_token_.empty()) {
    const auto begun = LogIn(shop_.AccountNameOf("auditor"), shop_.PasswordOf("auditor"));
    if (!begun) throw Caller::Abandoned("no log-in");
    refresh_token_ = begun->tokens().refresh_token();
    token_was_sent_ = false;
  }
  identity::RefreshSessionRequest request;
  request.set_refresh_token(refresh_token_);
  identity::RefreshSessionResponse response;
  try {
    caller_.CallOnceWithoutToken(request, response);
    refresh_token_ = response.tokens().refresh_token();
    token_was_sent_ = false;
  } catch (const client::CallError& error) {
    if (Caller::IsUnknown(error)) {
      token_was_sent_ = true;
    } else if (error.code() == grpc::StatusCode::UNAUTHENTICATED) {
      if (!token_was_sent_) violations_.Add("an acknowledged session is over", error.what());
      refresh_token_.clear();
    } else {
      violations_.Add("a renewal was refused", error.what());
    }
  }
}

void FrontDesk::LogInAMember() {
  if (members_.empty()) return;
  const NewMember& last = members_.back();
  LogIn(last.member.account_name(), last.password);
  const NewMember& first = members_.front();
  LogIn(first.member.account_name(), first.password);
}

}  // namespace redress::chaos
