#include "hub/app/judged_apportionment.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/judged_cover.h"
#include "hub/app/limit_group.h"
#include "hub/app/limit_part.h"
#include "hub/app/personal_award.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/apportionment_input.h"
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

void AddParties(const CourtCase& court_case, const std::string& person, JudgedInput& out) {
  for (const domain::LiabilityShare& share : court_case.liability) {
    // An injured person's own share is what the others do not bear.
    if (share.basis_points == 0 || BearsOnlyOwnLoss(court_case, share.party, person)) continue;
    const DebtorKind kind = DebtorKindOf(court_case, share.party);
    if (kind != DebtorKind::kCompany && kind != DebtorKind::kPerson) continue;
    out.input.parties.push_back({.name = share.party,
                                 .kind = kind,
                                 .share_basis_points = share.basis_points,
                                 .answered_for_by = std::nullopt,
                                 .joint_group = 0,
                                 .no_fault = false});
  }
}

// The owner who did not buy compulsory cover (道交解释 16). A NET judgment has taken the injured
// person's own part from the same limit before.
absl::Status AddMissingCover(UnitOfWork& work, const CourtCase& court_case, JudgedInput& out) {
  for (domain::LiableParty& party : out.input.parties) {
    const auto share =
        std::find_if(court_case.liability.begin(), court_case.liability.end(),
                     [&](const domain::LiabilityShare& one) { return one.party == party.name; });
    if (share == court_case.liability.end() || !share->uninsured_medical) continue;
    RECOUP_ASSIGN_OR_RETURN(
        const std::optional<Money> limit,
        LimitByLaw(work, domain::PoolId{out.input.pool}, out.input.accident_date));
    const Money remaining = *share->uninsured_medical;
    Money used = limit && *limit > remaining ? *limit - remaining : Money();
    if (court_case.basis == Basis::kNet) {
      const Money own = court_case.self_paid.value_or(domain::OwnPaid(out.input));
      used += std::min(own, remaining);
    }
    party.uninsured_used = used;
  }
  return absl::OkStatus();
}

// An agreement need not say who answers for which share: the only one who pays under it, and is no
// insurer, then answers for the whole.
void AddOnlyPayer(const CourtCase& court_case, const std::string& person, JudgedInput& out) {
  if (court_case.document_type != domain::DocumentType::kMediationDocument) return;
  if (!court_case.liability.empty()) return;
  const domain::CourtObligation* payer = nullptr;
  for (const domain::CourtObligation& obligation : court_case.obligations) {
    if (obligation.debtor == person) continue;
    if (payer != nullptr && payer->debtor != obligation.debtor) return;
    payer = &obligation;
  }
  if (payer == nullptr) return;
  if (payer->debtor_kind != DebtorKind::kCompany && payer->debtor_kind != DebtorKind::kPerson) {
    return;
  }
  constexpr std::int32_t kWhole = 10'000;
  out.input.parties.push_back({.name = payer->debtor,
                               .kind = payer->debtor_kind,
                               .share_basis_points = kWhole,
                               .answered_for_by = std::nullopt,
                               .joint_group = 0,
                               .no_fault = false});
  out.notes.push_back(absl::StrCat("调解书没有写明责任比例，按协议中唯一的给付义务人",
                                   payer->debtor, "承担全部责任计算，请复核"));
}

// What the insurer states and what judgments say of one limit may differ.
void CompareSources(const CourtCase& court_case, const domain::PolicyId& policy,
                    const std::string& insurer, const LimitUse& use, const domain::PoolId& pool,
                    JudgedInput& out) {
  domain::Break finding;
  finding.pool = pool;
  finding.kind = domain::BreakKind::kPolicyLimitMismatch;
  finding.finding = absl::StrCat("policy-limit:", policy.ToString(), ":", court_case.id.ToString());
  if (!use.stated || !use.judged || *use.stated == *use.judged) {
    out.settled_findings.push_back(finding.finding);
    return;
  }
  const Money limit = use.limit.value_or(Money());
  finding.amount =
      *use.stated > *use.judged ? *use.stated - *use.judged : *use.judged - *use.stated;
  finding.explanation =
      absl::StrCat(insurer, "登记的剩余限额 ", (limit - *use.stated).ToYuanGrouped(),
                   " 元，按判决（", court_case.case_number, "）计算为 ",
                   (limit - *use.judged).ToYuanGrouped(), " 元；暂按较小者计算");
  finding.suggestion = "请保险公司说明限额使用情况，更正登记或者提供判决以外的赔付凭证";
  out.findings.push_back(std::move(finding));
}

// Until it is computed: a GROSS judgment's order to the insurer holds the fund's part.
domain::LimitClaim MostClaimed(const CourtCase& court_case, const LimitGroup& group,
                               const domain::InsurancePolicy& policy, const JudgedInput& out) {
  domain::LimitClaim claim{.insurer = policy.insurer,
                           .kind = policy.kind,
                           .party = group.limit.party,
                           .policy = group.limit.policy,
                           .accident_on = group.limit.accident_on,
                           .loss = {},
                           .fund_loss = {}};
  for (const domain::AdvanceShare& share : out.input.advances) {
    claim.loss += share.fund_paid;
    claim.fund_loss += share.fund_paid;
    if (court_case.basis == Basis::kGross) claim.loss += share.own_paid;
  }
  return claim;
}

absl::Status AddPolicy(UnitOfWork& work, const CourtCase& court_case,
                       const domain::JudgedPolicy& judged, const domain::Recovery& recovery,
                       const std::vector<std::string>& plates, bool keep_accepted,
                       JudgedInput& out) {
  domain::InsurancePolicy policy;
  policy.insurer = judged.insurer;
  policy.kind = judged.kind;
  domain::Debtor insurer;
  insurer.kind = DebtorKind::kInsurer;
  insurer.name = judged.insurer;
  insurer.policy_kind = judged.kind;
  RECOUP_ASSIGN_OR_RETURN(insurer.party, InsurerNamed(work, judged.insurer));
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<domain::RegisteredPolicy> registered,
      PolicyBehind(work, court_case, judged.kind, insurer.party, out.input.accident_date, plates));
  LimitOf limit{judged.insurer, judged.kind, insurer.party, std::nullopt, out.input.accident_date};
  if (registered) limit.policy = registered->id;
  RECOUP_ASSIGN_OR_RETURN(LimitGroup group, GroupOf(work, limit, &court_case));
  // The judgment itself may leave less than was accepted; others' losses and statements may not.
  RECOUP_ASSIGN_OR_RETURN(const LimitUse use,
                          AskOfLimit(work, recovery, MostClaimed(court_case, group, policy, out),
                                     keep_accepted, group, policy));
  if (!policy.other_victims.empty()) {
    out.notes.push_back(absl::StrCat(policy.insurer, "的同一限额在本次事故中另有 ",
                                     policy.other_victims.size(), " 名受害人，余额按损失比例分配"));
  }
  insurer.policy = group.limit.policy;
  if (insurer.policy && judged.medical_remaining) {
    CompareSources(court_case, *insurer.policy, judged.insurer, use, recovery.pool, out);
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
  policy.party = party;
  out.input.policies.push_back(std::move(policy));
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
// when they explain B: they are B, or are known one by one and less, because some of B was paid
// before the judgment. Where they do not, the waterfall finds the payers.
void AddObligations(const CourtCase& court_case, const PersonalAward& award, JudgedInput& out) {
  std::vector<domain::JudgedObligation> awarded;
  Money sum;
  bool known = true;
  for (const domain::CourtObligation& obligation : award.obligations) {
    const bool to_fund = court_case.basis == Basis::kFundAwarded;
    known = known && obligation.medical.has_value();
    const Money amount =
        to_fund ? obligation.amount : obligation.medical.value_or(obligation.amount);
    awarded.push_back({.name = obligation.debtor,
                       .kind = obligation.debtor_kind,
                       .amount = amount,
                       .policy = PolicyOf(out, obligation)});
    sum += amount;
  }
  const auto& judged = award.medical;
  const bool explains = court_case.basis == Basis::kFundAwarded ||
                        (court_case.basis == Basis::kGross &&
                         (!judged || sum == *judged || (known && sum < *judged)));
  if (explains) out.input.obligations = std::move(awarded);
}

void AddPerformances(const CourtCase& court_case, const std::string& person,
                     const OwnClaims& claims, JudgedInput& out) {
  for (const domain::Performance& performance : court_case.performances) {
    if (!performance.to_fund && performance.complete) out.input.paid_to_injured_person = true;
  }
  PersonalRepayments repayments = RepaymentsFor(court_case, person, domain::FundPaid(out.input));
  const auto was_asked = [&](const domain::Performance& performance) {
    return claims.by_debtor.contains(performance.debtor);
  };
  std::erase_if(repayments.own, was_asked);
  std::erase_if(repayments.untold, was_asked);
  for (const domain::Performance& performance : repayments.own) {
    out.input.repayments.push_back({.name = performance.debtor, .amount = performance.amount});
  }
  out.told.Update(ToldOf(repayments.untold));
}

// The C and A of several injured persons are sums that no one's settlements prove.
void CompareWithJudgment(const CourtCase& court_case, JudgedInput& out) {
  if (HasSeveralInjured(court_case)) return;
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
    Translation{"is one sum for several injured persons",
                "判决要素只有几名受害人合计的医疗赔偿，没有写明判给该受害人多少；"
                "须由法院补正各项给付的受领人和其中的医疗费"},
    Translation{"award the fund one sum for several injured persons",
                "判决直接给付基金的款项涉及几名受害人，与基金为该受害人支付的金额不符，"
                "判决要素没有写明各受害人的部分"},
    Translation{"are one sum for several injured persons",
                "报告的退回基金款项涉及几名受害人，没有写明为谁退回；"
                "须由法院撤回该报告，写明受害人后重新报告"},
    Translation{"the fund paid nothing: C = 0", "基金没有支付（C = 0）"},
    Translation{"is empty", "没有垫付"},
    Translation{"exceeds what the person and the fund paid: B > A + C",
                "判决医疗赔偿 B 大于个人与基金支付之和 A + C"},
    Translation{"the shares exceed the whole", "责任比例合计超过 100%"},
    Translation{"is required for a commercial policy", "商业责任险没有写明限额"},
    Translation{"exceeds the limit", "已用限额超过限额"},
    Translation{"FUND_AWARDED needs the amounts as judged", "判决直接给付基金，但没有给付金额"},
    Translation{"award more than the fund paid", "判决给付基金的金额大于基金支付"},
    Translation{"exceed the judged medical compensation", "各义务人应付之和大于判决医疗赔偿"},
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
                                            const std::string& person,
                                            const domain::Recovery& recovery,
                                            const std::vector<domain::Advance>& advances,
                                            const OwnClaims& claims, bool keep_accepted) {
  const domain::PoolId& pool = recovery.pool;
  JudgedInput out;
  out.input.pool = pool.value;
  out.input.basis = court_case.basis;
  out.input.injured_person = person;
  absl::CivilDay first_admitted = court_case.closed_on;
  std::vector<std::string> plates;
  for (const domain::Advance& advance : advances) {
    out.input.advances.push_back({.id = advance.id.ToString(),
                                  .own_paid = advance.self_paid,
                                  .fund_paid = advance.amount,
                                  .bill_total = advance.total});
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
  AddParties(court_case, person, out);
  RECOUP_RETURN_IF_ERROR(AddMissingCover(work, court_case, out));
  AddOnlyPayer(court_case, person, out);
  for (const domain::JudgedPolicy& policy : court_case.policies) {
    RECOUP_RETURN_IF_ERROR(
        AddPolicy(work, court_case, policy, recovery, plates, keep_accepted, out));
  }
  const PersonalAward award = AwardOf(court_case, person, domain::FundPaid(out.input));
  out.input.judged_medical = award.medical;
  out.told = award.told;
  if (!award.doubt.empty()) out.notes.push_back(award.doubt);
  AddObligations(court_case, award, out);
  AddPerformances(court_case, person, claims, out);
  CompareWithJudgment(court_case, out);
  return out;
}

DebtorKind DebtorKindOf(const CourtCase& court_case, const std::string& name) {
  for (const domain::CourtObligation& obligation : court_case.obligations) {
    if (obligation.debtor == name) return obligation.debtor_kind;
  }
  return EndsWithAny(name,
                     {"公司", "厂", "中心", "学校", "幼儿园", "医院", "合作社", "委员会", "店"})
             ? DebtorKind::kCompany
             : DebtorKind::kPerson;
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
