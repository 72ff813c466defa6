#include "tests/chaos/victim.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "clients/cpp/health.h"
#include "services/platform/base/crash_points.h"
#include "tests/chaos/root_connection.h"

namespace redress::chaos {
namespace {

namespace fs = std::filesystem;

// Empty when it cannot be read: a process may end in between.
std::string ReadAll(const fs::path& path) {
  try {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  } catch (const std::ios_base::failure&) {
    return "";
  }
}

std::string LastLines(const std::string& text, int lines) {
  std::size_t from = text.size();
  while (lines-- > 0 && from != 0 && from != std::string::npos) from = text.rfind('\n', from - 1);
  return from == std::string::npos ? text : text.substr(from);
}

// The fourth field of /proc/PID/stat; the second one, in parentheses, may hold anything.
pid_t ParentOf(const fs::path& process) {
  const std::string stat = ReadAll(process / "stat");
  const auto end = stat.rfind(')');
  if (end == std::string::npos || end + 4 > stat.size()) return -1;
  return std::atoi(stat.c_str() + end + 4);
}

std::string ProgramOf(const fs::path& process) {
  const std::string command = ReadAll(process / "cmdline");
  return fs::path(command.substr(0, command.find('\0'))).filename();
}

bool IsNumber(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), ::isdigit);
}

// The port in `listen: "127.0.0.1:7120"`.
int PortOfNats(const fs::path& state) {
  const std::string config = ReadAll(state / "nats.conf");
  const auto at = config.find("127.0.0.1:");
  if (at == std::string::npos) throw std::runtime_error("nats.conf names no address");
  return std::atoi(config.c_str() + at + 10);
}

}  // namespace

Victim::Victim(e2e::Stack& stack, std::string name, std::string program, std::vector<Point> points)
    : stack_(stack),
      name_(std::move(name)),
      program_(std::move(program)),
      points_(std::move(points)) {
  client::Endpoints endpoints = stack.endpoints();
  const auto found = endpoints.services.find(name_);
  if (found == endpoints.services.end()) return;
  endpoints.services = {*found};
  channels_ = std::make_unique<client::Channels>(endpoints, "chaos/1");
}

std::optional<pid_t> Victim::Pid() const {
  const pid_t supervisor = std::atoi(ReadAll(stack_.state() / "run/supervisord.pid").c_str());
  if (supervisor <= 1) return std::nullopt;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string number = entry.path().filename();
    if (!IsNumber(number) || ParentOf(entry.path()) != supervisor) continue;
    if (ProgramOf(entry.path()) == program_) return std::atoi(number.c_str());
  }
  return std::nullopt;
}

bool Victim::Serves() {
  if (!Pid()) return false;
  if (channels_ != nullptr) return AnswersHealth();
  return name_ == "mariadb" ? AnswersSql() : AcceptsConnections();
}

std::string Victim::Condition() const {
  const auto pid = Pid();
  return (pid ? "process " + std::to_string(*pid) : "no process") +
         LastLines(ReadAll(stack_.state() / "log" / (name_ + ".log")), 8) +
         LastLines(ReadAll(stack_.state() / "log/supervisord.log"), 8);
}

bool Victim::AnswersHealth() {
  const auto until = std::chrono::system_clock::now() + std::chrono::seconds(2);
  if (!channels_->To(name_)->WaitForConnected(until)) return false;
  return client::CheckHealth(*channels_, std::chrono::milliseconds(2000)).front().serving;
}

bool Victim::AcceptsConnections() const {
  const int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(PortOfNats(stack_.state())));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool open = connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  close(handle);
  return open;
}

bool Victim::AnswersSql() const {
  try {
    platform::Connection connection(RootOf(stack_));
    return connection.Ping();
  } catch (const std::exception&) {
    return false;
  }
}

bool Victim::Kill() {
  const auto pid = Pid();
  return pid && kill(*pid, SIGKILL) == 0;
}

void Victim::Arm(const Point& point, int passing) {
  const fs::path fresh = stack_.state() / "crash_point.new";
  std::ofstream(fresh) << name_ << ':' << point.name << ':' << passing << '\n';
  fs::rename(fresh, stack_.state() / "crash_point");
}

// The process removes the file before it dies.
bool Victim::Struck() const { return !fs::exists(stack_.state() / "crash_point"); }

void Victim::Disarm() { fs::remove(stack_.state() / "crash_point"); }

std::vector<std::unique_ptr<Victim>> AllVictims(e2e::Stack& stack) {
  using namespace platform;
  const Point before{kBeforeCommit}, after{kAfterCommitBeforeAnswer}, key{kAfterKeyBeforeSealing},
      outbox{kAfterOutboxBeforeCommit}, published{kAfterPublishBeforeMark},
      applied{kAfterApplyBeforeAck};
  const std::vector<std::pair<std::string, std::vector<Point>>> services = {
      {"identity", {before, after, {kAfterRotationBeforeAnswer}, {kAfterDirectoryBeforeCommit}}},
      {"customer", {before, after, key}},
      {"order", {before, after, key, outbox, published}},
      {"aftersales",
       {before, after, {kWhileAnswering}, key, outbox, published, applied, {kWithTimersQueued}}},
      {"scoring", {before, after, applied, {kAfterFillingBeforeRecord, true}}}};
  std::vector<std::unique_ptr<Victim>> all;
  for (const auto& [name, points] : services) {
    all.push_back(std::make_unique<Victim>(stack, name, "redress-" + name, points));
  }
  all.push_back(std::make_unique<Victim>(stack, "nats", "nats-server", std::vector<Point>{}));
  all.push_back(std::make_unique<Victim>(stack, "mariadb", "mariadbd", std::vector<Point>{}));
  return all;
}

}  // namespace redress::chaos
