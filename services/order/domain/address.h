// Whether an address can be delivered to, before a parcel leaves. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/order/domain/order.h"

namespace redress::order {

// Who receives goods, and where, in parts.
struct Address {
  std::string name;
  std::string phone;
  std::string province;
  std::string city;  // empty in a municipality
  std::string district;
  std::string town;  // may be empty
  std::string detail;
};

struct AddressProblem {
  std::string field;
  std::string description;  // names no part of the address
  bool refused = false;     // else a warning
};

// The receiver as orders keep it: parts parted by blanks, as marketplaces write them.
Receiver ReceiverOf(const Address& address);

// The parts of a one-line address, with or without blanks between them; what cannot be told apart
// stays in `detail`.
Address PartsOf(const Receiver& receiver);

// Missing and misplaced parts, an implausible phone number (refused), and characters that systems
// on GBK cannot write (a warning: carriers' labels show a question mark).
std::vector<AddressProblem> CheckAddress(const Address& address);

// Whether the number could be called: a Chinese mobile or landline number, or one with a country
// code. Extensions are allowed.
bool IsPlausiblePhone(std::string_view phone);

// The characters of the text that GBK lacks, each once, in order.
std::vector<std::string> NotInGbk(std::string_view text);

}  // namespace redress::order
