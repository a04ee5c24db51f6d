#include "hub/app/judged_apportionment.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/judged_cover.h"
#include "hub/app/shared_limit.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/plate.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::ApportionmentInput;
using domain::Basis;
using domain::CourtCase;
using domain::DebtorKind;
using domain::Money;
using domain::PolicyKind;

bool EndsWithAny(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
    return name.size() >= ending.size() && name.substr(name.size() - ending.size()) == ending;
  });
}

// The kind under which the judgment orders the party to pay, else by the form of its name.
DebtorKind KindOf(const CourtCase& court_case, const std::string& name) {
  for (const domain::CourtObligation& obligation : court_case.obligations) {
    if (obligation.debtor == name) return obligation.debtor_kind;
  }
  return EndsWithAny(name,
                     {"公司", "厂", "中心", "学校", "幼儿园", "医院", "合作社", "委员会", "店"})
             ? DebtorKind::kCompany
             : DebtorKind::kPerson;
}

void AddParties(const CourtCase& court_case, const std::string& person, JudgedInput& out) {
  for (const domain::LiabilityShare& share : court_case.liability) {
    // The injured person's own share is what the others do not bear.
    if (share.party == person || share.basis_points == 0) continue;
    const DebtorKind kind = KindOf(court_case, share.party);
    if (kind != DebtorKind::kCompany && kind != DebtorKind::kPerson) continue;
    out.input.parties.push_back({.name = share.party,
                                 .kind = kind,
                                 .share_basis_points = share.basis_points,
                                 .answered_for_by = std::nullopt,
                                 .joint_group = 0,
                                 .no_fault = false});
  }
}

// Insurers count what they paid on this recovery's own demand as used, some do not: what was asked
// before stays covered as far as that payment reaches.
void LeaveRoomForOwn(const IssuedClaim& claim, RegisteredCover& cover) {
  const Money limit = cover.limit.value_or(Money());
  const Money left = limit - cover.used;
  const Money room = std::max(left, std::min(left + claim.applied, claim.asked));
  cover.used = limit - std::min(room, limit);
}

// What the hub itself knows of other victims who share the limit: what they were paid is used at
// the least, and what is left is shared with those who still wait.
absl::Status ShareLimit(UnitOfWork& work, const domain::Debtor& insurer, JudgedInput& out,
                        Cover& cover, Money& other_victims_loss) {
  std::set<domain::AdvanceId> own;
  for (const domain::AdvanceShare& share : out.input.advances) {
    const std::optional<Id> id = Id::FromBase32(share.id);
    if (id) own.insert({*id});
  }
  RECOUP_ASSIGN_OR_RETURN(
      const SharedLimit shared,
      SharedLimitOf(work, insurer.party, *insurer.policy, out.input.accident_date, own));
  if (shared.victims == 0) return absl::OkStatus();
  cover.used = std::max(cover.used, shared.paid);
  if (cover.limit) cover.used = std::min(cover.used, *cover.limit);
  other_victims_loss = shared.competing_loss;
  out.notes.push_back(absl::StrCat(insurer.name, "的同一保单在本次事故中另有 ", shared.victims,
                                   " 名受害人，已付 ", shared.paid.ToYuanGrouped(),
                                   " 元；余额按损失比例分配，请复核此前发出的追偿函"));
  return absl::OkStatus();
}

absl::Status AddPolicy(UnitOfWork& work, const CourtCase& court_case,
                       const domain::JudgedPolicy& judged, const domain::PoolId& pool,
                       const std::vector<std::string>& plates, Money own, const OwnClaims& claims,
                       JudgedInput& out) {
  domain::Debtor insurer;
  insurer.kind = DebtorKind::kInsurer;
  insurer.name = judged.insurer;
  insurer.policy_kind = judged.kind;
  RECOUP_ASSIGN_OR_RETURN(insurer.party, InsurerNamed(work, judged.insurer));
  RECOUP_ASSIGN_OR_RETURN(
      std::optional<RegisteredCover> registered,
      RegisteredCoverOf(work, court_case, judged, insurer.party, out.input.accident_date, plates));
  RECOUP_ASSIGN_OR_RETURN(Cover cover, JudgedCover(work, court_case, judged, {out.input.pool},
                                                   out.input.accident_date, own));
  Money other_victims_loss;
  if (registered) {
    insurer.policy = registered->policy;
    if (!registered->limit) {
      RECOUP_ASSIGN_OR_RETURN(registered->limit, LimitByLaw(work, pool, out.input.accident_date));
    }
    if (const auto mine = claims.by_policy.find(registered->policy);
        mine != claims.by_policy.end()) {
      LeaveRoomForOwn(mine->second, *registered);
    }
    const Money left = registered->limit.value_or(Money()) - registered->used;
    const Money judged_left = cover.limit.value_or(Money()) - cover.used;
    if (judged.medical_remaining && judged_left != left) {
      domain::Break finding;
      finding.pool = pool;
      finding.kind = domain::BreakKind::kPolicyLimitMismatch;
      finding.finding = absl::StrCat("policy-limit:", registered->policy.ToString(), ":",
                                     court_case.id.ToString());
      finding.amount = left > judged_left ? left - judged_left : judged_left - left;
      finding.explanation = absl::StrCat(judged.insurer, "登记的剩余限额 ", left.ToYuanGrouped(),
                                         " 元，按判决（", court_case.case_number, "）计算为 ",
                                         judged_left.ToYuanGrouped(), " 元；暂按较小者计算");
      finding.suggestion = "请保险公司说明限额使用情况，更正登记或者提供判决以外的赔付凭证";
      out.findings.push_back(std::move(finding));
    }
    if (!judged.medical_remaining || left < judged_left) {
      cover.limit = registered->limit;
      cover.used = registered->used;
    }
    RECOUP_RETURN_IF_ERROR(ShareLimit(work, insurer, out, cover, other_victims_loss));
  }
  // Which vehicle a policy covers is not among the elements; with one liable party it is clear.
  std::size_t party = 0;
  for (std::size_t i = 1; i < out.input.parties.size(); ++i) {
    if (out.input.parties[i].share_basis_points > out.input.parties[party].share_basis_points) {
      party = i;
    }
  }
  if (out.input.parties.size() > 1) {
    out.notes.push_back(absl::StrCat("判决要素未写明", judged.insurer,
                                     "的保单属于哪一责任人，按责任比例最大的",
                                     out.input.parties[party].name, "计算，请复核"));
  }
  out.input.policies.push_back({.insurer = judged.insurer,
                                .kind = judged.kind,
                                .party = party,
                                .limit = cover.limit,
                                .used = cover.used,
                                .other_victims_loss = other_victims_loss});
  out.insurers.push_back(std::move(insurer));
  return absl::OkStatus();
}

std::optional<std::size_t> PolicyOf(const JudgedInput& out,
                                    const domain::CourtObligation& obligation) {
  for (std::size_t i = 0; i < out.input.policies.size(); ++i) {
    const domain::InsurancePolicy& policy = out.input.policies[i];
    if (policy.insurer == obligation.debtor &&
        (!obligation.policy_kind || policy.kind == *obligation.policy_kind)) {
      return i;
    }
  }
  return std::nullopt;
}

// Only what the rule of the basis may use: the fund's own awards, or for GROSS the medical parts,
// when they explain B. Where they do not, the waterfall finds the payers.
void AddObligations(const CourtCase& court_case, JudgedInput& out) {
  std::vector<domain::JudgedObligation> awarded;
  Money sum;
  for (const domain::CourtObligation& obligation : court_case.obligations) {
    const bool to_fund = NamesFund(obligation.creditor);
    if (to_fund != (court_case.basis == Basis::kFundAwarded)) continue;
    const Money amount =
        to_fund ? obligation.amount : obligation.medical.value_or(obligation.amount);
    awarded.push_back({.name = obligation.debtor,
                       .kind = obligation.debtor_kind,
                       .amount = amount,
                       .policy = PolicyOf(out, obligation)});
    sum += amount;
  }
  const bool explains = court_case.basis == Basis::kFundAwarded ||
                        (court_case.basis == Basis::kGross &&
                         (!court_case.medical_awarded || sum == *court_case.medical_awarded));
  if (explains) out.input.obligations = std::move(awarded);
}

void AddPerformances(const CourtCase& court_case, const OwnClaims& claims, JudgedInput& out) {
  for (const domain::Performance& performance : court_case.performances) {
    if (performance.to_fund) {
      if (claims.by_debtor.contains(performance.debtor)) continue;
      out.input.repayments.push_back({.name = performance.debtor, .amount = performance.amount});
    } else if (performance.complete) {
      out.input.paid_to_injured_person = true;
    }
  }
}

void CompareWithJudgment(const CourtCase& court_case, JudgedInput& out) {
  Money own;
  Money fund;
  for (const domain::AdvanceShare& advance : out.input.advances) {
    own += advance.own_paid;
    fund += advance.fund_paid;
  }
  const auto compare = [&](const char* what, const std::optional<Money>& judged, Money ours) {
    if (!judged || *judged == ours) return;
    out.notes.push_back(absl::StrCat(what, "：判决为 ", judged->ToYuanGrouped(), " 元，结算记录为 ",
                                     ours.ToYuanGrouped(), " 元；按结算记录计算"));
  };
  compare("基金支付 C", court_case.fund_paid, fund);
  compare("个人支付 A", court_case.self_paid, own);
}

struct Translation {
  std::string_view description;
  std::string_view chinese;
};
constexpr std::array kTranslations = {
    Translation{"is empty: nobody answers for the injury", "判决要素没有责任人和责任比例"},
    Translation{"is empty, and so is parties: nobody is ordered to pay",
                "判决要素既没有给付义务，也没有责任比例"},
    Translation{"the fund paid nothing: C = 0", "基金没有支付（C = 0）"},
    Translation{"is empty", "没有垫付"},
    Translation{"exceeds what the person and the fund paid: B > A + C",
                "判决医疗赔偿 B 大于个人与基金支付之和 A + C"},
    Translation{"the shares exceed the whole", "责任比例合计超过 100%"},
    Translation{"is required for a commercial policy", "商业责任险没有写明限额"},
    Translation{"exceeds the limit", "已用限额超过限额"},
    Translation{"FUND_AWARDED needs the amounts as judged", "判决直接给付基金，但没有给付金额"},
    Translation{"award more than the fund paid", "判决给付基金的金额大于基金支付"},
    Translation{"do not sum to the judged medical compensation",
                "各义务人应付之和不等于判决医疗赔偿"},
    Translation{"exceed what the person and the fund paid: B > A + C",
                "各义务人应付之和大于 A + C"},
    Translation{"is more than this debtor owes", "已退回金额大于该义务人应退金额"},
    Translation{"is less than what the person and the fund paid together",
                "结算总额小于个人与基金支付之和"},
};

}  // namespace

absl::StatusOr<domain::PartyId> InsurerNamed(UnitOfWork& work, const std::string& name) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<domain::Party> party,
      work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfAlias, domain::Key({name})));
  if (!party || party->party.kind() != domain::PartyKind::kInsurer) return domain::PartyId();
  return party->party;
}

absl::StatusOr<JudgedInput> InputOfJudgment(UnitOfWork& work, const CourtCase& court_case,
                                            const std::string& person, const domain::PoolId& pool,
                                            const std::vector<domain::Advance>& advances,
                                            const OwnClaims& claims) {
  JudgedInput out;
  out.input.pool = pool.value;
  out.input.basis = court_case.basis;
  out.input.judged_medical = court_case.medical_awarded;
  out.input.injured_person = person;
  absl::CivilDay first_admitted = court_case.closed_on;
  std::vector<std::string> plates;
  Money own;
  for (const domain::Advance& advance : advances) {
    out.input.advances.push_back({.id = advance.id.ToString(),
                                  .own_paid = advance.self_paid,
                                  .fund_paid = advance.amount,
                                  .bill_total = advance.total});
    own += advance.self_paid;
    first_admitted = std::min(first_admitted, advance.admitted_on);
    if (!advance.flag) continue;
    RECOUP_ASSIGN_OR_RETURN(const domain::Flag* flag,
                            work.Find<domain::Flag>(pool.value, advance.flag->value));
    if (flag != nullptr && !flag->plate.empty()) {
      plates.push_back(domain::NormalisePlate(flag->plate));
    }
  }
  out.input.accident_date = court_case.accident_on.value_or(first_admitted);
  if (!court_case.accident_on) {
    out.notes.push_back(absl::StrCat("判决要素没有事故日期，限额按首次入院日 ",
                                     absl::FormatCivilTime(first_admitted), " 适用，请复核"));
  }
  if (court_case.injured.size() > 1 && !court_case.policies.empty()) {
    out.notes.push_back("本案有多名受害人共用保险限额，请复核各人应得部分");
  }
  AddParties(court_case, person, out);
  for (const domain::JudgedPolicy& policy : court_case.policies) {
    RECOUP_RETURN_IF_ERROR(AddPolicy(work, court_case, policy, pool, plates, own, claims, out));
  }
  AddObligations(court_case, out);
  AddPerformances(court_case, claims, out);
  CompareWithJudgment(court_case, out);
  return out;
}

bool NamesFund(std::string_view name) {
  return name.find("医保") != std::string_view::npos ||
         name.find("医疗保险") != std::string_view::npos ||
         name.find("医疗保障") != std::string_view::npos;
}

std::string ObstacleText(const absl::Status& refusal) {
  const ErrorDetail detail = DetailOf(refusal);
  std::string text = "未能计算应追偿金额：";
  if (detail.reason == Reason::kPolicyDataMissing) {
    const auto key = detail.metadata.find("key");
    const auto date = detail.metadata.find("date");
    return absl::StrCat(text, "缺少政策数据 ", key == detail.metadata.end() ? "" : key->second,
                        "（", date == detail.metadata.end() ? "" : date->second, "）");
  }
  if (detail.faults.empty()) return absl::StrCat(text, std::string(refusal.message()));
  for (std::size_t i = 0; i < detail.faults.size(); ++i) {
    const FieldFault& fault = detail.faults[i];
    const auto known =
        std::find_if(kTranslations.begin(), kTranslations.end(),
                     [&](const Translation& row) { return row.description == fault.description; });
    absl::StrAppend(&text, i == 0 ? "" : "；",
                    known == kTranslations.end() ? absl::StrCat(fault.field, " ", fault.description)
                                                 : std::string(known->chinese));
  }
  return text;
}

}  // namespace recoup::app
