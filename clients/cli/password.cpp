#include "clients/cli/password.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <istream>

#include "clients/cpp/json.h"

namespace redress::cli {
namespace {

// Switches a terminal's echo off and back on.
class Silence {
 public:
  explicit Silence(int terminal) : terminal_(terminal) {
    tcgetattr(terminal_, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(terminal_, TCSAFLUSH, &silent);
  }
  ~Silence() { tcsetattr(terminal_, TCSAFLUSH, &before_); }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  const int terminal_;
  termios before_{};
};

std::string FirstLine(std::string text) {
  text.resize(std::min(text.find('\n'), text.size()));
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

std::string AskTerminal(const std::string& prompt) {
  const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) {
    throw UsageError(
        "there is no terminal to ask for the password: use --password-stdin or --password-file");
  }
  const std::string question = prompt + ": ";
  std::string answer;
  {
    const Silence silence(terminal);
    if (write(terminal, question.data(), question.size()) < 0) answer.clear();
    char c = 0;
    while (read(terminal, &c, 1) == 1 && c != '\n') answer += c;
    if (write(terminal, "\n", 1) < 0) answer.clear();
  }
  close(terminal);
  return answer;
}

}  // namespace

void PasswordSource::AddTo(CLI::App& command) {
  auto* in = command.add_flag("--password-stdin", from_stdin,
                              "Read the password from the first line of standard input");
  command.add_option("--password-file", file, "Read the password from the first line of a file")
      ->type_name("FILE")
      ->excludes(in);
}

std::string PasswordSource::Read(Context& context, const std::string& prompt) const {
  std::string password;
  if (from_stdin) {
    std::getline(context.in(), password);
    password = FirstLine(std::move(password));
  } else if (!file.empty()) {
    try {
      password = FirstLine(client::ReadFile(file));
    } catch (const std::runtime_error& error) {
      throw UsageError(std::string("--password-file: ") + error.what());
    }
  } else {
    password = AskTerminal(prompt);
  }
  if (password.empty()) throw UsageError("the password is empty");
  return password;
}

}  // namespace redress::cli
