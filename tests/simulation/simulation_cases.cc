// What hospitals, funds, insurers and mediators do in the simulation.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/app/demand_answers.h"
#include "hub/app/demands.h"
#include "hub/app/flag_admission.h"
#include "hub/app/mediation.h"
#include "hub/app/payments.h"
#include "hub/app/report_settlement.h"
#include "tests/app/payment_story.h"
#include "tests/simulation/simulation.h"

namespace recoup::testing {

std::int64_t Simulation::transfers_by(const std::string& kind) const {
  const auto found = moved_.find(kind);
  return found == moved_.end() ? 0 : found->second;
}

std::string Simulation::Visit(Words& w) const {
  return absl::StrCat("V", static_cast<std::uint64_t>(settlements_) / 10 + w.Below(30));
}

void Simulation::Flag() {
  Do("flag", hospital_, [this](UnitOfWork& work, Words w) -> absl::Status {
    const std::string visit = Visit(w);
    if (w.Chance(25)) {
      return app::ClearFlagOf({pool_, {std::nullopt, visit}, work.now(), "非外伤"}, work).status();
    }
    app::FlagAdmission command;
    command.pool = pool_;
    command.flag.pool = pool_;
    command.flag.visit_id = visit;
    command.flag.admitted_time = kAdmitted;
    command.flagged_time = work.now();
    if (w.Chance(50)) return app::FlagAdmissionOf(command, work).status();
    app::AmendFlag amend;
    amend.pool = pool_;
    amend.flag.visit_id = visit;
    amend.state = domain::FlagState::kConfirmed;
    amend.changed_time = work.now();
    amend.reason = "复核";
    return app::AmendFlagOf(amend, work).status();
  });
}

void Simulation::Settle() {
  const int number = random_.Next() % 10 == 0 && settlements_ > 0 ? settlements_ - 1 : settlements_;
  std::optional<domain::AdvanceId> added;
  const bool ok = Do("settle", hospital_, [&](UnitOfWork& work, Words w) -> absl::Status {
    app::ReportSettlement command;
    command.pool = pool_;
    domain::Advance& s = command.settlement;
    s.visit_id = Visit(w);
    s.settlement_id = absl::StrCat("S", number);
    s.settled_time = kAdmitted;
    s.amount = Money::Fen(static_cast<std::int64_t>(w.Below(1'000'000)));
    s.total = s.amount;
    const auto answer = app::ReportSettlementOf(command, work);
    if (answer.ok()) added = answer->advance.id;
    return answer.status();
  });
  if (!ok || number != settlements_) return;
  ++settlements_;
  advances_.push_back(*added);
  if (advances_.size() > 40) advances_.erase(advances_.begin());
}

void Simulation::Reverse() {
  if (settlements_ == 0) return;
  Do("reverse", hospital_, [this](UnitOfWork& work, Words w) -> absl::Status {
    const auto recent = static_cast<std::uint64_t>(std::min(settlements_, 60));
    const int number = settlements_ - 1 - static_cast<int>(w.Below(recent));
    return app::ReverseSettlementOf(
               {pool_, absl::StrCat("S", number), absl::StrCat("R", number), work.now(), "冲正"},
               work)
        .status();
  });
}

void Simulation::DraftDemand() {
  if (advances_.empty() || live_.size() >= kLiveDemandsMax) return;
  std::optional<domain::DemandId> drafted;
  const int number = ++demands_;
  const bool ok = Do("draft", fund_, [&](UnitOfWork& work, Words w) -> absl::Status {
    domain::Recovery recovery;
    recovery.id = work.NewId<domain::RecoveryId>();
    recovery.pool = pool_;
    Demand demand;
    demand.id = work.NewId<domain::DemandId>();
    demand.pool = pool_;
    demand.recovery = recovery.id;
    demand.debtor_name = kInsurer;
    demand.debtor_party = insurer_.party;
    demand.reference = ReferenceOf(absl::StrCat("S", number));
    const std::uint64_t lines = 1 + w.Below(3);
    for (std::uint64_t i = 0; i < lines; ++i) {
      const domain::AdvanceId id = w.Pick(advances_);
      RECOUP_ASSIGN_OR_RETURN(const domain::Advance* advance,
                              work.Find<domain::Advance>(pool_.value, id.value));
      const bool twice = std::find(recovery.advances.begin(), recovery.advances.end(), id) !=
                         recovery.advances.end();
      if (twice || advance->state != domain::AdvanceState::kOpen) continue;
      const Money free = advance->stages.at(domain::Stage::kAdvanced);
      if (!free.is_positive()) continue;
      const Money amount = w.Part(free);
      recovery.advances.push_back(id);
      domain::DemandLine& line = demand.lines.emplace_back();
      line.advance = id;
      line.amount = amount;
      demand.amount += amount;
    }
    if (demand.lines.empty()) return app::NotFound("nothing to claim");
    domain::Debtor debtor;
    debtor.name = kInsurer;
    debtor.party = insurer_.party;
    debtor.amount = demand.amount;
    recovery.debtors.push_back(debtor);
    recovery.demands.push_back(demand.id);
    work.Put(recovery);
    work.Put(demand);
    drafted = demand.id;
    return absl::OkStatus();
  });
  if (ok) live_.push_back(*drafted);
}

void Simulation::OnDemand(
    const std::string& kind, const app::Caller& caller,
    std::function<absl::Status(UnitOfWork&, Words&, const Demand&)> use_case) {
  if (live_.empty()) return;
  const domain::DemandId id = live_[random_.Next() % live_.size()];
  bool withdrawn = false;
  bool draft = false;
  bool paid = false;
  Do(kind, caller, [&, use_case](UnitOfWork& work, Words w) -> absl::Status {
    RECOUP_ASSIGN_OR_RETURN(const Demand demand, work.Get<Demand>(pool_.value, id.value));
    draft = demand.state == domain::DemandState::kDraft;
    paid = demand.state == domain::DemandState::kPaid;
    RECOUP_RETURN_IF_ERROR(use_case(work, w, demand));
    RECOUP_ASSIGN_OR_RETURN(const Demand now, work.Get<Demand>(pool_.value, id.value));
    withdrawn = now.state == domain::DemandState::kWithdrawn;
    return absl::OkStatus();
  });
  // Paid ones leave now and then; until then returns and second payments find them.
  if (withdrawn || (paid && random_.Next() % 5 == 0) || (draft && random_.Next() % 60 == 0)) {
    std::erase(live_, id);
  }
}

void Simulation::Issue() {
  OnDemand("issue", fund_, [this](UnitOfWork& work, Words& w, const Demand& demand) {
    std::optional<absl::CivilDay> due;
    if (w.Chance(50)) due = work.today() + static_cast<std::int64_t>(w.Below(3));
    return app::IssueDemandOf({pool_, demand.id, "", due}, work).status();
  });
}

void Simulation::Withdraw() {
  OnDemand("withdraw", fund_, [this](UnitOfWork& work, Words&, const Demand& demand) {
    return app::WithdrawDemandOf({pool_, demand.id, "", "重新核算"}, work).status();
  });
}

void Simulation::Relinquish() {
  OnDemand("relinquish", fund_, [this](UnitOfWork& work, Words& w, const Demand& demand) {
    if (!demand.open().is_positive()) return app::NotFound("nothing is open");
    return app::WriteOffOpen(work, pool_, demand.id, w.Part(demand.open()), "协商减免");
  });
}

void Simulation::AnswerDemand() {
  OnDemand("answer", insurer_, [this](UnitOfWork& work, Words& w, const Demand& demand) {
    if (w.Chance(20)) {
      return app::AcknowledgeDemandOf({pool_, demand.id, "", work.now(), "C1"}, work).status();
    }
    if (w.Chance(60)) {
      app::AcceptDemand accept{pool_, demand.id, "", work.now(), std::nullopt, ""};
      if (w.Chance(50) && demand.open().is_positive()) accept.amount = w.Part(demand.open());
      return app::AcceptDemandOf(accept, work).status();
    }
    app::DisputeDemand dispute;
    dispute.pool = pool_;
    dispute.demand = demand.id;
    dispute.happened = work.now();
    dispute.text = "非本次事故";
    const domain::DemandLine& line = w.Pick(demand.lines);
    dispute.parts.push_back({.advance = line.advance,
                             .amount = w.Part(line.amount),
                             .ground = domain::DisputeReason::kOther,
                             .text = "无关用药"});
    return app::DisputeDemandOf(dispute, work).status();
  });
}

void Simulation::Mediate() {
  if (mediations_.empty() || random_.Next() % 3 == 0) {
    OnDemand("mediate", fund_, [this](UnitOfWork& work, Words&, const Demand& demand) {
      const auto opened = app::OpenMediationOf(
          {pool_, {demand.id}, domain::PartyId{"mediator/pudong"}, work.now(), {}}, work);
      if (opened.ok()) opened_ = opened->id;
      return opened.status();
    });
    if (opened_) mediations_.push_back(*opened_);
    opened_.reset();
    if (mediations_.size() > 8) mediations_.erase(mediations_.begin());
    return;
  }
  const domain::MediationId id = mediations_[random_.Next() % mediations_.size()];
  const bool by_insurer = random_.Next() % 2 == 0;
  Do("negotiate", by_insurer ? insurer_ : fund_,
     [this, id, by_insurer](UnitOfWork& work, Words w) -> absl::Status {
       RECOUP_ASSIGN_OR_RETURN(domain::Mediation mediation,
                               work.Get<domain::Mediation>(pool_.value, id.value));
       if (mediation.state == domain::MediationState::kPendingApproval) {
         return app::NotFound("it waits for its approval");
       }
       if (!by_insurer && w.Chance(15))
         return app::FailMediationOf({pool_, id, "未达成一致", work.now()}, work).status();
       RECOUP_ASSIGN_OR_RETURN(const Demand demand,
                               work.Get<Demand>(pool_.value, mediation.demands[0].value));
       if (!demand.open().is_positive()) return app::NotFound("nothing is open");
       domain::AgreedDemand term;
       term.demand = demand.id;
       term.agreed = w.Part(demand.open());
       term.relinquished = demand.open() - term.agreed;
       if (w.Chance(30) && term.agreed.fen() > 1) {
         const Money first = Money::Fen(term.agreed.fen() / 2);
         term.instalments = {{work.today() + 1, first, Money()},
                             {work.today() + 30, term.agreed - first, Money()}};
       }
       if (by_insurer || mediation.offers.empty() || w.Chance(20)) {
         app::MakeOffer offer{pool_, id, {}};
         offer.offer.offered_time = work.now();
         offer.offer.terms = {term};
         return app::MakeOfferOf(offer, work).status();
       }
       // What somebody has offered; often not the insurer's last word, or no longer what is open.
       if (!w.Chance(10)) term = mediation.offers.back().terms[0];
       return app::AgreeMediationOf({pool_, id, {term}, "协商一致", work.today(), std::nullopt},
                                    work)
           .status();
     });
}

}  // namespace recoup::testing
