// A demand in mediation: opened, offered, agreed by whom, failed.
#ifndef RECOUP_TESTS_APP_MEDIATION_STORY_H_
#define RECOUP_TESTS_APP_MEDIATION_STORY_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/app/mediation.h"
#include "tests/app/debtor_story.h"

namespace recoup::testing {

inline const absl::CivilDay kMediationDay(2026, 3, 20);

struct MediationStory : DebtorStory {
  absl::StatusOr<domain::Mediation> Open(const app::Caller& caller,
                                         std::vector<domain::DemandId> demands,
                                         domain::PartyId body = {}) {
    return Run(caller, [&](app::UnitOfWork& work) {
      return app::OpenMediationOf({.pool = pool,
                                   .demands = demands,
                                   .mediator = body,
                                   .opened_time = work.now(),
                                   .panel = {{"何静", "首席调解员"}, {"马连", "调解员"}}},
                                  work);
    });
  }
  absl::StatusOr<domain::Mediation> Offer(const app::Caller& caller,
                                          const domain::Mediation& mediation,
                                          std::vector<domain::AgreedDemand> terms) {
    return Run(caller, [&](app::UnitOfWork& work) {
      domain::Offer offer;
      offer.offered_time = work.now();
      offer.terms = terms;
      return app::MakeOfferOf({.pool = pool, .mediation = mediation.id, .offer = offer}, work);
    });
  }
  // An officer of the fund records what the insurer has offered; the mediation body what its
  // protocol proves.
  absl::StatusOr<domain::Mediation> Agree(const domain::Mediation& mediation,
                                          std::vector<domain::AgreedDemand> terms,
                                          std::string reason = "责任比例有争议") {
    return AgreeAs(fund, mediation, std::move(terms), std::nullopt, std::move(reason));
  }
  absl::StatusOr<domain::Mediation> AgreeByProtocol(const domain::Mediation& mediation,
                                                    std::vector<domain::AgreedDemand> terms) {
    return AgreeAs(
        mediator, mediation, std::move(terms),
        domain::MediationProtocol{
            .number = "浦调〔2026〕31号", .debtor_signatory = "孙立", .document_sha256 = ""});
  }
  absl::StatusOr<domain::Mediation> AgreeAs(const app::Caller& caller,
                                            const domain::Mediation& mediation,
                                            std::vector<domain::AgreedDemand> terms,
                                            std::optional<domain::MediationProtocol> protocol,
                                            std::string reason = "责任比例有争议") {
    return Run(caller, [&](app::UnitOfWork& work) {
      return app::AgreeMediationOf({.pool = pool,
                                    .mediation = mediation.id,
                                    .terms = terms,
                                    .reason = reason,
                                    .agreed_on = kMediationDay,
                                    .protocol = protocol},
                                   work);
    });
  }
  // An opened mediation in which both sides offer these terms.
  domain::Mediation Offered(const std::vector<domain::AgreedDemand>& terms,
                            const std::vector<domain::DemandId>& demands) {
    const auto opened = Open(mediator, demands);
    EXPECT_TRUE(opened.ok()) << opened.status();
    EXPECT_TRUE(Offer(fund, *opened, terms).ok());
    EXPECT_TRUE(Offer(insurer, *opened, terms).ok());
    return *opened;
  }
  domain::Approval Waiting() {
    for (const domain::Approval& approval : All<domain::Approval>(pool.value)) {
      if (approval.state == domain::ApprovalState::kPending) return approval;
    }
    ADD_FAILURE() << "nothing waits for approval";
    return {};
  }
  absl::StatusOr<domain::Mediation> Fail(const domain::Mediation& mediation) {
    return Run(mediator, [&](app::UnitOfWork& work) {
      return app::FailMediationOf({.pool = pool,
                                   .mediation = mediation.id,
                                   .reason = "双方差距过大",
                                   .failed_time = work.now()},
                                  work);
    });
  }
  template <typename Decision>
  absl::Status Decide(const domain::Mediation& mediation, Decision decision) {
    return Run(other_officer, [&](app::UnitOfWork& work) -> absl::Status {
      RECOUP_ASSIGN_OR_RETURN(domain::Mediation stored,
                              work.Get<domain::Mediation>(pool.value, mediation.id.value));
      return decision(work, stored);
    });
  }
  // Money arrives for the only line of a demand in mediation.
  absl::Status Pay(const domain::Demand& demand, std::int64_t fen) {
    return Run(fund, [&](app::UnitOfWork& work) -> absl::Status {
      RECOUP_ASSIGN_OR_RETURN(app::LoadedDemand loaded, app::LoadDemand(work, pool, demand.id));
      const auto entry = work.NewId<domain::StatementEntryId>();
      ledger::Postings postings;
      ledger::Receive(entry, Fen(fen), postings);
      RECOUP_RETURN_IF_ERROR(ledger::Apply(loaded.advances[0], loaded.demand.lines[0], demand.id,
                                           domain::Stage::kMediating, entry, Fen(fen), postings));
      RECOUP_RETURN_IF_ERROR(
          app::PostMovement(work, pool, postings, loaded.advance_pointers(), {&loaded.demand}));
      app::StoreDemand(work, loaded);
      return absl::OkStatus();
    });
  }
  domain::Mediation Stored(const domain::Mediation& mediation) {
    return Get<domain::Mediation>(pool.value, mediation.id.value);
  }
  using DebtorStory::Stored;
};

inline domain::AgreedDemand Term(const domain::Demand& demand, std::int64_t agreed,
                                 std::int64_t relinquished,
                                 std::vector<domain::Instalment> instalments = {}) {
  return {.demand = demand.id,
          .agreed = Fen(agreed),
          .relinquished = Fen(relinquished),
          .instalments = std::move(instalments),
          .ratio_bp = std::nullopt};
}
inline domain::Instalment Due(absl::CivilDay day, std::int64_t fen) { return {day, Fen(fen), {}}; }

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_APP_MEDIATION_STORY_H_
