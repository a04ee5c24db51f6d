#include "hub/domain/bill_split.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::domain {
namespace {

constexpr char kVersion[] = "1";
constexpr std::int64_t kWhole = 10'000;

absl::Status Check(const Bill& bill, const std::vector<AcceptedCover>& covers) {
  Faults faults;
  if (bill.total.is_negative()) faults.Add("total_fen", "negative");
  if (bill.fund_paid.is_negative()) faults.Add("fund_paid_fen", "negative");
  if (bill.self_paid.is_negative()) faults.Add("self_paid_fen", "negative");
  if (bill.fund_paid + bill.self_paid > bill.total) {
    faults.Add("total_fen", "less than fund_paid_fen and self_paid_fen together");
  }
  for (std::size_t i = 0; i < covers.size(); ++i) {
    const AcceptedCover& cover = covers[i];
    const std::string path = absl::StrCat("covers[", i, "]");
    if (cover.room.is_negative()) faults.Add(path + ".room", "negative");
    if (cover.amount_max && cover.amount_max->is_negative()) {
      faults.Add(path + ".amount_max", "negative");
    }
    if (cover.kind == PolicyKind::kCommercial &&
        (cover.share_basis_points < 1 || cover.share_basis_points > kWhole)) {
      faults.Add(path + ".share_basis_points", "not between 1 and 10000");
    }
  }
  return faults.ToStatus();
}

Money Limited(Money wanted, const AcceptedCover& cover, Money left) {
  Money amount = std::min({wanted, cover.room, left});
  if (cover.amount_max) amount = std::min(amount, *cover.amount_max);
  return amount;
}

ExplanationStep StepOf(const AcceptedCover& cover, Money basis, Money amount) {
  ExplanationStep step;
  step.rule_id = cover.kind == PolicyKind::kCtp ? "split.ctp" : "split.commercial";
  step.rule_version = kVersion;
  step.source = "民法典第一千二百一十三条";
  step.label = absl::StrCat(
      cover.insurer, std::string(cover.kind == PolicyKind::kCtp ? "交强险先行赔付，不论责任比例"
                                                                : "商业险按责任比例赔付余额"));
  step.formula = cover.kind == PolicyKind::kCtp ? "取医疗费用与剩余限额中较小者"
                                                : "取余额 × 责任比例与剩余限额中较小者";
  step.inputs.push_back(AmountInput("医疗费用", basis));
  if (cover.kind == PolicyKind::kCommercial) {
    step.inputs.push_back(RatioInput("责任比例", {cover.share_basis_points, kWhole}));
  }
  step.inputs.push_back(AmountInput("剩余限额", cover.room));
  if (cover.amount_max) step.inputs.push_back(AmountInput("保险公司承诺上限", *cover.amount_max));
  step.result = amount;
  return step;
}

}  // namespace

absl::StatusOr<BillSplit> SplitBill(const Bill& bill, const std::vector<AcceptedCover>& covers) {
  RECOUP_RETURN_IF_ERROR(Check(bill, covers));
  BillSplit split;
  split.covers.resize(covers.size());
  const Money cost = bill.fund_paid + bill.self_paid;
  Money left = cost;
  Money insured;
  // Compulsory cover first, whatever the order in which the insurers answered.
  for (const PolicyKind kind : {PolicyKind::kCtp, PolicyKind::kCommercial}) {
    const Money basis = left;
    for (std::size_t i = 0; i < covers.size(); ++i) {
      if (covers[i].kind != kind) continue;
      Money wanted = basis;
      if (kind == PolicyKind::kCommercial) {
        RECOUP_ASSIGN_OR_RETURN(wanted, basis.Times({covers[i].share_basis_points, kWhole}));
      }
      const Money amount = Limited(wanted, covers[i], left);
      split.covers[i] = amount;
      split.explanation.steps.push_back(StepOf(covers[i], basis, amount));
      left -= amount;
      insured += amount;
    }
  }
  Money relief;
  if (cost.is_positive()) {
    RECOUP_ASSIGN_OR_RETURN(relief, insured.Times({bill.fund_paid.fen(), cost.fen()}));
  }
  split.fund = bill.fund_paid - relief;
  split.patient = bill.self_paid - (insured - relief);
  split.hospital = bill.total - cost;
  ExplanationStep step;
  step.label = "基金垫付：保险赔付按基金与个人原应负担的比例抵减";
  step.formula = "C − B × C ÷ (A + C)";
  step.inputs = {AmountInput("A", bill.self_paid), AmountInput("B", insured),
                 AmountInput("C", bill.fund_paid)};
  step.rule_id = "split.fund";
  step.rule_version = kVersion;
  step.source = "社会保险法第三十条";
  step.result = split.fund;
  split.explanation.steps.push_back(std::move(step));
  return split;
}

}  // namespace recoup::domain
