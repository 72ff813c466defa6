// Whether an address can be delivered to.

#include "services/order/domain/address.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/figure.h"

namespace redress::order {
namespace {

Address Good() {
  return {"李小明", "13800138000", "浙江省", "杭州市", "西湖区", "", "文三路 1 号"};
}

std::vector<std::string> Fields(const Address& address, bool refused) {
  std::vector<std::string> fields;
  for (const AddressProblem& problem : CheckAddress(address)) {
    if (problem.refused == refused) fields.push_back(problem.field);
  }
  return fields;
}

struct Place {
  std::string province, city, county, address;
};

std::vector<Place> Places(const std::string& name) {
  const char* data = std::getenv("REDRESS_DATA");
  std::ifstream file(std::string(data == nullptr ? "" : data) + "/cn_addresses/" + name);
  std::vector<Place> places;
  std::string line;
  std::getline(file, line);  // the header
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    if (row.size() >= 7) places.push_back({row[1], row[2], row[3], row[6]});
  }
  return places;
}

TEST(Address, AGoodOneHasNoProblem) { EXPECT_TRUE(CheckAddress(Good()).empty()); }

TEST(Address, EveryMissingPartIsNamed) {
  EXPECT_EQ(Fields({}, true),
            (std::vector<std::string>{"name", "phone", "province", "city", "district", "detail"}));
}

TEST(Address, AMunicipalityNeedsNoCity) {
  Address address = Good();
  address.province = "上海市";
  address.city.clear();
  address.district = "黄浦区";
  EXPECT_TRUE(CheckAddress(address).empty());
}

TEST(Address, AProvinceIsKnownByItsShortName) {
  Address address = Good();
  address.province = "浙江";
  EXPECT_TRUE(CheckAddress(address).empty());
  address.province = "浙江国";
  EXPECT_EQ(Fields(address, true), (std::vector<std::string>{"province"}));
}

TEST(Address, PhonesThatCouldBeCalledAreTaken) {
  for (const char* good :
       {"13800138000", "+86 138-0013-8000", "8613800138000", "0571-87654321", "(010) 88886666",
        "13800138000-1234", "400-810-8888", "+44 20 7946 0958"}) {
    EXPECT_TRUE(IsPlausiblePhone(good)) << good;
  }
  for (const char* bad : {"", "1380013800", "12345678901", "138001380001", "87654321", "电话",
                          "138****8000", "00000"}) {
    EXPECT_FALSE(IsPlausiblePhone(bad)) << bad;
  }
}

TEST(Address, CharactersThatGbkLacksAreAWarning) {
  Address address = Good();
  address.town = "湖㳇镇";
  EXPECT_TRUE(Fields(address, true).empty());
  EXPECT_EQ(Fields(address, false), (std::vector<std::string>{"detail"}));
  EXPECT_EQ(NotInGbk("湖㳇镇𠮷㳇"), (std::vector<std::string>{"㳇", "𠮷"}));
}

TEST(Address, ProblemsNameNothingOfTheAddress) {
  Address address = Good();
  address.phone = "12345";
  address.town = "湖㳇镇";
  for (const AddressProblem& problem : CheckAddress(address)) {
    EXPECT_EQ(problem.description.find("12345"), std::string::npos);
    EXPECT_EQ(problem.description.find("㳇"), std::string::npos);
  }
}

TEST(Address, OneLineIsTakenApartWithAndWithoutBlanks) {
  for (const char* line : {"浙江省 杭州市 西湖区 文三路 1 号", "浙江省杭州市西湖区文三路 1 号"}) {
    const Address parts = PartsOf({"李小明", "13800138000", line});
    EXPECT_EQ(parts.province, "浙江省");
    EXPECT_EQ(parts.city, "杭州市");
    EXPECT_EQ(parts.district, "西湖区");
    EXPECT_EQ(parts.detail, "文三路 1 号");
  }
}

TEST(Address, NamesThatHoldAnEndingAreNotCutThere) {
  EXPECT_EQ(PartsOf({"", "", "湖北省荆州市沙市区江津路"}).district, "沙市区");
  EXPECT_EQ(PartsOf({"", "", "山东省枣庄市市中区解放路"}).district, "市中区");
  EXPECT_EQ(PartsOf({"", "", "江苏省无锡市宜兴市湖㳇镇"}).district, "宜兴市");
  EXPECT_EQ(PartsOf({"", "", "北京市北京市朝阳区建国路"}).district, "朝阳区");
}

// The addresses of the national list, written with blanks between their parts.
TEST(Address, OfTheNationalListIsTakenApart) {
  const auto places = Places("addresses_sample.csv");
  if (places.empty()) GTEST_SKIP() << "not run: cn_addresses is not here";
  ASSERT_GT(places.size(), 1000u);
  std::size_t whole = 0;
  for (const Place& place : places) {
    const Address parts = PartsOf({"李小明", "13800138000", place.address});
    if (parts.province == place.province && parts.district == place.county &&
        CheckAddress(parts).empty()) {
      ++whole;
    }
  }
  const double share = static_cast<double>(whole) / static_cast<double>(places.size());
  test::Figure("address_parts_found", share);
  EXPECT_GE(share, 0.98);
}

TEST(Address, EveryOneThatGbkCannotWriteIsWarnedOf) {
  const auto places = Places("addresses_not_gbk_encodable.csv");
  if (places.empty()) GTEST_SKIP() << "not run: cn_addresses is not here";
  ASSERT_GT(places.size(), 40u);
  for (const Place& place : places) {
    const auto warned = Fields(PartsOf({"李小明", "13800138000", place.address}), false);
    EXPECT_FALSE(warned.empty()) << place.address;
  }
}

TEST(Address, NoneThatGbkCanWriteIsWarnedOf) {
  for (const Place& place : Places("addresses_sample.csv")) {
    EXPECT_TRUE(NotInGbk(place.address).empty()) << place.address;
  }
}

}  // namespace
}  // namespace redress::order
