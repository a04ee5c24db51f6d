// Letters that ask: who gets one, what it says, how it ends, and what the demand's letter makes of
// it.
#include "hub/app/inquiries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hub/app/flag_admission.h"
#include "hub/app/leads.h"
#include "hub/app/names.h"
#include "hub/app/policy_book.h"
#include "hub/app/recoveries.h"
#include "hub/app/worklist.h"
#include "hub/base/error.h"
#include "hub/domain/records/registry.h"
#include "tests/app/case_change_story.h"

namespace recoup::testing {
namespace {

using domain::InquiryState;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr char kDriver[] = "鲁大川";

// A suit that was withdrawn because everything was paid: the text names no sum and no share.
domain::CourtCase WithdrawnSuit() {
  domain::CourtCase court_case = PudongCase();
  court_case.document_type = domain::DocumentType::kRuling;
  court_case.liability.clear();
  court_case.policies.clear();
  court_case.basis = domain::Basis::kNone;
  return court_case;
}

domain::CourtObligation Pays(const std::string& debtor, domain::DebtorKind kind,
                             const char* amount) {
  domain::CourtObligation obligation;
  obligation.debtor = debtor;
  obligation.debtor_kind = kind;
  obligation.creditor = kPatientName;
  obligation.amount = Yuan(amount);
  return obligation;
}

// An agreement under which only the insurer pays, without saying for what.
domain::CourtCase InsurersMediation() {
  domain::CourtCase court_case = WithdrawnSuit();
  court_case.document_type = domain::DocumentType::kMediationDocument;
  court_case.basis = domain::Basis::kNet;
  court_case.obligations = {Pays(kInsurerName, domain::DebtorKind::kInsurer, "120000")};
  return court_case;
}

// Several pay under an agreement that tells no shares.
domain::CourtCase SharelessMediation() {
  domain::CourtCase court_case = InsurersMediation();
  court_case.obligations.push_back(Pays(kTaxiCompany, domain::DebtorKind::kCompany, "20000"));
  court_case.obligations.push_back(Pays(kDriver, domain::DebtorKind::kPerson, "5000"));
  return court_case;
}

class InquiriesTest : public ::testing::Test {
 protected:
  void Start(domain::CourtCase court_case) {
    ASSERT_TRUE(Report(story_, PudongSettlement(story_)).ok());
    const auto pushed = Push(story_, Signed(story_, std::move(court_case), "first"), true);
    ASSERT_TRUE(pushed.ok()) << pushed.status();
    story_.first = *pushed;
    without_amount_ = pushed->recoveries_without_amount;
  }
  absl::StatusOr<std::vector<domain::Letter>> Ask(std::vector<std::string> addressees = {}) {
    app::IssueInquiries command{story_.pool, story_.TheRecovery().id, std::move(addressees), {}};
    return story_.Run(story_.fund, [command](app::UnitOfWork& work) {
      return app::IssueInquiriesOf(command, work);
    });
  }
  // Of what the fund paid, as an answer tells.
  absl::StatusOr<app::RecoveryView> EnterShare(const char* name, domain::DebtorKind kind,
                                               std::int32_t basis_points = 7'000) {
    app::OpenRecovery open{.pool = story_.pool,
                           .advances = story_.TheRecovery().advances,
                           .accident_on = absl::CivilDay(2025, 6, 1),
                           .third_party_kind = domain::ThirdPartyKind::kTraffic,
                           .shares = {},
                           .reason = "受害人答复并附赔偿协议",
                           .document_sha256 = {}};
    open.shares.emplace_back().basis_points = basis_points;
    open.shares.back().debtor.name = name;
    open.shares.back().debtor.kind = kind;
    return story_.Run(story_.fund,
                      [open](app::UnitOfWork& work) { return app::OpenRecoveryOf(open, work); });
  }
  absl::StatusOr<domain::Letter> End(const domain::Letter& letter, domain::InquiryCommand by) {
    const app::EndInquiry command{story_.pool, letter.id, by, "已付 60000 元，其中医疗费 25000 元",
                                  std::string(32, 'd')};
    return story_.Run(
        story_.fund, [command](app::UnitOfWork& work) { return app::EndInquiryOf(command, work); });
  }
  // "鲁大川 OPEN", in the order in which they were written.
  std::vector<std::string> Inquiries() {
    std::vector<std::string> inquiries;
    for (const domain::Letter& letter : story_.Letters()) {
      if (!letter.inquiry) continue;
      inquiries.push_back(
          absl::StrCat(letter.addressee, " ", std::string(ToString(letter.inquiry->state))));
    }
    return inquiries;
  }
  std::string WhyNot(const absl::Status& status) {
    EXPECT_EQ(ReasonOf(status), Reason::kIllegalTransition) << status;
    const auto preconditions = DetailOf(status).preconditions;
    return preconditions.empty() ? "" : preconditions.front().description;
  }
  CaseChangeStory story_;
  int without_amount_ = 0;  // As the court is told.
};

TEST_F(InquiriesTest, AskWhoIsLiableElseTheInjuredPerson) {
  struct AskedRow {
    const char* name;
    domain::CourtCase court_case;
    std::vector<std::string> asked;
  };
  domain::CourtCase two_liable = WithdrawnSuit();
  two_liable.liability = {{kDriver, 0}, {kTaxiCompany, 7'000}, {kPatientName, 3'000}};
  two_liable.policies = {{kInsurerName, domain::PolicyKind::kCtp, std::nullopt, std::nullopt},
                         {kInsurerName, domain::PolicyKind::kCommercial, std::nullopt, {}}};
  domain::CourtCase to_fund = WithdrawnSuit();
  to_fund.obligations = {Pays("东岸区医疗保险事务中心", domain::DebtorKind::kCompany, "1"),
                         Pays(kPatientName, domain::DebtorKind::kPerson, "100")};
  const AskedRow table[] = {
      {"withdrawn suit", WithdrawnSuit(), {kPatientName}},
      {"only the insurer pays", InsurersMediation(), {kInsurerName}},
      {"several pay", SharelessMediation(), {kInsurerName, kTaxiCompany, kDriver}},
      {"shares and two covers of one insurer", two_liable, {kInsurerName, kTaxiCompany}},
      {"who owes nothing for the injury", to_fund, {kPatientName}},
  };
  for (const AskedRow& row : table) {
    SCOPED_TRACE(row.name);
    const auto addressees = story_.Run(story_.fund, [&](app::UnitOfWork& work) {
      return app::AddresseesOf(work, row.court_case, kPatientName);
    });
    ASSERT_TRUE(addressees.ok()) << addressees.status();
    std::vector<std::string> names;
    for (const app::Addressee& addressee : *addressees) {
      names.push_back(addressee.name);
      EXPECT_EQ(addressee.party.empty(), addressee.name != kInsurerName);
    }
    EXPECT_EQ(names, row.asked);
  }
}

TEST_F(InquiriesTest, TellTheCaseAndTheAdvanceAndAskForNoMoney) {
  Start(WithdrawnSuit());
  EXPECT_EQ(without_amount_, 1);
  const auto asked = Ask();
  ASSERT_TRUE(asked.ok()) << asked.status();
  ASSERT_THAT(*asked, SizeIs(1));
  const domain::Letter& letter = asked->front();
  EXPECT_EQ(letter.kind, domain::LetterKind::kInquiry);
  EXPECT_EQ(letter.addressee, kPatientName);
  EXPECT_FALSE(letter.demand.has_value());
  ASSERT_TRUE(letter.content.has_value());
  const domain::LetterContent& content = *letter.content;
  EXPECT_EQ(content.fund_paid, Yuan("44800"));
  EXPECT_EQ(content.due_on, story_.today() + 30);
  EXPECT_EQ(content.amount, domain::Money());
  EXPECT_THAT(content.reference, IsEmpty());
  EXPECT_THAT(
      letter.text,
      AllOf(HasSubstr("医保基金退回核查函\n" + letter.number), HasSubstr("2025年6月1日"),
            HasSubstr("医保基金先行支付 44,800.00 元"),
            HasSubstr("浦东新区人民法院以(2025)沪0115民初80001号案件处理（裁定书）"),
            HasSubstr("《社会保险法》第三十条"), HasSubstr("结算号 S-1"),
            HasSubstr("（1）" + content.questions.front()), HasSubstr("无须向医保基金付款")));
  EXPECT_THAT(letter.text, Not(HasSubstr("付款附言")));
  EXPECT_THAT(letter.text, Not(HasSubstr("主张")));
  EXPECT_THAT(story_.Timeline(), HasSubstr("发出核查函" + letter.number));
  // Nothing is claimed by asking.
  EXPECT_EQ(TheOnly<domain::Advance>(story_).stages.at(domain::Stage::kAdvanced), Yuan("44800"));
}

TEST_F(InquiriesTest, TheAnswerGoesToWhereTheOfficeCanBeReached) {
  Start(WithdrawnSuit());
  const absl::Status put = story_.Run(story_.fund, [&](app::UnitOfWork& work) -> absl::Status {
    auto office = *work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                              domain::Key({story_.fund.party.value}));
    office->contact = "迎春路520号，021-58000000";
    work.Put(*office);
    return absl::OkStatus();
  });
  ASSERT_TRUE(put.ok()) << put;
  const auto asked = Ask();
  ASSERT_TRUE(asked.ok()) << asked.status();
  EXPECT_EQ(asked->front().content->sender_contact, "迎春路520号，021-58000000");
  EXPECT_THAT(asked->front().text, HasSubstr("（迎春路520号，021-58000000）。"));
  // A correction by the court writes it anew in the name of the same office.
  domain::CourtCase corrected = WithdrawnSuit();
  corrected.accident_on = absl::CivilDay(2025, 5, 31);
  ASSERT_TRUE(story_.Amend(corrected).ok());
  EXPECT_THAT(story_.Letters().back().text, HasSubstr("（迎春路520号，021-58000000）。"));
}

TEST_F(InquiriesTest, PayersAreAskedWhatTheyPaidAndTheInjuredPersonWhatCame) {
  Start(SharelessMediation());
  const auto asked = Ask();
  ASSERT_TRUE(asked.ok()) << asked.status();
  EXPECT_THAT(Inquiries(),
              ElementsAre(absl::StrCat(kInsurerName, " OPEN"), absl::StrCat(kTaxiCompany, " OPEN"),
                          absl::StrCat(kDriver, " OPEN")));
  EXPECT_THAT(asked->front().text, HasSubstr("已向何人"));
  EXPECT_EQ(asked->front().addressee_party, story_.insurer.party);
  const auto injured = Ask({kPatientName});
  ASSERT_TRUE(injured.ok()) << injured.status();
  EXPECT_THAT(injured->front().text, HasSubstr("已从何人"));
  EXPECT_NE(injured->front().number, asked->front().number);
}

TEST_F(InquiriesTest, AreRefusedWhereNothingIsToBeAsked) {
  Start(PudongCase());
  EXPECT_EQ(without_amount_, 0);
  EXPECT_EQ(WhyNot(Ask().status()), "金额已能计算，请发出追偿函");
  ASSERT_TRUE(story_.Amend(WithdrawnSuit()).ok());
  EXPECT_THAT(FaultyFields(Ask({kPatientName, "不在案中"}).status()), ElementsAre("addressees[1]"));
  ASSERT_TRUE(Ask().ok());
  EXPECT_EQ(WhyNot(Ask().status()), "核查函待答复；先登记答复或者撤回");
  const app::ChangeCourtCase change{story_.court.party, story_.first.court_case.id, "误推"};
  ASSERT_TRUE(story_
                  .Run(story_.court,
                       [&](app::UnitOfWork& work) { return app::WithdrawConsentOf(change, work); })
                  .ok());
  EXPECT_EQ(WhyNot(Ask({kPatientName}).status()),
            "the court must consent again, or push the case anew");
}

TEST_F(InquiriesTest, AreRefusedOnceTheCaseIsNoBasisAnyMore) {
  Start(WithdrawnSuit());
  ASSERT_TRUE(story_.PushUpper(story_.SecondInstance(domain::CaseOutcome::kRemanded)).ok());
  EXPECT_EQ(WhyNot(Ask().status()), "追偿依据消失，等待新的裁判");
}

TEST_F(InquiriesTest, AreRefusedWithoutACase) {
  ASSERT_TRUE(Report(story_, PudongSettlement(story_)).ok());
  app::OpenRecovery open{.pool = story_.pool,
                         .advances = {TheOnly<domain::Advance>(story_).id},
                         .accident_on = absl::CivilDay(2025, 6, 1),
                         .third_party_kind = domain::ThirdPartyKind::kTraffic,
                         .shares = {},
                         .reason = "交警认定书",
                         .document_sha256 = {}};
  open.shares.emplace_back().basis_points = 10'000;
  open.shares.back().debtor.name = kDriver;
  const auto opened = story_.Run(
      story_.fund, [&](app::UnitOfWork& work) { return app::OpenRecoveryOf(open, work); });
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(WhyNot(Ask().status()), "该追偿不以裁判为依据");
}

TEST_F(InquiriesTest, AnIssuedDemandStandsAndNobodyIsAsked) {
  Start(PudongCase());
  story_.Issue(kTaxiCompany);
  ASSERT_TRUE(story_.Amend(WithdrawnSuit()).ok());
  EXPECT_EQ(WhyNot(Ask().status()), "已有追偿函发出，以其为准");
}

// The patient was flagged, and nothing was settled yet.
class UnsettledTest : public InquiriesTest {
 protected:
  void StartWithFlag(domain::CourtCase court_case) {
    app::FlagAdmission flag;
    flag.pool = story_.pool;
    flag.flag.visit_id = "V-1";
    flag.flag.patient.name = kPatientName;
    flag.flag.patient.id_number = kPatientNumber;
    flag.flag.admitted_time = absl::FromCivil(absl::CivilDay(2025, 6, 1), ChinaTimeZone());
    flag.flag.accident_on = absl::CivilDay(2025, 6, 1);
    flag.flagged_time = flag.flag.admitted_time;
    const auto flagged = story_.Run(story_.hospital, [flag](app::UnitOfWork& work) {
      return app::FlagAdmissionOf(flag, work);
    });
    ASSERT_TRUE(flagged.ok()) << flagged.status();
    const auto pushed = Push(story_, Signed(story_, std::move(court_case), "first"), true);
    ASSERT_TRUE(pushed.ok()) << pushed.status();
    story_.first = *pushed;
  }
  absl::Status Confirm() {
    const app::ConfirmLead confirm{story_.pool, TheOnly<domain::Lead>(story_).id, 0, "核对病历"};
    return story_
        .Run(story_.fund,
             [confirm](app::UnitOfWork& work) { return app::ConfirmLeadOf(confirm, work); })
        .status();
  }
};

TEST_F(UnsettledTest, AskWithWhatTheDocumentSaysTheFundPaid) {
  struct PaidRow {
    std::optional<domain::Money> by_document;
    const char* text;
  };
  const PaidRow table[] = {
      {Yuan("44800"), "医保基金先行支付（裁判文书载明 44,800.00 元，待核）"},
      {std::nullopt, "医保基金先行支付（金额待核）"},
  };
  for (const PaidRow& row : table) {
    SCOPED_TRACE(row.text);
    domain::CourtCase court_case = WithdrawnSuit();
    court_case.grade = domain::Grade::kAdvanceOutstanding;
    court_case.fund_paid = row.by_document;
    const std::vector<domain::Advance> none;
    domain::Recovery recovery;
    recovery.pool = story_.pool;
    const auto letter = story_.Run(story_.fund, [&](app::UnitOfWork& work) {
      return app::WriteInquiry(work, {recovery, none, court_case},
                               {kPatientName, domain::DebtorKind::kInjuredPerson, {}},
                               story_.today() + 30, std::nullopt);
    });
    ASSERT_TRUE(letter.ok()) << letter.status();
    EXPECT_THAT(letter->text, AllOf(HasSubstr(row.text), HasSubstr("结算明细待核。")));
    EXPECT_EQ(letter->content->fund_paid, row.by_document);
  }
}

TEST_F(UnsettledTest, TheSettlementThatComesLaterIsComputedAndDemanded) {
  domain::CourtCase court_case = PudongCase();
  court_case.grade = domain::Grade::kAdvanceOutstanding;
  StartWithFlag(court_case);
  ASSERT_TRUE(Confirm().ok()) << Confirm();
  EXPECT_THAT(DemandsOf(story_), IsEmpty());
  const auto asked = Ask();
  ASSERT_TRUE(asked.ok()) << asked.status();
  EXPECT_THAT(Inquiries(), ElementsAre(absl::StrCat(kInsurerName, " OPEN"),
                                       absl::StrCat(kTaxiCompany, " OPEN")));
  ASSERT_TRUE(Report(story_, PudongSettlement(story_)).ok());
  EXPECT_THAT(DemandsOf(story_), SizeIs(2));
  EXPECT_THAT(Inquiries(), ElementsAre(absl::StrCat(kInsurerName, " SUPERSEDED"),
                                       absl::StrCat(kTaxiCompany, " SUPERSEDED")));
}

TEST_F(UnsettledTest, WithoutPaymentInSettlementOrDocumentThereIsNothingToConfirm) {
  domain::CourtCase court_case = WithdrawnSuit();
  court_case.fund_paid.reset();
  StartWithFlag(court_case);
  EXPECT_EQ(WhyNot(Confirm()), "结算上报后线索会重新比对");
}

TEST_F(InquiriesTest, WithoutConsentThereIsNothingToAskAbout) {
  ASSERT_TRUE(Report(story_, PudongSettlement(story_)).ok());
  ASSERT_TRUE(Push(story_, Signed(story_, WithdrawnSuit(), "first"), false).ok());
  EXPECT_THAT(story_.All<domain::Recovery>(story_.pool.value), IsEmpty());
  EXPECT_THAT(story_.Letters(), IsEmpty());
}

TEST_F(InquiriesTest, TheDemandsLetterTakesThePlaceOfTheInquiry) {
  Start(SharelessMediation());
  const auto asked = Ask({kTaxiCompany, kDriver});
  ASSERT_TRUE(asked.ok()) << asked.status();
  ASSERT_TRUE(story_.Amend(PudongCase()).ok());
  EXPECT_THAT(Inquiries(), ElementsAre(absl::StrCat(kTaxiCompany, " SUPERSEDED"),
                                       absl::StrCat(kDriver, " SUPERSEDED")));
  EXPECT_THAT(story_.Timeline(), HasSubstr("已被替代：应退金额已能计算，改发追偿函"));
  story_.Issue(kTaxiCompany);
  const domain::Letter demand = story_.Letters().back();
  EXPECT_EQ(demand.kind, domain::LetterKind::kDemand);
  EXPECT_THAT(demand.content->replaces, ElementsAre(asked->front().number));
  EXPECT_THAT(demand.text, HasSubstr("本函替代此前发出的" + asked->front().number + "核查函。"));
  EXPECT_THAT(demand.text, HasSubstr("38,000.00 元"));
}

TEST_F(InquiriesTest, AreWrittenAnewWhenTheCaseTellsSomethingElse) {
  Start(SharelessMediation());
  const auto asked = Ask({kInsurerName, kDriver});
  ASSERT_TRUE(asked.ok()) << asked.status();
  domain::CourtCase corrected = InsurersMediation();
  corrected.accident_on = absl::CivilDay(2025, 5, 31);
  ASSERT_TRUE(story_.Amend(corrected).ok());
  EXPECT_THAT(Inquiries(), ElementsAre(absl::StrCat(kInsurerName, " SUPERSEDED"),
                                       absl::StrCat(kDriver, " WITHDRAWN"),
                                       absl::StrCat(kInsurerName, " OPEN")));
  const domain::Letter anew = story_.Letters().back();
  EXPECT_EQ(anew.number, asked->front().number + "之1");
  EXPECT_THAT(anew.text,
              AllOf(HasSubstr("2025年5月31日"),
                    HasSubstr("本函替代此前发出的" + asked->front().number + "核查函。")));
  EXPECT_EQ(anew.content->sender, asked->front().content->sender);
  // A correction that changes nothing the letter tells leaves it alone.
  corrected.cause = "健康权纠纷";
  ASSERT_TRUE(story_.Amend(corrected).ok());
  EXPECT_THAT(Inquiries(), SizeIs(3));
}

TEST_F(InquiriesTest, AreWithdrawnWithTheCase) {
  Start(WithdrawnSuit());
  ASSERT_TRUE(Ask().ok());
  const app::ChangeCourtCase change{story_.court.party, story_.first.court_case.id, "误推"};
  ASSERT_TRUE(
      story_
          .Run(story_.court,
               [&](app::UnitOfWork& work) { return app::WithdrawCourtCaseOf(change, work); })
          .ok());
  EXPECT_THAT(Inquiries(), ElementsAre(absl::StrCat(kPatientName, " WITHDRAWN")));
}

TEST_F(InquiriesTest, EndOnceWithTheAnswerOnRecord) {
  Start(WithdrawnSuit());
  const auto asked = Ask();
  ASSERT_TRUE(asked.ok()) << asked.status();
  const auto answered = End(asked->front(), domain::InquiryCommand::kAnswer);
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->inquiry->state, InquiryState::kAnswered);
  EXPECT_EQ(answered->inquiry->document_sha256, std::string(32, 'd'));
  EXPECT_EQ(answered->text, asked->front().text);
  EXPECT_THAT(story_.Timeline(), HasSubstr("已答复：已付 60000 元，其中医疗费 25000 元"));
  EXPECT_EQ(ReasonOf(End(asked->front(), domain::InquiryCommand::kWithdraw).status()),
            Reason::kIllegalTransition);
  // Who answered may be asked again, with a letter of its own.
  const auto again = Ask();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_NE(again->front().number, asked->front().number);
}

TEST_F(InquiriesTest, TheWorklistAsksForTheLetterAndThenForTheLateAnswer) {
  Start(WithdrawnSuit());
  const auto work_on = [&](absl::CivilDay today) {
    std::vector<std::string> commands;
    story_.Read([&](app::RecordReader& reader) {
      const domain::PolicyData policy_data = *app::LoadPolicyData(reader);
      const app::WorklistOrder order{.pool = story_.pool,
                                     .today = today,
                                     .actor = "fund/x",
                                     .kinds = {app::WorkKind::kObstacle},
                                     .items_max = 9};
      const app::Worklist list = *app::WorklistOf(reader, order, policy_data);
      for (const app::WorkItem& item : list.items) {
        commands.push_back(absl::StrCat(item.command, item.due_on ? " late" : ""));
      }
    });
    return commands;
  };
  const std::string recovery = app::NameOf(story_.pool, story_.TheRecovery().id);
  EXPECT_THAT(work_on(story_.today()),
              ElementsAre(absl::StrCat("recoupctl inquiries issue ", recovery)));
  const auto asked = Ask();
  ASSERT_TRUE(asked.ok()) << asked.status();
  const absl::CivilDay due_on = asked->front().content->due_on;
  EXPECT_THAT(work_on(due_on), IsEmpty());
  const std::string letter = app::NameOf(story_.pool, asked->front().id);
  EXPECT_THAT(work_on(due_on + 1), ElementsAre(absl::StrCat("recoupctl inquiries answer ", letter,
                                                            " --note 答复 late")));
  ASSERT_TRUE(End(asked->front(), domain::InquiryCommand::kAnswer).ok());
  EXPECT_THAT(work_on(due_on + 1),
              ElementsAre(absl::StrCat("recoupctl recoveries show ", recovery)));
}

TEST_F(InquiriesTest, TheSharesThatAnAnswerTellsAreDemandedInTheSameRecovery) {
  Start(WithdrawnSuit());
  const auto asked = Ask();
  ASSERT_TRUE(asked.ok()) << asked.status();
  const domain::Recovery before = story_.TheRecovery();
  const auto opened = EnterShare(kPatientName, domain::DebtorKind::kInjuredPerson);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->recovery.id, before.id);
  EXPECT_THAT(story_.TheRecovery().obstacle, IsEmpty());
  EXPECT_THAT(DemandsOf(story_), ElementsAre(absl::StrCat(kPatientName, " 31360.00 DRAFT")));
  EXPECT_THAT(Inquiries(), ElementsAre(absl::StrCat(kPatientName, " SUPERSEDED")));
  story_.Issue(kPatientName);
  const domain::Letter demand = story_.Letters().back();
  EXPECT_EQ(demand.kind, domain::LetterKind::kReturnAndVerification);
  EXPECT_THAT(demand.content->replaces, ElementsAre(asked->front().number));
  EXPECT_THAT(demand.text, HasSubstr("(2025)沪0115民初80001号案件处理（裁定书）"));
  // What is computed, or asked for, is no obstacle to enter shares for.
  EXPECT_EQ(WhyNot(EnterShare(kPatientName, domain::DebtorKind::kInjuredPerson).status()),
            "垫付已在另一追偿案中");
}

// A correction that tells no amount either leaves the shares; one that does takes their place.
TEST_F(InquiriesTest, SharesStandUntilTheCaseTellsTheAmount) {
  Start(SharelessMediation());
  ASSERT_TRUE(EnterShare(kDriver, domain::DebtorKind::kPerson).ok());
  const auto shared = ElementsAre(absl::StrCat(kDriver, " 31360.00 DRAFT"));
  ASSERT_THAT(DemandsOf(story_), shared);
  domain::CourtCase corrected = SharelessMediation();
  corrected.cause = "健康权纠纷";
  ASSERT_TRUE(story_.Amend(corrected).ok());
  EXPECT_THAT(DemandsOf(story_), shared);
  EXPECT_TRUE(story_.TheRecovery().rests_on_shares());
  EXPECT_THAT(story_.TheRecovery().obstacle, IsEmpty());
  ASSERT_TRUE(story_.Amend(PudongCase()).ok());
  EXPECT_FALSE(story_.TheRecovery().rests_on_shares());
  EXPECT_THAT(DemandsOf(story_),
              ::testing::Contains(absl::StrCat(kTaxiCompany, " 38000.00 DRAFT")));
}

// An insurer whose share was entered without a policy is the one that the case then names with its
// cover: its demand is amended, not taken back and asked for anew under another reference.
TEST_F(InquiriesTest, TheCoverThatTheCaseTellsLowersTheInsurersDemand) {
  Start(InsurersMediation());
  ASSERT_TRUE(EnterShare(kInsurerName, domain::DebtorKind::kInsurer, 7'000).ok());
  story_.Issue(kInsurerName);
  ASSERT_TRUE(story_.Amend(PudongCase()).ok());
  EXPECT_THAT(DemandsOf(story_),
              UnorderedElementsAre(absl::StrCat(kInsurerName, " 6800.00 ISSUED"),
                                   absl::StrCat(kTaxiCompany, " 38000.00 DRAFT")));
  EXPECT_THAT(story_.OpenBreaks(), IsEmpty());
}

TEST_F(InquiriesTest, TheCoverThatTheCaseTellsRaisesTheInsurersDemand) {
  Start(InsurersMediation());
  ASSERT_TRUE(EnterShare(kInsurerName, domain::DebtorKind::kInsurer, 1'000).ok());
  story_.Issue(kInsurerName);
  story_.Pay(kInsurerName, Yuan("4480"));
  ASSERT_TRUE(story_.Amend(PudongCase()).ok());
  EXPECT_THAT(DemandsOf(story_),
              UnorderedElementsAre(absl::StrCat(kInsurerName, " 4480.00 PAID"),
                                   absl::StrCat(kInsurerName, " 2320.00 DRAFT"),
                                   absl::StrCat(kTaxiCompany, " 38000.00 DRAFT")));
  EXPECT_THAT(story_.OpenBreaks(), IsEmpty());
}

// What the case tells anew, and does not compute, a person lays beside the shares.
TEST_F(InquiriesTest, ACorrectionThatTellsNoAmountIsToldWhereSharesAreIssued) {
  Start(SharelessMediation());
  ASSERT_TRUE(EnterShare(kDriver, domain::DebtorKind::kPerson).ok());
  story_.Issue(kDriver);
  domain::CourtCase corrected = SharelessMediation();
  corrected.cause = "健康权纠纷";
  ASSERT_TRUE(story_.Amend(corrected).ok());
  EXPECT_THAT(DemandsOf(story_), ElementsAre(absl::StrCat(kDriver, " 31360.00 ISSUED")));
  EXPECT_THAT(story_.OpenBreaks(), ElementsAre(HasSubstr("CASE_CHANGED")));
}

TEST_F(InquiriesTest, ADemandsLetterIsNoInquiry) {
  Start(PudongCase());
  story_.Issue(kTaxiCompany);
  EXPECT_EQ(WhyNot(End(story_.Letters().front(), domain::InquiryCommand::kAnswer).status()),
            "只有核查函可以登记答复或者撤回");
}

}  // namespace
}  // namespace recoup::testing
