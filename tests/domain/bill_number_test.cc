#include "hub/domain/bill_number.h"

#include <gtest/gtest.h>

namespace recoup::domain {
namespace {

TEST(BillNumberTest, WhatStandsForNoNumberIsNone) {
  for (const char* text :
       {"",     " ",    "0",      "000000000", "０００", "0-0",    "-",    "--",
        "——",   "/",    "／",     "*",         ".",      "无",     " 无 ", "（无）",
        "暂无", "待开", "未开票", "NA",        "n/a",    "Ｎ／Ａ", "null", "None"}) {
    EXPECT_FALSE(IsBillNumber(text)) << text;
  }
}

TEST(BillNumberTest, EverythingElseIsANumber) {
  for (const char* text : {"1", "0088880001", "00000001", "F0001", "沪财0012345678", "31060126-1",
                           "无字0012345678", "NA001", "X"}) {
    EXPECT_TRUE(IsBillNumber(text)) << text;
  }
}

}  // namespace
}  // namespace recoup::domain
