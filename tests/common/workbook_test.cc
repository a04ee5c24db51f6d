// Spreadsheets, read back as what they are: zip files of XML.
#include "adapters/common/workbook/workbook.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "adapters/common/archive/archive.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"

namespace recoup::adapters {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class WorkbookTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    file_ = std::filesystem::path(::testing::TempDir()) / (std::string(test->name()) + ".xlsx");
    std::filesystem::remove(file_);
  }

  std::string Bytes() const {
    std::ifstream in(file_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::string Part(const std::string& name) const {
    const std::string bytes = Bytes();
    auto archive = Archive::Open(bytes);
    if (!archive.ok() || !archive->Find(name).has_value()) return "missing";
    return archive->Read(*archive->Find(name)).value();
  }

  const absl::Time created_ = absl::FromUnixSeconds(1'760'000'000);
  std::filesystem::path file_;
};

TEST_F(WorkbookTest, CellsKeepTheirTypes) {
  Workbook book("运行报告", created_);
  Sheet& sheet = book.AddSheet("文书", {{"案号"},
                                        {"基金支付（元）", CellKind::kMoney},
                                        {"裁判日期", CellKind::kDate},
                                        {"份数", CellKind::kCount}});
  sheet.AddRow(
      {std::string("=1+1 不是公式"), Fen{1234567}, absl::CivilDay(2025, 9, 12), std::int64_t{42}});
  sheet.AddRow({std::string("空"), std::monostate(), std::monostate(), std::monostate()});
  sheet.AddRow({std::string("最大"), Fen{-999'999'999'999'999}, std::monostate(), std::int64_t{0}});
  ASSERT_TRUE(book.Write(file_).ok());
  const std::string xml = Part("xl/worksheets/sheet1.xml");
  EXPECT_THAT(xml, HasSubstr("<v>12345.67</v>"));
  EXPECT_THAT(xml, HasSubstr("<v>-9999999999999.99</v>"));
  EXPECT_THAT(xml, HasSubstr("<v>45912</v>"));  // 2025-09-12, days since 1899-12-30.
  EXPECT_THAT(xml, HasSubstr("<v>42</v>"));
  EXPECT_THAT(xml, Not(HasSubstr("<f>")));
  EXPECT_THAT(Part("xl/sharedStrings.xml"), HasSubstr("=1+1 不是公式"));
  EXPECT_THAT(Part("xl/workbook.xml"), HasSubstr("name=\"文书\""));
  EXPECT_THAT(Part("docProps/core.xml"), HasSubstr("运行报告"));
}

TEST_F(WorkbookTest, ColumnsAreAsWideAsChineseIsShown) {
  Workbook book("宽度", created_);
  book.AddSheet("一", {{"义务人"}})
      .AddRow({std::string("某某财产保险股份有限公司上海市分公司")});  // 18 characters, 36 columns.
  ASSERT_TRUE(book.Write(file_).ok());
  EXPECT_THAT(Part("xl/worksheets/sheet1.xml"), HasSubstr("width=\"38.7"));
}

TEST_F(WorkbookTest, SumsAreTakenInFen) {
  Workbook book("合计", created_);
  Sheet& sheet = book.AddSheet("一", {{"项目"}, {"元", CellKind::kMoney}});
  for (int i = 0; i < 3; ++i) sheet.AddRow({std::string("行"), Fen{10}});
  sheet.AddRow({std::string("已撤回"), Fen{99}}, false);
  sheet.SumMoney("合计");
  ASSERT_TRUE(book.Write(file_).ok());
  EXPECT_THAT(Part("xl/worksheets/sheet1.xml"), HasSubstr("<v>0.3</v>"));
  EXPECT_THAT(Part("xl/worksheets/sheet1.xml"), HasSubstr("<v>0.99</v>"));
  EXPECT_THAT(Part("xl/worksheets/sheet1.xml"), HasSubstr("<autoFilter ref=\"A1:B5\""));
}

TEST_F(WorkbookTest, TheSameContentIsTheSameFile) {
  const auto write = [&] {
    Workbook book("同", created_);
    book.AddSheet("一", {{"甲"}}).AddRow({std::string("乙")});
    EXPECT_TRUE(book.Write(file_).ok());
    return Bytes();
  };
  const std::string first = write();
  ASSERT_FALSE(first.empty());
  EXPECT_EQ(first, write());
}

TEST_F(WorkbookTest, WhatDoesNotFitIsRefusedAndLeavesNoFile) {
  const auto refused = [&](std::string name, Cell money) {
    Workbook book("不合", created_);
    book.AddSheet(std::move(name), {{"元", CellKind::kMoney}}).AddRow({std::move(money)});
    const absl::Status status = book.Write(file_);
    EXPECT_EQ(ReasonOf(status), Reason::kInvalidArgument) << status;
    EXPECT_FALSE(std::filesystem::exists(file_));
    EXPECT_FALSE(std::filesystem::exists(file_.string() + ".partial"));
  };
  refused("甲/乙", Fen{1});
  refused(std::string(32, 'x'), Fen{1});
  refused("好", Fen{1'000'000'000'000'000});
  Workbook book("无处", created_);
  book.AddSheet("一", {{"甲"}});
  const absl::Status nowhere = book.Write("/no/such/folder/a.xlsx");
  EXPECT_EQ(ReasonOf(nowhere), Reason::kInvalidArgument);
  EXPECT_EQ(nowhere.message(), "cannot write /no/such/folder/a.xlsx: its folder does not exist");
}

}  // namespace
}  // namespace recoup::adapters
