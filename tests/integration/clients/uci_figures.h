#pragma once

#include <google/protobuf/struct.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/integration/clients/deployment.h"

namespace redress::test {

// The figures of expected/uci_online_retail.public.json, computed by plain SQL over what the order
// service stored (and, for buyers' names, the customer service): same keys, same shape. Sums are
// exact decimals of quantity × unit_price as the source wrote them.
google::protobuf::Struct UciFigures(const ImportShop& shop);

// What a comparison found.
struct Comparison {
  int keys_compared = 0;  // values of the expected document, objects and lists opened
  std::vector<std::string> mismatches;
};

// Compares every value, recursively; a key that only one side has is a mismatch. Decimals are equal
// when their numbers are, whatever zeros stand behind.
Comparison Compare(const google::protobuf::Value& expected, const google::protobuf::Value& actual,
                   const std::string& path = "");

// numerator ÷ denominator with `places` decimals, half to even; exact.
std::string Ratio(__int128 numerator, __int128 denominator, int places);

}  // namespace redress::test
