#include "tests/app/case_change_story.h"

#include "absl/strings/str_cat.h"
#include "hub/app/pass_on.h"
#include "hub/app/reconcile.h"
#include "hub/app/resolve_break.h"
#include "hub/crypto/bytes.h"
#include "tests/app/payment_story.h"

namespace recoup::testing {

CaseChangeStory::CaseChangeStory() {
  domain::Party upper;
  upper.party = upper_court.party;
  upper.display_name = kUpperCourt;
  upper.keys = {{.key_id = court_key().key_id(),
                 .public_key = std::string(crypto::AsView(court_key().verify_key().bytes())),
                 .revoked = false}};
  Register(std::move(upper));
}

void CaseChangeStory::StartPudong() {
  ASSERT_TRUE(Report(*this, PudongSettlement(*this)).ok());
  const auto pushed = Push(*this, Signed(*this, PudongCase(), "first"), true);
  ASSERT_TRUE(pushed.ok()) << pushed.status();
  first = *pushed;
}

domain::CourtCase CaseChangeStory::SecondInstance(domain::CaseOutcome outcome) const {
  domain::CourtCase court_case = PudongCase();
  court_case.case_number = "(2026)沪01民终70007号";
  court_case.court_name = kUpperCourt;
  court_case.instance = domain::Instance::kSecond;
  court_case.closed_on = absl::CivilDay(2026, 3, 15);
  court_case.outcome = outcome;
  domain::EarlierCase earlier;
  earlier.court_name = "浦东新区人民法院";
  earlier.case_number = "（2025）沪0115民初80001号";  // As the other court types it.
  court_case.earlier_cases = {earlier};
  return court_case;
}

absl::StatusOr<app::CourtCaseAnswer> CaseChangeStory::PushUpper(domain::CourtCase court_case,
                                                                bool consent) {
  const app::PushCourtCase command{
      .court_case = Signed(*this, std::move(court_case), absl::StrCat("upper", ++pushes_)),
      .consent = consent};
  return Run(upper_court,
             [command](app::UnitOfWork& work) { return app::PushCourtCaseOf(command, work); });
}

absl::StatusOr<app::CourtCaseAnswer> CaseChangeStory::Amend(domain::CourtCase court_case) {
  app::AmendCourtCase amend{court.party, first.court_case.id, {}, "更正裁定"};
  amend.court_case = Signed(*this, std::move(court_case), absl::StrCat("amended", ++pushes_));
  auto amended =
      Run(court, [&](app::UnitOfWork& work) { return app::AmendCourtCaseOf(amend, work); });
  if (amended.ok()) first = *amended;
  return amended;
}

namespace {

domain::Performance PerformanceOf(const std::string& payer, const std::string& payee,
                                  domain::Money amount, bool complete, absl::CivilDay on) {
  domain::Performance performance;
  performance.reported_on = on;
  performance.debtor = payer;
  performance.payee = payee;
  performance.to_fund = payee.find("医保") != std::string::npos;
  performance.amount = amount;
  performance.complete = complete;
  return performance;
}

}  // namespace

absl::StatusOr<app::CourtCaseAnswer> CaseChangeStory::Perform(const std::string& payer,
                                                              const std::string& payee,
                                                              domain::Money amount, bool complete,
                                                              absl::CivilDay on) {
  const app::ReportPerformance report{court.party, first.court_case.id,
                                      PerformanceOf(payer, payee, amount, complete, on)};
  return Run(court,
             [report](app::UnitOfWork& work) { return app::ReportPerformanceOf(report, work); });
}

absl::StatusOr<app::CourtCaseAnswer> CaseChangeStory::TakeBack(const std::string& payer,
                                                               const std::string& payee,
                                                               domain::Money amount,
                                                               bool complete) {
  const app::WithdrawPerformance command{
      court.party, first.court_case.id,
      PerformanceOf(payer, payee, amount, complete, absl::CivilDay(2026, 3, 18)), "误录他案款项"};
  return Run(court, [command](app::UnitOfWork& work) {
    return app::WithdrawPerformanceOf(command, work);
  });
}

void CaseChangeStory::Issue(const std::string& debtor) {
  app::IssueDemand command;
  command.pool = pool;
  command.demand = DemandTo(*this, debtor).id;
  const auto issued =
      Run(fund, [command](app::UnitOfWork& work) { return app::IssueDemandOf(command, work); });
  ASSERT_TRUE(issued.ok()) << issued.status();
}

void CaseChangeStory::Pay(const std::string& debtor, domain::Money amount) {
  ++statements_;
  const absl::CivilDay day = absl::CivilDay(2026, 3, 16) + statements_;
  const auto statement = StatementOf(pool, absl::StrCat(statements_), balance_, day, day,
                                     {Credit(day, amount, absl::StrCat("B", statements_), debtor,
                                             DemandTo(*this, debtor).reference)});
  balance_ = statement.statement.closing;
  const auto imported =
      Run(fund, [&](app::UnitOfWork& work) { return app::ImportStatementOf(statement, work); });
  ASSERT_TRUE(imported.ok()) << imported.status();
  const auto reconciled = Run(fund, [&](app::UnitOfWork& work) {
    return app::ReconcileOf({.pool = pool, .verify = true}, work);
  });
  ASSERT_TRUE(reconciled.ok()) << reconciled.status();
  ASSERT_EQ(reconciled->applied, amount);
}

void CaseChangeStory::PassOnAll() {
  const auto passed = Run(fund, [&](app::UnitOfWork& work) {
    return app::PassOnOf({.pool = pool,
                          .demands = {},
                          .passed_on = absl::CivilDay(2026, 3, 19),
                          .bank_reference = ""},
                         work);
  });
  ASSERT_TRUE(passed.ok()) << passed.status();
}

absl::Status CaseChangeStory::Resolve(const domain::Break& finding, domain::BreakResolution kind) {
  return Run(fund,
             [&](app::UnitOfWork& work) {
               return app::ResolveBreakOf({.pool = pool,
                                           .finding = finding.id,
                                           .etag = "",
                                           .kind = kind,
                                           .applications = {},
                                           .settlement_batch = {},
                                           .reason = "按生效裁判办理",
                                           .split = {},
                                           .evidence = {}},
                                          work);
             })
      .status();
}

domain::Recovery CaseChangeStory::TheRecovery() {
  const auto all = All<domain::Recovery>(pool.value);
  EXPECT_EQ(all.size(), 1u);
  return all.empty() ? domain::Recovery() : all.front();
}

std::string CaseChangeStory::Timeline() {
  std::string text;
  for (const auto& entry : TheRecovery().timeline) text += entry.text + "\n";
  return text;
}

domain::CourtCase CaseChangeStory::Stored(const domain::CourtCase& court_case) {
  return Get<domain::CourtCase>(court_case.court.value, court_case.id.value);
}

std::vector<std::string> CaseChangeStory::OpenBreaks() {
  std::vector<std::string> open;
  for (const domain::Break& one : All<domain::Break>(pool.value)) {
    if (one.state == domain::BreakState::kResolved) continue;
    open.push_back(absl::StrCat(std::string(ToString(one.kind)), " ", one.amount.ToYuan()));
  }
  return open;
}

domain::Break CaseChangeStory::BreakOf(domain::BreakKind kind) {
  for (const domain::Break& one : All<domain::Break>(pool.value)) {
    if (one.kind == kind && one.state != domain::BreakState::kResolved) return one;
  }
  ADD_FAILURE() << "no such break";
  return {};
}

std::vector<domain::Letter> CaseChangeStory::Letters() { return All<domain::Letter>(pool.value); }

std::vector<std::string> CaseChangeStory::NoticesTo(const domain::PartyId& party) {
  std::vector<std::string> what;
  Read([&](app::RecordReader& reader) {
    const auto notices = reader.view().Notices(party.value, 0, 1000);
    ASSERT_TRUE(notices.ok());
    for (const app::StoredNotice& notice : *notices) what.push_back(notice.what);
  });
  return what;
}

}  // namespace recoup::testing
