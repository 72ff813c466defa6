#include "tests/chaos/bank.h"

#include <sstream>
#include <stdexcept>

namespace redress::chaos {
namespace {

// The files of these tests quote nothing.
std::vector<std::string> Fields(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream text(line + ",");
  for (std::string field; std::getline(text, field, ',');) fields.push_back(field);
  return fields;
}

// "12.34" of a currency with two digits.
std::int64_t Minor(const std::string& amount) {
  const auto point = amount.find('.');
  if (point == std::string::npos || amount.size() - point != 3) {
    throw std::runtime_error("no amount of two digits: " + amount);
  }
  return std::stoll(amount.substr(0, point) + amount.substr(point + 1));
}

}  // namespace

void Bank::Receive(const std::string& file) {
  ++files_;
  last_.clear();
  std::istringstream text(file);
  std::string line;
  std::getline(text, line);
  if (!line.starts_with("record,reference,amount,currency,count,")) {
    throw std::runtime_error("no header: " + line);
  }
  std::int64_t total = 0;
  bool controlled = false;
  std::set<std::string> seen;
  while (std::getline(text, line)) {
    const auto fields = Fields(line);
    if (fields.at(0) == "control") {
      controlled = Minor(fields.at(2)) == total && fields.at(4) == std::to_string(last_.size());
      continue;
    }
    if (!seen.insert(fields.at(1)).second) throw std::runtime_error("twice in a file: " + line);
    Line one;
    one.reference = fields.at(1);
    one.amount = fields.at(2);
    one.currency = fields.at(3);
    total += Minor(one.amount);
    const auto dice = random_() % 10;
    one.paid = dice < 7;
    one.told = dice != 0 && dice != 9;
    one.unsure = dice == 1;
    if (one.paid) {
      const std::string case_id = one.reference.substr(0, one.reference.find('-'));
      one.bank_reference = "B" + std::to_string(files_) + "/" + one.reference;
      ++paid_[case_id];
      references_[case_id] = one.bank_reference;
      paid_minor_ += Minor(one.amount);
    }
    last_.push_back(std::move(one));
  }
  if (!controlled) throw std::runtime_error("the control record does not fit:\n" + file);
}

std::string Bank::Results() const {
  std::string file = "reference,amount,currency,result,bank_reference,reason\n";
  file += "nonsense,1.00,CNY,perhaps,,\n";
  for (const Line& line : last_) {
    if (!line.told) continue;
    std::string text = line.reference + "," + line.amount + "," + line.currency + ",";
    if (line.unsure) {
      text += "unknown,,not booked yet\n";
    } else if (line.paid) {
      text += "accepted," + line.bank_reference + ",\n";
    } else {
      text += "rejected,,account closed\n";
    }
    file += text + text;
  }
  return file;
}

void Bank::FindOut() {
  for (Line& line : last_) {
    line.told = true;
    line.unsure = false;
  }
}

}  // namespace redress::chaos
