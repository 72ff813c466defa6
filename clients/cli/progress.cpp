#include "clients/cli/progress.h"

#include <unistd.h>

#include <ostream>
#include <utility>

namespace redress::cli {

Progress::Progress(std::ostream& err, std::string unit, std::uint64_t total)
    : err_(err), unit_(std::move(unit)), total_(total) {}

void Progress::Report(std::uint64_t handled) {
  const auto now = Clock::now();
  if (now - last_ < std::chrono::seconds(1)) return;
  last_ = now;
  const bool terminal = isatty(STDERR_FILENO) != 0;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const auto rate = static_cast<std::uint64_t>(static_cast<double>(handled) / seconds);
  err_ << (terminal ? "\r" : "") << "  " << handled;
  if (total_ != 0) err_ << " of " << total_;
  err_ << " " << unit_ << ", " << rate << " " << unit_ << "/s" << (terminal ? "   " : "\n")
       << std::flush;
  drawn_ = drawn_ || terminal;
}

void Progress::End() {
  if (drawn_) err_ << std::endl;
}

}  // namespace redress::cli
