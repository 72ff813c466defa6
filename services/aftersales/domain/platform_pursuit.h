#pragma once

// One object of the platform while its case follows: opened where there is none, then moved by one
// event after another. Commands are made here and carried out, many objects' at once, by whoever
// holds the pursuit.

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "services/aftersales/domain/platform_follower.h"
#include "services/aftersales/domain/platform_object_repository.h"

namespace redress::aftersales {

class PlatformPursuit {
 public:
  explicit PlatformPursuit(PlatformObject object);

  const PlatformObject& object() const { return object_; }
  // Nothing is left to do about an object that has no case and wants none.
  bool WantsCase();
  // Throws Refusal where the platform has not said enough to open a case.
  void CheckOpening() const;
  bool HasCase() const { return now_.has_value(); }
  // Whether the present state of the case is to be read: it was changed by something unseen.
  bool IsStale() const { return stale_; }
  void SetCase(Case now);

  // To open the case, on the line that the order service named just now.
  std::unique_ptr<Command> Opening(const LineFacts& line, std::uint64_t number, CaseId id,
                                   bool revision_possible);
  // The next step; nothing when the case has followed as far as it can.
  std::unique_ptr<Command> Next(std::int64_t now_us);
  void Take(const Verdict& verdict);
  // Instead of a command: there is no such order or line yet, or nobody could be asked.
  void Refuse(const platform::Refusal& refusal);
  bool IsOver() const { return over_; }

  // The object with what following it came to.
  PlatformObject Conclude(std::int64_t now_us) &&;

 private:
  std::unique_ptr<Command> Make(std::string request_id, Digest digest, CaseId of,
                                CommandBody body) const;
  void AddWords(Command& command) const;
  std::int64_t NextTry(std::int64_t now_us) const;

  PlatformObject object_;
  std::unique_ptr<PlatformFollower> follower_;
  std::optional<Case> now_;
  std::string under_way_;                    // the event that was asked for last
  std::set<std::string, std::less<>> sent_;  // events of this word
  std::string refused_;                      // the first reason
  bool stale_ = false;
  bool over_ = false;
  bool again_ = false;  // by nobody's fault: soon
};

}  // namespace redress::aftersales
