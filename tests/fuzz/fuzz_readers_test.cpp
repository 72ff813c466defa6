// Runs each fuzzer for REDRESS_FUZZ_SECONDS (60), beginning with the heads of real files. What it
// finds is kept beside the build, so that it can be tried again: `fuzz_csv FILE`.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>

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
  // Answers how many findings there are.
  int Run(const std::string& fuzzer, const std::set<std::string>& endings) {
    const fs::path build = Environment("REDRESS_BUILD_DIR", ".");
    const fs::path kept = build / "reports/fuzz/found";
    fs::create_directories(kept);
    const fs::path seeds = folder_.path() / fuzzer;
    fs::create_directories(seeds);
    if (const auto data = DataDirectory()) CopyHeads(*data, endings, seeds);
    CopyHeads(SourceDirectory() / "clients/importing/mappings", endings, seeds);
    CopyHeads(SourceDirectory() / "deploy/sample", endings, seeds);
    const int seconds = std::stoi(Environment("REDRESS_FUZZ_SECONDS", "60"));
    const fs::path log = folder_.path() / (fuzzer + ".log");
    Process process({(build / "tests/fuzz" / fuzzer).string(), seeds.string(),
                     "-max_total_time=" + std::to_string(seconds), "-max_len=65536", "-timeout=10",
                     "-rss_limit_mb=1024", "-artifact_prefix=" + (kept / fuzzer).string() + "-"},
                    log);
    const bool ended = WaitFor([&] { return !process.Running(); },
                               std::chrono::seconds(seconds) + std::chrono::minutes(5));
    EXPECT_TRUE(ended) << fuzzer << " does not end";
    const int status = process.End(SIGKILL);
    const std::string told = ReadFile(log);
    EXPECT_NE(told.find("Done "), std::string::npos) << fuzzer << " did not run:\n" << told;
    const bool clean = ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    EXPECT_TRUE(clean) << fuzzer << " found something, see " << kept << ":\n"
                       << told.substr(told.size() > 4000 ? told.size() - 4000 : 0);
    return clean ? 0 : 1;
  }

  const TemporaryDirectory folder_;
};

TEST_F(FuzzReaders, FindNothing) {
  int findings = 0;
  findings += Run("fuzz_csv", {".csv"});
  findings += Run("fuzz_json", {".json"});
  findings += Run("fuzz_mapping", {".toml"});
  Figure("fuzz_findings", findings);
}

}  // namespace
}  // namespace redress::test
