#pragma once

// What is measured: a deployment with a shop full of cases, a load client that works them, and the
// CPU that every server process has used.

#include <memory>
#include <string>
#include <vector>

#include "tests/bench/companion.h"
#include "tests/bench/server_cpu.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"

namespace redress::bench {

class Ground {
 public:
  // Starts a deployment with `environment` and opens `cases` cases on as many order lines; they
  // wait in Requested and are the load client's from then on. `more` cases are kept aside.
  Ground(std::vector<std::string> environment, int cases, int more = 0);

  e2e::Stack& stack() { return stack_; }
  e2e::Shop& shop() { return shop_; }
  Companion& load() { return load_; }
  const std::vector<aftersales::v1::Case>& kept_aside() const { return kept_aside_; }

  // One more server for the load client, which answers as the service does and decides nothing.
  void StartEcho();

  // Stops one server program for good.
  void Stop(const std::string& program);
  // Of every server process that runs.
  CpuSeconds Cpu() const { return cpu_.Now(); }
  // Of the echo, once it was started.
  double EchoCpu() const;
  // One number of a query over all schemas.
  std::int64_t Number(const std::string& sql) { return std::stoll(stack_.Sql(sql)); }

 private:
  void OpenCases(int cases, int more);

  e2e::Stack stack_;
  e2e::Shop shop_;
  ServerCpu cpu_{stack_};
  Companion load_{"bench_load"};
  std::unique_ptr<Companion> echo_;
  std::vector<aftersales::v1::Case> kept_aside_;
};

}  // namespace redress::bench
