#include "clients/cli/csv.h"

#include <gtest/gtest.h>

namespace redress::cli {
namespace {

TEST(Csv, CellsAreQuotedWhereTheyHaveTo) {
  EXPECT_EQ(CsvRow({"a", "b,c", "say \"hi\"", ""}), "a,\"b,c\",\"say \"\"hi\"\"\",\r\n");
}

TEST(Csv, WhatASpreadsheetWouldTakeForAFormulaIsText) {
  EXPECT_EQ(CsvRow({"=1+1", "+86", "-x", "@y", "\tz", "a=b"}), "'=1+1,'+86,'-x,'@y,'\tz,a=b\r\n");
}

}  // namespace
}  // namespace redress::cli
