#pragma once

// One process of the deployment: where it dies, how it is killed, when it is back. Only processes
// whose parent is this deployment's own supervisor are ever killed, and by their number.

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/cpp/channels.h"
#include "tests/e2e/stack.h"

namespace redress::chaos {

// A place where a process can be killed exactly.
struct Point {
  std::string name;
  // Passed only while the process starts.
  bool at_start = false;
};

class Victim {
 public:
  // `name` as the supervisor knows it, `program` the file that runs. MariaDB and JetStream have no
  // crash points of ours.
  Victim(e2e::Stack& stack, std::string name, std::string program, std::vector<Point> points);

  const std::string& name() const { return name_; }
  const std::vector<Point>& points() const { return points_; }

  // Its process, if there is one now.
  std::optional<pid_t> Pid() const;
  // It answers.
  bool Serves();
  // Its process and what it and the supervisor last said, for a person.
  std::string Condition() const;
  // SIGKILL. False when there was no process.
  bool Kill();
  // Dies at the n-th passing of the point; Struck says whether it has.
  void Arm(const Point& point, int passing);
  bool Struck() const;
  void Disarm();

 private:
  bool AnswersHealth();
  bool AcceptsConnections() const;
  bool AnswersSql() const;

  e2e::Stack& stack_;
  const std::string name_;
  const std::string program_;
  const std::vector<Point> points_;
  std::unique_ptr<client::Channels> channels_;
};

// Every process of a deployment, the services with all crash points that they pass.
std::vector<std::unique_ptr<Victim>> AllVictims(e2e::Stack& stack);

}  // namespace redress::chaos
