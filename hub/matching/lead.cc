#include "hub/matching/lead.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/matching/subset_sum.h"

namespace recoup::matching {
namespace {

using domain::Money;
using Visits = std::vector<const Visit*>;

// Weighs one candidate.
class Weighing {
 public:
  Weighing(const CaseFacts& facts, const Candidate& candidate, const MatchingPolicy& policy)
      : facts_(facts), candidate_(candidate), policy_(policy) {
    ranked_.key = candidate.key;
  }

  RankedCandidate Weigh() && {
    WeighPerson();
    if (!ranked_.excluded) {
      const Visits event = Event();
      WeighTime(event);
      const Visits chosen = WeighAmounts(event);
      WeighVisits(chosen);
      for (const Visit* visit : chosen) ranked_.chosen_visits.push_back(visit->advance_key);
      std::sort(ranked_.chosen_visits.begin(), ranked_.chosen_visits.end());
    }
    return std::move(ranked_);
  }

 private:
  void Add(Evidence evidence, int weight, std::string text) {
    ranked_.score += weight;
    ranked_.reasons.push_back(Reason{evidence, weight, std::move(text)});
  }

  void WeighPerson() {
    const bool both = !facts_.id_token.empty() && !candidate_.id_token.empty();
    if (both && facts_.id_token != candidate_.id_token) {
      ranked_.excluded = true;
      Add(Evidence::kOtherIdNumber, 0, "身份证号不同，排除。");
      return;
    }
    if (both) Add(Evidence::kSameIdNumber, policy_.same_id, "身份证号相同。");
    if (!facts_.person_name.empty() && !candidate_.person_name.empty()) {
      if (facts_.person_name == candidate_.person_name) {
        Add(Evidence::kSameName, policy_.same_name, "姓名相同。");
      } else {
        Add(Evidence::kOtherName, -policy_.same_name, "姓名不同。");
      }
    }
    if (candidate_.birth_on.has_value() && facts_.accident_on.has_value() &&
        *candidate_.birth_on > *facts_.accident_on) {
      Add(Evidence::kBornAfterAccident, policy_.born_after, "出生日期晚于事故日期。");
    }
  }

  // The visits of this injury; all visits while the accident date is unknown.
  Visits Event() const {
    Visits event;
    for (const Visit& visit : candidate_.visits) {
      if (facts_.accident_on.has_value()) {
        const auto days = visit.admitted_on - *facts_.accident_on;
        if (days < 0 || days > policy_.window_days) continue;
      }
      event.push_back(&visit);
    }
    std::sort(event.begin(), event.end(), [](const Visit* a, const Visit* b) {
      return std::tie(a->admitted_on, a->advance_key) < std::tie(b->admitted_on, b->advance_key);
    });
    return event;
  }

  void WeighTime(const Visits& event) {
    if (!facts_.accident_on.has_value() || candidate_.visits.empty()) return;
    if (event.empty()) {
      Add(Evidence::kAdmittedBeforeAccident, policy_.only_before_accident,
          "就诊均不在事故后的期间内。");
      return;
    }
    const auto days = event.front()->admitted_on - *facts_.accident_on;
    if (days <= policy_.near_days) {
      Add(Evidence::kNearAccident, policy_.near_accident, absl::StrCat("事故后", days, "天就诊。"));
    } else {
      Add(Evidence::kWithinWindow, policy_.within_window,
          absl::StrCat("事故后", days, "天首次就诊，在期间内。"));
    }
  }

  // C, or (A + C) - A where the judgment states only these; zero when unknown.
  Money FundPaid() const {
    if (facts_.fund_paid.has_value()) return *facts_.fund_paid;
    if (!facts_.medical_total.has_value() || !facts_.self_paid.has_value()) return Money();
    return *facts_.medical_total - *facts_.self_paid;
  }

  // Which visits make up the judged amounts; all of the event when no amount tells.
  Visits WeighAmounts(const Visits& event) {
    Visits chosen = event;
    const Money fund_paid = FundPaid();
    if (fund_paid.is_positive() && !event.empty()) chosen = WeighFund(event, fund_paid);
    Money total;
    for (const Visit* visit : chosen) total += visit->total;
    if (!chosen.empty() && facts_.medical_total.has_value() &&
        facts_.medical_total->is_positive() && total == *facts_.medical_total) {
      Add(Evidence::kTotalEqual, policy_.exact_total,
          absl::StrCat("医疗费总额相等：", total.ToYuanGrouped(), "元。"));
    }
    return chosen;
  }

  Visits WeighFund(const Visits& event, Money fund_paid) {
    std::vector<Money> amounts;
    Money sum;
    for (const Visit* visit : event) {
      amounts.push_back(visit->fund_paid);
      sum += visit->fund_paid;
    }
    const auto equal = [&](std::string text) {
      Add(Evidence::kFundEqual, policy_.exact_fund,
          absl::StrCat(text, fund_paid.ToYuanGrouped(), "元。"));
    };
    // All visits of the injury are the plainest reading, also where a part has the same sum.
    if (sum == fund_paid) {
      equal("基金支付合计相等：");
      return event;
    }
    const SubsetSum found = FindSubset(amounts, fund_paid, policy_.visits_max);
    switch (found.outcome) {
      case SubsetOutcome::kUnique: {
        equal("其中部分就诊的基金支付合计相等：");
        Visits chosen;
        for (const std::size_t at : found.chosen) chosen.push_back(event[at]);
        return chosen;
      }
      case SubsetOutcome::kSeveral:
        Add(Evidence::kSeveralSubsets, policy_.near_fund,
            "不止一种就诊组合的基金支付合计与判决相等，须人工选定。");
        return event;
      case SubsetOutcome::kTooMany:
        Add(Evidence::kTooManyVisits, 0,
            absl::StrCat("就诊超过", policy_.visits_max, "次，未查找金额组合。"));
        break;
      case SubsetOutcome::kNone:
        break;
    }
    const Money gap = sum > fund_paid ? sum - fund_paid : fund_paid - sum;
    if (gap <= policy_.tolerance) {
      Add(Evidence::kFundNear, policy_.near_fund,
          absl::StrCat("基金支付合计相差", gap.ToYuanGrouped(), "元，在容差内。"));
    }
    return event;
  }

  void WeighVisits(const Visits& chosen) {
    const auto any = [&](auto holds) { return std::any_of(chosen.begin(), chosen.end(), holds); };
    if (any([&](const Visit* visit) {
          return std::find(facts_.hospitals.begin(), facts_.hospitals.end(), visit->hospital) !=
                 facts_.hospitals.end();
        })) {
      Add(Evidence::kHospitalNamed, policy_.same_hospital, "判决提到该医院。");
    }
    if (any([](const Visit* visit) { return visit->flagged; })) {
      Add(Evidence::kFlagged, policy_.flag_present, "医院已标记外伤或涉及第三方。");
    }
    if (facts_.third_party != ThirdPartyKind::kUnknown) {
      if (any([&](const Visit* visit) { return visit->third_party == facts_.third_party; })) {
        Add(Evidence::kSameThirdParty, policy_.same_kind, "第三方类别一致。");
      } else if (any([](const Visit* v) { return v->third_party != ThirdPartyKind::kUnknown; })) {
        Add(Evidence::kOtherThirdParty, policy_.other_kind, "第三方类别不一致。");
      }
    }
    if (facts_.closed_on.has_value() && any([&](const Visit* visit) {
          return visit->settled_on.has_value() && *visit->settled_on > *facts_.closed_on;
        })) {
      Add(Evidence::kSettledAfterJudgment, policy_.settled_after_judgment,
          "有就诊在判决之后才结算。");
    }
  }

  const CaseFacts& facts_;
  const Candidate& candidate_;
  const MatchingPolicy& policy_;
  RankedCandidate ranked_;
};

bool Has(const RankedCandidate& candidate, Evidence evidence) {
  return std::any_of(candidate.reasons.begin(), candidate.reasons.end(),
                     [&](const Reason& reason) { return reason.evidence == evidence; });
}

// Time and flags alone fit half a city; only these speak of this person or this money.
bool HasEvidence(const RankedCandidate& candidate) {
  return !candidate.excluded &&
         (Has(candidate, Evidence::kSameIdNumber) || Has(candidate, Evidence::kSameName) ||
          Has(candidate, Evidence::kFundEqual) || Has(candidate, Evidence::kFundNear) ||
          Has(candidate, Evidence::kSeveralSubsets) || Has(candidate, Evidence::kTotalEqual));
}

void Judge(LeadDecision& decision, const MatchingPolicy& policy) {
  const auto evident = static_cast<std::size_t>(
      std::count_if(decision.ranked.begin(), decision.ranked.end(), HasEvidence));
  if (evident == 0) {
    decision.verdict = Verdict::kNone;
    decision.explanation =
        decision.ranked.empty() ? "没有可比对的就诊记录。" : "所有就诊记录均无身份或金额上的联系。";
    return;
  }
  const RankedCandidate& best = decision.ranked.front();
  decision.margin = best.score - (evident > 1 ? decision.ranked[1].score : 0);
  const bool known_person = Has(best, Evidence::kSameIdNumber) && !best.chosen_visits.empty() &&
                            !Has(best, Evidence::kBornAfterAccident);
  const bool strong = known_person || best.score >= policy.certain_score;
  decision.verdict = Verdict::kAmbiguous;
  if (Has(best, Evidence::kSeveralSubsets)) {
    decision.explanation = "人员可以确定或接近确定，但就诊组合不唯一，须人工复核。";
  } else if (!strong) {
    decision.explanation = "有联系，但依据不足，须人工复核。";
  } else if (decision.margin < policy.certain_margin) {
    decision.explanation = "不止一人相符，须人工复核。";
  } else {
    decision.verdict = Verdict::kCertain;
    decision.explanation = absl::StrCat("依据充分，领先次位", decision.margin, "分。");
  }
}

absl::Status CheckFacts(const CaseFacts& facts, const std::vector<Candidate>& candidates) {
  Faults faults;
  if (facts.key.empty()) faults.Add("case.key", "must not be empty");
  for (const auto& amount : {facts.medical_total, facts.fund_paid, facts.self_paid}) {
    if (amount.has_value() && amount->is_negative()) {
      faults.Add("case", "amounts must not be negative");
    }
  }
  std::set<std::string> keys;
  std::set<std::string> advances;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::string path = absl::StrCat("candidates[", i, "]");
    if (candidates[i].key.empty()) faults.Add(path + ".key", "must not be empty");
    if (!keys.insert(candidates[i].key).second) faults.Add(path + ".key", "appears twice");
    for (std::size_t j = 0; j < candidates[i].visits.size(); ++j) {
      const Visit& visit = candidates[i].visits[j];
      const std::string at = absl::StrCat(path, ".visits[", j, "]");
      if (visit.advance_key.empty()) faults.Add(at + ".advance_key", "must not be empty");
      if (!advances.insert(visit.advance_key).second) {
        faults.Add(at + ".advance_key", "appears twice");
      }
      if (visit.total.is_negative() || visit.fund_paid.is_negative() ||
          visit.self_paid.is_negative()) {
        faults.Add(at, "amounts must not be negative");
      }
    }
  }
  return faults.ToStatus();
}

}  // namespace

absl::StatusOr<LeadDecision> DecideLead(const CaseFacts& facts,
                                        const std::vector<Candidate>& candidates,
                                        const MatchingPolicy& policy) {
  RECOUP_RETURN_IF_ERROR(CheckFacts(facts, candidates));
  LeadDecision decision;
  decision.case_key = facts.key;
  decision.rule_version = policy.rule_version;
  for (const Candidate& candidate : candidates) {
    decision.ranked.push_back(Weighing(facts, candidate, policy).Weigh());
  }
  std::sort(decision.ranked.begin(), decision.ranked.end(),
            [](const RankedCandidate& a, const RankedCandidate& b) {
              const bool a_last = !HasEvidence(a);
              const bool b_last = !HasEvidence(b);
              return std::tie(a.excluded, a_last, b.score, a.key) <
                     std::tie(b.excluded, b_last, a.score, b.key);
            });
  Judge(decision, policy);
  return decision;
}

std::string_view EvidenceName(Evidence evidence) {
  switch (evidence) {
    case Evidence::kSameIdNumber:
      return "SAME_ID_NUMBER";
    case Evidence::kOtherIdNumber:
      return "OTHER_ID_NUMBER";
    case Evidence::kSameName:
      return "SAME_NAME";
    case Evidence::kOtherName:
      return "OTHER_NAME";
    case Evidence::kNearAccident:
      return "NEAR_ACCIDENT";
    case Evidence::kWithinWindow:
      return "WITHIN_WINDOW";
    case Evidence::kHospitalNamed:
      return "HOSPITAL_NAMED";
    case Evidence::kFundEqual:
      return "FUND_EQUAL";
    case Evidence::kFundNear:
      return "FUND_NEAR";
    case Evidence::kTotalEqual:
      return "TOTAL_EQUAL";
    case Evidence::kFlagged:
      return "FLAGGED";
    case Evidence::kSameThirdParty:
      return "SAME_THIRD_PARTY";
    case Evidence::kOtherThirdParty:
      return "OTHER_THIRD_PARTY";
    case Evidence::kBornAfterAccident:
      return "BORN_AFTER_ACCIDENT";
    case Evidence::kAdmittedBeforeAccident:
      return "ADMITTED_BEFORE_ACCIDENT";
    case Evidence::kSettledAfterJudgment:
      return "SETTLED_AFTER_JUDGMENT";
    case Evidence::kTooManyVisits:
      return "TOO_MANY_VISITS";
    case Evidence::kSeveralSubsets:
      return "SEVERAL_SUBSETS";
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::matching
