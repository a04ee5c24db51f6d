#include "hub/app/limit_group.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/case_links.h"
#include "hub/app/judged_cover.h"
#include "hub/app/revise_demands.h"
#include "hub/base/status.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::CourtCase;
using domain::Demand;
using domain::LimitClaim;
using domain::LookupKind;
using domain::Money;
using domain::Recovery;
using domain::Stage;

bool IsOnLimit(const Recovery& recovery, const Demand& demand, const LimitClaim& claim) {
  if (demand.policy && claim.policy) return demand.policy == claim.policy;
  const auto debtor = static_cast<std::size_t>(demand.debtor_index);
  return demand.debtor_name == claim.insurer && debtor < recovery.debtors.size() &&
         recovery.debtors[debtor].policy_kind == claim.kind;
}

// What the limit loses when the fund is paid so much.
absl::StatusOr<Money> OfLimit(const LimitClaim& claim, Money demanded) {
  if (!claim.fund_loss.is_positive() || claim.fund_loss >= claim.loss) return demanded;
  return demanded.Times({claim.loss.fen(), claim.fund_loss.fen()});
}

bool IsUnder(const domain::Debtor& debtor, const LimitClaim& claim) {
  if (debtor.policy && claim.policy) return debtor.policy == claim.policy;
  return debtor.name == claim.insurer && debtor.policy_kind == claim.kind;
}

// A person took the demand back: the debtor is still listed with an amount, and nothing is asked.
bool IsAbandoned(const LimitMember& member) {
  if (!member.demands.empty()) return false;
  return std::any_of(member.recovery.debtors.begin(), member.recovery.debtors.end(),
                     [&](const domain::Debtor& debtor) {
                       return IsUnder(debtor, member.claim) && debtor.amount.is_positive();
                     });
}

class Gatherer {
 public:
  Gatherer(UnitOfWork& work, const LimitOf& limit) : work_(work) { group_.limit = limit; }

  absl::Status Start(const CourtCase* court_case) {
    if (!group_.limit.insurer.empty()) group_.insurers.insert(group_.limit.insurer);
    if (!group_.limit.party.empty()) {
      RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Party> party,
                              work_.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                                          domain::Key({group_.limit.party.value})));
      if (party) {
        group_.insurers.insert(party->display_name);
        group_.insurers.insert(party->aliases.begin(), party->aliases.end());
      }
    }
    if (court_case != nullptr) {
      AddLiable(*court_case);
      started_from_ = court_case->id;
      const bool in_force = court_case->state != domain::CourtCaseState::kSuperseded &&
                            court_case->state != domain::CourtCaseState::kWithdrawn;
      RECOUP_ASSIGN_OR_RETURN(const bool speaks, Speaks(*court_case));
      if (in_force && speaks) group_.cases.emplace(court_case->id, *court_case);
      RECOUP_RETURN_IF_ERROR(AddRecoveriesOf(court_case->id));
    }
    return absl::OkStatus();
  }

  // Until nothing more belongs to it.
  absl::StatusOr<LimitGroup> Finish() {
    std::size_t size = 0;
    do {
      size = group_.cases.size() + found_.size();
      RECOUP_RETURN_IF_ERROR(AddRecoveriesOfPolicy());
      RECOUP_RETURN_IF_ERROR(AddCasesOfAccident());
    } while (size != group_.cases.size() + found_.size());
    for (const auto& [id, recovery] : found_) {
      const LimitClaim* claim = ClaimOn(recovery);
      if (claim == nullptr) continue;
      const auto court_case =
          recovery.court_case ? group_.cases.find(*recovery.court_case) : group_.cases.end();
      const bool judged = court_case != group_.cases.end() &&
                          court_case->second.state == domain::CourtCaseState::kNotified;
      const bool agreed = !recovery.court_case && recovery.rests_on_shares();
      RECOUP_ASSIGN_OR_RETURN(LimitMember member,
                              MemberOf(work_, recovery, *claim, judged || agreed));
      group_.members.push_back(std::move(member));
    }
    return std::move(group_);
  }

 private:
  const LimitClaim* ClaimOn(const Recovery& recovery) const {
    for (const LimitClaim& claim : recovery.limit_claims) {
      if (claim.kind != group_.limit.kind || claim.accident_on != group_.limit.accident_on) {
        continue;
      }
      if (claim.policy && group_.limit.policy) {
        if (claim.policy == group_.limit.policy) return &claim;
      } else if (group_.insurers.contains(claim.insurer)) {
        return &claim;
      }
    }
    return nullptr;
  }

  void AddLiable(const CourtCase& court_case) {
    for (const domain::LiabilityShare& share : court_case.liability) liable_.insert(share.party);
  }

  absl::Status Add(const Recovery& recovery) {
    const LimitClaim* claim = ClaimOn(recovery);
    if (claim == nullptr || !found_.emplace(recovery.id, recovery).second) return absl::OkStatus();
    group_.insurers.insert(claim->insurer);
    if (group_.limit.insurer.empty()) group_.limit.insurer = claim->insurer;
    if (claim->policy && !group_.limit.policy) {
      group_.limit.policy = claim->policy;
      group_.limit.party = claim->party;
    }
    if (!recovery.court_case || group_.cases.contains(*recovery.court_case)) {
      return absl::OkStatus();
    }
    RECOUP_ASSIGN_OR_RETURN(const CourtCase court_case,
                            work_.Get<CourtCase>(recovery.court.value, recovery.court_case->value));
    if (court_case.state != domain::CourtCaseState::kNotified) return absl::OkStatus();
    AddLiable(court_case);
    group_.cases.emplace(court_case.id, court_case);
    return absl::OkStatus();
  }

  absl::Status AddRecoveriesOf(domain::CourtCaseId court_case) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Recovery> recoveries,
                            work_.FindAllBy<Recovery>(LookupKind::kRecoveryOfCourtCase,
                                                      domain::Key({court_case.value.ToBytes()})));
    for (const Recovery& recovery : recoveries) RECOUP_RETURN_IF_ERROR(Add(recovery));
    return absl::OkStatus();
  }

  absl::Status AddRecoveriesOfPolicy() {
    if (!group_.limit.policy) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(
        const std::vector<Recovery> recoveries,
        work_.FindAllBy<Recovery>(LookupKind::kRecoveryOfPolicy,
                                  domain::Key({group_.limit.policy->value.ToBytes(),
                                               absl::FormatCivilTime(group_.limit.accident_on)})));
    for (const Recovery& recovery : recoveries) RECOUP_RETURN_IF_ERROR(Add(recovery));
    return absl::OkStatus();
  }

  absl::Status AddCasesOfAccident() {
    const std::set<std::string> insurers = group_.insurers;
    for (const std::string& insurer : insurers) {
      RECOUP_ASSIGN_OR_RETURN(
          const std::vector<CourtCase> cases,
          work_.FindAllBy<CourtCase>(
              LookupKind::kCourtCaseOfAccident,
              domain::Key({absl::FormatCivilTime(group_.limit.accident_on), insurer})));
      for (const CourtCase& court_case : cases) {
        const bool known = group_.cases.contains(court_case.id) || court_case.id == started_from_;
        if (known || !NamesCover(court_case, group_.insurers, group_.limit.kind) ||
            !IsOfAccident(court_case)) {
          continue;
        }
        RECOUP_ASSIGN_OR_RETURN(const bool speaks, Speaks(court_case));
        RECOUP_ASSIGN_OR_RETURN(const bool other_vehicle, IsUnderAnotherPolicy(court_case));
        if (!speaks || other_vehicle) continue;
        AddLiable(court_case);
        group_.cases.emplace(court_case.id, court_case);
        RECOUP_RETURN_IF_ERROR(AddRecoveriesOf(court_case.id));
      }
    }
    return absl::OkStatus();
  }

  // A decision that only lets an earlier one stand repeats what that one says of the limit.
  absl::StatusOr<bool> Speaks(const CourtCase& court_case) {
    RECOUP_ASSIGN_OR_RETURN(const bool speaks, SpeaksForDispute(work_, court_case));
    if (speaks) return true;
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Recovery> recoveries,
                            RecoveriesOf(work_, court_case));
    return !recoveries.empty();
  }

  // The insurer may cover two vehicles of one party, each with an accident of that day.
  absl::StatusOr<bool> IsUnderAnotherPolicy(const CourtCase& court_case) {
    if (!group_.limit.policy) return false;
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Recovery> recoveries,
                            RecoveriesOf(work_, court_case));
    for (const Recovery& recovery : recoveries) {
      for (const LimitClaim& claim : recovery.limit_claims) {
        if (claim.policy && claim.policy != group_.limit.policy &&
            claim.kind == group_.limit.kind && group_.insurers.contains(claim.insurer)) {
          return true;
        }
      }
    }
    return false;
  }

  bool IsOfAccident(const CourtCase& court_case) const {
    return std::any_of(court_case.liability.begin(), court_case.liability.end(),
                       [&](const auto& share) { return liable_.contains(share.party); });
  }

  UnitOfWork& work_;
  domain::CourtCaseId started_from_;
  LimitGroup group_;
  std::map<domain::RecoveryId, Recovery> found_;
  std::set<std::string> liable_;
};

}  // namespace

LimitOf LimitOfClaim(const LimitClaim& claim) {
  return {claim.insurer, claim.kind, claim.party, claim.policy, claim.accident_on};
}

domain::LimitClaimant LimitMember::claimant() const {
  return {VictimKey(recovery), follows ? claim.loss : Money(), stands};
}

std::string VictimKey(const Recovery& recovery) {
  return absl::StrCat(recovery.injured.id_token, "|", recovery.injured.name_token, "|",
                      recovery.pool.value, "|", recovery.case_number);
}

absl::StatusOr<LimitMember> MemberOf(UnitOfWork& work, const Recovery& recovery,
                                     const LimitClaim& claim, bool based) {
  LimitMember member{.recovery = recovery,
                     .claim = claim,
                     .demands = {},
                     .follows = false,
                     .stands = {},
                     .asked = {},
                     .open = {}};
  bool settled = recovery.state == domain::RecoveryState::kClosed;
  Money issued;
  Money drafted;
  Money kept;
  Money open;
  for (const domain::DemandId id : recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work.Find<Demand>(recovery.pool.value, id.value));
    if (demand == nullptr || demand->state == domain::DemandState::kWithdrawn ||
        !IsOnLimit(recovery, *demand, claim)) {
      continue;
    }
    member.demands.push_back(*demand);
    if (!demand->is_issued()) {
      drafted += demand->amount;
      continue;
    }
    const bool needs_person = !NeedsPersonToAmend(*demand).empty();
    const Money asked = demand->amount - demand->relinquished();
    issued += asked;
    open += demand->open();
    kept += needs_person ? asked : demand->Sum(Stage::kAgreed) + demand->applied();
    settled = settled || needs_person;
  }
  member.follows = based && !settled && !IsAbandoned(member);
  if (!member.follows) kept = issued;
  // What is as judged, or was agreed before agreed shares were stored, does not move with others'
  // losses.
  const bool fixed = claim.loss.is_zero() && (member.follows || !recovery.court_case);
  if (fixed) kept = issued + drafted;
  RECOUP_ASSIGN_OR_RETURN(member.stands, OfLimit(claim, kept));
  RECOUP_ASSIGN_OR_RETURN(member.asked, OfLimit(claim, issued));
  RECOUP_ASSIGN_OR_RETURN(member.open, OfLimit(claim, open));
  return member;
}

absl::StatusOr<LimitGroup> GroupOf(UnitOfWork& work, const LimitOf& limit,
                                   const CourtCase* court_case) {
  Gatherer gatherer(work, limit);
  RECOUP_RETURN_IF_ERROR(gatherer.Start(court_case));
  return gatherer.Finish();
}

}  // namespace recoup::app
