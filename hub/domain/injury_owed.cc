#include "hub/domain/injury_owed.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/apportionment.h"

namespace recoup::domain {
namespace {

class Owed {
 public:
  Owed(const std::vector<Advance>& advances, const InjuryQuestion& question,
       const PolicyData& policy_data, const std::vector<ExplanationStep>& assumed,
       InjuryTrace& trace)
      : advances_(advances),
        question_(question),
        policy_data_(policy_data),
        assumed_(assumed),
        trace_(trace) {}

  absl::Status Compute() {
    CountVisits();
    CountBills();
    if (trace_.fund_paid.is_zero()) return absl::OkStatus();
    FindGap();
    if (trace_.gap != TraceGap::kNone) return absl::OkStatus();
    const absl::StatusOr<Apportionment> result = Apportion(Input(), policy_data_);
    if (!result.ok() && ReasonOf(result.status()) == Reason::kInvalidArgument) {
      trace_.gap = TraceGap::kOther;
      trace_.gap_text =
          absl::StrCat("无法计算应退回金额：", std::string(result.status().message()));
      return absl::OkStatus();
    }
    RECOUP_RETURN_IF_ERROR(result.status());
    trace_.owed = result->total;
    trace_.explanation = result->explanation;
    trace_.explanation.steps.insert(trace_.explanation.steps.begin(), assumed_.begin(),
                                    assumed_.end());
    if (question_.needs_cover() && question_.covers.empty()) SayNoCover();
    return ShareOverFunds();
  }

 private:
  void CountVisits() {
    for (const TracedVisit& visit : trace_.visits) {
      if (!visit.included) continue;
      const Advance& advance = advances_[visit.advance];
      counted_.push_back(&advance);
      costs_.push_back({advance.id.ToString(), advance.self_paid, advance.amount, advance.total});
      trace_.own_paid += advance.self_paid;
      trace_.fund_paid += advance.amount;
    }
  }

  // Those without a settlement. Two regions' bills may have one number.
  void CountBills() {
    for (const TracedBill& traced : trace_.bills) {
      if (!traced.included || traced.place.match != BillMatch::kNone) continue;
      by_themselves_.push_back(&traced);
      costs_.push_back({absl::StrCat("第", traced.bill + 1, "张票据"), traced.own_amount,
                        traced.fund_amount, question_.bills[traced.bill].total});
      trace_.own_paid += traced.own_amount;
      trace_.fund_paid += traced.fund_amount;
    }
  }

  ApportionmentInput Input() const {
    ApportionmentInput input;
    input.advances = costs_;
    input.pool = counted_.empty() ? std::string(kEveryPool) : counted_.front()->pool.value;
    input.accident_date = question_.injured_on;
    input.basis = question_.basis;
    input.judged_medical = question_.judged_medical;
    input.paid_to_injured_person = question_.paid_to_injured_person;
    input.injured_person = question_.injured_person;
    const std::string liable = question_.liable_name.empty() ? "第三方" : question_.liable_name;
    if (question_.liable_share_basis_points != 0) {
      input.parties.push_back({.name = liable,
                               .kind = DebtorKind::kCompany,
                               .share_basis_points = question_.liable_share_basis_points,
                               .answered_for_by = {}});
    }
    if (question_.needs_cover()) input.policies = question_.covers;
    const bool judged = question_.basis == Basis::kGross || question_.basis == Basis::kFundAwarded;
    if (judged && question_.judged_medical) {
      input.obligations.push_back(
          {liable, DebtorKind::kCompany, *question_.judged_medical, std::nullopt});
    }
    return input;
  }

  void SayNoCover() {
    trace_.explanation.steps.push_back(
        {.label = "未计交强险：没有已知的保单与限额",
         .formula = "全部按责任比例计算；有交强险可用限额时应退回金额可能更高",
         .inputs = {},
         .rule_id = "trace.no_ctp_known",
         .rule_version = "1",
         .source = "民法典第一千二百一十三条",
         .result = trace_.owed,
         .result_text = {}});
  }

  // What only the person who asks can add.
  void FindGap() {
    const bool judged = question_.judged_medical.has_value();
    const bool share = question_.liable_share_basis_points != 0;
    const Money found =
        question_.basis == Basis::kGross ? trace_.own_paid + trace_.fund_paid : trace_.fund_paid;
    const auto gap = [this](TraceGap kind, std::string text) {
      trace_.gap = kind;
      trace_.gap_text = std::move(text);
    };
    switch (question_.basis) {
      case Basis::kNone:
      case Basis::kNet:
        if (share) return;
        if (question_.basis == Basis::kNone && judged) {
          return gap(TraceGap::kBasis,
                     "已给出判决或协议的医疗费，但没有说明判决口径（是否含基金支付部分）");
        }
        return gap(TraceGap::kLiability, "没有说明由谁负责、责任比例多大，无法计算应退回金额");
      case Basis::kGross:
      case Basis::kFundAwarded:
        if (!judged) {
          if (question_.basis == Basis::kGross && share) return;
          return gap(TraceGap::kJudged, "已说明判决口径，但没有给出判决的医疗费");
        }
        if (*question_.judged_medical <= found) return;
        return gap(
            TraceGap::kMoreThanFound,
            absl::StrCat(
                "判决医疗费 ", question_.judged_medical->ToYuanGrouped(), " 元多于找到的",
                question_.basis == Basis::kGross ? "个人负担与基金支付合计 " : "基金支付合计 ",
                found.ToYuanGrouped(), " 元：可能有就诊或票据没有找到，或被误排除"));
    }
  }

  // Each fund once, whichever of its settlements paid: rounding per settlement would add up.
  absl::Status ShareOverFunds() {
    for (const Advance* const advance : counted_) RECOUP_RETURN_IF_ERROR(AddFunds(*advance));
    for (const TracedBill* const bill : by_themselves_) {
      AddFund({}, "", "票据载明的医保基金（未找到结算）", bill->fund_amount);
    }
    std::vector<std::int64_t> weights;
    for (const TraceShare& share : trace_.shares) weights.push_back(share.paid.fen());
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> amounts, Split(trace_.owed, weights));
    for (std::size_t i = 0; i < amounts.size(); ++i) trace_.shares[i].amount = amounts[i];
    return absl::OkStatus();
  }

  // What the advance says its funds paid, brought to the sum that counts (C).
  absl::Status AddFunds(const Advance& advance) {
    std::vector<const FundLine*> lines;
    std::vector<std::int64_t> weights;
    for (const FundLine& line : advance.fund_lines) {
      if (!line.is_fund || !line.amount.is_positive()) continue;
      lines.push_back(&line);
      weights.push_back(line.amount.fen());
    }
    if (lines.empty()) {
      AddFund(advance.pool, "", "", advance.amount);
      return absl::OkStatus();
    }
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> paid, Split(advance.amount, weights));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      AddFund(advance.pool, lines[i]->fund_pay_type, lines[i]->name, paid[i]);
    }
    return absl::OkStatus();
  }

  void AddFund(const PoolId& pool, const std::string& type, const std::string& name, Money paid) {
    if (!paid.is_positive()) return;
    for (TraceShare& share : trace_.shares) {
      if (share.pool != pool || share.fund_pay_type != type) continue;
      share.paid += paid;
      return;
    }
    trace_.shares.push_back({pool, type, name, paid, Money()});
  }

  const std::vector<Advance>& advances_;
  const InjuryQuestion& question_;
  const PolicyData& policy_data_;
  const std::vector<ExplanationStep>& assumed_;
  InjuryTrace& trace_;
  std::vector<const Advance*> counted_;
  std::vector<const TracedBill*> by_themselves_;
  std::vector<AdvanceShare> costs_;
};

}  // namespace

absl::Status ComputeOwed(const std::vector<Advance>& advances, const InjuryQuestion& question,
                         const PolicyData& policy_data, const std::vector<ExplanationStep>& assumed,
                         InjuryTrace& trace) {
  return Owed(advances, question, policy_data, assumed, trace).Compute();
}

}  // namespace recoup::domain
