// Notes over a real database: written once, versioned, mentioned, found, sealed.
#include <gtest/gtest.h>

#include <barrier>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "services/customer/store/mysql_timeline.h"
#include "services/customer/store/note_entries.h"
#include "services/customer/store/note_store.h"
#include "services/customer/store/personal_data.h"
#include "services/customer/store/search_erasure.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "services/platform/privacy/retention.h"
#include "services/platform/search/search_text.h"
#include "tests/integration/customer/customer_house.h"

namespace redress::customer {
namespace {

using platform::Code;
using platform::Refusal;

constexpr AccountId kAnn{21};
constexpr AccountId kBob{22};
constexpr NoteId kNewest{~std::uint64_t{0}};

class Notes : public ::testing::Test {
 protected:
  Notes() { customer_ = NewCustomer("tom"); }

  // As a client does that repeats on UNAVAILABLE.
  template <class Call>
  static auto Repeating(Call call) {
    constexpr int kPatience = 50;
    for (int attempt = 1;; ++attempt) {
      try {
        return call();
      } catch (const Refusal& refusal) {
        if (refusal.code() != Code::kUnavailable || attempt == kPatience) throw;
      }
    }
  }
  CustomerId NewCustomer(const std::string& nick, ShopId shop = kShop) {
    return Repeating([&] { return house_.customers.Ensure(shop, "taobao", {&nick, 1}).front(); });
  }
  NoteWrite By(AccountId account, const std::string& request, ShopId shop = kShop) {
    return {.shop = shop,
            .request_id = request,
            .digest = platform::Sha256(request),
            .account = account,
            .now_us = house_.clock.NowUs()};
  }
  Note Add(const std::string& text, std::vector<AccountId> mentions = {}, bool pinned = false,
           AccountId author = kAnn) {
    return Repeating([&] {
      return notes_.Add(By(author, "add-" + platform::Hex(text)), customer_, {text, mentions},
                        pinned);
    });
  }
  Note Edit(const Note& note, const std::string& text, std::vector<AccountId> mentions = {}) {
    return Repeating([&] {
      return notes_.Edit(By(kAnn, "edit-" + text), note.id, note.version, {text, mentions});
    });
  }
  Note Delete(const Note& note) {
    return Repeating([&] {
      return notes_.Delete(By(kAnn, "delete-" + platform::ToString(note.id)), note.id,
                           note.version);
    });
  }
  std::vector<std::string> Texts(bool with_deleted = false) {
    std::vector<std::string> texts;
    for (const Note& note : notes_.List(kShop, {&customer_, 1}, with_deleted, {}, 100)) {
      texts.push_back(note.text);
    }
    return texts;
  }
  std::vector<std::string> Found(const std::string& words, ShopId shop = kShop) {
    std::vector<std::string> texts;
    const auto split = platform::WordsOf(platform::Fold(words));
    for (const NoteHit& hit : notes_.Search(shop, split, kNewest, 100).hits) {
      texts.push_back(hit.text);
    }
    return texts;
  }
  std::size_t Unread(AccountId account) {
    return notes_.ListMentions(kShop, account, true, kNewest, 100).mentions.size();
  }
  void MarkRead(AccountId account, NoteId note) {
    Repeating([&] {
      notes_.MarkRead(By(account, "read"), {&note, 1});
      return true;
    });
  }
  template <class Call>
  static void ExpectRefused(const std::string& reason, Call call) {
    try {
      Repeating(call);
      ADD_FAILURE() << "was not refused: " << reason;
    } catch (const Refusal& refusal) {
      EXPECT_EQ(refusal.reason(), reason) << refusal.message();
    }
  }

  CustomerHouse house_{test::InjectedFaults()};
  SqlNoteRepository notes_{house_.pool, house_.sealer, house_.ids};
  CustomerId customer_;
};

using Strings = std::vector<std::string>;

TEST_F(Notes, AreListedPinnedOnesFirstThenNewestFirst) {
  Add("one");
  Add("two", {}, true);
  Add("three");
  EXPECT_EQ(Texts(), (Strings{"two", "three", "one"}));
}

TEST_F(Notes, AreReadPageByPage) {
  for (int i = 0; i < 5; ++i) Add("pinned " + std::to_string(i), {}, true);
  for (int i = 0; i < 5; ++i) Add("plain " + std::to_string(i));
  Strings paged;
  NoteKey after;
  for (int page = 0; page < 5; ++page) {
    for (const Note& note : notes_.List(kShop, {&customer_, 1}, false, after, 2)) {
      paged.push_back(note.text);
      after = {.pinned = note.pinned, .id = note.id.value};
    }
  }
  EXPECT_EQ(paged, Texts());
}

TEST_F(Notes, OfOnePersonsNicksAreListedTogether) {
  Add("of tom");
  const CustomerId tom = customer_;
  customer_ = NewCustomer("thomas");
  Add("of thomas");
  const std::vector<CustomerId> person{tom, customer_};
  const auto both = notes_.List(kShop, person, false, {}, 10);
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].text, "of thomas");
  EXPECT_EQ(both[1].text, "of tom");
}

TEST_F(Notes, StandInTheTimelineByWhenTheyWereWritten) {
  const Note one = Add("one");
  house_.clock.Advance(platform::kMinuteUs);
  const Note two = Add("two", {}, true);
  house_.clock.Advance(platform::kMinuteUs);
  Delete(Add("three"));
  MysqlTimeline timeline(house_.pool);
  timeline.Add(std::make_unique<NoteEntries>(house_.sealer));
  const Person person{.head = customer_, .members = {customer_}};
  const TimelinePage first = timeline.Entries(kShop, person, {}, {}, 1);
  ASSERT_EQ(first.entries.size(), 1u);
  EXPECT_EQ(first.entries[0].kind, EntryKind::kNote);
  EXPECT_EQ(first.entries[0].id, two.id.value);
  EXPECT_EQ(std::get<Note>(first.entries[0].what).text, "two");
  ASSERT_TRUE(first.next);
  const TimelinePage second = timeline.Entries(kShop, person, *first.next, {}, 1);
  ASSERT_EQ(second.entries.size(), 1u);
  EXPECT_EQ(second.entries[0].id, one.id.value);
  EXPECT_FALSE(second.next);
}

TEST_F(Notes, KeepWhatTheySaidBefore) {
  const Note note = Add("wants an invoice");
  const Note edited = Edit(note, "wants no invoice");
  EXPECT_EQ(edited.text, "wants no invoice");
  EXPECT_EQ(edited.version, 2u);
  const auto versions = notes_.ListVersions(kShop, note.id, 0, 10);
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[0].text, "wants no invoice");
  EXPECT_EQ(versions[1].text, "wants an invoice");
}

TEST_F(Notes, AnswerARepeatAsTheFirstTime) {
  const Note note = Add("once");
  EXPECT_EQ(Add("once").id, note.id);
  EXPECT_EQ(Texts(), Strings{"once"});
  NoteWrite again = By(kAnn, "add-" + platform::Hex("once"));
  ExpectRefused("REQUEST_ID_REUSED", [&] {
    return notes_.Add(again, customer_, {"another", {}}, false);
  });
}

TEST_F(Notes, RefuseAnOldVersion) {
  const Note note = Add("first");
  Edit(note, "second");
  ExpectRefused("VERSION_CONFLICT", [&] {
    return notes_.Edit(By(kAnn, "late"), note.id, note.version, {"third", {}});
  });
}

TEST_F(Notes, AreChangedByTheirAuthorOrASupervisor) {
  const Note note = Add("mine");
  ExpectRefused("NOTE_NOT_YOURS", [&] {
    return notes_.Edit(By(kBob, "theirs"), note.id, note.version, {"theirs", {}});
  });
  NoteWrite supervisor = By(kBob, "supervised");
  supervisor.supervises = true;
  EXPECT_EQ(Repeating([&] {
              return notes_.Edit(supervisor, note.id, 1, {"mended", {}});
            }).text,
            "mended");
}

TEST_F(Notes, StayAsDeletedAndAreFoundNoMore) {
  const Note note = Add("a broken lamp");
  const Note deleted = Delete(note);
  EXPECT_TRUE(deleted.deleted);
  EXPECT_TRUE(Texts().empty());
  EXPECT_EQ(Texts(true), Strings{""});
  EXPECT_TRUE(Found("lamp").empty());
  EXPECT_EQ(notes_.ListVersions(kShop, note.id, 0, 10).front().text, "a broken lamp");
  ExpectRefused("NOTE_DELETED", [&] {
    return notes_.Edit(By(kAnn, "again"), note.id, deleted.version, {"again", {}});
  });
}

TEST_F(Notes, ShowWhoIsMentionedWhatIsUnread) {
  const Note note = Add("look", {kAnn, kBob});
  EXPECT_EQ(note.mentions, (std::vector<AccountId>{kAnn, kBob}));
  EXPECT_EQ(Unread(kBob), 1u);
  MarkRead(kBob, note.id);
  EXPECT_EQ(Unread(kBob), 0u);
  EXPECT_EQ(Unread(kAnn), 1u);
  const auto all = notes_.ListMentions(kShop, kBob, false, kNewest, 10).mentions;
  ASSERT_EQ(all.size(), 1u);
  EXPECT_TRUE(all[0].read);
}

TEST_F(Notes, KeepAMentionReadWhenEditedAndDropWhoIsNoLongerMeant) {
  const Note note = Add("look", {kAnn, kBob});
  MarkRead(kBob, note.id);
  Edit(note, "look again", {kBob});
  EXPECT_EQ(Unread(kBob), 0u);
  EXPECT_EQ(Unread(kAnn), 0u);
  EXPECT_TRUE(notes_.ListMentions(kShop, kAnn, false, kNewest, 10).mentions.empty());
}

TEST_F(Notes, AreFoundByEachOfTheWords) {
  Add("Wants an Invoice for the lamp");
  Add("买家要发票，周五发货");
  EXPECT_EQ(Found("invoice LAMP"), Strings{"Wants an Invoice for the lamp"});
  EXPECT_EQ(Found("要发票"), Strings{"买家要发票，周五发货"});
  EXPECT_TRUE(Found("invoice desk").empty());
  EXPECT_TRUE(Found("票发").empty());
  EXPECT_TRUE(Found("invoice", kOtherShop).empty());
}

TEST_F(Notes, AreFoundByWhatTheySayNow) {
  const Note note = Add("a broken lamp");
  Edit(note, "a broken chair");
  EXPECT_TRUE(Found("lamp").empty());
  EXPECT_EQ(Found("chair"), Strings{"a broken chair"});
}

TEST_F(Notes, AreFoundPageByPageHoweverCommonTheirWords) {
  constexpr int kNotes = 350;  // more than are looked at in one call
  for (int i = 0; i < kNotes; ++i) Add("common " + std::to_string(i));
  const auto words = platform::WordsOf(U"common");
  std::size_t seen = 0;
  NoteId before = kNewest;
  for (int page = 0; page < 100; ++page) {
    const NoteHits hits = notes_.Search(kShop, words, before, 20);
    seen += hits.hits.size();
    if (!hits.resume) break;
    ASSERT_LT(*hits.resume, before);
    before = *hits.resume;
  }
  EXPECT_EQ(seen, static_cast<std::size_t>(kNotes));
}

TEST_F(Notes, LieInNoTableInClear) {
  Add("secretive");
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM customer_note_versions"
                         " WHERE INSTR(sealed, 'secret') > 0"),
            0);
}

TEST_F(Notes, OfAnErasedPersonSayNothingAndAreNotFound) {
  Add("a broken lamp");
  platform::Transact(house_.plain, [&](platform::Connection& db) {
    house_.sealer.DestroySubject(db, kShop, platform::SubjectKind::kCustomer, customer_.value);
    EraseFromSearch(db, kShop, customer_);
  });
  EXPECT_EQ(Texts(), Strings{""});
  EXPECT_TRUE(Found("lamp").empty());
  EXPECT_EQ(house_.Count("SELECT COUNT(*) FROM note_words"), 0);
  ExpectRefused("SUBJECT_ERASED", [&] {
    return notes_.Add(By(kAnn, "new"), customer_, {"new", {}}, false);
  });
}

TEST_F(Notes, OfAnotherShopAreUnknown) {
  const Note note = Add("ours");
  EXPECT_FALSE(notes_.Find(kOtherShop, note.id));
  ExpectRefused("NOTE_NOT_FOUND", [&] {
    return notes_.Edit(By(kAnn, "theirs", kOtherShop), note.id, 1, {"theirs", {}});
  });
  ExpectRefused("CUSTOMER_NOT_FOUND", [&] {
    return notes_.Add(By(kAnn, "new", kOtherShop), customer_, {"new", {}}, false);
  });
}

TEST_F(Notes, TakeOneOfTwoEditsOfAVersion) {
  const Note note = Add("contended");
  std::barrier start(2);
  std::vector<int> won(2, 0);
  const auto edit = [&](std::size_t who) {
    start.arrive_and_wait();
    try {
      Repeating([&] {
        return notes_.Edit(By(kAnn, "race-" + std::to_string(who)), note.id, note.version,
                           {"edit " + std::to_string(who), {}});
      });
      won[who] = 1;
    } catch (const Refusal& refusal) {
      EXPECT_EQ(refusal.reason(), "VERSION_CONFLICT");
    }
  };
  std::thread first(edit, 0);
  std::thread second(edit, 1);
  first.join();
  second.join();
  EXPECT_EQ(won[0] + won[1], 1);
  EXPECT_EQ(notes_.ListVersions(kShop, note.id, 0, 10).size(), 2u);
}

TEST_F(Notes, AreExportedInEveryVersionPageByPage) {
  constexpr std::size_t kNotes = platform::PersonalData::kExportPage;
  Edit(Add("first words"), "second words");
  for (std::size_t i = 0; i < kNotes; ++i) Add("note " + std::to_string(i));
  CustomerPersonalData data(house_.plain, house_.sealer);
  const std::vector people{customer_, NewCustomer("ann")};
  Strings texts;
  platform::ExportPage page{.more = true};
  for (int pages = 0; page.more; ++pages) {
    ASSERT_LT(pages, 100) << "an export without an end";
    page = data.Export(kShop, people, page.end);
    for (const auto& record : page.records) {
      if (record.kind == "note") texts.push_back(record.fields.at("text"));
    }
  }
  ASSERT_EQ(texts.size(), kNotes + 2);
  EXPECT_EQ(texts[0], "first words");
  EXPECT_EQ(texts[1], "second words");
  EXPECT_EQ(texts.back(), "note " + std::to_string(kNotes - 1));
}

TEST_F(Notes, OldOnesGoWhereTheShopSaysSo) {
  const Note old = Add("old blue cup", {kBob});
  const Note kept = Add("old but edited");
  house_.clock.Advance(8 * platform::Retention::kMonthUs);
  Edit(kept, "edited today");
  platform::Retention retention({.pool = house_.plain,
                                 .ids = house_.ids,
                                 .clock = house_.clock,
                                 .shops = [] { return std::vector{kShop}; },
                                 .setting = [](ShopId, std::string_view) { return "6"; }},
                                {NoteRetention()});
  EXPECT_EQ(retention.Preview(kShop, std::nullopt).at(0).due, 1u);
  retention.Run([] { return false; });
  EXPECT_EQ(Texts(true), Strings{"edited today"});
  EXPECT_TRUE(Found("blue").empty());
  EXPECT_EQ(Unread(kBob), 0u);
  EXPECT_EQ(
      house_.Count("SELECT COUNT(1) FROM note_words WHERE note_id = " + platform::ToString(old.id)),
      0);
  EXPECT_EQ(retention.List(kShop, {}, 10).at(0).destroyed, 1u);
}

}  // namespace
}  // namespace redress::customer
