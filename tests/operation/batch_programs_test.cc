// Every `recoup-insurer batch …` command, and the fund's side of recoupctl, over the whole life of
// settlement batches: the real programs against a real hub, as clerks and officers run them.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/operation/batch_office.h"

namespace recoup::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Exit codes of all programs (docs/formats/insurer.md).
constexpr int kOk = 0;
constexpr int kRefused = 1;
constexpr int kUsage = 2;

constexpr char kCollecting[] = "310115-310";  // Pudong's pool.
constexpr char kOther[] = "310112-310";       // Minhang's.
constexpr std::int64_t kHereFen = 100'01 + 100'02 + 100'03;
constexpr std::int64_t kThereFen = 100'01 + 100'02;

class BatchProgramsTest : public ::testing::Test {
 protected:
  // Three demands here and two there, all accepted.
  void AcceptAll() {
    for (const auto& [fund, count] : {std::pair("pudong", 3), std::pair("minhang", 2)}) {
      for (const IssuedDemand& demand : office_.Issue(fund, count)) {
        EXPECT_EQ(office_.Run("maker", {"accept", demand.name}).code, kOk);
      }
    }
  }
  void Create() {
    const json answer = office_.Ask("maker", {"batch", "create", "--collecting-pool", kCollecting});
    ASSERT_TRUE(answer.is_object());
    name_ = answer["settlement_batch"]["name"];
  }
  void Close() {
    const json answer = office_.Ask("checker", {"batch", "close", name_});
    ASSERT_TRUE(answer.is_object());
    reference_ = answer["settlement_batch"]["reference"];
  }
  void Cut() {
    ASSERT_NO_FATAL_FAILURE(AcceptAll());
    ASSERT_NO_FATAL_FAILURE(Create());
    ASSERT_NO_FATAL_FAILURE(Close());
  }
  // What the program says, which must end with this exit code.
  std::string Says(int code, const std::string& who, std::vector<std::string> arguments) {
    const Said said = office_.Run(who, std::move(arguments));
    EXPECT_EQ(said.code, code) << said.said;
    return said.said;
  }
  void Reconcile() {
    for (const char* fund : {"pudong", "minhang"}) Says(kOk, fund, {"reconcile"});
  }
  // As the insurer sees it.
  std::string State() {
    const json answer = office_.Ask("maker", {"batch", "show", name_});
    return answer.is_object() ? answer["settlement_batch"]["state"] : "";
  }

  BatchOffice office_;
  std::string name_;
  std::string reference_;
};

TEST_F(BatchProgramsTest, ABatchIsCreatedByOnePersonAndClosedByAnother) {
  EXPECT_THAT(Says(kOk, "maker", {"batch", "list"}), HasSubstr("没有结算批次"));
  AcceptAll();
  EXPECT_THAT(Says(kUsage, "maker", {"batch", "create"}), HasSubstr("--collecting-pool"));
  EXPECT_THAT(Says(kRefused, "maker", {"batch", "create", "--collecting-pool", "310199-310"}),
              AllOf(HasSubstr("没有该统筹区基金"), HasSubstr("NOT_FOUND")));
  const std::vector<std::string> create = {"batch", "create", "--collecting-pool", kCollecting};
  std::vector<std::string> tried = create;
  tried.emplace_back("--dry-run");
  EXPECT_THAT(Says(kOk, "maker", tried), AllOf(HasSubstr("未记录"), HasSubstr("500.09")));
  EXPECT_THAT(Says(kOk, "maker", {"batch", "list"}), HasSubstr("没有结算批次"));

  ASSERT_NO_FATAL_FAILURE(Create());
  EXPECT_THAT(Says(kOk, "maker", {"batch", "show", name_}),
              AllOf(HasSubstr("待截止"), HasSubstr("500.09"), Not(HasSubstr("付款附言"))));
  EXPECT_THAT(Says(kRefused, "maker", {"batch", "close", name_}),
              AllOf(HasSubstr("建批人不得关闭本批次"), HasSubstr("SAME_PERSON_MAY_NOT_APPROVE")));
  EXPECT_THAT(Says(kRefused, "checker", {"batch", "close", name_, "--etag", "v99"}),
              HasSubstr("ETAG_MISMATCH"));
  EXPECT_THAT(Says(kOk, "checker", {"batch", "close", name_, "--dry-run"}), HasSubstr("未记录"));
  EXPECT_EQ(State(), "SETTLEMENT_BATCH_STATE_OPEN");

  EXPECT_THAT(Says(kOk, "checker", {"batch", "close", name_}),
              AllOf(HasSubstr("已截止"), HasSubstr("付款附言 RF"), HasSubstr("500.09"),
                    HasSubstr("经办    insurer/huaan/zhou-min"),
                    HasSubstr("复核    insurer/huaan/he-qing")));
  EXPECT_THAT(Says(kRefused, "checker", {"batch", "close", name_}),
              HasSubstr("ILLEGAL_TRANSITION"));
  EXPECT_THAT(Says(kOk, "maker", {"batch", "list"}),
              AllOf(HasSubstr(name_), HasSubstr("待付款"), HasSubstr("500.09")));
}

TEST_F(BatchProgramsTest, OnlyThePoolsThatAreNamedAreInABatch) {
  AcceptAll();
  const json answer =
      office_.Ask("maker", {"batch", "create", "--collecting-pool", kCollecting, "--pool", kOther});
  ASSERT_TRUE(answer.is_object());
  EXPECT_EQ(answer["settlement_batch"]["net_fen"], absl::StrCat(kThereFen));
}

TEST_F(BatchProgramsTest, LinesAreReadByPoolAndByWhoHasAPart) {
  ASSERT_NO_FATAL_FAILURE(Cut());
  const std::string all = Says(kOk, "maker", {"batch", "lines", name_});
  EXPECT_THAT(all, AllOf(HasSubstr("100.03"), HasSubstr("pools/310115-310/demands/"),
                         HasSubstr("pools/310112-310/demands/")));
  EXPECT_THAT(Says(kOk, "maker", {"batch", "lines", name_, "--pool", kOther}),
              AllOf(HasSubstr("pools/310112-310/demands/"), Not(HasSubstr("pools/310115-310"))));

  // The collecting pool sees all parts, the other its own, and neither the other's lines.
  EXPECT_THAT(Says(kOk, "pudong", {"batch", "show", name_}),
              AllOf(HasSubstr("500.09"), HasSubstr("pools/310112-310")));
  EXPECT_THAT(Says(kOk, "pudong", {"batch", "lines", name_}),
              AllOf(HasSubstr("300.06"), Not(HasSubstr("pools/310112-310"))));
  EXPECT_THAT(Says(kOk, "minhang", {"batch", "show", name_}),
              AllOf(HasSubstr("200.03"), Not(HasSubstr("300.06"))));
  EXPECT_THAT(Says(kOk, "minhang", {"batch", "lines", name_}),
              AllOf(HasSubstr("200.03"), Not(HasSubstr("pools/310115-310"))));
  EXPECT_THAT(Says(kOk, "minhang", {"batch", "lines", name_, "--pool", kCollecting}),
              Not(HasSubstr("demands/")));
  EXPECT_THAT(Says(kOk, "minhang", {"batch", "list", "--state", "closed"}), HasSubstr("200.03"));
  EXPECT_THAT(Says(kOk, "minhang", {"batch", "list", "--state", "paid"}), Not(HasSubstr(name_)));

  EXPECT_THAT(Says(kOk, "xuhui", {"batch", "list"}), Not(HasSubstr(name_)));
  for (const char* command : {"show", "lines"}) {
    EXPECT_THAT(Says(kRefused, "xuhui", {"batch", command, name_}), HasSubstr("NOT_FOUND"));
  }
  for (const char* who : {"maker", "pudong"}) {
    EXPECT_THAT(Says(kRefused, who, {"batch", "show", "settlementBatches/huaan.1"}),
                AllOf(HasSubstr("不是结算批次名"), HasSubstr("INVALID_ARGUMENT")));
  }
}

TEST_F(BatchProgramsTest, APaymentIsDistributedHandedOnAndPassedOn) {
  ASSERT_NO_FATAL_FAILURE(Cut());
  office_.Import("pudong", {{kHereFen + kThereFen, "结算 " + reference_}});
  EXPECT_THAT(Says(kOk, "pudong", {"reconcile"}),
              AllOf(HasSubstr("已核销：300.06"), HasSubstr("批次办理份数：3")));
  EXPECT_THAT(Says(kOk, "pudong", {"batch", "show", name_}),
              AllOf(HasSubstr("分配中"), HasSubstr("200.03  否\n")));
  EXPECT_THAT(Says(kRefused, "maker", {"batch", "cancel", name_, "--reason", "重复"}),
              AllOf(HasSubstr("分配中"), HasSubstr("ILLEGAL_TRANSITION")));
  EXPECT_THAT(Says(kOk, "minhang", {"reconcile"}), HasSubstr("已核销：200.03"));
  EXPECT_EQ(State(), "SETTLEMENT_BATCH_STATE_PAID");
  EXPECT_THAT(Says(kOk, "maker", {"batch", "lines", name_}),
              AllOf(HasSubstr("\t是\t"), Not(HasSubstr("\t否\t"))));

  EXPECT_THAT(Says(kOk, "pudong", {"pass-on"}), HasSubstr("金额：300.06"));
  office_.Import("pudong", {{-kThereFen, "划转 " + reference_}});
  EXPECT_THAT(Says(kOk, "pudong", {"reconcile"}), HasSubstr("待核销：0.00"));
  EXPECT_THAT(Says(kOk, "pudong", {"batch", "show", name_}), HasSubstr("200.03  是\n"));
}

TEST_F(BatchProgramsTest, ABatchIsGivenUpBeforeItIsPaid) {
  ASSERT_NO_FATAL_FAILURE(Cut());
  EXPECT_THAT(Says(kUsage, "maker", {"batch", "cancel", name_}), HasSubstr("--reason"));
  EXPECT_THAT(
      Says(kOk, "maker", {"batch", "cancel", name_, "--reason", "改为逐笔支付", "--dry-run"}),
      HasSubstr("未记录"));
  EXPECT_EQ(State(), "SETTLEMENT_BATCH_STATE_CLOSED");
  EXPECT_THAT(Says(kOk, "maker", {"batch", "cancel", name_, "--reason", "改为逐笔支付"}),
              AllOf(HasSubstr("已取消"), HasSubstr("改为逐笔支付")));
  EXPECT_EQ(State(), "SETTLEMENT_BATCH_STATE_RELEASING");
  Reconcile();
  EXPECT_EQ(State(), "SETTLEMENT_BATCH_STATE_CANCELLED");
  EXPECT_THAT(Says(kRefused, "checker", {"batch", "cancel", name_, "--reason", "再次"}),
              HasSubstr("ILLEGAL_TRANSITION"));
  // What was in it is in the next one.
  ASSERT_NO_FATAL_FAILURE(Create());
  EXPECT_THAT(Says(kOk, "maker", {"batch", "show", name_}), HasSubstr("500.09"));
}

TEST_F(BatchProgramsTest, AReturnedBatchIsPaidAgainOrGivenUpByTwoPersons) {
  ASSERT_NO_FATAL_FAILURE(Cut());
  const std::int64_t net_fen = kHereFen + kThereFen;
  office_.Import("pudong", {{net_fen, "结算 " + reference_}});
  Reconcile();
  EXPECT_EQ(State(), "SETTLEMENT_BATCH_STATE_PAID");
  office_.Import("pudong", {{-net_fen, "退汇 " + reference_}});
  Reconcile();
  EXPECT_EQ(State(), "SETTLEMENT_BATCH_STATE_RETURNED");
  EXPECT_THAT(Says(kOk, "maker", {"batch", "lines", name_}), Not(HasSubstr("\t是\t")));

  EXPECT_THAT(Says(kOk, "maker", {"batch", "cancel", name_, "--reason", "账户已冻结"}),
              HasSubstr("尚未取消"));
  EXPECT_THAT(Says(kOk, "checker", {"batch", "show", name_}),
              HasSubstr("申请取消 insurer/huaan/zhou-min"));
  EXPECT_THAT(Says(kRefused, "maker", {"batch", "cancel", name_, "--reason", "账户已冻结"}),
              HasSubstr("SAME_PERSON_MAY_NOT_APPROVE"));
  EXPECT_EQ(State(), "SETTLEMENT_BATCH_STATE_RETURNED");
  EXPECT_THAT(Says(kOk, "checker", {"batch", "cancel", name_, "--reason", "账户已冻结"}),
              HasSubstr("已取消"));
  Reconcile();
  EXPECT_EQ(State(), "SETTLEMENT_BATCH_STATE_CANCELLED");
}

}  // namespace
}  // namespace recoup::testing
