// A settlement of the injury that the judgment does not count: an officer says what it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hub/app/flag_admission.h"
#include "hub/app/leads.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "tests/app/case_story.h"

namespace recoup::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const absl::CivilDay kAccident(2025, 6, 1);
const absl::CivilDay kSecondStay(2025, 8, 4);

class LateSettlementTest : public ::testing::Test {
 protected:
  // The first stay, which the judgment counts, and its recovery.
  void Start(const app::ReportSettlement& first, domain::CourtCase court_case) {
    ASSERT_TRUE(Report(world_, first).ok());
    ASSERT_TRUE(Push(world_, Signed(world_, std::move(court_case), "e1"), true).ok());
    ASSERT_THAT(DemandsOf(world_), Not(IsEmpty()));
  }
  // NET, of 44,800.
  void Start() { Start(PudongSettlement(world_), PudongCase()); }

  void Flag(const std::string& visit, absl::CivilDay accident_on = kAccident) {
    app::FlagAdmission flag;
    flag.pool = world_.pool;
    flag.flag.visit_id = visit;
    flag.flag.patient.name = kPatientName;
    flag.flag.patient.id_number = kPatientNumber;
    flag.flag.admitted_time = absl::FromCivil(kSecondStay, ChinaTimeZone());
    flag.flag.accident_on = accident_on;
    flag.flagged_time = flag.flag.admitted_time;
    const auto flagged = world_.Run(world_.hospital, [flag](app::UnitOfWork& work) {
      return app::FlagAdmissionOf(flag, work);
    });
    ASSERT_TRUE(flagged.ok()) << flagged.status();
  }

  app::ReportSettlement Stay(const std::string& visit, const char* fund) {
    app::ReportSettlement stay = PudongSettlement(world_);
    stay.settlement.visit_id = visit;
    stay.settlement.settlement_id = absl::StrCat("S-", visit);
    stay.settlement.admitted_on = kSecondStay;
    stay.settlement.discharged_on = kSecondStay + 9;
    stay.settlement.settled_time = absl::FromCivil(kSecondStay + 9, ChinaTimeZone());
    stay.settlement.amount = Yuan(fund);
    stay.settlement.total = Yuan(fund);
    return stay;
  }

  std::vector<domain::Lead> Waiting() {
    std::vector<domain::Lead> waiting = world_.All<domain::Lead>(world_.pool.value);
    std::erase_if(
        waiting, [](const domain::Lead& lead) { return lead.state != domain::LeadState::kReview; });
    return waiting;
  }

  absl::Status Confirm(domain::LeadId lead) {
    const app::ConfirmLead confirm{world_.pool, lead, 0, "核对病历，同一伤害二次手术"};
    return world_
        .Run(world_.fund,
             [confirm](app::UnitOfWork& work) { return app::ConfirmLeadOf(confirm, work); })
        .status();
  }

  HubWorld world_;
};

TEST_F(LateSettlementTest, WaitsForAnOfficerAndJoinsWhenConfirmed) {
  Start();
  Flag("V-2");
  ASSERT_TRUE(Report(world_, Stay("V-2", "5000")).ok());
  const auto waiting = Waiting();
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].candidates.front().amount, Yuan("5000"));
  EXPECT_THAT(waiting[0].verdict, HasSubstr("另有 1 笔医院标记为第三方伤害的结算，共 5,000.00 元"));
  EXPECT_THAT(DemandsOf(world_),
              UnorderedElementsAre(std::string(kInsurerName) + " 6800.00 DRAFT",
                                   std::string(kTaxiCompany) + " 38000.00 DRAFT"));
  ASSERT_TRUE(Confirm(waiting[0].id).ok());
  EXPECT_THAT(Waiting(), IsEmpty());
  EXPECT_THAT(DemandsOf(world_),
              UnorderedElementsAre(std::string(kInsurerName) + " 6800.00 DRAFT",
                                   std::string(kTaxiCompany) + " 43000.00 DRAFT"));
}

// Settled before the judgment or after it, asked for once; another one is asked for with it.
TEST_F(LateSettlementTest, IsAskedForOnce) {
  Start();
  Flag("V-2");
  Flag("V-3");
  ASSERT_TRUE(Report(world_, Stay("V-2", "5000")).ok());
  const auto first = Waiting();
  ASSERT_TRUE(Report(world_, Stay("V-3", "1200.50")).ok());
  const auto second = Waiting();
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_NE(second[0].id, first[0].id);
  EXPECT_EQ(second[0].candidates.front().amount, Yuan("6200.50"));
}

TEST_F(LateSettlementTest, IsNotAskedForAgainOnceRejected) {
  Start();
  Flag("V-2");
  ASSERT_TRUE(Report(world_, Stay("V-2", "5000")).ok());
  const app::RejectLead reject{world_.pool, Waiting()[0].id, "旧病复查"};
  ASSERT_TRUE(world_
                  .Run(world_.fund,
                       [reject](app::UnitOfWork& work) { return app::RejectLeadOf(reject, work); })
                  .ok());
  ASSERT_TRUE(Report(world_, Stay("V-9", "700")).ok());  // Links the case again; not flagged.
  EXPECT_THAT(Waiting(), IsEmpty());
  EXPECT_THAT(DemandsOf(world_), SizeIs(2));
}

TEST_F(LateSettlementTest, IsNoQuestionOnceReversed) {
  Start();
  Flag("V-2");
  const app::ReportSettlement stay = Stay("V-2", "5000");
  ASSERT_TRUE(Report(world_, stay).ok());
  ASSERT_THAT(Waiting(), SizeIs(1));
  const app::ReverseSettlement reverse{world_.pool, stay.settlement.settlement_id, "R-1",
                                       absl::FromCivil(kSecondStay + 10, ChinaTimeZone()),
                                       "重复结算"};
  ASSERT_TRUE(
      world_
          .Run(world_.hospital,
               [reverse](app::UnitOfWork& work) { return app::ReverseSettlementOf(reverse, work); })
          .ok());
  EXPECT_THAT(Waiting(), IsEmpty());
  EXPECT_THAT(DemandsOf(world_), SizeIs(2));
}

TEST_F(LateSettlementTest, OfAnotherAccidentOrNotFlaggedIsNobodysQuestion) {
  Start();
  Flag("V-2", absl::CivilDay(2025, 7, 30));
  ASSERT_TRUE(Report(world_, Stay("V-2", "5000")).ok());
  ASSERT_TRUE(Report(world_, Stay("V-3", "900")).ok());
  EXPECT_THAT(Waiting(), IsEmpty());
}

// A judgment of the whole expense gives back what it counted, and nothing of another bill.
TEST_F(LateSettlementTest, DoesNotJoinAGrossJudgment) {
  Start(GrossSettlement(world_), GrossCase());
  const auto before = DemandsOf(world_);
  Flag("V-2");
  ASSERT_TRUE(Report(world_, Stay("V-2", "3000")).ok());
  ASSERT_THAT(Waiting(), SizeIs(1));
  const absl::Status refused = Confirm(Waiting()[0].id);
  EXPECT_EQ(ReasonOf(refused), Reason::kIllegalTransition);
  EXPECT_EQ(DemandsOf(world_), before);
}

}  // namespace
}  // namespace recoup::testing
