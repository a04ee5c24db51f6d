// Answers of the hub as workbooks, read back as what they are: zip files of XML.
#include "ctl/response_workbook.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/common/archive/archive.h"
#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "recoup/v1/fund_service.pb.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::ctl {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

std::string PartOf(const std::string& file, const std::string& name) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  auto archive = adapters::Archive::Open(bytes);
  if (!archive.ok() || !archive->Find(name).has_value()) return "missing";
  return archive->Read(*archive->Find(name)).value();
}

TEST(ResponseWorkbookTest, TablesBecomeSheetsWithNumbersDaysAndSums) {
  v1::GetDebtorStatementResponse response;
  response.mutable_heading()->set_title("追偿款对账单");
  response.mutable_heading()->add_cuts()->set_transfer_sequence(77);
  response.set_closing_fen(123'456);
  v1::OpenItem& item = *response.add_open_items();
  item.set_reference("=RF18");
  item.set_due_on("2026-03-01");
  item.set_open_fen(123'456);
  item.set_overdue_days(30);
  const std::string file =
      (std::filesystem::path(testing::TempDir()) / "response_workbook_test.xlsx").string();
  ASSERT_TRUE(WriteWorkbook(response, file, absl::FromUnixSeconds(1'775'000'000)).ok());
  const std::string book = PartOf(file, "xl/workbook.xml");
  EXPECT_THAT(book, HasSubstr("本期变动"));
  EXPECT_THAT(book, HasSubstr("未结清明细"));
  EXPECT_THAT(book, HasSubstr("分期的追偿函（全案）"));
  EXPECT_THAT(book, HasSubstr("说明"));
  const std::string items = PartOf(file, "xl/worksheets/sheet2.xml");
  EXPECT_THAT(items, ContainsRegex("\"I2\" s=\"[0-9]+\"><v>1234.56</v>"));
  EXPECT_THAT(items, ContainsRegex("\"I3\" s=\"[0-9]+\"><v>1234.56</v>")) << "the sum";
  EXPECT_THAT(items, HasSubstr("<v>46082</v>")) << "1 March 2026 as spreadsheets count days";
  EXPECT_THAT(items, Not(HasSubstr("<f>RF18"))) << "text is text even when it begins with =";
  const std::string texts = PartOf(file, "xl/sharedStrings.xml");
  EXPECT_THAT(texts, HasSubstr("追偿款对账单"));
  EXPECT_THAT(texts, HasSubstr("未偿金额（元）"));
  EXPECT_THAT(PartOf(file, "xl/worksheets/sheet4.xml"), HasSubstr("<v>1234.56</v>"));
}

TEST(ResponseWorkbookTest, OnlyAnswersWithATableAreOffered) {
  EXPECT_TRUE(HasTable(*v1::ListAdvancesResponse::descriptor()));
  EXPECT_TRUE(HasTable(*v1::GetFunnelResponse::descriptor()));
  EXPECT_FALSE(HasTable(*v1::GetDayCloseResponse::descriptor()));
}

TEST(ResponseWorkbookTest, AFileThatCannotBeWrittenIsAnError) {
  EXPECT_FALSE(WriteWorkbook(v1::ListAdvancesResponse(), "/nonexistent/x.xlsx", absl::Now()).ok());
}

}  // namespace
}  // namespace recoup::ctl
