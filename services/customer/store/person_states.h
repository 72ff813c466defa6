#pragma once

// What is stored of people by those who judge them, read for a whole batch at once.

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "services/customer/domain/customer_facts.h"
#include "services/customer/domain/tag.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

// Of one person: the rows of all members together.
struct PersonState {
  std::vector<CustomerTag> decisions = {};  // by hand, expired ones too
  std::vector<CustomerTag> tags = {};       // as last judged; those at other rows than the head are
                                            // of before a merge
  std::set<std::pair<CustomerId, std::string>> segments = {};
  std::set<std::pair<CustomerId, std::string>> care_matches = {};
  std::string birthday = {};  // the head's, else that of another member
  bool no_contact = false;    // any member asked for none
  std::int64_t contacted_at = 0;
};

// By head.
std::map<CustomerId, PersonState> ReadStates(platform::Connection& db, platform::Sealer& sealer,
                                             ShopId shop, std::span<const CustomerFacts> people);

}  // namespace redress::customer
