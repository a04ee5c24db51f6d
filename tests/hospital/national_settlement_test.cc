#include <string>
#include <variant>

#include "adapters/hospital/field_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;

constexpr char kRequest[] = R"({
  "infno": "2304", "msgid": "H31011500001202603121020300002", "mdtrtarea_admvs": "310115",
  "insuplc_admdvs": "310115", "inf_time": "2026-03-12 10:20:30",
  "fixmedins_code": "H31011500001", "fixmedins_name": "东岸第一医院",
  "input": {"data": {"psn_no": "31000001", "mdtrt_cert_type": "02", "insutype": "310",
    "mdtrt_cert_no": "11010519491231002X", "mdtrt_id": "310000900", "invono": "F0001"}}})";

// 10,103.92 pooled + 896.08 supplementary = 11,000.00; 4,000.00 personal; 100.00 the hospital's.
constexpr char kResponse[] = R"({"infcode": "0", "output": {
  "setlinfo": {"mdtrt_id": "310000900", "setl_id": "S1", "psn_no": "31000001",
    "psn_name": "林若溪", "psn_cert_type": "01", "certno": "11010519491231002X", "gend": "2",
    "brdy": "1949-12-31 00:00:00", "insutype": "310", "setl_time": "2026-03-12 10:20:31",
    "med_type": "22", "medfee_sumamt": 15100.00, "hifp_pay": 10103.92, "cvlserv_pay": 0,
    "hifes_pay": 0, "hifmi_pay": 0, "hifob_pay": 896.08, "maf_pay": 0, "oth_pay": 0,
    "fund_pay_sumamt": 11000.00, "hosp_part_amt": 100, "psn_part_amt": 4000.00,
    "acct_pay": 1000.10, "psn_cash_pay": 2999.90, "acct_mulaid_pay": 0,
    "medins_setl_id": "H31011500001202603121020300002"},
  "setldetail": [
    {"fund_pay_type": "310100", "fund_payamt": 10103.92, "fund_pay_type_name": "统筹"},
    {"fund_pay_type": "330101", "fund_payamt": 896.08},
    {"fund_pay_type": "620100", "fund_payamt": 844.62, "fund_pay_type_name": "商业保险"},
    {"fund_pay_type": "310201", "fund_payamt": 1000.10},
    {"fund_pay_type": "999996", "fund_payamt": 100}]}})";

std::string Pair(const std::string& request, const std::string& response) {
  return R"({"request":)" + request + R"(,"response":)" + response + "}";
}

const SettlementDocument& Settlement(const absl::StatusOr<Document>& read) {
  return std::get<SettlementDocument>(*read);
}

bool AddsUp(const SettlementDocument& document) {
  for (const QualityNote& note : document.notes) {
    if (note.kind == NoteKind::kDoesNotAddUp) return false;
  }
  return true;
}

TEST(NationalSettlementTest, ReadsToTheFen) {
  const absl::StatusOr<Document> read = ReadForTest(Pair(kRequest, kResponse));
  ASSERT_TRUE(read.ok()) << read.status();
  const SettlementDocument& document = Settlement(read);
  EXPECT_EQ(document.message_id, "H31011500001202603121020300002");
  EXPECT_EQ(document.settlement_id, "S1");
  EXPECT_EQ(document.visit_id, "310000900");
  EXPECT_EQ(document.pool, (PoolHint{"310115", "310"}));
  EXPECT_EQ(document.patient.name, "林若溪");
  EXPECT_EQ(document.patient.birth_date, absl::CivilDay(1949, 12, 31));
  EXPECT_EQ(document.total.fen(), 1510000);
  EXPECT_EQ(document.fund_paid.fen(), 1100000);
  EXPECT_EQ(document.personal_part.fen(), 400000);
  EXPECT_EQ(document.account_paid.fen(), 100010);
  EXPECT_EQ(document.cash_paid.fen(), 299990);
  EXPECT_EQ(document.hospital_part.fen(), 10000);
  EXPECT_EQ(document.settled_at, TimeFromText("20260312102031"));
  EXPECT_THAT(document.invoice_numbers, ElementsAre("F0001"));
  ASSERT_EQ(document.fund_lines.size(), 5u);
  EXPECT_EQ(document.fund_lines[0],
            (FundLine{"310100", "统筹", domain::Money::Fen(1010392), true}));
  EXPECT_TRUE(document.fund_lines[1].is_fund);
  EXPECT_FALSE(document.fund_lines[2].is_fund);
  EXPECT_FALSE(document.fund_lines[3].is_fund);
  EXPECT_FALSE(document.fund_lines[4].is_fund);
  EXPECT_TRUE(AddsUp(document));
}

TEST(NationalSettlementTest, WhatStandsForNoBillNumberIsNoneAndIsTold) {
  for (const char* const text : {"0", "000000000", "无", "-", "待开"}) {
    SCOPED_TRACE(text);
    const absl::StatusOr<Document> read =
        ReadForTest(Pair(Replaced(kRequest, "F0001", text), kResponse));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_THAT(Settlement(read).invoice_numbers, ElementsAre());
    EXPECT_TRUE(
        HasNote(Settlement(read).notes, NoteKind::kIncomplete, "/request/input/data/invono"));
  }
}

TEST(NationalSettlementTest, EveryBrokenIdentityIsTold) {
  struct Row {
    std::string from, to, path;
  };
  const std::string base = "/response/output/setlinfo/";
  const Row rows[] = {
      {R"("medfee_sumamt": 15100.00)", R"("medfee_sumamt": 15100.01)", base + "medfee_sumamt"},
      {R"("psn_cash_pay": 2999.90)", R"("psn_cash_pay": 2999.91)", base + "psn_part_amt"},
      {R"("hifob_pay": 896.08)", R"("hifob_pay": 896.07)", base + "fund_pay_sumamt"},
      {R"("fund_payamt": 896.08)", R"("fund_payamt": 896.09)", base + "fund_pay_sumamt"},
      {R"("hosp_part_amt": 100,)", R"("hosp_part_amt": 100.01,)", base + "medfee_sumamt"},
      {R"("medfee_sumamt": 15100.00)", R"("medfee_sumamt": 10999.99)", base + "fund_pay_sumamt"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.to);
    const absl::StatusOr<Document> read =
        ReadForTest(Pair(kRequest, Replaced(kResponse, row.from, row.to)));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_TRUE(HasNote(Settlement(read).notes, NoteKind::kDoesNotAddUp, row.path));
  }
}

TEST(NationalSettlementTest, DirtyVariantsGiveTheSameFigures) {
  struct Row {
    std::string from, to, note_path;
  };
  const std::string base = "/response/output/setlinfo/";
  const Row rows[] = {
      {R"("medfee_sumamt")", R"("med_fee_sumamt")", base + "medfee_sumamt"},
      {R"("certno")", R"("cert_no")", base + "certno"},
      {R"("psn_cash_pay")", R"("psnCash_pay")", base + "psn_cash_pay"},
      {R"("psn_cash_pay")", R"("psn_cashpay")", base + "psn_cash_pay"},
      {R"("fund_pay_sumamt": 11000.00)", R"("fund_pay_sumamt": "11000")", base + "fund_pay_sumamt"},
      {R"("fund_pay_sumamt": 11000.00)", R"("fund_pay_sumamt": "")", base + "fund_pay_sumamt"},
      {R"("psn_part_amt": 4000.00)", R"("psn_part_amt": null)", base + "psn_part_amt"},
      {R"("maf_pay": 0)", R"("maf_pay": "0E-8")", base + "maf_pay"},
      {R"("hosp_part_amt": 100,)", R"("hospPartAmt": 1E+2,)", base + "hosp_part_amt"},
      {R"("medfee_sumamt": 15100.00)", R"("medfee_sumamt": "￥15,100.00元")",
       base + "medfee_sumamt"},
      // Read as GBK, and as Latin-1, before it was sent.
      {R"("psn_name": "林若溪")", "\"psn_name\": \"\xE9\x8F\x8B\xE6\xA5\x84\xE5\xAB\xA2\"",
       base + "psn_name"},
      {R"("psn_name": "林若溪")",
       "\"psn_name\": \"\xC3\xA6\xC2\x9E\xC2\x97\xC3\xA8\xC2\x8B\xC2\xA5\"", base + "psn_name"},
      {R"("psn_name": "林若溪")", "\"psn_name\": \"林若溪\n\"", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.to);
    const absl::StatusOr<Document> read =
        ReadForTest(Pair(kRequest, Replaced(kResponse, row.from, row.to)));
    ASSERT_TRUE(read.ok()) << read.status();
    const SettlementDocument& document = Settlement(read);
    EXPECT_EQ(document.total.fen(), 1510000);
    EXPECT_EQ(document.fund_paid.fen(), 1100000);
    EXPECT_EQ(document.personal_part.fen(), 400000);
    EXPECT_EQ(document.patient.id_number, "11010519491231002X");
    EXPECT_TRUE(AddsUp(document));
    EXPECT_TRUE(HasNote(document.notes, NoteKind::kRepaired, row.note_path));
  }
}

TEST(NationalSettlementTest, FloatingPointNeverTouchesAnAmount) {
  // 2^53 fen and beyond: a double would lose the last fen.
  std::string response = Replaced(kResponse, "15100.00", "9007199254740.99");
  const absl::StatusOr<Document> read = ReadForTest(Pair(kRequest, response));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(Settlement(read).total.fen(), 900719925474099);
}

TEST(NationalSettlementTest, NoiseOfBinaryFloatingPointIsMended_AndNothingElse) {
  struct Row {
    std::string written;
    std::int64_t fen;  // -1: refused.
  };
  for (const Row& row :
       {Row{"15100.000000000002", 1510000}, Row{"15099.999999999998", 1510000},
        Row{"0.28999999999999998", 29}, Row{"999.99999999999999", 100000},
        Row{"15100.0049999999", -1}, Row{"15100.005", -1}, Row{"15100.00000001", -1},
        Row{"15100.0000001", -1}, Row{"\"１５１００．５０\"", 1510050}, Row{"\"一百\"", -1}}) {
    const absl::StatusOr<Document> read =
        ReadForTest(Pair(kRequest, Replaced(kResponse, "15100.00", row.written)));
    EXPECT_EQ(read.ok(), row.fen >= 0) << row.written;
    if (!read.ok()) continue;
    EXPECT_EQ(Settlement(read).total.fen(), row.fen) << row.written;
    EXPECT_TRUE(HasNote(Settlement(read).notes, NoteKind::kRepaired,
                        "/response/output/setlinfo/medfee_sumamt"))
        << row.written;
  }
}

TEST(NationalSettlementTest, AnUnlistedFundTypeIsToldAndNotCounted) {
  const absl::StatusOr<Document> read =
      ReadForTest(Pair(kRequest, Replaced(kResponse, "999996", "777777")));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(AddsUp(Settlement(read)));
  EXPECT_TRUE(HasNote(Settlement(read).notes, NoteKind::kUnusual,
                      "/response/output/setldetail/4/fund_pay_type"));
}

TEST(NationalSettlementTest, AResponseAloneCompletesItselfFromTheProfile) {
  const absl::StatusOr<Document> read = ReadForTest(kResponse);
  ASSERT_TRUE(read.ok()) << read.status();
  const SettlementDocument& document = Settlement(read);
  EXPECT_EQ(document.message_id, "H31011500001202603121020300002");
  EXPECT_EQ(document.hospital.code, "H31011500001");
  EXPECT_EQ(document.pool, (PoolHint{"310115", "310"}));
  EXPECT_TRUE(HasNote(document.notes, NoteKind::kIncomplete, "/output/setlinfo/insuplc_admdvs"));
}

TEST(NationalSettlementTest, ARefundedSettlementIsTakenBack) {
  const std::string from = R"("setl_id": "S1",)";
  const std::string query = Replaced(kRequest, "2304", "5203");
  struct Row {
    std::string flag;
    bool refunded;
  };
  for (const Row& row : {Row{"1", true}, Row{"0", false}, Row{"", false}}) {
    SCOPED_TRACE(row.flag);
    const std::string response =
        Replaced(kResponse, from, from + R"("refd_setl_flag": ")" + row.flag + R"(",)");
    for (const std::string& text : {Pair(query, response), response}) {
      const absl::StatusOr<Document> read = ReadForTest(text);
      ASSERT_TRUE(read.ok()) << read.status();
      ASSERT_EQ(std::holds_alternative<ReversalDocument>(*read), row.refunded);
      if (!row.refunded) continue;
      const auto& reversal = std::get<ReversalDocument>(*read);
      EXPECT_EQ(reversal.settlement_id, "S1");
      EXPECT_EQ(reversal.returned.fund, domain::Money::Fen(1100000));
      EXPECT_EQ(reversal.patient.name, "林若溪");
      EXPECT_TRUE(reversal.queried);
    }
  }
  const std::string negative = Replaced(
      Replaced(kResponse, from, from + R"("refd_setl_flag": "1",)"), "15100.00", "-15100.00");
  EXPECT_THAT(FaultPaths(ReadForTest(Pair(query, negative))),
              ElementsAre("/response/output/setlinfo/medfee_sumamt"));
}

TEST(NationalSettlementTest, WhatAnAnswerLeavesOutIsTold) {
  const std::string nameless =
      Replaced(Replaced(kResponse, R"("medins_setl_id")", R"("other_id")"), R"("infcode": "0")",
               R"("infcode": "0", "inf_refmsgid": "310115202603120000000000001")");
  const absl::StatusOr<Document> read = ReadForTest(nameless);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(Settlement(read).message_id, "310115202603120000000000001");
  EXPECT_TRUE(
      HasNote(Settlement(read).notes, NoteKind::kIncomplete, "/output/setlinfo/medins_setl_id"));
  EXPECT_THAT(FaultPaths(ReadForTest(Replaced(nameless, "inf_refmsgid", "unknown"))),
              ElementsAre("/output/setlinfo/medins_setl_id"));
}

TEST(NationalSettlementTest, AnAmountThatCannotBeReadIsOneFault) {
  EXPECT_THAT(
      FaultPaths(ReadForTest(Pair(kRequest, Replaced(kResponse, R"("medfee_sumamt": 15100.00)",
                                                     R"("medfee_sumamt": "约一万")")))),
      ElementsAre("/response/output/setlinfo/medfee_sumamt"));
}

TEST(NationalExchangeTest, TheSidesHaveOtherNamesInLogs) {
  const std::pair<std::string, std::string> rows[] = {{"req", "resp"},
                                                      {"reqMsg", "respMsg"},
                                                      {"Request", "Response"},
                                                      {"request_body", "response_body"},
                                                      {"入参", "出参"}};
  for (const auto& [request, response] : rows) {
    SCOPED_TRACE(request);
    const absl::StatusOr<Document> read = ReadForTest("{\"" + request + "\":" + kRequest + ",\"" +
                                                      response + "\":" + kResponse + "}");
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(Settlement(read).settlement_id, "S1");
    EXPECT_EQ(Settlement(read).hospital.code, "H31011500001");
    EXPECT_TRUE(HasNote(Settlement(read).notes, NoteKind::kRepaired, "/request"));
  }
}

TEST(NationalExchangeTest, RefusalsSayWhatIsWrong) {
  struct Row {
    std::string name, text, path, words;
  };
  const Row rows[] = {
      {"refused by the platform",
       Pair(kRequest, R"({"infcode":-1,"err_msg":"参保人未登记","output":null})"),
       "/response/infcode", "参保人未登记"},
      {"cipher text",
       Replaced(
           kRequest, R"("input": {"data")",
           R"("enc_type": "SM4", "input": "kJ0mQ9fE7s2vX1aPp4w0Zz8yYtLr6uNB==", "other": {"data")"),
       "/input", "SM4"},
      {"cipher text in the answer",
       Pair(kRequest, R"({"infcode":0,"output":"0A1B2C3D4E5F60718293A4B5C6D7E8F9"})"),
       "/response/output", "密文"},
      {"no envelope", R"({"message":"请使用医保电子凭证","success":false,"code":500159})", "",
       "请使用医保电子凭证"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const absl::StatusOr<Document> read = ReadForTest(row.text);
    EXPECT_THAT(FaultPaths(read), ElementsAre(row.path));
    EXPECT_THAT(std::string(read.status().message()), ::testing::HasSubstr(row.words));
  }
}

TEST(NationalSettlementTest, RefusalsNameEveryPlace) {
  struct Row {
    std::string name, text;
    std::vector<std::string> paths;
  };
  const std::string base = "/response/output/setlinfo/";
  const Row rows[] = {
      {"request alone", kRequest, {"/response/output/setlinfo/setl_id"}},
      {"refused", Pair(kRequest, R"({"infcode":-1,"output":null})"), {"/response/infcode"}},
      {"negative",
       Pair(kRequest, Replaced(kResponse, "15100.00", "-15100.00")),
       {base + "medfee_sumamt"}},
      {"negative parts",
       Pair(kRequest, Replaced(Replaced(kResponse, R"("hifp_pay": 10103.92)", R"("hifp_pay": -1)"),
                               R"("fund_payamt": 896.08)", R"("fund_payamt": -896.08)")),
       {base + "hifp_pay", "/response/output/setldetail/1/fund_payamt"}},
      {"a third decimal and no person",
       Pair(kRequest,
            Replaced(Replaced(kResponse, "15100.00", "15100.005"), R"("setl_id": "S1",)", "")),
       {base + "medfee_sumamt", base + "setl_id"}},
      {"a bad row",
       Pair(kRequest, Replaced(kResponse, R"("fund_payamt": 844.62)", R"("fund_payamt": "x")")),
       {"/response/output/setldetail/2/fund_payamt"}},
      {"out of range",
       Pair(kRequest, Replaced(kResponse, "15100.00", "1E+14")),
       {base + "medfee_sumamt"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_THAT(FaultPaths(ReadForTest(row.text)), IsSupersetOf(row.paths));
  }
}

TEST(NationalReversalTest, NamesWhatIsTakenBack) {
  const std::string request =
      Replaced(Replaced(kRequest, "2304", "2305"), R"("invono": "F0001")", R"("setl_id": "S1")");
  const std::string response =
      R"({"infcode":0,"output":{"setlinfo":{"setl_id":"S2","mdtrt_id":"310000900",
          "setl_time":"2026-03-13 09:00:00","fund_pay_sumamt":-11000.00,
          "medfee_sumamt":-15100.00,"acct_pay":"600","psn_cash_pay":-3500}}})";
  const absl::StatusOr<Document> read = ReadForTest(Pair(request, response));
  ASSERT_TRUE(read.ok()) << read.status();
  const auto& document = std::get<ReversalDocument>(*read);
  EXPECT_EQ(document.settlement_id, "S1");
  EXPECT_EQ(document.reversal_settlement_id, "S2");
  EXPECT_EQ(document.returned, (Returned{domain::Money::Fen(1510000), domain::Money::Fen(1100000),
                                         domain::Money::Fen(60000), domain::Money::Fen(350000)}));
  EXPECT_EQ(document.reversed_at, TimeFromText("20260313090000"));
  EXPECT_EQ(document.pool.area_code, "310115");

  // The answer alone does not say which settlement it takes back.
  const absl::StatusOr<Document> answer =
      ReadForTest(Replaced(response, R"("infcode":0)", R"("infcode":0,"inf_refmsgid":"310115R1")"));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(std::get<ReversalDocument>(*answer).settlement_id, "");
  EXPECT_EQ(std::get<ReversalDocument>(*answer).reversal_settlement_id, "S2");
  EXPECT_TRUE(HasNote(std::get<ReversalDocument>(*answer).notes, NoteKind::kIncomplete,
                      "/request/input/data/setl_id"));
  EXPECT_THAT(FaultPaths(ReadForTest(
                  Pair(Replaced(request, R"("setl_id": "S1")", R"("a": "")"), response))),
              ElementsAre("/request/input/data/setl_id"));
  const absl::StatusOr<Document> alone = ReadForTest(request);
  ASSERT_TRUE(alone.ok()) << alone.status();
  EXPECT_EQ(std::get<ReversalDocument>(*alone).returned, Returned());
  EXPECT_TRUE(
      HasNote(std::get<ReversalDocument>(*alone).notes, NoteKind::kIncomplete, "/response"));
}

}  // namespace
}  // namespace recoup::hospital
