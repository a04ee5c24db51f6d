// A mediation as funds and insurers read it.
#include "adapters/common/mediation_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "google/protobuf/descriptor.h"

namespace recoup::adapters {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::Mediation Effective() {
  v1::Mediation mediation;
  mediation.set_name("pools/310115-310/mediations/m");
  mediation.set_state(v1::MEDIATION_STATE_EFFECTIVE);
  mediation.set_mediator("parties/mediator/pudong");
  mediation.add_demands("pools/310115-310/demands/a");
  mediation.mutable_opened_time()->set_seconds(1'773'972'000);  // 2026-03-20 10:00 in China.
  v1::MediationAgreement& agreement = *mediation.mutable_agreement();
  agreement.set_agreed_on("2026-03-21");
  agreement.set_reason("经济困难");
  agreement.set_approval("pools/310115-310/approvals/p");
  agreement.mutable_protocol()->set_number("浦调〔2026〕31号");
  agreement.mutable_protocol()->set_debtor_signatory("孙立");
  v1::MediationTerm& term = *agreement.add_terms();
  term.set_demand("pools/310115-310/demands/a");
  term.set_amount_fen(600'000);
  term.set_relinquished_fen(200'000);
  for (const char* day : {"2026-04-30", "2026-05-31"}) {
    v1::Instalment& instalment = *term.add_instalments();
    instalment.set_due_on(day);
    instalment.set_amount_fen(300'000);
  }
  v1::JudicialConfirmation& ruling = *mediation.mutable_judicial_confirmation();
  ruling.set_case_number("(2026)沪0115诉前调确12号");
  ruling.set_court_name("上海市浦东新区人民法院");
  ruling.set_decided_on("2026-04-02");
  ruling.set_confirmed(true);
  return mediation;
}

TEST(MediationReportTest, TheAgreementStandsThereWithAllThatBelongsToIt) {
  const std::string text = MediationForPeople(Effective());
  for (const char* words :
       {"状态    协议已生效", "开启    2026-03-20", "追偿函  pools/310115-310/demands/a",
        "协议  2026-03-21，协议书 浦调〔2026〕31号（孙立 签字），审批 pools/310115-310/approvals/p",
        "理由  经济困难", "6,000.00", "2,000.00", "2026-04-30 3,000.00，2026-05-31 3,000.00",
        "司法确认  已确认，2026-04-02，上海市浦东新区人民法院，(2026)沪0115诉前调确12号"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
}

TEST(MediationReportTest, ARefusedConfirmationAndAFailureSaySo) {
  v1::Mediation mediation = Effective();
  mediation.mutable_judicial_confirmation()->set_confirmed(false);
  EXPECT_THAT(MediationForPeople(mediation), HasSubstr("司法确认  不予确认，2026-04-02"));
  mediation.clear_agreement();
  mediation.clear_judicial_confirmation();
  mediation.set_failure_reason("双方差距过大");
  const std::string text = MediationForPeople(mediation);
  EXPECT_THAT(text, HasSubstr("调解不成  双方差距过大"));
  EXPECT_THAT(text, Not(HasSubstr("协议  ")));
  EXPECT_THAT(text, Not(HasSubstr("司法确认")));
}

TEST(MediationReportTest, EveryStateHasAWord) {
  const auto* states = v1::MediationState_descriptor();
  for (int i = 1; i < states->value_count(); ++i) {
    const auto state = static_cast<v1::MediationState>(states->value(i)->number());
    EXPECT_NE(InChinese(state), "其他") << states->value(i)->name();
  }
}

}  // namespace
}  // namespace recoup::adapters
