#include "clients/importing/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "clients/cpp/json.h"
#include "tests/support/data_directory.h"
#include "tests/unit/clients/sample_mapping.h"
#include "tests/unit/clients/temporary_file.h"

namespace redress::importing {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

// The message of the error, "" for none.
std::string ErrorOf(const std::string& toml) {
  try {
    ParseMapping(toml, "m.toml");
    return "";
  } catch (const MappingError& error) {
    return error.what();
  }
}

TEST(Mapping, ReadsSectionsConstantsAndValues) {
  const Mapping mapping = ParseMapping(test::kMapping, "m.toml");
  EXPECT_EQ(mapping.group_by, "Invoice");
  EXPECT_EQ(mapping.encoding, "utf-8");
  ASSERT_EQ(mapping.records.size(), 2u);
  EXPECT_EQ(mapping.records[0].kind, RowKind::kRefund);
  EXPECT_EQ(mapping.order.size(), 7u);
  EXPECT_EQ(mapping.line.size(), 3u);
  const auto receiver =
      std::find_if(mapping.order.begin(), mapping.order.end(),
                   [](const FieldRule& rule) { return rule.name == "receiver.name"; });
  ASSERT_NE(receiver, mapping.order.end());
  EXPECT_EQ(receiver->path.size(), 2u);
}

TEST(Mapping, NamesTheNearestFieldForAMisspeltOne) {
  EXPECT_THAT(ErrorOf(Replaced(test::kMapping, "buyer_nick = ", "buyer_nik = ")),
              AllOf(HasSubstr("m.toml"), HasSubstr("`order.buyer_nik`"),
                    HasSubstr("did you mean `buyer_nick`?")));
}

TEST(Mapping, NamesTheNearestKeyForAMisspeltOne) {
  EXPECT_THAT(ErrorOf(Replaced(test::kMapping, "encoding", "encodng")),
              HasSubstr("did you mean `encoding`?"));
  EXPECT_THAT(ErrorOf(Replaced(test::kMapping, "zone", "tz")), HasSubstr("`time.tz`"));
}

TEST(Mapping, WantsEveryFieldThatTheServiceWants) {
  EXPECT_THAT(ErrorOf(Replaced(test::kMapping, "order_number = \"Invoice\"\n", "")),
              HasSubstr("`order.order_number` is missing"));
  EXPECT_THAT(ErrorOf(Replaced(test::kMapping, "group_by = \"Invoice\"", "")),
              HasSubstr("`group_by` is missing"));
}

TEST(Mapping, DoesNotWantASectionThatNoRowNeeds) {
  std::string toml = test::kMapping;
  toml = Replaced(toml,
                  "[[records]]\nkind = \"correction\"\ncolumn = \"Invoice\"\nprefix = \"A\"\n", "");
  toml.resize(toml.find("[correction]"));
  EXPECT_EQ(ErrorOf(toml), "");
}

TEST(Mapping, RefusesWhatMakesNoSense) {
  EXPECT_THAT(ErrorOf("encoding = "), HasSubstr("line 1"));
  EXPECT_THAT(ErrorOf(Replaced(test::kMapping, "utf-8", "latin-1")), HasSubstr("`encoding`"));
  EXPECT_THAT(ErrorOf(Replaced(test::kMapping, "Asia/Shanghai", "Asia/Nowhere")),
              HasSubstr("Asia/Nowhere"));
  EXPECT_THAT(ErrorOf(Replaced(test::kMapping, "kind = \"refund\"", "kind = \"gift\"")),
              HasSubstr("gift"));
  EXPECT_THAT(ErrorOf(Replaced(test::kMapping, "sku = \"Sku\"", "sku = 7")),
              HasSubstr("`line.sku`"));
  EXPECT_THAT(ErrorOf(Replaced(test::kMapping, "sku = \"Sku\"", "sku = \"\"")),
              HasSubstr("`line.sku`"));
  EXPECT_THAT(ErrorOf(std::string("delimiter = \";;\"\n") + test::kMapping),
              HasSubstr("`delimiter`"));
}

// The parser by itself takes some of these for impossible.
TEST(Mapping, RefusesKeysThatAreNone) {
  for (const char* text : {"é = 1", "a é= 1", "あ = 1", "a = 1 ß", "[é]", "a = [1,ü]",
                           "[=", "[a.=]", "a = \"\"\"x\\\né\"\"\"", "中 = 1"}) {
    EXPECT_THROW(ParseMapping(text, "m.toml"), MappingError) << text;
  }
}

TEST(LoadMapping, TakesAPath) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(LoadMapping(folder.Write("m.toml", test::kMapping)).group_by, "Invoice");
  EXPECT_THROW(LoadMapping(folder.path() / "missing.toml"), MappingError);
}

TEST(ShippedMappings, AreDocumentedEachWithItsCommand) {
  const std::string readme = client::ReadFile(test::SourceDirectory() / "clients/README.md");
  int shipped = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::SourceDirectory() /
                                                               "clients/importing/mappings")) {
    ++shipped;
    const std::string name = entry.path().stem().string();
    EXPECT_THAT(readme, testing::HasSubstr("| `" + name + "` | ")) << "the table has no row of it";
    EXPECT_THAT(readme, testing::HasSubstr(".csv --mapping " + name)) << "nothing says how";
  }
  EXPECT_GT(shipped, 10);
}

TEST(LoadMapping, SaysWhichMappingsAreShipped) {
  try {
    LoadMapping("uci_online_retal");
    FAIL();
  } catch (const MappingError& error) {
    EXPECT_THAT(error.what(), HasSubstr("uci_online_retal"));
  }
}

TEST(ShippedMapping, OfUciParses) {
  const std::string source = std::getenv("REDRESS_SOURCE_DIR") != nullptr
                                 ? std::getenv("REDRESS_SOURCE_DIR")
                                 : std::string(".");
  const Mapping mapping =
      LoadMapping(source + "/clients/importing/mappings/uci_online_retail.toml");
  EXPECT_EQ(mapping.group_by, "InvoiceNo");
}

}  // namespace
}  // namespace redress::importing
