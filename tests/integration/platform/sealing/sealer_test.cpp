#include "services/platform/sealing/sealer.h"

#include <gtest/gtest.h>

#include <barrier>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/master_key.h"
#include "tests/support/figure.h"
#include "tests/support/private_maria_db.h"

namespace redress::platform {
namespace {

constexpr ShopId kShop{7};
constexpr ShopId kOtherShop{8};
constexpr auto kCustomer = SubjectKind::kCustomer;
constexpr int kThreads = 32;

// Tests share their machine: what they judge is never how long a connection was waited for.
DatabaseConfig PatientSchema() {
  DatabaseConfig config = test::PrivateMariaDb::Instance().CreateSchema("sealing");
  config.acquire_timeout_us = kMinuteUs;
  return config;
}

class SealerTest : public ::testing::Test {
 protected:
  SealerTest()
      : pool_(PatientSchema(), test::InjectedFaults()),
        master_(SecretKey::Random()),
        store_(pool_, clock_),
        sealer_(store_, master_) {
    Migrate(pool_, PlatformMigrations());
  }

  std::string Seal(ShopId shop, std::uint64_t subject, std::string_view clear) {
    return Transact(pool_, [&](Connection& connection) {
      return sealer_.Seal(connection, shop, kCustomer, subject, clear);
    });
  }
  std::optional<std::string> Open(ShopId shop, std::uint64_t subject, std::string_view sealed) {
    return Read(pool_, [&](Connection& connection) {
      return sealer_.Open(connection, shop, kCustomer, subject, sealed);
    });
  }
  void Destroy(ShopId shop, std::uint64_t subject) {
    Transact(pool_, [&](Connection& connection) {
      sealer_.DestroySubject(connection, shop, kCustomer, subject);
    });
  }
  std::int64_t Count(std::string_view sql) {
    return Read(pool_, [&](Connection& connection) {
      auto row = connection.Query(sql);
      row.Next();
      return row.Int64(0);
    });
  }

  // Runs it on 32 threads that start together.
  template <class Work>
  void InParallel(Work work) {
    std::barrier start(kThreads);
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, i] {
        start.arrive_and_wait();
        EXPECT_NO_THROW(work(i));
      });
    }
    for (auto& thread : threads) thread.join();
  }

  ManualClock clock_;
  Pool pool_;
  MasterKeys master_;
  KeyStore store_;
  Sealer sealer_;
};

TEST_F(SealerTest, OpensWhatItSealed) {
  const std::string sealed = Seal(kShop, 1, "张三 13812345678");
  EXPECT_EQ(sealed.size(), std::string("张三 13812345678").size() + Sealer::kOverhead);
  EXPECT_EQ(sealed.find("138"), std::string::npos);
  EXPECT_EQ(Open(kShop, 1, sealed), "张三 13812345678");
  EXPECT_EQ(Open(kShop, 1, Seal(kShop, 1, "")), "");
  EXPECT_EQ(Open(kShop, 1, ""), "");
}

TEST_F(SealerTest, EveryAlteredByteIsNoticed) {
  const std::string sealed = Seal(kShop, 1, "secret");
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string altered = sealed;
    altered[at] = static_cast<char>(altered[at] ^ 0x10);
    EXPECT_THROW(Open(kShop, 1, altered), SealBroken) << at;
  }
  EXPECT_THROW(Open(kShop, 1, sealed.substr(0, 20)), SealBroken);
  EXPECT_THROW(Open(kShop, 1, sealed + "x"), SealBroken);
}

TEST_F(SealerTest, OpensForItsShopAndSubjectOnly) {
  const std::string sealed = Seal(kShop, 1, "secret");
  Seal(kOtherShop, 1, "another");
  Seal(kShop, 2, "another");
  EXPECT_THROW(Open(kOtherShop, 1, sealed), SealBroken);
  EXPECT_THROW(Open(kShop, 2, sealed), SealBroken);
  EXPECT_THROW(Open(kShop, 3, sealed), SealBroken);  // never had a key
  // Nor does a key that somebody copied into another shop's row.
  Transact(pool_, [&](Connection& connection) {
    connection.Execute(
        "UPDATE subject_keys a JOIN subject_keys b ON b.shop_id = 7 AND b.subject_id = 1 "
        "SET a.wrapped_key = b.wrapped_key WHERE a.shop_id = 8 AND a.subject_id = 1");
  });
  EXPECT_THROW(Open(kOtherShop, 1, sealed), SealBroken);
}

TEST_F(SealerTest, ADestroyedKeyOpensAsNothing) {
  const std::string sealed = Seal(kShop, 1, "secret");
  const std::string other = Seal(kShop, 2, "stays");
  Destroy(kShop, 1);
  EXPECT_EQ(Open(kShop, 1, sealed), std::nullopt);
  EXPECT_EQ(Open(kShop, 2, other), "stays");
  EXPECT_EQ(Count("SELECT COUNT(1) FROM subject_keys WHERE shop_id = 7 AND wrapped_key <> ''"), 1);
  try {
    Seal(kShop, 1, "again");
    FAIL() << "an erased person was sealed for";
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.reason(), "SUBJECT_ERASED");
  }
}

TEST_F(SealerTest, ErasingBeforeTheFirstFieldHolds) {
  Destroy(kShop, 9);
  Destroy(kShop, 9);
  EXPECT_THROW(Seal(kShop, 9, "late"), Refusal);
}

TEST_F(SealerTest, ARolledBackKeyNeverWas) {
  std::string lost;
  EXPECT_THROW(Transact(pool_,
                        [&](Connection& connection) {
                          lost = sealer_.Seal(connection, kShop, kCustomer, 5, "secret");
                          throw Refusal(Code::kFailedPrecondition, "NO", "no");
                        }),
               Refusal);
  EXPECT_THROW(Open(kShop, 5, lost), SealBroken);
  EXPECT_EQ(Open(kShop, 5, Seal(kShop, 5, "anew")), "anew");
}

TEST_F(SealerTest, ThirtyTwoThreadsAgreeOnANewShopsKey) {
  std::vector<std::string> sealed(kThreads);
  InParallel([&](int i) {
    // Each thread is a process of its own, as far as caches go.
    KeyStore store(pool_, clock_);
    Sealer sealer(store, master_);
    sealed[i] = Transact(pool_, [&](Connection& connection) {
      return sealer.Seal(connection, kShop, kCustomer, 100 + i, std::to_string(i));
    });
  });
  EXPECT_EQ(Count("SELECT COUNT(1) FROM shop_keys WHERE shop_id = 7"), 1);
  for (int i = 0; i < kThreads; ++i) EXPECT_EQ(Open(kShop, 100 + i, sealed[i]), std::to_string(i));
}

TEST_F(SealerTest, ThirtyTwoThreadsOfOneProcessAgreeToo) {
  std::vector<std::string> sealed(kThreads);
  InParallel([&](int i) { sealed[i] = Seal(kShop, 42, std::to_string(i)); });
  EXPECT_EQ(Count("SELECT COUNT(1) FROM subject_keys WHERE shop_id = 7 AND subject_id = 42"), 1);
  for (int i = 0; i < kThreads; ++i) EXPECT_EQ(Open(kShop, 42, sealed[i]), std::to_string(i));
}

TEST_F(SealerTest, OverlappingBatchesShareTheirSubjects) {
  constexpr std::size_t kSubjects = 300;
  std::vector<std::vector<std::string>> sealed(kThreads);
  InParallel([&](int i) {
    std::vector<SealItem> items;
    // Some come forwards and some backwards: their keys are made in one order all the same.
    for (std::size_t n = 0; n < kSubjects; ++n) {
      items.push_back({{kCustomer, i % 2 == 0 ? n + 1 : kSubjects - n}, "same"});
    }
    sealed[i] = Transact(
        pool_, [&](Connection& connection) { return sealer_.SealMany(connection, kShop, items); });
  });
  EXPECT_EQ(Count("SELECT COUNT(1) FROM subject_keys WHERE shop_id = 7"),
            static_cast<std::int64_t>(kSubjects));
  EXPECT_EQ(Open(kShop, 1, sealed[0].front()), "same");
  EXPECT_EQ(Open(kShop, 1, sealed[1].back()), "same");
}

TEST_F(SealerTest, BulkCostsARoundTripForHundredsOfSubjects) {
  constexpr std::size_t kSubjects = 512;
  std::vector<SealItem> items;
  for (std::size_t n = 0; n < kSubjects; ++n) {
    items.push_back({{SubjectKind::kOrder, n + 1}, "name"});
    items.push_back({{SubjectKind::kOrder, n + 1}, "phone"});
  }
  Seal(kShop, 1, "makes the shop's key");
  Transact(pool_, [&](Connection& connection) {
    const auto statements = [&] {
      auto row = connection.Query("SHOW SESSION STATUS LIKE 'Com_stmt_execute'");
      row.Next();
      return std::stoll(row.String(1));
    };
    auto before = statements();
    const auto sealed = sealer_.SealMany(connection, kShop, items);
    EXPECT_LE(statements() - before - 1, 3);  // one read, one hold of the shop key, one insert
    std::vector<OpenItem> opening;
    for (std::size_t i = 0; i < items.size(); ++i) {
      opening.push_back({items[i].subject, sealed[i]});
    }
    before = statements();
    const auto opened = sealer_.OpenMany(connection, kShop, opening);
    EXPECT_LE(statements() - before - 1, 1);
    for (std::size_t i = 0; i < items.size(); ++i) EXPECT_EQ(opened[i], items[i].clear);
  });
}

TEST_F(SealerTest, SealsNewSubjectsFast) {
  constexpr std::size_t kSubjects = 20'000;
  constexpr std::size_t kBatch = 500;
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t from = 0; from < kSubjects; from += kBatch) {
    std::vector<SealItem> items;
    for (std::size_t n = from; n < from + kBatch; ++n)
      items.push_back({{kCustomer, n + 1}, "nick"});
    Transact(pool_, [&](Connection& connection) {
      return sealer_.SealMany(connection, kShop, items).size();
    });
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  test::Figure("seal_new_subjects_per_s", static_cast<double>(kSubjects) / taken.count(), "1/s");
  EXPECT_EQ(Count("SELECT COUNT(1) FROM subject_keys WHERE shop_id = 7"),
            static_cast<std::int64_t>(kSubjects));
}

TEST_F(SealerTest, KeyedHashFindsAgainWithinShopAndPurposeOnly) {
  const std::string hash = sealer_.KeyedHash(kShop, "phone", "+8613812345678");
  EXPECT_EQ(hash.size(), 32u);
  KeyStore store(pool_, clock_);
  Sealer restarted(store, master_);
  EXPECT_EQ(restarted.KeyedHash(kShop, "phone", "+8613812345678"), hash);
  EXPECT_NE(sealer_.KeyedHash(kOtherShop, "phone", "+8613812345678"), hash);
  EXPECT_NE(sealer_.KeyedHash(kShop, "nick", "+8613812345678"), hash);
  EXPECT_NE(sealer_.KeyedHash(kShop, "phone", "+8613812345679"), hash);
  EXPECT_NE(sealer_.KeyedHash(kShop, "ab", "c"), sealer_.KeyedHash(kShop, "a", "bc"));
}

TEST_F(SealerTest, AnotherMasterKeyOpensNothing) {
  const std::string sealed = Seal(kShop, 1, "secret");
  const MasterKeys wrong(SecretKey::Random());
  KeyStore store(pool_, clock_);
  Sealer stranger(store, wrong);
  EXPECT_THROW(Read(pool_,
                    [&](Connection& connection) {
                      return stranger.Open(connection, kShop, kCustomer, 1, sealed);
                    }),
               SealBroken);
}

TEST_F(SealerTest, MoreShopsThanTheCacheHolds) {
  KeyStore store(pool_, clock_);
  Sealer small(store, master_, 2);
  std::vector<std::string> sealed;
  for (std::uint32_t shop = 1; shop <= 10; ++shop) {
    sealed.push_back(Transact(pool_, [&](Connection& connection) {
      return small.Seal(connection, ShopId{shop}, kCustomer, 1, std::to_string(shop));
    }));
  }
  for (std::uint32_t shop = 1; shop <= 10; ++shop) {
    EXPECT_EQ(Open(ShopId{shop}, 1, sealed[shop - 1]), std::to_string(shop));
  }
}

}  // namespace
}  // namespace redress::platform
