#include "services/customer/store/person_states.h"

#include <algorithm>

#include "services/customer/store/care_sql.h"
#include "services/customer/store/customer_keys.h"
#include "services/customer/store/tag_rows.h"
#include "services/customer/store/tag_sql.h"

namespace redress::customer {

using platform::Connection;
using platform::MultiRow;
using platform::Result;

namespace {

constexpr std::size_t kMostRows = 512;

struct Wish {
  CustomerId customer;
  std::string sealed_birthday;
  bool no_contact = false;
};

class Reading {
 public:
  Reading(Connection& db, ShopId shop, std::span<const CustomerFacts> people)
      : db_(db), shop_(shop) {
    for (const CustomerFacts& person : people) {
      states_[person.customer];
      for (const CustomerId member : person.members) {
        head_of_[member] = person.customer;
        members_.push_back(member);
      }
    }
    std::sort(members_.begin(), members_.end());
  }

  std::map<CustomerId, PersonState> Read(platform::Sealer& sealer) {
    if (members_.empty()) return {};
    for (CustomerTag& one : ReadDecisions(db_, shop_, members_)) {
      StateOf(one.customer).decisions.push_back(std::move(one));
    }
    for (CustomerTag& one : ReadCustomerTags(db_, shop_, members_)) {
      StateOf(one.customer).tags.push_back(std::move(one));
    }
    ReadCodes(sql::kSelectMemberships, &PersonState::segments);
    ReadCodes(sql::kSelectCareMatches, &PersonState::care_matches);
    ReadContacts();
    ReadWishes(sealer);
    return std::move(states_);
  }

 private:
  PersonState& StateOf(CustomerId member) { return states_.at(head_of_.at(member)); }

  void ReadCodes(const char* statement,
                 std::set<std::pair<CustomerId, std::string>> PersonState::*into) {
    const MultiRow select(statement, 2, ")", kMostRows);
    select.Query(db_, KeysOf(shop_, members_), [&](Result& row) {
      const auto customer = row.Id<CustomerId>(0);
      (StateOf(customer).*into).insert({customer, row.String(1)});
    });
  }

  void ReadContacts() {
    static const MultiRow select(sql::kSelectContactTimes, 2, ")", kMostRows);
    select.Query(db_, KeysOf(shop_, members_), [&](Result& row) {
      PersonState& state = StateOf(row.Id<CustomerId>(0));
      state.contacted_at = std::max(state.contacted_at, row.OptInt64(1).value_or(0));
    });
  }

  void ReadWishes(platform::Sealer& sealer) {
    static const MultiRow select(sql::kSelectWishes, 2, ")", kMostRows);
    std::vector<Wish> wishes;
    select.Query(db_, KeysOf(shop_, members_), [&](Result& row) {
      wishes.push_back({row.Id<CustomerId>(0), row.String(1), row.Int64(2) != 0});
    });
    std::vector<platform::OpenItem> items;
    for (const Wish& wish : wishes) {
      items.push_back(
          {{platform::SubjectKind::kCustomer, wish.customer.value}, wish.sealed_birthday});
    }
    const auto opened = sealer.OpenMany(db_, shop_, items);
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      PersonState& state = StateOf(wishes[i].customer);
      state.no_contact |= wishes[i].no_contact;
      const std::string birthday = opened[i].value_or("");
      const bool is_head = head_of_.at(wishes[i].customer) == wishes[i].customer;
      if (!birthday.empty() && (is_head || state.birthday.empty())) state.birthday = birthday;
    }
  }

  Connection& db_;
  const ShopId shop_;
  std::map<CustomerId, PersonState> states_;
  std::map<CustomerId, CustomerId> head_of_;
  std::vector<CustomerId> members_;
};

}  // namespace

std::map<CustomerId, PersonState> ReadStates(Connection& db, platform::Sealer& sealer, ShopId shop,
                                             std::span<const CustomerFacts> people) {
  return Reading(db, shop, people).Read(sealer);
}

}  // namespace redress::customer
