// bench_load: callers of ApplyStep, in a process of their own. Speaks in lines over standard input
// and output:
//
//   ca FILE / token TOKEN / shop ID          how to call
//   address NAME HOST:PORT CHANNELS          a server, e.g. the service itself or an echo
//   case ID VERSION AMOUNT                   a case in Requested, worked by nobody else
//   run NAME CALLERS MILLISECONDS RATE       → done MEASURED ALL FAILED SECONDS P50_US P99_US
//
// The callers work the cases in turn: one that was requested is rejected, one that was rejected is
// requested anew. No case is in two calls at once, and each call is one step. RATE limits the calls
// a second, 0 does not. The first 200 ms of a run are not measured. ALL counts every step applied.

#include <absl/synchronization/mutex.h>
#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <redress/aftersales/v1/case_service.grpc.pb.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <sstream>
#include <vector>

namespace {

namespace v1 = redress::aftersales::v1;
using std::chrono::microseconds;
using Clock = std::chrono::steady_clock;

constexpr auto kWarmUp = std::chrono::milliseconds(200);
constexpr auto kCallTimeout = std::chrono::seconds(10);

struct WorkedCase {
  std::string id;
  std::uint32_t version = 0;
  std::int64_t amount = 0;
  bool rejected = false;
};

struct Call {
  std::unique_ptr<grpc::ClientContext> context;
  std::unique_ptr<grpc::ClientAsyncResponseReader<v1::ApplyStepResponse>> reader;
  v1::ApplyStepRequest request;
  v1::ApplyStepResponse response;
  grpc::Status status;
  WorkedCase* worked = nullptr;
  Clock::time_point begin;
};

using Stubs = std::vector<std::unique_ptr<v1::CaseService::Stub>>;

class Load {
 public:
  void Set(const std::string& key, std::istringstream& words) {
    if (key == "ca") {
      std::string name;
      words >> name;
      std::ifstream file(name);
      ca_.assign(std::istreambuf_iterator<char>(file), {});
    } else if (key == "token") {
      words >> token_;
    } else if (key == "shop") {
      words >> shop_;
    } else if (key == "case") {
      WorkedCase added;
      words >> added.id >> added.version >> added.amount;
      cases_.push_back(std::make_unique<WorkedCase>(std::move(added)));
      idle_.push_back(cases_.back().get());
    } else if (key == "address") {
      Connect(words);
    } else {
      throw std::runtime_error("unknown word " + key);
    }
  }

  std::string Run(std::istringstream& words) {
    std::string name;
    std::size_t callers = 0;
    std::int64_t milliseconds = 0;
    words >> name >> callers >> milliseconds >> rate_;
    if (idle_.size() < callers) throw std::runtime_error("fewer cases than callers");
    stubs_ = &servers_.at(name);
    // An echo's answers say nothing about the cases.
    keeps_answers_ = name != "echo";
    latencies_.clear();
    all_ = failed_ = begun_ = 0;
    calls_.clear();
    start_ = Clock::now();
    measure_from_ = start_ + kWarmUp;
    end_ = measure_from_ + std::chrono::milliseconds(milliseconds);
    waiting_.clear();
    for (std::size_t i = 0; i < callers; ++i) {
      waiting_.push_back(calls_.emplace_back(std::make_unique<Call>()).get());
    }
    Drive();
    return Report(std::chrono::duration<double>(end_ - measure_from_).count());
  }

 private:
  void Connect(std::istringstream& words) {
    std::string name, address;
    int channels = 0;
    words >> name >> address >> channels;
    Stubs& stubs = servers_[name];
    stubs.clear();
    for (int i = 0; i < channels; ++i) {
      grpc::SslCredentialsOptions tls;
      tls.pem_root_certs = ca_;
      grpc::ChannelArguments arguments;
      arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
      arguments.SetUserAgentPrefix("bench/1");
      stubs.push_back(v1::CaseService::NewStub(
          grpc::CreateCustomChannel(address, grpc::SslCredentials(tls), arguments)));
    }
  }

  // One thread sends and receives: a call is answered before its caller makes the next one.
  void Drive() {
    std::size_t under_way = 0;
    for (;;) {
      auto now = Clock::now();
      while (now < end_ && !waiting_.empty() && now >= DueAt()) {
        Begin(*waiting_.back(), now);
        waiting_.pop_back();
        ++under_way;
        now = Clock::now();
      }
      if (under_way == 0 && now >= end_) return;
      const auto until = now < end_ && !waiting_.empty() ? DueAt() : now + kCallTimeout;
      void* tag = nullptr;
      bool ok = false;
      const auto deadline = std::chrono::system_clock::now() + (until - now);
      if (queue_.AsyncNext(&tag, &ok, deadline) != grpc::CompletionQueue::GOT_EVENT) continue;
      auto& call = *static_cast<Call*>(tag);
      --under_way;
      Finish(call);
      waiting_.push_back(&call);
    }
  }

  Clock::time_point DueAt() const {
    if (rate_ <= 0) return start_;
    return start_ + microseconds(static_cast<std::int64_t>(1e6 * begun_ / rate_));
  }

  void Begin(Call& call, Clock::time_point now) {
    ++begun_;
    call.worked = idle_.front();
    idle_.pop_front();
    const WorkedCase& worked = *call.worked;
    call.request.Clear();
    call.request.set_request_id(run_id_ + std::to_string(++requests_));
    call.request.set_case_id(worked.id);
    call.request.set_version(worked.version);
    v1::RefundEvent& event = *call.request.mutable_refund();
    if (worked.rejected) {
      event.mutable_revise_request()->set_amount_minor(worked.amount);
      event.mutable_revise_request()->set_quantity(1);
      event.mutable_revise_request()->set_variant(v1::REFUND_VARIANT_REFUND_ONLY);
    } else {
      event.mutable_reject()->set_reason("used");
    }
    call.context = std::make_unique<grpc::ClientContext>();
    call.context->AddMetadata("authorization", "Bearer " + token_);
    call.context->AddMetadata("x-redress-shop", shop_);
    call.context->set_deadline(std::chrono::system_clock::now() + kCallTimeout);
    call.begin = now;
    const auto& stub = (*stubs_)[begun_ % stubs_->size()];
    call.reader = stub->AsyncApplyStep(call.context.get(), call.request, &queue_);
    call.reader->Finish(&call.response, &call.status, &call);
  }

  void Finish(Call& call) {
    const auto now = Clock::now();
    WorkedCase& worked = *call.worked;
    if (!call.status.ok()) {
      if (++failed_ <= 3) std::cerr << "bench_load: " << call.status.error_message() << '\n';
    } else {
      ++all_;
      if (keeps_answers_) {
        worked.version = call.response.case_().version();
        worked.rejected = !worked.rejected;
      }
      if (now >= measure_from_ && now < end_) {
        latencies_.push_back(std::chrono::duration_cast<microseconds>(now - call.begin).count());
      }
    }
    // A case whose call failed may have changed: it is left alone.
    if (call.status.ok()) idle_.push_back(call.worked);
    call.reader.reset();
    call.context.reset();
  }

  std::string Report(double seconds) {
    std::sort(latencies_.begin(), latencies_.end());
    const auto at = [&](std::size_t percent) {
      return latencies_.empty() ? 0 : latencies_[(latencies_.size() - 1) * percent / 100];
    };
    std::ostringstream line;
    line << "done " << latencies_.size() << ' ' << all_ << ' ' << failed_ << ' ' << seconds << ' '
         << at(50) << ' ' << at(99);
    return line.str();
  }

  std::string ca_, token_, shop_;
  const std::string run_id_ = "b" + std::to_string(std::random_device{}()) + ".";
  std::map<std::string, Stubs> servers_;
  std::vector<std::unique_ptr<WorkedCase>> cases_;
  std::deque<WorkedCase*> idle_;
  std::uint64_t requests_ = 0;

  grpc::CompletionQueue queue_;
  const Stubs* stubs_ = nullptr;
  bool keeps_answers_ = true;
  double rate_ = 0;
  Clock::time_point start_, measure_from_, end_;
  std::vector<std::unique_ptr<Call>> calls_;
  std::vector<Call*> waiting_;
  std::vector<std::int64_t> latencies_;
  std::uint64_t begun_ = 0, all_ = 0, failed_ = 0;
};

}  // namespace

int main() {
  // As in the services.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  Load load;
  try {
    std::string line;
    while (std::getline(std::cin, line)) {
      std::istringstream words(line);
      std::string key;
      words >> key;
      if (key == "run") {
        std::cout << load.Run(words) << std::endl;
      } else {
        load.Set(key, words);
      }
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "bench_load: " << error.what() << '\n';
    return 1;
  }
}
