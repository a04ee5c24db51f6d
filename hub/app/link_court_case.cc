#include "hub/app/link_court_case.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/case_links.h"
#include "hub/app/judged_apportionment.h"
#include "hub/app/names.h"
#include "hub/app/personal_award.h"
#include "hub/app/recoveries.h"
#include "hub/app/share_limits.h"
#include "hub/app/timeline.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"
#include "hub/domain/identity.h"
#include "hub/domain/records/recovery.h"
#include "hub/domain/records/registry.h"
#include "hub/matching/lead.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::AdvanceState;
using domain::CourtCase;
using domain::Flag;
using domain::Lead;
using domain::LeadState;
using domain::LookupKind;
using domain::Person;
using matching::LeadDecision;

constexpr std::size_t kCandidatesMax = 5;

// Matching knows fewer kinds: what it does not know neither speaks for nor against.
matching::ThirdPartyKind KindFor(domain::ThirdPartyKind kind) {
  switch (kind) {
    case domain::ThirdPartyKind::kTraffic:
      return matching::ThirdPartyKind::kTraffic;
    case domain::ThirdPartyKind::kMedical:
      return matching::ThirdPartyKind::kMedical;
    case domain::ThirdPartyKind::kLabour:
      return matching::ThirdPartyKind::kWork;
    case domain::ThirdPartyKind::kAnimal:
      return matching::ThirdPartyKind::kAnimal;
    case domain::ThirdPartyKind::kPremises:
      return matching::ThirdPartyKind::kPremises;
    case domain::ThirdPartyKind::kAssault:
    case domain::ThirdPartyKind::kProduct:
    case domain::ThirdPartyKind::kSchool:
    case domain::ThirdPartyKind::kFallingObject:
    case domain::ThirdPartyKind::kOther:
      return matching::ThirdPartyKind::kOther;
    case domain::ThirdPartyKind::kUnknown:
      return matching::ThirdPartyKind::kUnknown;
  }
  RECOUP_CHECK(false);
}

// What one pool knows of one person.
struct Known {
  Person person;
  std::map<domain::AdvanceId, Advance> advances;
  std::map<domain::FlagId, Flag> flags;
};
using KnownOfPool = std::map<std::string, Known>;  // By token: the number's, else the name's.

std::string TokenOf(const Person& person) {
  return person.id_token.empty() ? person.name_token : person.id_token;
}

template <StoredKind R>
absl::StatusOr<std::vector<R>> OfPerson(UnitOfWork& work, LookupKind by_id, LookupKind by_name,
                                        const Person& person) {
  std::vector<R> found;
  std::set<Id> seen;
  for (const auto& [kind, token] :
       {std::pair(by_id, person.id_token), std::pair(by_name, person.name_token)}) {
    if (token.empty()) continue;
    RECOUP_ASSIGN_OR_RETURN(std::vector<R> rows, work.FindAllBy<R>(kind, domain::Key({token})));
    for (R& row : rows) {
      if (seen.insert(row.id.value).second) found.push_back(std::move(row));
    }
  }
  return found;
}

bool StillPaid(const Advance& advance) {
  return advance.state != AdvanceState::kReversed &&
         advance.state != AdvanceState::kReversalPending;
}

absl::StatusOr<std::map<domain::PoolId, KnownOfPool>> Gather(UnitOfWork& work,
                                                             const Person& person) {
  std::map<domain::PoolId, KnownOfPool> pools;
  RECOUP_ASSIGN_OR_RETURN(std::vector<Advance> advances,
                          OfPerson<Advance>(work, LookupKind::kAdvanceOfPerson,
                                            LookupKind::kAdvanceOfPersonName, person));
  for (Advance& advance : advances) {
    if (!StillPaid(advance)) continue;
    Known& known = pools[advance.pool][TokenOf(advance.patient)];
    known.person = advance.patient;
    known.advances.emplace(advance.id, std::move(advance));
  }
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<Flag> flags,
      OfPerson<Flag>(work, LookupKind::kFlagOfPerson, LookupKind::kFlagOfPersonName, person));
  for (Flag& flag : flags) {
    if (flag.state == domain::FlagState::kCleared) continue;
    Known& known = pools[flag.pool][TokenOf(flag.patient)];
    if (known.advances.empty()) known.person = flag.patient;
    known.flags.emplace(flag.id, std::move(flag));
  }
  return pools;
}

matching::Candidate CandidateOf(const domain::PoolId& pool, const std::string& token,
                                const Known& known) {
  matching::Candidate candidate;
  candidate.key = token;
  candidate.pool = pool.value;
  candidate.person_name = domain::NormalisePersonName(known.person.name);
  candidate.id_token = known.person.id_token;
  if (const auto id = domain::ResidentId::Parse(known.person.id_number); id.ok()) {
    candidate.birth_on = id->birth_date();
  }
  for (const auto& [id, advance] : known.advances) {
    matching::Visit visit;
    visit.advance_key = id.ToString();
    visit.hospital = advance.hospital.value;
    visit.admitted_on = advance.admitted_on;
    visit.discharged_on = advance.discharged_on;
    visit.settled_on = ChinaDate(advance.settled_time);
    visit.total = advance.total;
    visit.fund_paid = advance.amount;
    visit.self_paid = advance.self_paid;
    if (advance.flag) {
      if (const auto flag = known.flags.find(*advance.flag); flag != known.flags.end()) {
        visit.flagged = true;
        visit.third_party = KindFor(flag->second.third_party_kind);
      }
    }
    candidate.visits.push_back(std::move(visit));
  }
  return candidate;
}

// Hospitals are compared as parties; a name the hub does not know says nothing.
absl::StatusOr<matching::CaseFacts> FactsOf(UnitOfWork& work, const CourtCase& court_case,
                                            const Person& person) {
  matching::CaseFacts facts;
  facts.key = court_case.id.ToString();
  facts.person_name = domain::NormalisePersonName(person.name);
  facts.id_token = person.id_token;
  facts.accident_on = court_case.accident_on;
  facts.closed_on = court_case.closed_on;
  facts.medical_total = court_case.medical_total;
  facts.fund_paid = court_case.fund_paid;
  facts.self_paid = court_case.self_paid;
  facts.third_party = KindFor(court_case.third_party_kind);
  for (const std::string& name : court_case.hospitals) {
    RECOUP_ASSIGN_OR_RETURN(
        const std::optional<domain::Party> party,
        work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfAlias, domain::Key({name})));
    if (party) facts.hospitals.push_back(party->party.value);
  }
  return facts;
}

// One decision of one pool, on its way to a lead.
struct PoolDecision {
  domain::PoolId pool;
  LeadDecision decision;
  bool same_number = false;  // The best candidate has the number of the injured person.
};

absl::StatusOr<std::vector<PoolDecision>> Decide(
    const matching::CaseFacts& facts, const std::map<domain::PoolId, KnownOfPool>& pools) {
  std::vector<PoolDecision> decisions;
  for (const auto& [pool, persons] : pools) {
    std::vector<matching::Candidate> candidates;
    for (const auto& [token, known] : persons) {
      candidates.push_back(CandidateOf(pool, token, known));
    }
    RECOUP_ASSIGN_OR_RETURN(LeadDecision decision,
                            matching::DecideLead(facts, candidates, matching::MatchingPolicy()));
    if (decision.verdict == matching::Verdict::kNone) continue;
    const std::string& best = decision.ranked.front().key;
    const bool same_number = !facts.id_token.empty() && best == facts.id_token;
    decisions.push_back({pool, std::move(decision), same_number});
  }
  const bool known = std::any_of(decisions.begin(), decisions.end(),
                                 [](const PoolDecision& row) { return row.same_number; });
  if (known) std::erase_if(decisions, [](const PoolDecision& row) { return !row.same_number; });
  return decisions;
}

Lead LeadOf(UnitOfWork& work, const CourtCase& court_case, std::int32_t person_index,
            const PoolDecision& decided, const KnownOfPool& persons) {
  Lead lead;
  lead.id = work.NewId<domain::LeadId>();
  lead.pool = decided.pool;
  lead.court = court_case.court;
  lead.court_case = court_case.id;
  lead.case_number = court_case.case_number;
  lead.person_index = person_index;
  lead.person_name = court_case.injured[static_cast<std::size_t>(person_index)].name;
  lead.margin = decided.decision.margin;
  lead.verdict = decided.decision.explanation;
  lead.rule_version = decided.decision.rule_version;
  lead.created_time = work.now();
  for (const matching::RankedCandidate& ranked : decided.decision.ranked) {
    if (ranked.excluded || lead.candidates.size() == kCandidatesMax) continue;
    const Known& known = persons.at(ranked.key);
    domain::LeadCandidate candidate;
    candidate.person = known.person;
    candidate.score = ranked.score;
    for (const auto& [id, advance] : known.advances) {
      if (!std::binary_search(ranked.chosen_visits.begin(), ranked.chosen_visits.end(),
                              id.ToString())) {
        continue;
      }
      candidate.advances.push_back(id);
      candidate.amount += advance.amount;
    }
    for (const auto& [id, flag] : known.flags) candidate.flags.push_back(id);
    for (const matching::Reason& reason : ranked.reasons) {
      candidate.reasons.push_back(
          {std::string(matching::EvidenceName(reason.evidence)), reason.text, reason.weight});
    }
    lead.candidates.push_back(std::move(candidate));
  }
  return lead;
}

// Why a decision that is certain about the person still needs one; empty when it does not.
std::string NeedsReview(const CourtCase& court_case, const Lead& lead, const KnownOfPool& persons,
                        const PoolDecision& decided, std::size_t pools) {
  if (decided.decision.verdict != matching::Verdict::kCertain) return lead.verdict;
  if (pools > 1 && !decided.same_number) return "多个统筹区均有姓名相符的人员，须人工复核。";
  const domain::LeadCandidate& best = lead.candidates.front();
  if (!best.amount.is_positive()) {
    return court_case.grade == domain::Grade::kNoAdvance
               ? "人员相符，尚无基金支付的结算记录，待结算后再确认。"
               : "人员相符，尚无基金支付的结算记录，但文书载明基金已支付：可以待结算后再确认，"
                 "也可以确认后发核查函。";
  }
  const Known& known = persons.at(decided.decision.ranked.front().key);
  for (const domain::AdvanceId id : best.advances) {
    if (known.advances.at(id).recovery) return "其中的垫付已在另一追偿案中，须人工处理。";
  }
  const PersonalAward award = AwardOf(court_case, lead.person_name, best.amount);
  if (!award.told.ok()) return absl::StrCat("人员相符，", ObstacleText(award.told), "。");
  if (!award.doubt.empty()) return absl::StrCat("人员相符，", award.doubt, "。");
  const absl::Status repaid =
      ToldOf(RepaymentsFor(court_case, lead.person_name, best.amount).untold);
  if (!repaid.ok()) return absl::StrCat("人员相符，", ObstacleText(repaid), "。");
  return "";
}

}  // namespace

absl::Status ExtendRecovery(UnitOfWork& work, const Lead& lead, const Lead& found,
                            const CourtCase& court_case) {
  if (!lead.recovery || found.candidates.empty()) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(domain::Recovery recovery,
                          work.Get<domain::Recovery>(lead.pool.value, lead.recovery->value));
  std::vector<domain::AdvanceId> further;
  for (const domain::AdvanceId id : found.candidates.front().advances) {
    RECOUP_ASSIGN_OR_RETURN(const Advance* advance, work.Find<Advance>(lead.pool.value, id.value));
    if (advance != nullptr && !advance->recovery && StillPaid(*advance)) further.push_back(id);
  }
  if (further.empty()) return absl::OkStatus();
  const std::string text = absl::StrCat("又收到 ", further.size(), " 笔同一伤害的结算");
  AddTimeline(work, recovery, About(domain::TimelineKind::kRecoveryRecomputed, court_case),
              work.now(), absl::StrCat(text, "，并入本案重新计算"));
  RECOUP_RETURN_IF_ERROR(TakeAdvances(work, recovery, further));
  RECOUP_RETURN_IF_ERROR(
      FollowCase(work, recovery, court_case, lead.person_name, {.reason = text}));
  work.Put(recovery);
  return absl::OkStatus();
}

namespace {

// The leads the case already has for this person in this pool.
struct Earlier {
  std::optional<Lead> confirmed;
  std::vector<Lead> rejected;
  std::vector<Lead> asked;  // Whether a settlement belongs to the recovery; waiting for an officer.
};

absl::StatusOr<Earlier> SupersedeReviews(UnitOfWork& work, const CourtCase& court_case,
                                         const domain::PoolId& pool, std::int32_t person_index) {
  Earlier earlier;
  RECOUP_ASSIGN_OR_RETURN(std::vector<Lead> leads,
                          work.FindAllBy<Lead>(LookupKind::kLeadOfCourtCase,
                                               domain::Key({court_case.id.value.ToBytes()})));
  for (Lead& lead : leads) {
    if (lead.pool != pool || lead.person_index != person_index) continue;
    if (lead.state == LeadState::kConfirmed) earlier.confirmed = lead;
    if (lead.state == LeadState::kRejected) earlier.rejected.push_back(lead);
    if (lead.state != LeadState::kReview) continue;
    if (lead.recovery) {
      earlier.asked.push_back(lead);
      continue;
    }
    RECOUP_ASSIGN_OR_RETURN(lead.state, domain::Next(lead.state, domain::LeadCommand::kSupersede));
    work.Put(lead);
  }
  return earlier;
}

bool WasRejected(const Earlier& earlier, const Lead& lead) {
  return std::any_of(earlier.rejected.begin(), earlier.rejected.end(), [&](const Lead& rejected) {
    return !rejected.candidates.empty() &&
           rejected.candidates.front().advances == lead.candidates.front().advances;
  });
}

// What the hospital says is of this injury, and no recovery has taken.
absl::StatusOr<domain::LeadCandidate> OthersOfTheInjury(UnitOfWork& work,
                                                        const CourtCase& court_case,
                                                        const domain::PoolId& pool,
                                                        const Known& known) {
  domain::LeadCandidate others;
  others.person = known.person;
  for (const auto& [id, gathered] : known.advances) {
    RECOUP_ASSIGN_OR_RETURN(const Advance* advance, work.Find<Advance>(pool.value, id.value));
    if (advance == nullptr || advance->recovery || !advance->flag) continue;
    const auto flag = known.flags.find(*advance->flag);
    if (flag == known.flags.end()) continue;
    const std::optional<absl::CivilDay> accident_on = flag->second.accident_on;
    if (accident_on && court_case.accident_on && *accident_on != *court_case.accident_on) continue;
    others.advances.push_back(id);
    others.amount += advance->amount;
  }
  return others;
}

// A settlement of the injury that the judgment does not count does not join the recovery by itself:
// an officer says what it is, once.
absl::Status AskAboutOthers(UnitOfWork& work, const CourtCase& court_case, const Lead& confirmed,
                            const KnownOfPool& persons, const Earlier& earlier) {
  if (!confirmed.recovery || confirmed.candidates.empty()) return absl::OkStatus();
  const std::size_t chosen = static_cast<std::size_t>(confirmed.chosen.value_or(0));
  const auto known = persons.find(TokenOf(confirmed.candidates[chosen].person));
  domain::LeadCandidate others;
  if (known != persons.end()) {
    RECOUP_ASSIGN_OR_RETURN(others,
                            OthersOfTheInjury(work, court_case, confirmed.pool, known->second));
  }
  for (Lead asked : earlier.asked) {
    if (asked.candidates.front().advances == others.advances) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(asked.state,
                            domain::Next(asked.state, domain::LeadCommand::kSupersede));
    work.Put(asked);
  }
  if (others.advances.empty()) return absl::OkStatus();
  Lead lead = confirmed;
  lead.id = work.NewId<domain::LeadId>();
  lead.state = LeadState::kReview;
  lead.candidates = {others};
  lead.chosen.reset();
  lead.decided_by.clear();
  lead.decision_reason.clear();
  lead.decided_time = {};
  lead.created_time = work.now();
  lead.verdict = absl::StrCat("追偿案 ", NameOf(confirmed.pool, *confirmed.recovery), " 以外另有 ",
                              others.advances.size(), " 笔医院标记为第三方伤害的结算，共 ",
                              others.amount.ToYuanGrouped(), " 元，", court_case.case_number,
                              " 未计入。确认为同一伤害的并入该案；不是的，或者将另行起诉的，"
                              "请驳回并写明理由。");
  if (WasRejected(earlier, lead)) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(
      domain::Recovery recovery,
      work.Get<domain::Recovery>(confirmed.pool.value, confirmed.recovery->value));
  AddTimeline(
      work, recovery,
      {domain::TimelineKind::kRecoveryRecomputed, NameOf(lead.pool, lead.id), others.amount},
      work.now(),
      absl::StrCat("另有 ", others.advances.size(), " 笔标记为第三方伤害的结算不在本案，共 ",
                   others.amount.ToYuanGrouped(), " 元，待经办人员认定"));
  work.Put(recovery);
  work.Put(lead);
  return absl::OkStatus();
}

absl::StatusOr<bool> LinkPerson(UnitOfWork& work, const CourtCase& court_case,
                                std::int32_t person_index, LinkResult& result) {
  const Person& person = court_case.injured[static_cast<std::size_t>(person_index)];
  RECOUP_ASSIGN_OR_RETURN(const auto pools, Gather(work, person));
  if (pools.empty()) return false;
  RECOUP_ASSIGN_OR_RETURN(const matching::CaseFacts facts, FactsOf(work, court_case, person));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<PoolDecision> decisions, Decide(facts, pools));
  bool any = false;
  for (const PoolDecision& decided : decisions) {
    const KnownOfPool& persons = pools.at(decided.pool);
    Lead lead = LeadOf(work, court_case, person_index, decided, persons);
    RECOUP_ASSIGN_OR_RETURN(const Earlier earlier,
                            SupersedeReviews(work, court_case, decided.pool, person_index));
    if (earlier.confirmed) {
      any = true;
      result.fund_paid = true;
      RECOUP_RETURN_IF_ERROR(ExtendRecovery(work, *earlier.confirmed, lead, court_case));
      RECOUP_RETURN_IF_ERROR(
          AskAboutOthers(work, court_case, *earlier.confirmed, persons, earlier));
      continue;
    }
    if (WasRejected(earlier, lead)) continue;
    any = true;
    const std::string review = NeedsReview(court_case, lead, persons, decided, decisions.size());
    if (!review.empty()) {
      lead.verdict = review;
      work.Put(lead);
      continue;
    }
    RECOUP_ASSIGN_OR_RETURN(lead.state, domain::Next(lead.state, domain::LeadCommand::kConfirm));
    lead.decided_by = domain::kDecidedByRule;
    lead.decision_reason = lead.verdict;
    lead.decided_time = work.now();
    lead.chosen = 0;
    RECOUP_ASSIGN_OR_RETURN(domain::Recovery recovery, OpenRecoveryOfLead(work, lead, court_case));
    work.Put(recovery);
    work.Put(lead);
    result.fund_paid = true;
    RECOUP_RETURN_IF_ERROR(AskAboutOthers(work, court_case, lead, persons, earlier));
  }
  return any;
}

}  // namespace

absl::StatusOr<LinkResult> LinkCourtCase(UnitOfWork& work, CourtCase& court_case) {
  LinkResult result;
  if (court_case.state != domain::CourtCaseState::kNotified) return result;
  RECOUP_ASSIGN_OR_RETURN(const bool speaks, SpeaksForDispute(work, court_case));
  if (!speaks) return result;
  for (std::size_t i = 0; i < court_case.injured.size(); ++i) {
    RECOUP_ASSIGN_OR_RETURN(const bool found,
                            LinkPerson(work, court_case, static_cast<std::int32_t>(i), result));
    if (found) ++result.persons_with_lead;
  }
  if (result.fund_paid && court_case.grade == domain::Grade::kNoAdvance) {
    court_case.grade = domain::Grade::kAdvanceOutstanding;
    court_case.evidence.push_back(
        {.element = "grade",
         .sentence = "文书未载明基金支付，但统筹区结算记录显示医保基金已为该伤害支付",
         .rule = "hub.lead_shows_fund_paid"});
  }
  return result;
}

absl::Status LinkLateSettlement(UnitOfWork& work, const Advance& advance) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<CourtCase> cases,
                          OfPerson<CourtCase>(work, LookupKind::kCourtCaseOfPerson,
                                              LookupKind::kCourtCaseOfPersonName, advance.patient));
  for (CourtCase court_case : cases) {
    const std::int64_t evidence = static_cast<std::int64_t>(court_case.evidence.size());
    RECOUP_RETURN_IF_ERROR(LinkCourtCase(work, court_case).status());
    if (static_cast<std::int64_t>(court_case.evidence.size()) != evidence) work.Put(court_case);
    RECOUP_RETURN_IF_ERROR(ShareLimitsOfCase(work, court_case, kAnotherVictim));
  }
  return absl::OkStatus();
}

}  // namespace recoup::app
