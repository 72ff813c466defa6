#pragma once

// Kills every process of the deployment again and again, under load: half of a service's kills at
// its crash points, one after another, the others wherever it happens to be.

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/chaos/journal.h"
#include "tests/chaos/victim.h"
#include "tests/chaos/violations.h"

namespace redress::chaos {

class Killer {
 public:
  Killer(e2e::Stack& stack, Journal& journal, Violations& violations, std::uint64_t seed);

  // `kills` of each process, in random order. After each the process has to be back and the clients
  // have to get on before the next one.
  void KillAll(int kills);

  // After which the process came back and work went on.
  int survived() const { return survived_; }
  int at_points() const { return at_points_; }
  std::size_t processes() const { return victims_.size(); }

 private:
  struct Kill {
    Victim* victim;
    const Point* point;  // null: wherever it is
  };
  std::vector<Kill> Plan(int kills);
  void Carry(const Kill& kill);
  // False when the process never came there.
  bool KillAt(Victim& victim, const Point& point);
  // False when the clients made no more steps.
  bool AwaitSteps(std::uint64_t steps, const std::string& after);

  Journal& journal_;
  Violations& violations_;
  std::mt19937_64 random_;
  std::vector<std::unique_ptr<Victim>> victims_;
  int survived_ = 0;
  int at_points_ = 0;
};

}  // namespace redress::chaos
