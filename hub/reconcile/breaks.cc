// What the ladder could not prove, said in words: every fen that stays unapplied, every demand that
// stays open though it should not, every advice whose money has not come.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/reconcile/run.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

Break RestOf(const EntryState& entry, BreakKind kind, std::string explanation,
             std::string suggestion) {
  Break rest;
  rest.kind = kind;
  rest.entry_key = entry.fact->key;
  rest.amount = entry.rest();
  rest.explanation = std::move(explanation);
  rest.suggestion = std::move(suggestion);
  return rest;
}

bool AllPaid(const Run& run, const std::set<std::size_t>& demands) {
  return std::all_of(demands.begin(), demands.end(),
                     [&](std::size_t i) { return run.demands[i].open.is_zero(); });
}

Break Duplicate(const Run& run, const EntryState& entry, std::size_t demand) {
  Break duplicate = RestOf(
      entry, BreakKind::kDuplicatePayment,
      absl::StrCat("所付追偿函此前已付清，疑为重复支付", entry.rest().ToYuanGrouped(), "元。"),
      "与付款人核对后退还，或转作其他追偿函的付款。");
  duplicate.demand_key = run.demands[demand].fact->key;
  duplicate.duplicate_of = run.FirstPayerEntry(demand);
  return duplicate;
}

Break Overpaid(const Run& run, const EntryState& entry) {
  Break overpaid = RestOf(entry, BreakKind::kOverpaid,
                          absl::StrCat("到账金额超出所付追偿函的未付金额",
                                       entry.rest().ToYuanGrouped(), "元，多出部分未核销。"),
                          "与付款人核对后退还，或经其确认转作其他追偿函的付款。");
  if (entry.paid.size() == 1) {
    overpaid.demand_key = run.demands[*entry.paid.begin()].fact->key;
  }
  overpaid.candidates = run.KeysOf(entry.paid);
  return overpaid;
}

Break Ambiguous(const Run& run, const EntryState& entry, std::string why,
                const std::set<std::size_t>& candidates) {
  Break ambiguous = RestOf(entry, BreakKind::kAmbiguousPayment, absl::StrCat(why, "，未自动核销。"),
                           "请人工选定追偿函，或请付款人补发付款通知。");
  ambiguous.candidates = run.KeysOf(candidates);
  return ambiguous;
}

Break Explain(const Run& run, const EntryState& entry) {
  if (entry.fact->reversal) {
    return RestOf(entry, BreakKind::kUnknownPayment,
                  "银行冲正此前的一笔支出，不是义务人的付款，未核销。", "请核对对应的支出。");
  }
  if (!entry.conflict.empty()) return Ambiguous(run, entry, entry.conflict, entry.unsolved);
  if (!entry.paid.empty()) return Overpaid(run, entry);
  if (!entry.named.empty() && AllPaid(run, entry.named)) {
    return Duplicate(run, entry, *entry.named.begin());
  }
  for (const auto& [advice, first] : run.advice_entries) {
    const BankEntry& paid_by = *run.entries[first].fact;
    if (&paid_by != entry.fact && HasEndToEndId(entry.fact->end_to_end_id) &&
        paid_by.end_to_end_id == entry.fact->end_to_end_id) {
      Break duplicate =
          RestOf(entry, BreakKind::kDuplicatePayment, "端到端编号与另一笔到账相同，疑为重复支付。",
                 "与付款人核对后退还。");
      duplicate.duplicate_of = paid_by.key;
      duplicate.advice_key = run.advices[advice]->key;
      return duplicate;
    }
  }
  const std::vector<std::size_t> of_payer = run.DemandsOfPayer(*entry.fact);
  std::set<std::size_t> open;
  for (const std::size_t i : of_payer) {
    if (run.demands[i].open.is_positive()) open.insert(i);
  }
  if (!open.empty())
    return Ambiguous(run, entry, "付款人有未付追偿函，但金额与编号都不能对应", open);
  if (entry.mentions.unknown.empty()) {
    for (const std::size_t i : of_payer) {
      if (run.demands[i].fact->amount == entry.rest()) return Duplicate(run, entry, i);
    }
  }
  return RestOf(entry, BreakKind::kUnknownPayment,
                of_payer.empty() ? "付款人、编号和金额都找不到对应的追偿函。"
                                 : "付款人的追偿函均已付清，本笔款项用途不明。",
                "请核实款项来源；无法确认的，按不明来款处理。");
}

void NoteUnderpaid(Run& run, const DemandState& demand) {
  if (demand.last_entry_key.empty() || !demand.open.is_positive()) return;
  const absl::CivilDay as_of = run.facts.as_of;
  Money short_by;
  if (demand.said_final) {
    short_by = demand.open;
  } else if (!demand.instalments.empty()) {
    for (const Instalment& instalment : demand.instalments) {
      if (instalment.due_on < as_of) short_by += instalment.open;
    }
    short_by = std::min(short_by, demand.open);
  } else if (demand.fact->due_on.has_value() && *demand.fact->due_on < as_of) {
    short_by = demand.open;
  }
  if (!short_by.is_positive()) return;
  Break underpaid;
  underpaid.kind = BreakKind::kUnderpaid;
  underpaid.entry_key = demand.last_entry_key;
  underpaid.demand_key = demand.fact->key;
  underpaid.amount = short_by;
  underpaid.explanation =
      absl::StrCat(demand.said_final ? "付款人称已付清，但仍欠" : "已过付款期限，仍欠",
                   short_by.ToYuanGrouped(), "元。");
  underpaid.suggestion = "催收余款；协商减免的，须先办理审批。";
  run.AddBreak(std::move(underpaid));
}

void NoteMissingMoney(Run& run) {
  for (std::size_t i = 0; i < run.advices.size(); ++i) {
    const Advice& advice = *run.advices[i];
    if (run.advice_entries.contains(i)) continue;
    if (run.facts.as_of - advice.paid_on <= run.policy.advice_grace_days) continue;
    Break missing;
    missing.kind = BreakKind::kAdviceWithoutMoney;
    missing.advice_key = advice.key;
    missing.amount = advice.total;
    missing.explanation = absl::StrCat("付款通知称已付", advice.total.ToYuanGrouped(), "元，",
                                       run.facts.as_of - advice.paid_on, "天后仍未到账。");
    missing.suggestion = "请付款人提供银行回单。";
    run.AddBreak(std::move(missing));
  }
}

}  // namespace

void ExplainTheRest(Run& run) {
  for (EntryState& entry : run.entries) {
    if (!entry.rest().is_positive()) continue;
    Break rest = Explain(run, entry);
    entry.explained += rest.amount;
    run.AddBreak(std::move(rest));
  }
  for (const DemandState& demand : run.demands) NoteUnderpaid(run, demand);
  NoteMissingMoney(run);
}

}  // namespace recoup::reconcile
