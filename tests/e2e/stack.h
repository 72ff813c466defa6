#pragma once

// A deployment of its own for a test binary: deploy/up with a test clock, every service, a private
// MariaDB and JetStream, in a temporary folder on free ports. It is taken down when the test binary
// ends, however it ends.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "clients/cpp/client.h"

namespace redress::e2e {

struct Finished {
  int exit_code = 0;
  std::string output;  // standard output and error
};

class Stack {
 public:
  // The binary's one stack, started at first use. Throws std::runtime_error with what deploy/up
  // said when it does not come up.
  static Stack& Shared();

  // `own_environment` reaches every service, e.g. {"REDRESS_FAULTS=commit_conflict=50"}.
  // With `kept` the state is that folder, made or found: it is stopped at the end, not removed.
  explicit Stack(const std::vector<std::string>& own_environment = {},
                 const std::filesystem::path& kept = {});
  ~Stack();
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  const std::filesystem::path& state() const { return state_; }
  client::Client& operator_client() { return *operator_; }
  client::Endpoints endpoints() const;

  // Runs the command line `redress` against this deployment.
  Finished Redress(const std::vector<std::string>& arguments, const std::string& input = "");

  // Moves the time of every process on.
  void Advance(std::int64_t seconds);
  // The services' time.
  std::int64_t NowUs() const;

  // One value or tab-separated rows from the private database, read as its administrator.
  std::string Sql(const std::string& statement);

  // Stops or starts one program of the supervisor: "scoring", "nats", …
  void Stop(const std::string& program);
  void Start(const std::string& program);

 private:
  std::filesystem::path state_;
  std::int64_t offset_us_ = 0;
  int guard_pipe_ = -1;
  int guard_process_ = -1;
  std::unique_ptr<client::Client> operator_;
};

// Runs a program to its end; `input` is its standard input.
Finished Run(const std::vector<std::string>& command, const std::string& input = "",
             const std::vector<std::string>& environment = {});

}  // namespace redress::e2e
