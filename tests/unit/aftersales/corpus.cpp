#include "tests/unit/aftersales/corpus.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "services/platform/base/text.h"

namespace redress::aftersales {
namespace {

constexpr std::size_t kColumns = 23;

std::string Unhex(const std::string& hex) {
  if (hex.size() % 2 != 0) throw std::runtime_error("bytes with half a byte: " + hex);
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

template <std::size_t size>
void ReadBytes(const std::string& hex, std::array<std::uint8_t, size>& into) {
  const std::string bytes = Unhex(hex);
  if (bytes.size() != size) throw std::runtime_error("not as many bytes: " + hex);
  std::copy(bytes.begin(), bytes.end(), into.begin());
}

std::vector<std::string> ColumnsOf(const std::string& line) {
  std::vector<std::string> columns;
  std::istringstream rest(line + "\t");
  for (std::string column; std::getline(rest, column, '\t');) columns.push_back(column);
  if (columns.size() != kColumns) throw std::runtime_error("not as many columns: " + line);
  return columns;
}

}  // namespace

std::string LineOf(const Step& s) {
  std::ostringstream line;
  line << s.shop.value << '\t' << s.case_id.value << '\t' << s.sequence << '\t' << s.event << '\t'
       << s.from_state << '\t' << s.to_state << '\t' << s.applied_at << '\t'
       << static_cast<int>(s.actor_kind) << '\t' << s.actor.value << '\t' << s.client << '\t'
       << s.workflow_version << '\t' << static_cast<int>(s.origin) << '\t' << s.request_id << '\t'
       << platform::Hex(s.digest) << '\t' << s.event_json << '\t' << s.deadline_rule << '\t'
       << platform::Hex(s.text_digest) << '\t' << s.assignee.value << '\t' << s.outcome << '\t'
       << s.settled_minor << '\t' << s.previous_at << '\t' << platform::Hex(s.snapshot) << '\t'
       << platform::Hex(s.hash);
  return line.str();
}

Step StepOf(const std::string& line) {
  const std::vector<std::string> columns = ColumnsOf(line);
  auto next = columns.begin();
  const auto number = [&] { return std::stoull(*next++); };
  Step s;
  s.shop.value = static_cast<std::uint32_t>(number());
  s.case_id.value = number();
  s.sequence = static_cast<std::uint32_t>(number());
  s.event = *next++;
  s.from_state = *next++;
  s.to_state = *next++;
  s.applied_at = static_cast<std::int64_t>(number());
  s.actor_kind = static_cast<workflows::ActorKind>(number());
  s.actor.value = number();
  s.client = *next++;
  s.workflow_version = static_cast<std::uint32_t>(number());
  s.origin = static_cast<Origin>(number());
  s.request_id = *next++;
  ReadBytes(*next++, s.digest);
  s.event_json = *next++;
  s.deadline_rule = *next++;
  s.text_digest = Unhex(*next++);
  s.assignee.value = number();
  s.outcome = *next++;
  s.settled_minor = std::stoll(*next++);
  s.previous_at = static_cast<std::int64_t>(number());
  s.snapshot = Unhex(*next++);
  ReadBytes(*next++, s.hash);
  return s;
}

std::vector<std::vector<Step>> ReadHistories(const std::filesystem::path& file) {
  std::ifstream lines(file);
  if (!lines) throw std::runtime_error("cannot read " + file.string());
  std::vector<std::vector<Step>> histories;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    Step step = StepOf(line);
    if (step.sequence == 1) histories.emplace_back();
    if (histories.empty()) throw std::runtime_error("a history begins in its middle");
    histories.back().push_back(std::move(step));
  }
  return histories;
}

}  // namespace redress::aftersales
