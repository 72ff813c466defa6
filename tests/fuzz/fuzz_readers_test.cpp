// Runs the fuzzers side by side for REDRESS_FUZZ_SECONDS (60), beginning with the heads of real
// files. What they find is kept beside the build, so that it can be tried again: `fuzz_csv FILE`.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/data_directory.h"
#include "tests/support/figure.h"
#include "tests/support/process.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

namespace fs = std::filesystem;

std::string Environment(const char* name, const std::string& fallback) {
  const char* value = std::getenv(name);
  return value == nullptr || *value == '\0' ? fallback : value;
}

// The beginning of each file with one of the endings, as a seed.
void CopyHeads(const fs::path& from, const std::set<std::string>& endings, const fs::path& to) {
  constexpr std::size_t kHead = 4096;
  if (!fs::exists(from)) return;
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    if (!entry.is_regular_file() || !endings.contains(entry.path().extension())) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string head(kHead, '\0');
    in.read(head.data(), static_cast<std::streamsize>(kHead));
    head.resize(static_cast<std::size_t>(in.gcount()));
    const std::string name = std::to_string(std::hash<std::string>()(entry.path().string()));
    std::ofstream(to / name, std::ios::binary) << head;
  }
}

class FuzzReaders : public testing::Test {
 protected:
  struct Fuzzer {
    std::string name;
    fs::path log;
    Process process;
  };

  Fuzzer Start(const std::string& name, const std::set<std::string>& endings) {
    fs::create_directories(kept_);
    const fs::path seeds = folder_.path() / name;
    fs::create_directories(seeds);
    if (const auto data = DataDirectory()) CopyHeads(*data, endings, seeds);
    CopyHeads(SourceDirectory() / "clients/importing/mappings", endings, seeds);
    CopyHeads(SourceDirectory() / "deploy/sample", endings, seeds);
    const fs::path log = folder_.path() / (name + ".log");
    Process process({(build_ / "tests/fuzz" / name).string(), seeds.string(),
                     "-max_total_time=" + std::to_string(seconds_), "-max_len=65536", "-timeout=10",
                     "-rss_limit_mb=1024", "-artifact_prefix=" + (kept_ / name).string() + "-"},
                    log);
    return {name, log, std::move(process)};
  }

  // Answers how many findings there are.
  int End(Fuzzer& fuzzer) {
    const bool ended = WaitFor([&] { return !fuzzer.process.Running(); },
                               std::chrono::seconds(seconds_) + std::chrono::minutes(5));
    EXPECT_TRUE(ended) << fuzzer.name << " does not end";
    const int status = fuzzer.process.End(SIGKILL);
    const std::string told = ReadFile(fuzzer.log);
    EXPECT_NE(told.find("Done "), std::string::npos) << fuzzer.name << " did not run:\n" << told;
    const bool clean = ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    EXPECT_TRUE(clean) << fuzzer.name << " found something, see " << kept_ << ":\n"
                       << told.substr(told.size() > 4000 ? told.size() - 4000 : 0);
    std::smatch runs;
    if (std::regex_search(told, runs, std::regex("Done (\\d+) runs"))) {
      Figure(fuzzer.name + "_runs", std::stod(runs[1]));
    }
    return clean ? 0 : 1;
  }

  const fs::path build_ = Environment("REDRESS_BUILD_DIR", ".");
  const fs::path kept_ = build_ / "reports/fuzz/found";
  const int seconds_ = std::stoi(Environment("REDRESS_FUZZ_SECONDS", "60"));
  const TemporaryDirectory folder_;
};

TEST_F(FuzzReaders, FindNothing) {
  std::vector<Fuzzer> fuzzers;
  fuzzers.push_back(Start("fuzz_csv", {".csv"}));
  fuzzers.push_back(Start("fuzz_json", {".json"}));
  fuzzers.push_back(Start("fuzz_mapping", {".toml"}));
  int findings = 0;
  for (Fuzzer& fuzzer : fuzzers) findings += End(fuzzer);
  Figure("fuzz_findings", findings);
}

}  // namespace
}  // namespace redress::test
