#include "clients/importing/rejects.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "clients/importing/csv_reader.h"

namespace redress::importing {
namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr std::size_t kShown = 10;

}  // namespace

RejectsFile::RejectsFile(std::string path, const std::vector<std::string>& read)
    : path_(std::move(path)) {
  for (const std::string& input : read) {
    std::error_code missing;
    if (!std::filesystem::equivalent(path_, input, missing)) continue;
    throw std::runtime_error("--rejects: " + path_ +
                             " is what is imported, and would be replaced; name another file");
  }
  if (unlink(path_.c_str()) != 0 && errno != ENOENT) {
    throw std::runtime_error("cannot replace the rejects file " + path_ + ": " +
                             std::strerror(errno) + "; choose another with --rejects");
  }
}

void RejectsFile::Add(const Reject& reject) {
  if (!file_) {
    const int fd = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
    if (fd < 0) {
      throw std::runtime_error("cannot write the rejects file " + path_ + ": " +
                               std::strerror(errno) + "; choose another with --rejects");
    }
    file_.reset(fdopen(fd, "w"));
    std::fputs("line,reason,row\n", file_.get());
  }
  ++count_;
  const std::string line = std::to_string(reject.row.line);
  const std::string reason =
      reject.row.file.empty() ? reject.reason : reject.row.file + ": " + reject.reason;
  const std::string text = line + "," + CsvField(reason) + "," + CsvField(reject.row.raw) + "\n";
  if (std::fputs(text.c_str(), file_.get()) < 0 || std::fflush(file_.get()) != 0) {
    throw std::runtime_error("cannot write the rejects file " + path_ + ": " +
                             std::strerror(errno));
  }
  if (first_.size() < kShown) first_.push_back("line " + line + ": " + reason);
}

}  // namespace redress::importing
