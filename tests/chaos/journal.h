#pragma once

// What the clients of a chaos run asked and were told. A call is recorded before it is sent and
// again when it has its answer, so that afterwards every row of the database has to be explained by
// a call, and every acknowledged call by a row. Thread-safe; a record is changed by the thread that
// sends its call.

#include <google/protobuf/message.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

namespace redress::chaos {

// What the client expects, knowing the case as it was last told of it.
enum class Expect {
  kAnswer,   // legal: only a timer may have been faster
  kRefusal,  // against a rule
  kEither,   // others act on the same cases and the same money
};

struct CallRecord {
  enum class Outcome { kUnknown, kAnswered, kRefused };

  std::uint64_t number = 0;
  std::string role;
  std::string request_id;  // empty for calls that have none
  Expect expect = Expect::kAnswer;
  std::unique_ptr<google::protobuf::Message> request;
  std::unique_ptr<google::protobuf::Message> response;  // of an answered call
  Outcome outcome = Outcome::kUnknown;
  std::string refusal;            // status and reason
  bool version_conflict = false;  // refused because the case had moved on
  int attempts = 0;
  bool was_unknown = false;  // some attempt ended without anybody knowing whether it took effect

  template <class Message>
  const Message* Request() const {
    return dynamic_cast<const Message*>(request.get());
  }
  // Null unless the call was answered.
  template <class Message>
  const Message* Answer() const {
    return outcome == Outcome::kAnswered ? dynamic_cast<const Message*>(response.get()) : nullptr;
  }
  // "call 17 ApplyStep chaos-17 as agent, 3 attempts, answered", for a person.
  std::string Describe() const;
};

class Journal {
 public:
  // Before the first attempt. Gives the request a request_id of its own, where it has one.
  CallRecord& Begin(const std::string& role, google::protobuf::Message& request, Expect expect);

  std::size_t size() const;
  std::uint64_t unknown_outcomes() const { return unknown_outcomes_; }
  // Acknowledged changes of cases.
  std::uint64_t acknowledged_steps() const { return acknowledged_steps_; }
  void CountUnknown() { ++unknown_outcomes_; }
  void CountStep() { ++acknowledged_steps_; }

  // Once the load has ended.
  const std::deque<CallRecord>& records() const { return records_; }

 private:
  mutable std::mutex mutex_;
  std::deque<CallRecord> records_;
  std::atomic<std::uint64_t> unknown_outcomes_{0};
  std::atomic<std::uint64_t> acknowledged_steps_{0};
};

}  // namespace redress::chaos
