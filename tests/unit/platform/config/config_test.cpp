#include "services/platform/config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

namespace redress::platform {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::vector<ConfigKey> kKeys = {
    {"database.socket", KeyKind::kString, std::nullopt, "MariaDB's unix socket"},
    {"database.connections", KeyKind::kInteger, "8", "most connections"},
    {"order.address", KeyKind::kString, "127.0.0.1:1", "where to listen"},
    {"order.verbose", KeyKind::kBoolean, "false", "say more"},
};

class ConfigTest : public ::testing::Test {
 protected:
  ConfigTest() {
    std::string name = ::testing::TempDir() + "config_XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~ConfigTest() override { std::filesystem::remove_all(folder_); }

  Config Load(const std::string& text, std::map<std::string, std::string> environment = {}) {
    std::ofstream(folder_ / "redress.toml") << text;
    return Config::Load(folder_ / "redress.toml", kKeys,
                        [environment](const std::string& name) -> std::optional<std::string> {
                          const auto found = environment.find(name);
                          if (found == environment.end()) return std::nullopt;
                          return found->second;
                        });
  }
  std::string WhyRefused(const std::string& text,
                         std::map<std::string, std::string> environment = {}) {
    try {
      Load(text, std::move(environment));
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "it was accepted";
  }

  std::filesystem::path folder_;
};

TEST_F(ConfigTest, ReadsValuesAndDefaults) {
  const auto config = Load("[database]\nsocket = \"/run/mysql.sock\"\n[order]\nverbose = true\n");
  EXPECT_EQ(config.String("database.socket"), "/run/mysql.sock");
  EXPECT_EQ(config.Int("database.connections"), 8);
  EXPECT_TRUE(config.Bool("order.verbose"));
}

TEST_F(ConfigTest, UnknownKeyIsRefusedWithTheNearestKnownOne) {
  EXPECT_THAT(WhyRefused("[database]\nsoket = \"x\"\n"),
              AllOf(HasSubstr("redress.toml:2"), HasSubstr("unknown key \"database.soket\""),
                    HasSubstr("nearest known one is \"database.socket\"")));
}

TEST_F(ConfigTest, MistypedSectionIsRefused) {
  EXPECT_THAT(WhyRefused("[databse]\nsocket = \"x\"\n"),
              HasSubstr("nearest known one is \"database.socket\""));
}

TEST_F(ConfigTest, OtherServicesSectionsAreTheirs) {
  const auto config = Load(
      "[database]\nsocket = \"x\"\n[order]\naddress = \"127.0.0.1:7103\"\n"
      "[scoring]\naddress = \"127.0.0.1:7105\"\nbatch = 500\n");
  EXPECT_EQ(config.Addresses().at("scoring"), "127.0.0.1:7105");
  EXPECT_EQ(config.Addresses().at("order"), "127.0.0.1:7103");
}

TEST_F(ConfigTest, OwnSectionIsCheckedAlthoughItHasAnAddress) {
  EXPECT_THAT(WhyRefused("[database]\nsocket = \"x\"\n[order]\naddress = \"a\"\nverbos = true\n"),
              HasSubstr("nearest known one is \"order.verbose\""));
}

TEST_F(ConfigTest, EnvironmentOverridesTheFile) {
  const auto config =
      Load("[database]\nsocket = \"x\"\nconnections = 2\n",
           {{"REDRESS_DATABASE_CONNECTIONS", "16"}, {"REDRESS_DATABASE_SOCKET", "/tmp/y"}});
  EXPECT_EQ(config.Int("database.connections"), 16);
  EXPECT_EQ(config.String("database.socket"), "/tmp/y");
}

TEST_F(ConfigTest, MissingKeyIsNamedWithItsMeaning) {
  EXPECT_THAT(WhyRefused(""),
              AllOf(HasSubstr("\"database.socket\" is missing"), HasSubstr("MariaDB's unix socket"),
                    HasSubstr("REDRESS_DATABASE_SOCKET")));
}

TEST_F(ConfigTest, IllTypedValuesAreRefusedWhereverTheyComeFrom) {
  EXPECT_THAT(WhyRefused("[database]\nsocket = \"x\"\nconnections = \"8\"\n"),
              AllOf(HasSubstr("redress.toml:3"), HasSubstr("has to be a whole number")));
  EXPECT_THAT(WhyRefused("[database]\nsocket = \"x\"\n", {{"REDRESS_DATABASE_CONNECTIONS", "8x"}}),
              HasSubstr("environment variable REDRESS_DATABASE_CONNECTIONS"));
  EXPECT_THAT(WhyRefused("[database]\nsocket = \"x\"\n", {{"REDRESS_ORDER_VERBOSE", "yes"}}),
              HasSubstr("has to be true or false"));
}

TEST_F(ConfigTest, DamagedFileIsRefusedWithItsLine) {
  EXPECT_THAT(WhyRefused("[database]\nsocket = \n"), HasSubstr("redress.toml:"));
}

TEST_F(ConfigTest, RelativePathsStartAtTheFile) {
  const auto config = Load("[database]\nsocket = \"run/mysql.sock\"\n");
  EXPECT_EQ(config.Path("database.socket"), folder_ / "run/mysql.sock");
}

TEST_F(ConfigTest, AskingForAnUndeclaredKeyIsABug) {
  const auto config = Load("[database]\nsocket = \"x\"\n");
  EXPECT_THROW(config.String("database.sock"), std::logic_error);
  EXPECT_THROW(config.Int("database.socket"), std::logic_error);
}

TEST_F(ConfigTest, RefusesANumberThatMakesNoSenseAndSaysWhichWould) {
  const Config config = Load("[database]\nsocket = \"s\"\nconnections = 0\n");
  EXPECT_EQ(config.IntBetween("database.connections", 0, 8), 0);
  try {
    config.IntBetween("database.connections", 1, 64);
    FAIL() << "0 was taken";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr("database.connections is 0"), HasSubstr("from 1 to 64")));
  }
}

TEST(ConfigHelp, ListsEveryKey) {
  const auto help = Config::Help(kKeys);
  for (const auto& key : kKeys) {
    EXPECT_THAT(help, AllOf(HasSubstr(key.help), HasSubstr(Config::VariableOf(key.name))));
  }
}

}  // namespace
}  // namespace redress::platform
