#include "services/platform/sealing/masking.h"

#include <gtest/gtest.h>

#include <string>

namespace redress::platform {
namespace {

TEST(MaskName, KeepsTheFirstLetterOnly) {
  EXPECT_EQ(MaskName("张三丰"), "张**");
  EXPECT_EQ(MaskName("张三"), "张*");
  EXPECT_EQ(MaskName("李"), "*");
  EXPECT_EQ(MaskName("  欧阳 娜娜 "), "欧***");
  EXPECT_EQ(MaskName("买买提·吐尔逊江·阿不都"), "买*****");
  EXPECT_EQ(MaskName("John Smith"), "J*** S***");
  EXPECT_EQ(MaskName("Éloïse"), "É***");
  EXPECT_EQ(MaskName("𠮷野"), "𠮷*");
  EXPECT_EQ(MaskName("김철수"), "김**");
  EXPECT_EQ(MaskName(""), "");
  EXPECT_EQ(MaskName(" \t "), "");
}

TEST(MaskName, NeverCopiesABrokenSequence) {
  EXPECT_EQ(MaskName("\xff\xfe"), "***");
  EXPECT_EQ(MaskName("\xff"), "*");
  EXPECT_EQ(MaskName("A\xc3"), "A***");
}

TEST(MaskPhone, ShowsTheEndsOfAMobileNumber) {
  EXPECT_EQ(MaskPhone("13812345678"), "138****5678");
  EXPECT_EQ(MaskPhone("'13812345678"), "138****5678");
  EXPECT_EQ(MaskPhone("+86 138-1234-5678"), "+86 138****5678");
  EXPECT_EQ(MaskPhone("8613812345678"), "+86 138****5678");
  EXPECT_EQ(MaskPhone("１３８１２３４５６７８"), "138****5678");
  EXPECT_EQ(MaskPhone("17812345678-1234"), "178****5678");
}

TEST(MaskPhone, ShowsAreaAndEndOfALandline) {
  EXPECT_EQ(MaskPhone("0571-87654321"), "0571-****4321");
  EXPECT_EQ(MaskPhone("(010)87654321"), "010-****4321");
  EXPECT_EQ(MaskPhone("0571-8765432 转 88"), "0571-****5432");
}

TEST(MaskPhone, HidesWhatItCannotRead) {
  EXPECT_EQ(MaskPhone("12345"), "****");
  EXPECT_EQ(MaskPhone("call me"), "****");
  EXPECT_EQ(MaskPhone(""), "");
  EXPECT_EQ(MaskPhone("+44 20 7946 0958"), "+****0958");
  EXPECT_EQ(MaskPhone("4001234567"), "****4567");
}

TEST(NormalisePhone, GivesOneNumberOneSpelling) {
  for (const std::string spelling :
       {"13812345678", "'13812345678", "+8613812345678", "0086 138 1234 5678", "86-138-1234-5678",
        "１３８１２３４５６７８", " 138.1234.5678 "}) {
    EXPECT_EQ(NormalisePhone(spelling), "+8613812345678") << spelling;
  }
  for (const std::string spelling :
       {"0571-87654321", "057187654321", "+86 571 87654321", "(0571) 8765 4321"}) {
    EXPECT_EQ(NormalisePhone(spelling), "+8657187654321") << spelling;
  }
  EXPECT_EQ(NormalisePhone("17812345678-1234"), "+8617812345678x1234");
  EXPECT_EQ(NormalisePhone("17812345678转1234"), "+8617812345678x1234");
  EXPECT_EQ(NormalisePhone("0571-8765432转88"), "+865718765432x88");
  EXPECT_EQ(NormalisePhone("+44 20 7946 0958"), "+442079460958");
  EXPECT_EQ(NormalisePhone("none"), "");
}

TEST(MaskAddress, KeepsProvinceCityAndDistrict) {
  EXPECT_EQ(MaskAddress("浙江省杭州市西湖区文三路 1 号"), "浙江省杭州市西湖区***");
  EXPECT_EQ(MaskAddress("浙江省 杭州市 西湖区 文三路1号"), "浙江省 杭州市 西湖区***");
  EXPECT_EQ(MaskAddress("北京市朝阳区建国路88号"), "北京市朝阳区***");
  EXPECT_EQ(MaskAddress("新疆维吾尔自治区伊犁哈萨克自治州伊宁市解放路"),
            "新疆维吾尔自治区伊犁哈萨克自治州伊宁市***");
  EXPECT_EQ(MaskAddress("贵州省黔西南布依族苗族自治州兴义市桔山"),
            "贵州省黔西南布依族苗族自治州兴义市***");
  EXPECT_EQ(MaskAddress("江苏省苏州市昆山市花桥镇"), "江苏省苏州市昆山市***");
  EXPECT_EQ(MaskAddress("上海市浦东新区世纪大道100号"), "上海市浦东新区***");
  EXPECT_EQ(MaskAddress("内蒙古自治区锡林郭勒盟正蓝旗上都镇"), "内蒙古自治区锡林郭勒盟正蓝旗***");
}

TEST(MaskAddress, TakesNoEstateForADistrict) {
  EXPECT_EQ(MaskAddress("杭州市翠苑小区3幢"), "杭州市***");
  EXPECT_EQ(MaskAddress("文三路 1 号"), "***");
  EXPECT_EQ(MaskAddress("杭州市文三路阳光社区"), "杭州市***");
}

TEST(MaskAddress, KeepsTheLastPlaceOfAWesternAddress) {
  EXPECT_EQ(MaskAddress("12 Baker Street, London"), "***, London");
  EXPECT_EQ(MaskAddress("12 Baker Street, London, NW1 6XE"), "***");
  EXPECT_EQ(MaskAddress("12 Baker Street"), "***");
  EXPECT_EQ(MaskAddress(""), "");
}

}  // namespace
}  // namespace redress::platform
