#include "tests/bench/companion.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

namespace redress::bench {

Companion::Companion(const std::string& program) : program_(program) {
  const char* build = std::getenv("REDRESS_BUILD_DIR");
  std::string path =
      (std::filesystem::path(build != nullptr ? build : "build/release") / "tests/bench" / program)
          .string();
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipes for " + program);
  }
  char* arguments[] = {path.data(), nullptr};
  pid_ = fork();
  if (pid_ < 0) throw std::runtime_error("cannot start " + program);
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    execv(arguments[0], arguments);
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  to_ = fdopen(in[1], "w");
  from_ = fdopen(out[0], "r");
}

Companion::~Companion() {
  std::fclose(to_);
  std::fclose(from_);
  waitpid(pid_, nullptr, 0);
}

void Companion::Tell(const std::string& line) {
  if (std::fputs((line + "\n").c_str(), to_) < 0 || std::fflush(to_) != 0) {
    throw std::runtime_error(program_ + " does not listen");
  }
}

std::string Companion::Hear() {
  char buffer[1024];
  if (std::fgets(buffer, sizeof(buffer), from_) == nullptr) {
    throw std::runtime_error(program_ + " has ended");
  }
  std::string line = buffer;
  while (!line.empty() && line.back() == '\n') line.pop_back();
  return line;
}

std::vector<std::string> Companion::Ask(const std::string& line) {
  Tell(line);
  std::istringstream answer(Hear());
  std::vector<std::string> words;
  for (std::string word; answer >> word;) words.push_back(word);
  return words;
}

LoadResult RunLoad(Companion& load, const std::string& server, int callers, int milliseconds,
                   double rate) {
  std::ostringstream line;
  line << "run " << server << ' ' << callers << ' ' << milliseconds << ' ' << rate;
  const std::vector<std::string> words = load.Ask(line.str());
  if (words.size() != 7 || words[0] != "done") throw std::runtime_error("bench_load is confused");
  if (words[3] != "0") throw std::runtime_error(words[3] + " calls of " + server + " failed");
  LoadResult result;
  result.steps_per_s = std::stod(words[1]) / std::stod(words[4]);
  result.all = std::stoull(words[2]);
  result.p50_us = std::stoll(words[5]);
  result.p99_us = std::stoll(words[6]);
  return result;
}

}  // namespace redress::bench
