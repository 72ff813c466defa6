#include "tests/e2e/stack.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <random>
#include <stdexcept>
#include <thread>

namespace redress::e2e {
namespace {

namespace fs = std::filesystem;

constexpr int kPorts = 60;

fs::path SourceDirectory() {
  const char* root = std::getenv("REDRESS_SOURCE_DIR");
  return root != nullptr ? fs::path(root) : fs::current_path();
}

fs::path BuildDirectory() {
  const char* build = std::getenv("REDRESS_BUILD_DIR");
  return build != nullptr ? fs::path(build) : SourceDirectory() / "build/release";
}

bool IsFree(int port) {
  const int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool free = bind(handle, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  close(handle);
  return free;
}

// Below the range from which the kernel gives outgoing connections their ports.
int FreePortBase() {
  std::mt19937 random(std::random_device{}());
  std::uniform_int_distribution<int> bases(12000, 30000);
  for (int attempt = 0; attempt < 200; ++attempt) {
    const int base = bases(random);
    int port = base;
    while (port < base + kPorts && IsFree(port)) ++port;
    if (port == base + kPorts) return base;
  }
  throw std::runtime_error("no free ports");
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// A process that takes the deployment down when this one is gone or lets go of the pipe.
int StartGuard(const fs::path& state, bool keep, int& write_end) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe for the guard");
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    dup2(ends[0], STDIN_FILENO);
    const std::string down = SourceDirectory() / "deploy/down";
    const std::string script = "read -r line; '" + down + "' --state '" + state.string() +
                               "' >/dev/null 2>&1" +
                               (keep ? "" : "; rm -rf '" + state.string() + "'");
    execlp("bash", "bash", "-c", script.c_str(), nullptr);
    _exit(127);
  }
  close(ends[0]);
  write_end = ends[1];
  return child;
}

void FeedAndRead(int input_end, int output_end, const std::string& input, std::string& output) {
  std::thread feeder([&] {
    std::size_t sent = 0;
    while (sent < input.size()) {
      const ssize_t n = write(input_end, input.data() + sent, input.size() - sent);
      if (n <= 0) break;
      sent += static_cast<std::size_t>(n);
    }
    close(input_end);
  });
  char buffer[65536];
  for (ssize_t n; (n = read(output_end, buffer, sizeof(buffer))) > 0;) {
    output.append(buffer, static_cast<std::size_t>(n));
  }
  close(output_end);
  feeder.join();
}

}  // namespace

Finished Run(const std::vector<std::string>& command, const std::string& input,
             const std::vector<std::string>& environment) {
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipes");
  }
  std::vector<std::string> arguments = command;
  std::vector<char*> pointers = Pointers(arguments);
  const pid_t child = fork();
  if (child == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    dup2(out[1], STDERR_FILENO);
    for (const std::string& assignment : environment) putenv(strdup(assignment.c_str()));
    execvp(pointers[0], pointers.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  Finished finished;
  FeedAndRead(in[1], out[0], input, finished.output);
  int status = 0;
  waitpid(child, &status, 0);
  finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return finished;
}

Stack& Stack::Shared() {
  static Stack stack;
  return stack;
}

Stack::Stack(const std::vector<std::string>& own_environment, const fs::path& kept) {
  // Every test makes shops of its own: their people are to be known soon, and cheaply logged in.
  std::vector<std::string> environment{
      "REDRESS_SERVER_DIRECTORY_POLL_MS=100", "REDRESS_IDENTITY_PASSWORD_MEMORY_MIB=8",
      "REDRESS_IDENTITY_PASSWORD_PASSES=1", "REDRESS_BUFFER_POOL=256M"};
  environment.insert(environment.end(), own_environment.begin(), own_environment.end());
  if (kept.empty()) {
    std::string folder = (fs::temp_directory_path() / "redress-e2e-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary folder");
    state_ = folder;
  } else {
    fs::create_directories(kept);
    state_ = fs::canonical(kept);
  }
  guard_process_ = StartGuard(state_, !kept.empty(), guard_pipe_);
  environment.push_back("REDRESS_PRESET=" + BuildDirectory().filename().string());
  Finished up;
  for (int attempt = 0; attempt < 3; ++attempt) {
    up = Run({SourceDirectory() / "deploy/up", "--detach", "--empty", "--test-clock", "--state",
              state_, "--port-base", std::to_string(FreePortBase())},
             "", environment);
    if (up.exit_code == 0 || up.output.find("is taken") == std::string::npos) break;
  }
  if (up.exit_code != 0) throw std::runtime_error("deploy/up failed:\n" + up.output);
  operator_ = std::make_unique<client::Client>(
      std::make_shared<client::Channels>(endpoints(), "e2e/1",
                                         client::Channels::Identity::kOperator),
      nullptr, "");
}

Stack::~Stack() {
  operator_.reset();
  close(guard_pipe_);
  waitpid(guard_process_, nullptr, 0);
}

client::Endpoints Stack::endpoints() const { return client::FindEndpoints(state_.string()); }

Finished Stack::Redress(const std::vector<std::string>& arguments, const std::string& input) {
  std::vector<std::string> command = {BuildDirectory() / "bin/redress", "--state", state_};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return Run(command, input);
}

void Stack::Advance(std::int64_t seconds) {
  offset_us_ += seconds * 1'000'000;
  const fs::path target = state_ / "clock_offset";
  const fs::path fresh = state_ / "clock_offset.new";
  std::ofstream(fresh) << offset_us_ << '\n';
  fs::rename(fresh, target);
  // Programs look at the file every 50 ms at most, and none says when it has.
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
}

std::int64_t Stack::NowUs() const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count() + offset_us_;
}

std::string Stack::Sql(const std::string& statement) {
  const Finished answer =
      Run({"mariadb", "--no-defaults", "--socket=" + (state_ / "run/mysql.sock").string(),
           "--user=root", "--batch", "--skip-column-names"},
          statement);
  if (answer.exit_code != 0) throw std::runtime_error(statement + "\n" + answer.output);
  std::string text = answer.output;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

void Stack::Stop(const std::string& program) {
  Run({"supervisorctl", "-c", state_ / "supervisord.conf", "stop", program});
}

void Stack::Start(const std::string& program) {
  Run({"supervisorctl", "-c", state_ / "supervisord.conf", "start", program});
}

}  // namespace redress::e2e
