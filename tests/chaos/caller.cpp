#include "tests/chaos/caller.h"

#include <redress/aftersales/v1/case_service.pb.h>
#include <redress/aftersales/v1/settlement_service.pb.h>
#include <redress/aftersales/v1/warehouse_service.pb.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "clients/cpp/session.h"
#include "clients/cpp/wire.h"

namespace redress::chaos {
namespace {

using grpc::StatusCode;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// One attempt: the repeats are ours, so that each is recorded.
constexpr client::CallOptions kOneAttempt{.timeout = std::chrono::seconds(8), .attempts = 1};
constexpr auto kAbandonAfter = std::chrono::seconds(120);

bool ChangesACase(const google::protobuf::Message& request) {
  return dynamic_cast<const e2e::aftersales::ApplyStepRequest*>(&request) != nullptr ||
         dynamic_cast<const e2e::aftersales::OpenRefundRequest*>(&request) != nullptr ||
         dynamic_cast<const e2e::aftersales::AssignCaseRequest*>(&request) != nullptr ||
         dynamic_cast<const e2e::aftersales::ReportTaskRequest*>(&request) != nullptr ||
         dynamic_cast<const e2e::aftersales::RecordSettlementResultRequest*>(&request) != nullptr;
}

std::string NameOf(const client::CallError& error) {
  return client::CodeName(error.code()) + ' ' + error.reason() + ' ' + error.what();
}

}  // namespace

Caller::Caller(e2e::Stack& stack, e2e::Shop& shop, Journal& journal, Violations& violations)
    : shop_(shop),
      journal_(journal),
      violations_(violations),
      channels_(std::make_shared<client::Channels>(stack.endpoints(), "chaos/1")),
      nobody_(channels_, nullptr, "", kOneAttempt) {}

bool Caller::IsUnknown(const client::CallError& error) {
  switch (error.code()) {
    case StatusCode::UNAVAILABLE:
    case StatusCode::DEADLINE_EXCEEDED:
    case StatusCode::CANCELLED:
    case StatusCode::UNKNOWN:
      return true;
    case StatusCode::INTERNAL:
      return error.reason().empty();  // the connection's own words for having been cut
    default:
      return false;
  }
}

void Caller::Pause(const google::protobuf::Message& request, int attempt) {
  const auto until =
      std::chrono::system_clock::now() + milliseconds(10) * (1 << std::min(attempt, 5));
  const std::string service = client::ServiceOf(client::MethodOf(*request.GetDescriptor()));
  const auto channel = channels_->To(service);
  // A connection is only moved on while somebody waits for it.
  if (channel->GetState(true) == GRPC_CHANNEL_READY) {
    std::this_thread::sleep_until(until);
  } else {
    channel->WaitForConnected(until);
  }
}

const CallRecord& Caller::Send(const std::string& role, google::protobuf::Message& request,
                               google::protobuf::Message& response, Expect expect) {
  CallRecord& record = journal_.Begin(role, request, expect);
  CallUntilAnswered(record, request, response);
  if (record.refusal.empty()) {
    record.response.reset(response.New());
    record.response->CopyFrom(response);
    record.outcome = CallRecord::Outcome::kAnswered;
    if (ChangesACase(request)) journal_.CountStep();
  } else {
    record.outcome = CallRecord::Outcome::kRefused;
  }
  Judge(record);
  return record;
}

void Caller::CallUntilAnswered(CallRecord& record, google::protobuf::Message& request,
                               google::protobuf::Message& response) {
  const auto give_up_at = steady_clock::now() + kAbandonAfter;
  for (;;) {
    ++record.attempts;
    std::shared_ptr<client::Client> client;
    try {
      client = As(record.role);
      client->CallMessage(request, response);
      return;
    } catch (const client::CallError& error) {
      // The answer to a renewal may have been lost with identity: then the session is over.
      if (error.code() == StatusCode::UNAUTHENTICATED) Forget(record.role, client);
      if (!Failed(record, error)) {
        record.refusal = NameOf(error);
        record.version_conflict = error.code() == StatusCode::ABORTED;
        return;
      }
      if (steady_clock::now() > give_up_at) {
        violations_.Add("a call never got an answer", record.Describe() + ": " + NameOf(error));
        throw Abandoned(record.Describe());
      }
    }
    Pause(request, record.attempts);
  }
}

bool Caller::Failed(CallRecord& record, const client::CallError& error) {
  if (IsUnknown(error)) {
    if (!record.was_unknown && record.number != 0) journal_.CountUnknown();
    record.was_unknown = true;
    return true;
  }
  if (error.code() == StatusCode::INTERNAL) {
    violations_.Add("a service answered INTERNAL", NameOf(error));
    record.was_unknown = true;
    return true;
  }
  return error.code() == StatusCode::UNAUTHENTICATED ||
         error.code() == StatusCode::RESOURCE_EXHAUSTED;
}

void Caller::Judge(const CallRecord& record) {
  const bool refused = record.outcome == CallRecord::Outcome::kRefused;
  // Whether somebody else had moved the case on is seen from its steps: CheckSteps judges it.
  if (record.version_conflict) return;
  if (refused && record.expect == Expect::kAnswer) {
    violations_.Add("a legal call was refused", record.Describe());
  } else if (!refused && record.expect == Expect::kRefusal) {
    violations_.Add("an illegal call was answered", record.Describe());
  }
}

std::shared_ptr<client::Client> Caller::As(const std::string& role) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = clients_.find(role);
    if (known != clients_.end()) return known->second;
  }
  LogIn(role);
  return As(role);
}

void Caller::LogIn(const std::string& role) {
  auto session =
      std::make_shared<client::Session>(channels_, std::make_shared<client::SessionMemory>());
  session->LogIn(shop_.AccountNameOf(role), shop_.PasswordOf(role), shop_.shop_id());
  const std::lock_guard lock(mutex_);
  clients_[role] =
      std::make_shared<client::Client>(channels_, session, shop_.shop_id(), kOneAttempt);
}

void Caller::Forget(const std::string& role, const std::shared_ptr<client::Client>& ended) {
  const std::lock_guard lock(mutex_);
  const auto known = clients_.find(role);
  if (known != clients_.end() && known->second == ended) clients_.erase(known);
}

void Caller::Repeat(const CallRecord& record, google::protobuf::Message& response) {
  std::unique_ptr<google::protobuf::Message> request(record.request->New());
  request->CopyFrom(*record.request);
  CallRecord unrecorded;
  unrecorded.role = record.role;
  CallUntilAnswered(unrecorded, *request, response);
  if (!unrecorded.refusal.empty()) throw std::runtime_error(unrecorded.refusal);
}

void Caller::CallOnceWithoutToken(google::protobuf::Message& request,
                                  google::protobuf::Message& response) {
  nobody_.CallMessage(request, response);
}

}  // namespace redress::chaos
