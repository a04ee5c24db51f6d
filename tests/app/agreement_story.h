// A pool and an insurer that agree on a flat quota, and demands that fall under it.
#ifndef RECOUP_TESTS_APP_AGREEMENT_STORY_H_
#define RECOUP_TESTS_APP_AGREEMENT_STORY_H_

#include <utility>
#include <vector>

#include "hub/app/agreements.h"
#include "hub/base/status.h"
#include "tests/app/debtor_story.h"

namespace recoup::testing {

struct AgreementStory : DebtorStory {
  using DebtorStory::Stored;

  // 60 % of traffic accidents of 2025 and 2026, up to 1,000.00 yuan.
  domain::AgreementTerms Terms() const {
    domain::AgreementTerms terms;
    terms.third_party_kind = domain::ThirdPartyKind::kTraffic;
    terms.quota_basis_points = 6'000;
    terms.cap = Fen(100'000);
    terms.effective_from = absl::CivilDay(2025, 1, 1);
    terms.effective_until = absl::CivilDay(2026, 12, 31);
    return terms;
  }
  app::CreateAgreement Proposal(const domain::AgreementTerms& terms) const {
    app::CreateAgreement command;
    command.pool = pool;
    command.insurer = insurer.party;
    command.terms = terms;
    command.text = "小额案件按定额分摊";
    return command;
  }
  absl::StatusOr<domain::Agreement> Propose(const app::Caller& caller,
                                            const app::CreateAgreement& command) {
    return Run(caller,
               [&](app::UnitOfWork& work) { return app::CreateAgreementOf(command, work); });
  }
  absl::StatusOr<domain::Agreement> Propose(const app::Caller& caller,
                                            const domain::AgreementTerms& terms) {
    return Propose(caller, Proposal(terms));
  }
  absl::StatusOr<domain::Agreement> Answer(const app::Caller& caller,
                                           const domain::Agreement& agreement,
                                           domain::AgreementAnswer answer) {
    return Run(caller, [&](app::UnitOfWork& work) {
      return app::AnswerAgreementOf(
          {.pool = pool, .agreement = agreement.id, .etag = "", .answer = answer, .text = "已阅"},
          work);
    });
  }
  absl::StatusOr<domain::Agreement> End(const app::Caller& caller,
                                        const domain::Agreement& agreement,
                                        absl::CivilDay last_day) {
    return Run(caller, [&](app::UnitOfWork& work) {
      return app::EndAgreementOf({.pool = pool,
                                  .agreement = agreement.id,
                                  .etag = "",
                                  .last_day = last_day,
                                  .text = "到期不续"},
                                 work);
    });
  }
  // Proposed by the insurer, agreed by two officers.
  absl::StatusOr<domain::Agreement> Conclude(const domain::AgreementTerms& terms) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Agreement proposed, Propose(insurer, terms));
    RECOUP_RETURN_IF_ERROR(Answer(fund, proposed, domain::AgreementAnswer::kAccept).status());
    RECOUP_RETURN_IF_ERROR(DecidePending(other_officer, true).status());
    return Stored(proposed);
  }
  domain::Agreement Stored(const domain::Agreement& agreement) {
    return Get<domain::Agreement>(pool.value, agreement.id.value);
  }

  // A draft of a traffic accident of that day.
  domain::Demand DraftOf(std::vector<std::int64_t> line_fen, absl::CivilDay accident_on,
                         const std::string& debtor_party = "insurer/huaan") {
    return DraftNew(debtor_party, std::move(line_fen), [&](domain::Recovery& recovery) {
      recovery.third_party_kind = domain::ThirdPartyKind::kTraffic;
      recovery.accident_on = accident_on;
    });
  }
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_APP_AGREEMENT_STORY_H_
