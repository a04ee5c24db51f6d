#include "hub/app/limit_use.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "hub/app/judged_cover.h"
#include "hub/app/split_room.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"
#include "hub/domain/case_number.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {
namespace {

using domain::Basis;
using domain::CourtCase;
using domain::CourtCaseId;
using domain::Money;
using domain::PolicyKind;
using domain::RegisteredPolicy;

// What the judgments of one injured person order that is none of the hub's demands.
struct Ordered {
  absl::CivilDay closed_on;
  std::set<CourtCaseId> cases;
  std::set<std::string> persons;
  Money elsewhere;
  Money said;  // Of that, what judgments say themselves; the rest is the most it can be.
};

class UseFinder {
 public:
  UseFinder(UnitOfWork& work, const LimitGroup& group, const domain::PoolId& pool)
      : work_(work), group_(group), pool_(pool) {}

  absl::StatusOr<LimitUse> Find() {
    if (group_.limit.policy) {
      RECOUP_ASSIGN_OR_RETURN(policy_, work_.Get<RegisteredPolicy>(group_.limit.party.value,
                                                                   group_.limit.policy->value));
      std::set<std::string> numbers;
      for (const auto& [id, court_case] : group_.cases) {
        numbers.insert(domain::NormaliseCaseNumber(court_case.case_number));
      }
      stated_ = StatedUse(*policy_, group_.limit.accident_on, numbers);
    }
    RECOUP_RETURN_IF_ERROR(FindLimit());
    RECOUP_RETURN_IF_ERROR(AddOrdered());
    RECOUP_RETURN_IF_ERROR(ReadJudgments());
    RECOUP_RETURN_IF_ERROR(ReadStatement());
    // The insurer knows what it paid: what is only the most it can be yields to its statement.
    const Money ordered = use_.stated ? said_together_ : ordered_together_;
    use_.elsewhere =
        std::max({ordered, use_.judged.value_or(Money()), use_.stated.value_or(Money()), split_});
    if (use_.limit) use_.elsewhere = std::min(use_.elsewhere, *use_.limit);
    return use_;
  }

 private:
  bool IsCtp() const { return group_.limit.kind == PolicyKind::kCtp; }

  // As registered, else by law; a commercial limit also as the judgments say. The smallest counts.
  absl::Status FindLimit() {
    std::vector<Money> limits;
    if (policy_ && IsCtp()) {
      const Money of_accident = stated_ ? stated_->medical_limit : Money();
      if (of_accident.is_positive()) {
        limits.push_back(of_accident);
      } else if (policy_->medical_limit) {
        limits.push_back(*policy_->medical_limit);
      }
    } else if (policy_) {
      if (policy_->total_limit) limits.push_back(*policy_->total_limit);
      if (policy_->medical_limit) limits.push_back(*policy_->medical_limit);
    }
    if (IsCtp() && limits.empty()) {
      RECOUP_ASSIGN_OR_RETURN(const std::optional<Money> by_law,
                              LimitByLaw(work_, pool_, group_.limit.accident_on));
      if (by_law) limits.push_back(*by_law);
    }
    for (const auto& [id, court_case] : group_.cases) {
      for (const domain::JudgedPolicy& policy : PoliciesOf(court_case)) {
        if (!IsCtp() && policy.limit) limits.push_back(*policy.limit);
      }
    }
    if (!limits.empty()) use_.limit = *std::min_element(limits.begin(), limits.end());
    if (policy_) return absl::OkStatus();
    // More left than the limit by law: the judgment knows of a larger one.
    for (const auto& [id, court_case] : group_.cases) {
      for (const domain::JudgedPolicy& policy : PoliciesOf(court_case)) {
        if (!policy.medical_remaining) continue;
        use_.limit = std::max(use_.limit.value_or(Money()), *policy.medical_remaining);
      }
    }
    return absl::OkStatus();
  }

  std::vector<domain::JudgedPolicy> PoliciesOf(const CourtCase& court_case) const {
    std::vector<domain::JudgedPolicy> policies;
    for (const domain::JudgedPolicy& policy : court_case.policies) {
      if (policy.kind == group_.limit.kind && group_.insurers.contains(policy.insurer)) {
        policies.push_back(policy);
      }
    }
    return policies;
  }

  std::vector<const LimitMember*> MembersOf(CourtCaseId court_case) const {
    std::vector<const LimitMember*> members;
    for (const LimitMember& member : group_.members) {
      if (member.recovery.court_case == court_case) members.push_back(&member);
    }
    return members;
  }

  absl::StatusOr<Money> SelfPaid(const CourtCase& court_case) {
    if (court_case.self_paid) return *court_case.self_paid;
    Money sum;
    for (const LimitMember* member : MembersOf(court_case.id)) {
      for (const domain::AdvanceId id : member->recovery.advances) {
        RECOUP_ASSIGN_OR_RETURN(const domain::Advance advance,
                                work_.Get<domain::Advance>(member->recovery.pool.value, id.value));
        sum += advance.self_paid;
      }
    }
    return sum;
  }

  // NET orders the person's own part. Where the fund's part is in what is ordered, the hub's
  // demands are a part of it.
  absl::StatusOr<Money> ElsewhereBy(const CourtCase& court_case) {
    RECOUP_ASSIGN_OR_RETURN(const Money self_paid, SelfPaid(court_case));
    const Money ordered = OrderedUnder(court_case, group_.insurers, group_.limit.kind, self_paid);
    if (court_case.basis == Basis::kNet || court_case.basis == Basis::kNone) return ordered;
    Money demanded;
    for (const LimitMember* member : MembersOf(court_case.id)) {
      if (member->claimant().loss.is_positive()) return Money();  // Shares in the division instead.
      demanded += member->stands;
    }
    return std::max(ordered - demanded, Money());
  }

  // Of several judgments about one person, as of two instances, the one that orders most counts.
  absl::Status AddOrdered() {
    for (const auto& [id, court_case] : group_.cases) {
      RECOUP_ASSIGN_OR_RETURN(const Money elsewhere, ElsewhereBy(court_case));
      const bool said = !IsCtp() || SaysWhatIsMedical(court_case, group_.insurers);
      std::set<std::string> persons;
      for (const domain::Person& person : court_case.injured) persons.insert(person.name_token);
      const auto same = std::find_if(ordered_.begin(), ordered_.end(), [&](const Ordered& known) {
        return std::any_of(persons.begin(), persons.end(), [&](const std::string& person) {
          return known.persons.contains(person);
        });
      });
      if (same == ordered_.end()) {
        ordered_.push_back({court_case.closed_on,
                            {id},
                            std::move(persons),
                            elsewhere,
                            said ? elsewhere : Money()});
        continue;
      }
      same->closed_on = std::max(same->closed_on, court_case.closed_on);
      same->cases.insert(id);
      same->persons.insert(persons.begin(), persons.end());
      same->elsewhere = std::max(same->elsewhere, elsewhere);
      if (said) same->said = std::max(same->said, elsewhere);
    }
    for (const Ordered& one : ordered_) {
      ordered_together_ += one.elsewhere;
      said_together_ += one.said;
    }
    return absl::OkStatus();
  }

  // Each may say what was left for it: the rest was used by others, and it orders its own part.
  absl::Status ReadJudgments() {
    for (const auto& [id, court_case] : group_.cases) {
      for (const domain::JudgedPolicy& policy : PoliciesOf(court_case)) {
        if (!use_.limit || !policy.medical_remaining || *policy.medical_remaining > *use_.limit) {
          continue;
        }
        Money used = *use_.limit - *policy.medical_remaining;
        RECOUP_ASSIGN_OR_RETURN(const Money known, PaidBefore(court_case));
        used = std::max(used - known, Money());
        for (const Ordered& one : ordered_) {
          const bool later = one.closed_on > court_case.closed_on || one.cases.contains(id);
          if (later) used += one.elsewhere;
        }
        use_.judged = std::max(use_.judged.value_or(Money()), used);
      }
    }
    return absl::OkStatus();
  }

  // What the hub's demands for others had brought in when the case was closed.
  absl::StatusOr<Money> PaidBefore(const CourtCase& court_case) {
    Money paid;
    for (const LimitMember& member : group_.members) {
      if (member.recovery.court_case == court_case.id) continue;
      for (const domain::Demand& demand : member.demands) {
        RECOUP_ASSIGN_OR_RETURN(
            const std::vector<domain::StatementEntry> entries,
            work_.FindAllBy<domain::StatementEntry>(domain::LookupKind::kEntryOfDemand,
                                                    domain::Key({demand.id.value.ToBytes()})));
        for (const domain::StatementEntry& entry : entries) {
          if (entry.booked_on > court_case.closed_on) continue;
          for (const domain::Application& application : entry.applications) {
            if (application.demand == demand.id) paid += application.effective();
          }
        }
      }
    }
    return paid;
  }

  absl::Status ReadStatement() {
    if (!policy_) return absl::OkStatus();
    const absl::Time as_of = stated_ ? stated_->recorded_time : absl::InfinitePast();
    RECOUP_ASSIGN_OR_RETURN(split_,
                            SettledBySplits(work_, policy_->id, group_.limit.accident_on, as_of));
    if (!stated_) return absl::OkStatus();
    const Money figure = IsCtp() ? stated_->medical : stated_->total;
    Money used = std::max(figure - stated_->counted, Money()) + split_;
    for (const Ordered& one : ordered_) {
      if (one.closed_on > ChinaDate(as_of)) used += one.elsewhere;
    }
    use_.stated = used;
    return absl::OkStatus();
  }

  UnitOfWork& work_;
  const LimitGroup& group_;
  const domain::PoolId& pool_;
  std::optional<RegisteredPolicy> policy_;
  std::optional<domain::PolicyUse> stated_;
  std::vector<Ordered> ordered_;
  Money ordered_together_;
  Money said_together_;
  Money split_;
  LimitUse use_;
};

}  // namespace

absl::StatusOr<LimitUse> UseOf(UnitOfWork& work, const LimitGroup& group,
                               const domain::PoolId& pool) {
  return UseFinder(work, group, pool).Find();
}

absl::StatusOr<Money> SettledBySplits(UnitOfWork& work, domain::PolicyId policy,
                                      absl::CivilDay accident_on, absl::Time after) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::SplitQuote> splits,
                          SplitsOfPolicy(work, policy, accident_on));
  Money settled;
  for (const domain::SplitQuote& split : splits) {
    const bool counts = split.state == domain::SplitState::kSettled && *split.settled_time > after;
    if (!counts) continue;
    for (const domain::SplitPart& part : split.parts) {
      if (part.policy == policy) settled += part.amount;
    }
  }
  return settled;
}

}  // namespace recoup::app
