// Merging and its undoing, 10,000 times at random, against a model that only knows the edges.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <thread>
#include <tuple>

#include "services/customer/domain/person_figures.h"
#include "services/customer/store/person_reads.h"
#include "services/customer/store/sql_judge.h"
#include "services/customer/store/tag_rule_store.h"
#include "services/customer/store/tag_store.h"
#include "tests/integration/customer/person_house.h"
#include "tests/support/figure.h"

namespace redress::customer {
namespace {

using platform::Code;
using platform::Refusal;

template <class Call>
Refusal RefusalOf(Call call) {
  try {
    call();
  } catch (const Refusal& refusal) {
    return refusal;
  }
  ADD_FAILURE() << "was not refused";
  return Refusal(Code::kInternal, "NONE", "");
}

// Who stands under whom.
class Forest {
 public:
  CustomerId HeadOf(CustomerId customer) const {
    for (auto found = parent_.find(customer); found != parent_.end();
         found = parent_.find(customer)) {
      customer = found->second;
    }
    return customer;
  }
  void Merge(CustomerId customer, CustomerId into) { parent_[HeadOf(customer)] = HeadOf(into); }
  void Unmerge(CustomerId customer) { parent_.erase(customer); }
  bool IsMerged(CustomerId customer) const { return parent_.contains(customer); }
  std::size_t SizeOf(CustomerId head, const std::vector<CustomerId>& all) const {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](CustomerId one) { return HeadOf(one) == head; }));
  }

 private:
  std::map<CustomerId, CustomerId> parent_;
};

class MergesTest : public testing::Test {
 protected:
  // Everything that people look at, by head.
  std::vector<CustomerFacts> State(const std::vector<CustomerId>& customers) {
    std::vector<CustomerFacts> all;
    for (std::size_t i = 0; i < customers.size(); i += 100) {
      const auto size = std::min<std::size_t>(100, customers.size() - i);
      for (CustomerFacts& one : Patiently([&] {
             return house_.reader.Read(kShop, {customers.data() + i, size});
           })) {
        all.push_back(std::move(one));
      }
    }
    return all;
  }

  // Ways in which groups, figures or totals are not what they have to be.
  int Violations(const std::vector<CustomerId>& customers, const Forest& forest,
                 const CustomerFigures& totals) {
    int violations = 0;
    const auto expect = [&](bool holds, const char* what, CustomerId customer) {
      if (holds) return;
      ++violations;
      ADD_FAILURE() << what << " " << platform::ToString(customer);
    };
    const FiguresByCustomer own = SelectFigures(*house_.plain.Acquire(), kShop, customers);
    CustomerFigures sum;
    std::size_t members = 0;
    for (const CustomerFacts& person : State(customers)) {
      expect(forest.HeadOf(person.customer) == person.customer, "no head:", person.customer);
      CustomerFigures of_members;
      for (const CustomerId member : person.members) {
        expect(forest.HeadOf(member) == person.customer, "in another's group:", member);
        const auto found = own.find(member);
        if (found != own.end()) AddFigures(of_members, found->second);
      }
      expect(of_members == person.figures, "figures are not the members' sum:", person.customer);
      AddFigures(sum, person.figures);
      members += person.members.size();
    }
    expect(members == customers.size(), "members are lost:", CustomerId{});
    expect(sum == totals, "totals are not conserved:", CustomerId{});
    return violations;
  }

  CustomerFigures Totals(const std::vector<CustomerId>& customers) {
    CustomerFigures sum;
    for (const auto& [customer, figures] :
         SelectFigures(*house_.plain.Acquire(), kShop, customers)) {
      AddFigures(sum, figures);
    }
    return sum;
  }

  PersonHouse house_;
  std::mt19937 random_{11};
};

TEST_F(MergesTest, KeepTotalsAndGroupsAndUndoExactly) {
  const int operations = test::InjectedFaults() == nullptr ? 10'000 : 1'000;
  const auto customers = house_.MakeCustomers(200);
  const FactBatch history = RandomHistory(random_, customers, 800);
  house_.Take(history);
  house_.rfm.Compute(kShop, "CNY", 0, std::nullopt);
  const CustomerFigures totals = Totals(customers);
  Forest forest;
  int violations = 0;
  int merges = 0;
  const auto somebody = [&] {
    return customers[std::uniform_int_distribution<std::size_t>(0, customers.size() - 1)(random_)];
  };
  for (int operation = 0; operation < operations; ++operation) {
    const CustomerId customer = somebody();
    const CustomerId into = somebody();
    if (forest.IsMerged(customer)) {
      house_.Unmerge(customer);
      forest.Unmerge(customer);
    } else if (forest.HeadOf(customer) != forest.HeadOf(into) &&
               forest.SizeOf(forest.HeadOf(customer), customers) +
                       forest.SizeOf(forest.HeadOf(into), customers) <=
                   kMostMembers) {
      const bool undo = operation % 97 == 0;
      const auto before = undo ? State(customers) : std::vector<CustomerFacts>{};
      const CustomerId head = forest.HeadOf(customer);
      house_.Merge(customer, into);
      ++merges;
      if (undo) {
        house_.Unmerge(head);
        const bool restored = State(customers) == before;
        EXPECT_TRUE(restored) << "after operation " << operation;
        violations += restored ? 0 : 1;
      } else {
        forest.Merge(customer, into);
      }
    }
    if (operation % 500 == 499) violations += Violations(customers, forest, totals);
  }
  violations += Violations(customers, forest, totals);
  for (const CustomerId customer : customers) {
    if (!forest.IsMerged(customer)) continue;
    house_.Unmerge(customer);
    forest.Unmerge(customer);
  }
  violations += Violations(customers, forest, totals);
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_members"), 0);
  EXPECT_GT(merges, operations / 10);
  test::Figure("merge_violations", violations);
}

TEST_F(MergesTest, AreRefusedForAVersionThatIsNotTheCustomers) {
  const auto customers = house_.MakeCustomers(2);
  const MergeRequest request{.write = house_.MakeWrite(),
                             .customer = customers[0],
                             .into = customers[1],
                             .version = 9,
                             .into_version = 1,
                             .reason = "same"};
  EXPECT_EQ(RefusalOf([&] { Patiently([&] { return house_.merges.Merge(request); }); }).code(),
            Code::kAborted);
}

// Whoever looked at the person before sees another one now.
TEST_F(MergesTest, AreRefusedForAMemberWhoseGroupHasChangedMeanwhile) {
  const auto customers = house_.MakeCustomers(4);
  const auto [head, middle, leaf, other] =
      std::tuple(customers[0], customers[1], customers[2], customers[3]);
  house_.Merge(leaf, middle);
  house_.Merge(middle, head);
  const MergeRequest seen{.write = house_.MakeWrite(),
                          .customer = leaf,
                          .into = other,
                          .version = house_.VersionOf(leaf),
                          .into_version = house_.VersionOf(other),
                          .reason = "same"};
  house_.Unmerge(middle);
  EXPECT_EQ(RefusalOf([&] { Patiently([&] { return house_.merges.Merge(seen); }); }).code(),
            Code::kAborted);
}

TEST_F(MergesTest, AnswerARepeatAndMergeOnce) {
  const auto customers = house_.MakeCustomers(2);
  MergeRequest request{.write = house_.MakeWrite(),
                       .customer = customers[0],
                       .into = customers[1],
                       .version = 1,
                       .into_version = 1,
                       .reason = "same"};
  const Person first = Patiently([&] { return house_.merges.Merge(request); });
  EXPECT_EQ(Patiently([&] { return house_.merges.Merge(request); }), first);
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_merges"), 1);
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM events"), 1);
  request.write.digest[0] = 1;
  EXPECT_EQ(RefusalOf([&] { Patiently([&] { return house_.merges.Merge(request); }); }).code(),
            Code::kInvalidArgument);
}

TEST_F(MergesTest, OfAnotherShopsCustomerIsNotFound) {
  const auto ours = house_.MakeCustomers(1);
  const auto theirs = house_.MakeCustomers(1, kOtherShop);
  const MergeRequest request{.write = house_.MakeWrite(),
                             .customer = ours[0],
                             .into = theirs[0],
                             .version = 1,
                             .into_version = 1,
                             .reason = "same"};
  EXPECT_EQ(RefusalOf([&] { Patiently([&] { return house_.merges.Merge(request); }); }).code(),
            Code::kNotFound);
}

TEST_F(MergesTest, OfOnePersonAreRefused) {
  const auto customers = house_.MakeCustomers(2);
  house_.Merge(customers[0], customers[1]);
  EXPECT_EQ(RefusalOf([&] { house_.Merge(customers[1], customers[0]); }).reason(),
            "ALREADY_ONE_PERSON");
  EXPECT_EQ(RefusalOf([&] { house_.Unmerge(customers[1]); }).reason(), "NOT_MERGED");
}

TEST_F(MergesTest, StopAtFiftyMembers) {
  const auto customers = house_.MakeCustomers(51);
  for (std::size_t i = 1; i < 50; ++i) house_.Merge(customers[i], customers[0]);
  EXPECT_EQ(RefusalOf([&] { house_.Merge(customers[50], customers[0]); }).reason(),
            "GROUP_TOO_LARGE");
}

TEST_F(MergesTest, ByTwoAtOnceMakeNoCircle) {
  for (int round = 0; round < 20; ++round) {
    const std::string name = "pair-" + std::to_string(round) + "-";
    const std::vector<std::string> nicks{name + "a", name + "b"};
    const auto pair = Patiently([&] { return house_.customers.Ensure(kShop, "taobao", nicks); });
    std::vector<MergeRequest> requests;
    for (int side = 0; side < 2; ++side) {
      requests.push_back({.write = house_.MakeWrite(),
                          .customer = pair[static_cast<std::size_t>(side)],
                          .into = pair[static_cast<std::size_t>(1 - side)],
                          .version = 1,
                          .into_version = 1,
                          .reason = "same"});
    }
    std::atomic<int> merged{0};
    std::vector<std::thread> people;
    for (const MergeRequest& request : requests) {
      people.emplace_back([&] {
        try {
          Patiently([&] { return house_.merges.Merge(request); });
          ++merged;
        } catch (const Refusal&) {
        }
      });
    }
    for (std::thread& person : people) person.join();
    EXPECT_EQ(merged, 1);
    EXPECT_EQ(house_.people.PersonOf(kShop, pair[0]).members.size(), 2u);
  }
}

TEST_F(MergesTest, AreListedWithWhoAndWhy) {
  const auto customers = house_.MakeCustomers(2);
  house_.Merge(customers[0], customers[1]);
  house_.Unmerge(customers[0]);
  for (const CustomerId customer : customers) {
    const auto history = house_.merges.History(kShop, customer, MergeId{~0ULL}, 10);
    ASSERT_EQ(history.size(), 1u);
    EXPECT_EQ(history[0].reason, "same buyer");
    EXPECT_EQ(history[0].unmerge_reason, "not the same");
    EXPECT_EQ(history[0].merger, platform::AccountId{5});
  }
}

class MergedTagsTest : public MergesTest {
 protected:
  static constexpr std::uint32_t kLoyalOrders = 12;
  using TagsByHead = std::map<CustomerId, std::set<std::string>>;

  MergedTagsTest()
      : tags_(house_.pool, house_.ids),
        rules_(house_.pool),
        judge_({house_.pool, house_.ids, house_.clock, house_.sealer, house_.reader,
                [](ShopId) { return platform::TimeZone::Load("Asia/Shanghai"); },
                [this](ShopId, const std::exception&) { ++failures_; }}) {
    NewTag("vip");
    NewTag("loyal");
    const Write set = house_.MakeWrite(), tried = house_.MakeWrite(), on = house_.MakeWrite();
    const std::string condition = "paid_orders >= " + std::to_string(kLoyalOrders);
    Patiently([&] { return rules_.Set(set, "loyal", 0, condition); });
    Patiently([&] {
      rules_.MarkTried(tried, "loyal", 1);
      return true;
    });
    Patiently([&] { return rules_.Switch(on, "loyal", 1, true); });
  }

  void NewTag(const std::string& code) {
    Tag tag;
    tag.code = tag.group = tag.name_zh = tag.name_en = code;
    tag.colour = "#000000";
    const Write write = house_.MakeWrite();
    Patiently([&] { return tags_.Set(write, tag); });
  }

  void Decide(const std::string& tag, HandDecision decision, CustomerId customer) {
    const Write write = house_.MakeWrite();
    Patiently([&] {
      return tags_.Decide(write, {.tag = tag, .decision = decision}, {&customer, 1});
    });
  }

  // Until nobody is due.
  void Settle() {
    for (bool more = true; more;) {
      failures_ = 0;
      more = Patiently([&] { return judge_.Round(); }) || failures_ > 0 ||
             house_.Count("SELECT COUNT(*) FROM customer_due WHERE due_at <= " +
                          std::to_string(house_.clock.NowUs())) > 0 ||
             house_.Count("SELECT COUNT(*) FROM judged_shops WHERE swept_to IS NOT NULL") > 0;
    }
  }

  TagsByHead Tags(const std::vector<CustomerId>& customers) {
    TagsByHead by_head;
    for (const Person& person :
         Patiently([&] { return house_.people.PeopleOf(kShop, customers); })) {
      std::set<std::string>& codes = by_head[person.head];
      const auto tags =
          Patiently([&] { return tags_.Of(kShop, person.members, house_.clock.NowUs()); });
      for (const CustomerTag& tag : tags) {
        if (!tag.denied) codes.insert(tag.tag);
      }
    }
    return by_head;
  }

  // What decisions by hand and the rule say of whole people.
  TagsByHead Expected(const std::vector<CustomerId>& customers, const std::set<CustomerId>& vips,
                      const std::set<CustomerId>& denied) {
    TagsByHead by_head;
    for (const CustomerFacts& person : State(customers)) {
      std::set<std::string>& codes = by_head[person.customer];
      const auto any = [&](const std::set<CustomerId>& among) {
        return std::any_of(person.members.begin(), person.members.end(),
                           [&](CustomerId member) { return among.contains(member); });
      };
      if (any(vips)) codes.insert("vip");
      if (person.figures.paid_orders >= kLoyalOrders && !any(denied)) codes.insert("loyal");
    }
    return by_head;
  }

  SqlTagRepository tags_;
  SqlTagRuleRepository rules_;
  SqlJudge judge_;
  int failures_ = 0;
};

TEST_F(MergedTagsTest, AreThePersonsAndComeApartAsTheyWere) {
  const auto customers = house_.MakeCustomers(40);
  house_.Take(RandomHistory(random_, customers, 300));
  std::set<CustomerId> vips;
  std::set<CustomerId> denied;
  for (std::size_t i = 0; i < customers.size(); ++i) {
    if (i % 5 == 0) Decide("vip", HandDecision::kSet, *vips.insert(customers[i]).first);
    if (i % 7 == 0) Decide("loyal", HandDecision::kDeny, *denied.insert(customers[i]).first);
  }
  Settle();
  const TagsByHead before = Tags(customers);
  ASSERT_EQ(before, Expected(customers, vips, denied));
  const CustomerFigures totals = Totals(customers);
  const std::int64_t decisions = house_.Count("SELECT COUNT(*) FROM tag_decisions");

  Forest forest;
  std::vector<CustomerId> merged;
  for (std::size_t i = 0; i + 1 < customers.size(); i += 2) {
    const CustomerId child = forest.HeadOf(customers[i]);
    const CustomerId into = forest.HeadOf(customers[(i * 7 + 3) % customers.size()]);
    if (child == into) continue;
    house_.Merge(child, into);
    forest.Merge(child, into);
    merged.push_back(child);
    if (i % 8 != 0) continue;
    Settle();
    EXPECT_EQ(Tags(customers), Expected(customers, vips, denied)) << "after merge " << i;
  }
  Settle();
  EXPECT_EQ(Tags(customers), Expected(customers, vips, denied));
  EXPECT_NE(Tags(customers), before);
  EXPECT_EQ(Totals(customers), totals);
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM tag_decisions"), decisions);

  for (const CustomerId child : merged) house_.Unmerge(child);
  Settle();
  EXPECT_EQ(Tags(customers), before);
  EXPECT_EQ(Totals(customers), totals);
}

class DuplicatesTest : public MergesTest {
 protected:
  CustomerId WithContact(const std::string& nick, const Contact& contact) {
    UpsertRequest request{.request_id = "upsert-" + nick,
                          .digest = {},
                          .platform = "taobao",
                          .nick = nick,
                          .contact = contact,
                          .etag = ""};
    Patiently([&] {
      return house_.customers.Upsert(kShop, request, [](const Customer&) { return std::string(); });
    });
    return house_.store.FindByNick(kShop, "taobao", nick);
  }
  std::vector<DuplicateGroup> All(std::size_t per_page) {
    std::vector<DuplicateGroup> groups;
    DuplicateCursor after;
    for (;;) {
      const DuplicatePage page = house_.merges.Duplicates(kShop, after, std::nullopt, per_page);
      groups.insert(groups.end(), page.groups.begin(), page.groups.end());
      if (!page.next) return groups;
      after = *page.next;
    }
  }
};

TEST_F(DuplicatesTest, AreFoundByPhoneAndByNameAtAnAddress) {
  const CustomerId a = WithContact("a", {"张三", "13812345678", "文一路1号"});
  const CustomerId b = WithContact("b", {"李四", "+86 138-1234-5678", "文二路2号"});
  const CustomerId c = WithContact("c", {"张三 ", "13900000000", "文一路 １号"});
  WithContact("d", {"王五", "13700000000", "文三路3号"});
  const auto groups = All(1);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].reason, DuplicateReason::kPhone);
  EXPECT_EQ(groups[0].customers, (std::vector{b, a}));
  EXPECT_EQ(groups[1].reason, DuplicateReason::kAddress);
  EXPECT_EQ(groups[1].customers, (std::vector{c, a}));
}

TEST_F(DuplicatesTest, ThatAreMergedAreLeftOut) {
  const CustomerId a = WithContact("a", {"张三", "13812345678", ""});
  const CustomerId b = WithContact("b", {"李四", "13812345678", ""});
  EXPECT_EQ(All(10).size(), 1u);
  house_.Merge(a, b);
  EXPECT_TRUE(All(10).empty());
}

TEST_F(DuplicatesTest, ANameBelongsToOneCustomer) {
  const auto customers = house_.MakeCustomers(2);
  const Identity open_id{"open_id", "taobao", "AAH3"};
  const Write link = house_.MakeWrite();
  Patiently([&] { return house_.merges.Link(link, customers[0], open_id); });
  EXPECT_EQ(house_.merges.FindByIdentity(kShop, open_id), customers[0]);
  EXPECT_FALSE(house_.merges.FindByIdentity(kOtherShop, open_id));
  const Write other = house_.MakeWrite();
  EXPECT_EQ(RefusalOf([&] {
              Patiently([&] { return house_.merges.Link(other, customers[1], open_id); });
            }).code(),
            Code::kAlreadyExists);
  const Write unlink = house_.MakeWrite();
  Patiently([&] { return house_.merges.Unlink(unlink, customers[0], open_id); });
  EXPECT_FALSE(house_.merges.FindByIdentity(kShop, open_id));
}

TEST_F(DuplicatesTest, AnErasedPersonGetsNoNameAgain) {
  const auto customers = house_.MakeCustomers(1);
  house_.plain.Acquire()->Execute("UPDATE customers SET erased_at = 1");
  const Write link = house_.MakeWrite();
  EXPECT_EQ(RefusalOf([&] {
              Patiently([&] {
                return house_.merges.Link(link, customers[0], {"open_id", "taobao", "AAH3"});
              });
            }).reason(),
            "CUSTOMER_ERASED");
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_identities"), 0);
}

}  // namespace
}  // namespace redress::customer
