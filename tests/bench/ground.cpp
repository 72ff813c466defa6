#include "tests/bench/ground.h"

#include <unistd.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace redress::bench {
namespace {

namespace v1 = aftersales::v1;

constexpr int kLinesPerOrder = 100;
constexpr int kOpeners = 8;
// The gateway's calls come over a few connections; so do these.
constexpr int kConnections = 4;

// User and system time of a process so far.
double CpuOf(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  std::getline(file, text);
  const auto name_end = text.rfind(')');
  if (name_end == std::string::npos) throw std::runtime_error("a server process has ended");
  std::istringstream fields(text.substr(name_end + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

v1::OpenRefundRequest RequestFor(const order::v1::Order& order, int line) {
  v1::OpenRefundRequest request;
  request.set_order_id(order.order_id());
  request.set_line_id(order.lines(line).line_id());
  request.set_quantity(1);
  request.mutable_amount_asked()->set_currency_code("CNY");
  request.mutable_amount_asked()->set_minor_units(50'00);
  request.set_variant(v1::REFUND_VARIANT_REFUND_ONLY);
  request.set_reason("damaged");
  return request;
}

}  // namespace

CpuSeconds operator-(const CpuSeconds& after, const CpuSeconds& before) {
  CpuSeconds spent;
  for (const auto& [name, seconds] : after) spent[name] = seconds - before.at(name);
  return spent;
}

double Sum(const CpuSeconds& seconds) {
  double sum = 0;
  for (const auto& [name, of_one] : seconds) sum += of_one;
  return sum;
}

Ground::Ground(std::vector<std::string> environment, int cases, int more)
    : stack_(std::move(environment)), shop_(stack_) {
  FindProcesses();
  load_.Tell("ca " + stack_.endpoints().ca_file);
  load_.Tell("token " + shop_.AccessTokenOf("agent"));
  load_.Tell("shop " + shop_.shop_id());
  load_.Tell("address service " + stack_.endpoints().AddressOf("aftersales") + " " +
             std::to_string(kConnections));
  OpenCases(cases, more);
}

void Ground::OpenCases(int cases, int more) {
  std::vector<order::v1::Order> orders;
  for (int lines = 0; lines < cases + more; lines += kLinesPerOrder) {
    orders.push_back(shop_.PushOrder(kLinesPerOrder));
  }
  std::vector<v1::Case> opened(static_cast<std::size_t>(cases + more));
  std::atomic<int> next = 0;
  std::mutex mutex;
  std::exception_ptr problem;
  const auto open = [&] {
    try {
      for (int i; (i = next++) < cases + more;) {
        opened[static_cast<std::size_t>(i)] =
            shop_.As("agent")
                .Call<v1::OpenRefundResponse>(RequestFor(
                    orders[static_cast<std::size_t>(i / kLinesPerOrder)], i % kLinesPerOrder))
                .case_();
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      problem = std::current_exception();
      next = cases + more;
    }
  };
  std::vector<std::thread> openers;
  for (int i = 0; i < kOpeners; ++i) openers.emplace_back(open);
  for (std::thread& opener : openers) opener.join();
  if (problem) std::rethrow_exception(problem);
  for (int i = 0; i < cases; ++i) {
    const v1::Case& one = opened[static_cast<std::size_t>(i)];
    load_.Tell("case " + one.case_id() + " " + std::to_string(one.version()) + " " +
               std::to_string(one.amount_asked().minor_units()));
  }
  kept_aside_.assign(opened.begin() + cases, opened.end());
}

void Ground::StartEcho() {
  const v1::Case answer = shop_.Get(kept_aside_.front().case_id());
  const std::string file = (stack_.state() / "echo_answer").string();
  v1::ApplyStepResponse response;
  *response.mutable_case_() = answer;
  std::ofstream(file, std::ios::binary) << response.SerializeAsString();
  const std::string tls = (stack_.state() / "tls").string();
  echo_ = std::make_unique<Companion>("bench_echo");
  for (const std::string& name :
       {tls + "/aftersales.crt", tls + "/aftersales.key", tls + "/ca.crt", file}) {
    echo_->Tell(name);
  }
  const std::string line = echo_->Hear();
  load_.Tell("address echo 127.0.0.1:" + line.substr(line.find(' ') + 1) + " " +
             std::to_string(kConnections));
}

void Ground::FindProcesses() {
  const e2e::Finished status =
      e2e::Run({"supervisorctl", "-c", stack_.state() / "supervisord.conf", "status"});
  std::istringstream lines(status.output);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, state, word;
    int process = 0;
    if (words >> name >> state >> word >> process && state == "RUNNING") {
      processes_[name] = process;
    }
  }
  if (!processes_.contains("aftersales")) throw std::runtime_error("no process: " + status.output);
}

void Ground::Stop(const std::string& program) {
  stack_.Stop(program);
  processes_.erase(program);
}

CpuSeconds Ground::Cpu() const {
  CpuSeconds spent;
  for (const auto& [name, process] : processes_) spent[name] = CpuOf(process);
  return spent;
}

double Ground::EchoCpu() const { return CpuOf(echo_->pid()); }

}  // namespace redress::bench
