#pragma once

// Carries what cases ask of each other to the case that it is asked of, as ordinary commands: at
// least once, under one request_id each, in the order in which a case asked. What cannot be reached
// is tried again, later each time; what is refused is put before a person.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/case_asks.h"
#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/case_repository.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {

class InboxRepository {
 public:
  virtual ~InboxRepository() = default;
  // Takes up to `limit` asks that are due, of each asking case the oldest: no other process gets
  // them until `until`.
  virtual std::vector<CaseAsk> Claim(std::int64_t now_us, std::int64_t until_us,
                                     std::size_t limit) = 0;
  virtual void Conclude(const CaseAsk& ask, AskState state, std::string_view refusal,
                        std::int64_t now_us) = 0;
  virtual void TryAgain(const CaseAsk& ask, std::int64_t at_us) = 0;
  // Asks that wait and were due before `now_us`; at most `most` are counted.
  virtual std::size_t CountDue(std::int64_t now_us, std::size_t most) = 0;
};

class CaseInbox {
 public:
  struct Options {
    std::size_t at_once = 64;
    std::int64_t lease_us = 10 * platform::kSecondUs;
    std::int64_t first_pause_us = 200 * platform::kMillisecondUs;
    std::int64_t longest_pause_us = 60 * platform::kSecondUs;
    // So often tried in vain, a person hears of it; it is tried on.
    std::uint32_t attempts_before_call = 10;
    std::function<void(const std::exception&)> on_failure;
  };
  struct Uses {
    InboxRepository& inbox;
    CaseRepository& cases;
    CaseNumbers& numbers;
    LineSource& lines;
    CaseEngine& engine;
    const platform::Clock& clock;
  };
  CaseInbox(Options options, Uses uses) : options_(std::move(options)), uses_(uses) {}

  // One round: carries what is due. True when there may be more.
  bool Round();

 private:
  void Carry(const CaseAsk& ask);
  // Throws what was refused.
  void Apply(const CaseAsk& ask);
  void OpenRefundAndGrant(const CaseAsk& ask, OpenCase open);
  void Refused(const CaseAsk& ask, const platform::Refusal& refusal);
  void Postpone(const CaseAsk& ask, const std::exception& error);
  // The asking case's people, or where it has ended the other case's.
  void CallPerson(const CaseAsk& ask, std::string_view reason, std::string_view why);
  std::unique_ptr<Command> Make(const CaseAsk& ask, CaseId of, const std::string& what,
                                CommandBody body) const;

  const Options options_;
  const Uses uses_;
};

}  // namespace redress::aftersales
