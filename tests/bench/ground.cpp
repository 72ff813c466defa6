#include "tests/bench/ground.h"

#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

namespace redress::bench {
namespace {

namespace v1 = aftersales::v1;

constexpr int kLinesPerOrder = 100;
constexpr int kOpeners = 8;
// The gateway's calls come over a few connections; so do these.
constexpr int kConnections = 4;

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

Ground::Ground(std::vector<std::string> environment, int cases, int more)
    : stack_(std::move(environment)), shop_(stack_) {
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

void Ground::Stop(const std::string& program) {
  stack_.Stop(program);
  cpu_.Forget(program);
}

double Ground::EchoCpu() const { return CpuOf(echo_->pid()); }

}  // namespace redress::bench
