#include "hub/app/case_links.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/recoveries.h"
#include "hub/app/share_limits.h"
#include "hub/app/timeline.h"
#include "hub/base/check.h"
#include "hub/base/status.h"
#include "hub/domain/case_number.h"
#include "hub/domain/case_succession.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::CourtCase;
using domain::CourtCaseCommand;
using domain::CourtCaseState;
using domain::EarlierCase;
using domain::LookupKind;
using domain::Recovery;
using domain::Succession;

bool IsSame(const domain::Person& a, const domain::Person& b) {
  if (!a.id_token.empty() && !b.id_token.empty()) return a.id_token == b.id_token;
  return !a.name_token.empty() && a.name_token == b.name_token;
}

bool ShareInjured(const CourtCase& a, const CourtCase& b) {
  return std::any_of(a.injured.begin(), a.injured.end(), [&](const domain::Person& one) {
    return std::any_of(b.injured.begin(), b.injured.end(),
                       [&](const domain::Person& other) { return IsSame(one, other); });
  });
}

// Rulings often name no injured person; two documents that name different ones are no one dispute.
bool Contradict(const CourtCase& a, const CourtCase& b) {
  return !a.injured.empty() && !b.injured.empty() && !ShareInjured(a, b);
}

absl::StatusOr<domain::PartyId> CourtNamed(UnitOfWork& work, const std::string& name) {
  if (name.empty()) return domain::PartyId();
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<domain::Party> party,
      work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfAlias, domain::Key({name})));
  if (!party || party->party.kind() != domain::PartyKind::kCourt) return domain::PartyId();
  return party->party;
}

bool Names(const CourtCase& later, const CourtCase& earlier) {
  return std::any_of(
      later.earlier_cases.begin(), later.earlier_cases.end(), [&](const EarlierCase& named) {
        return named.case_number_token == earlier.case_number_token &&
               (named.court_name.empty() || earlier.court_name.empty() ||
                named.court_name == earlier.court_name || ShareInjured(later, earlier));
      });
}

class EarlierInForce {
 public:
  explicit EarlierInForce(const CourtCase& later) : later_(later) {}

  absl::Status Find(UnitOfWork& work) {
    for (const EarlierCase& named : later_.earlier_cases) {
      RECOUP_RETURN_IF_ERROR(FindNamed(work, named));
      // Another decision about the same earlier one: a retrial may name only the first instance.
      RECOUP_ASSIGN_OR_RETURN(const std::vector<CourtCase> siblings,
                              work.FindAllBy<CourtCase>(LookupKind::kCourtCaseOfEarlierNumber,
                                                        domain::Key({named.case_number_token})));
      for (const CourtCase& sibling : siblings) {
        if (sibling.closed_on < later_.closed_on) Add(sibling);
      }
    }
    return absl::OkStatus();
  }
  std::map<domain::CourtCaseId, CourtCase> Take() { return std::move(found_); }

 private:
  absl::Status FindNamed(UnitOfWork& work, const EarlierCase& named) {
    RECOUP_ASSIGN_OR_RETURN(const domain::PartyId court, CourtNamed(work, named.court_name));
    if (!court.empty()) {
      RECOUP_ASSIGN_OR_RETURN(
          const std::optional<CourtCase> of_court,
          work.FindBy<CourtCase>(domain::UniqueKeyKind::kCourtCaseOfNumber,
                                 domain::Key({court.value, named.case_number_token})));
      if (of_court) Add(*of_court);
      return absl::OkStatus();
    }
    RECOUP_ASSIGN_OR_RETURN(const std::vector<CourtCase> of_number,
                            work.FindAllBy<CourtCase>(LookupKind::kCourtCaseOfCaseNumber,
                                                      domain::Key({named.case_number_token})));
    for (const CourtCase& one : of_number) {
      if (ShareInjured(one, later_)) Add(one);
    }
    return absl::OkStatus();
  }

  // Nothing that was decided afterwards is earlier, whatever a text seems to say.
  void Add(const CourtCase& one) {
    if (one.id == later_.id || one.closed_on > later_.closed_on || Contradict(one, later_)) return;
    found_.emplace(one.id, one);
  }

  const CourtCase& later_;
  std::map<domain::CourtCaseId, CourtCase> found_;
};

std::string Called(const CourtCase& court_case) {
  return absl::StrCat(court_case.court_name, domain::WithNumberSign(court_case.case_number),
                      court_case.outcome ? std::string(ChineseName(*court_case.outcome))
                                         : std::string(ChineseName(court_case.document_type)));
}

absl::Status Supersede(UnitOfWork& work, CourtCase& earlier, const CourtCase& later) {
  RECOUP_ASSIGN_OR_RETURN(earlier.state, domain::Next(earlier.state, CourtCaseCommand::kSupersede));
  earlier.superseded_by = later.id;
  earlier.superseded_by_court = later.court;
  work.Put(earlier);
  return SupersedeLeads(work, earlier);
}

// What was paid under the earlier decision was paid.
void KeepPerformances(const CourtCase& earlier, CourtCase& later) {
  later.performances.insert(later.performances.begin(), earlier.performances.begin(),
                            earlier.performances.end());
  later.withdrawn_performances.insert(later.withdrawn_performances.begin(),
                                      earlier.withdrawn_performances.begin(),
                                      earlier.withdrawn_performances.end());
}

absl::Status Note(UnitOfWork& work, const CourtCase& earlier, const std::string& text,
                  bool ask_person) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<Recovery> recoveries, RecoveriesOf(work, earlier));
  for (Recovery& recovery : recoveries) {
    AddTimeline(work, recovery, About(domain::TimelineKind::kCaseChanged, earlier), work.now(),
                text);
    if (ask_person) RECOUP_RETURN_IF_ERROR(AskPerson(work, recovery, text));
    work.Put(recovery);
  }
  return absl::OkStatus();
}

absl::Status Succeed(UnitOfWork& work, CourtCase& earlier, CourtCase& later) {
  const std::string called = Called(later);
  switch (domain::SuccessionOf(later.document_type, later.outcome)) {
    case Succession::kReplaces:
    case Succession::kFallsAway:
      RECOUP_RETURN_IF_ERROR(Supersede(work, earlier, later));
      KeepPerformances(earlier, later);
      work.Put(later);
      RECOUP_RETURN_IF_ERROR(
          MoveRecoveries(work, earlier, later,
                         absl::StrCat(called, "，替代", earlier.court_name,
                                      domain::WithNumberSign(earlier.case_number))));
      return ShareLimitsOfCase(work, earlier, kAnotherVictim);
    case Succession::kStands:
      later.grade = earlier.grade;
      return Note(work, earlier, absl::StrCat(called, "，原审裁判继续有效，追偿金额不变"), false);
    case Succession::kAsksPerson:
      return TellOfCorrection(work, earlier, later);
  }
  RECOUP_CHECK(false);
}

// The decision about this case that is already known and took its place, if any.
absl::StatusOr<std::optional<CourtCase>> KnownSuccessor(UnitOfWork& work,
                                                        const CourtCase& court_case) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<CourtCase> later,
                          work.FindAllBy<CourtCase>(LookupKind::kCourtCaseOfEarlierNumber,
                                                    domain::Key({court_case.case_number_token})));
  for (const CourtCase& one : later) {
    if (one.id == court_case.id || one.closed_on < court_case.closed_on ||
        Contradict(one, court_case) || !Names(one, court_case)) {
      continue;
    }
    const Succession succession = domain::SuccessionOf(one.document_type, one.outcome);
    if (succession == Succession::kReplaces || succession == Succession::kFallsAway) return one;
    // It upheld a case nobody knew, and speaks for the dispute since.
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Recovery> recoveries, RecoveriesOf(work, one));
    if (!recoveries.empty()) return one;
  }
  return std::nullopt;
}

// Which of the later case's injured persons the lead is about; documents list them in any order.
void MoveLead(const CourtCase& before, const CourtCase& after, domain::Lead& lead) {
  lead.court = after.court;
  lead.court_case = after.id;
  lead.case_number = after.case_number;
  const auto index = static_cast<std::size_t>(lead.person_index);
  if (index >= before.injured.size()) return;
  for (std::size_t i = 0; i < after.injured.size(); ++i) {
    if (!IsSame(before.injured[index], after.injured[i])) continue;
    lead.person_index = static_cast<std::int32_t>(i);
    lead.person_name = after.injured[i].name;
  }
}

}  // namespace

absl::StatusOr<std::vector<Recovery>> RecoveriesOf(UnitOfWork& work, const CourtCase& court_case) {
  return work.FindAllBy<Recovery>(LookupKind::kRecoveryOfCourtCase,
                                  domain::Key({court_case.id.value.ToBytes()}));
}

absl::Status SupersedeLeads(UnitOfWork& work, const CourtCase& court_case) {
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<domain::Lead> leads,
      work.FindAllBy<domain::Lead>(LookupKind::kLeadOfCourtCase,
                                   domain::Key({court_case.id.value.ToBytes()})));
  for (domain::Lead& lead : leads) {
    if (lead.state != domain::LeadState::kReview) continue;
    RECOUP_ASSIGN_OR_RETURN(lead.state, domain::Next(lead.state, domain::LeadCommand::kSupersede));
    work.Put(lead);
  }
  return absl::OkStatus();
}

absl::Status Follow(UnitOfWork& work, Recovery& recovery, const CourtCase& court_case,
                    const std::string& reason) {
  std::string person = recovery.injured.name;
  if (recovery.lead) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Lead* lead,
                            work.Find<domain::Lead>(recovery.pool.value, recovery.lead->value));
    if (lead != nullptr) person = lead->person_name;
  }
  RECOUP_RETURN_IF_ERROR(FollowCase(work, recovery, court_case, person, {.reason = reason}));
  work.Put(recovery);
  return absl::OkStatus();
}

absl::Status MoveRecoveries(UnitOfWork& work, const CourtCase& before, const CourtCase& after,
                            const std::string& reason) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<Recovery> recoveries, RecoveriesOf(work, before));
  for (Recovery& recovery : recoveries) {
    recovery.court = after.court;
    recovery.court_case = after.id;
    recovery.basis = after.basis;
    if (after.accident_on) recovery.accident_on = after.accident_on;
    recovery.case_number = after.case_number;  // A retrial has one of its own.
    if (recovery.lead) {
      RECOUP_ASSIGN_OR_RETURN(domain::Lead lead,
                              work.Get<domain::Lead>(recovery.pool.value, recovery.lead->value));
      MoveLead(before, after, lead);
      work.Put(lead);
    }
    work.Put(recovery);
    // Without consent the fund is told nothing further.
    if (after.state != CourtCaseState::kNotified) continue;
    AddTimeline(work, recovery, About(domain::TimelineKind::kCaseChanged, after), work.now(),
                reason);
    RECOUP_RETURN_IF_ERROR(Follow(work, recovery, after, reason));
  }
  return absl::OkStatus();
}

absl::Status TellOfCorrection(UnitOfWork& work, const CourtCase& corrected,
                              const CourtCase& ruling) {
  return Note(
      work, corrected,
      absl::StrCat(Called(ruling), "，文书不足以重新计算；法院更正要素前，请经办人员核对追偿金额"),
      true);
}

absl::Status SucceedEarlierCases(UnitOfWork& work, CourtCase& court_case) {
  if (court_case.state != CourtCaseState::kNotified) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const std::optional<CourtCase> successor,
                          KnownSuccessor(work, court_case));
  if (successor) return Supersede(work, court_case, *successor);
  EarlierInForce earlier(court_case);
  RECOUP_RETURN_IF_ERROR(earlier.Find(work));
  for (auto& [id, one] : earlier.Take()) {
    RECOUP_RETURN_IF_ERROR(Succeed(work, one, court_case));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> SpeaksForDispute(UnitOfWork& work, const CourtCase& court_case) {
  if (court_case.earlier_cases.empty()) return true;
  switch (domain::SuccessionOf(court_case.document_type, court_case.outcome)) {
    case Succession::kReplaces:
      return true;
    case Succession::kFallsAway:
    case Succession::kAsksPerson:
      return false;
    case Succession::kStands:
      break;
  }
  if (court_case.document_type == domain::DocumentType::kRuling) return false;
  EarlierInForce earlier(court_case);
  RECOUP_RETURN_IF_ERROR(earlier.Find(work));
  return earlier.Take().empty();
}

}  // namespace recoup::app
