// What the ladder could not prove, said in words: every fen that stays unapplied, every demand that
// stays open though it should not, every advice whose money has not come.
#include <algorithm>
#include <map>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "hub/reconcile/payer_group.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

// The texts must live as long as the result.
Break RestOf(const EntryState& entry, BreakKind kind, std::string_view explanation,
             std::string_view suggestion) {
  Break rest;
  rest.kind = kind;
  rest.entry_key = entry.fact->key;
  rest.amount = entry.rest();
  rest.explanation = explanation;
  rest.suggestion = suggestion;
  return rest;
}

bool AllPaid(const Run& run, const IndexSet& demands) {
  return std::all_of(demands.begin(), demands.end(),
                     [&](Index i) { return run.demands[i].open.is_zero(); });
}

Break Duplicate(const Run& run, const EntryState& entry, Index demand, TextArena& texts) {
  Break duplicate = RestOf(entry, BreakKind::kDuplicatePayment,
                           texts.Keep(absl::StrCat("所付追偿函此前已付清，疑为重复支付",
                                                   entry.rest().ToYuanGrouped(), "元。")),
                           "与付款人核对后退还，或转作其他追偿函的付款。");
  duplicate.demand_key = run.demands[demand].fact->key;
  duplicate.duplicate_of = run.FirstPayerEntry(demand);
  return duplicate;
}

Break Overpaid(const Run& run, const EntryState& entry, TextArena& texts) {
  Break overpaid =
      RestOf(entry, BreakKind::kOverpaid,
             texts.Keep(absl::StrCat("到账金额超出所付追偿函的未付金额",
                                     entry.rest().ToYuanGrouped(), "元，多出部分未核销。")),
             "与付款人核对后退还，或经其确认转作其他追偿函的付款。");
  if (entry.paid.size() == 1) overpaid.demand_key = run.demands[entry.paid.front()].fact->key;
  overpaid.candidates = run.KeysOf(entry.paid);
  return overpaid;
}

Break Ambiguous(const Run& run, const EntryState& entry, std::string_view why,
                const IndexSet& candidates, TextArena& texts) {
  Break ambiguous = RestOf(entry, BreakKind::kAmbiguousPayment,
                           texts.Keep(std::string(why).append("，未自动核销。")),
                           "请人工选定追偿函，或请付款人补发付款通知。");
  ambiguous.candidates = run.KeysOf(candidates);
  return ambiguous;
}

// Whose money an advice announced: end-to-end id to advice and entry.
using Advised = std::map<std::string_view, std::pair<Index, Index>>;

Advised AdvisedOf(const Run& run) {
  Advised advised;
  for (const auto& [advice, first] : run.advice_entries) {
    const std::string_view id = run.entries[first].fact->end_to_end_id;
    if (HasEndToEndId(id)) advised.try_emplace(id, advice, first);
  }
  return advised;
}

// What is asked of each payer once, and then answered per entry.
class Explainer {
 public:
  Explainer(const Run& run, const Advised& advised, TextArena& texts)
      : run_(run), advised_(advised), texts_(texts) {}

  Break Explain(const EntryState& entry) {
    if (entry.reversal) {
      return RestOf(entry, BreakKind::kUnknownPayment,
                    "银行冲正此前的一笔支出，不是义务人的付款，未核销。", "请核对对应的支出。");
    }
    if (!entry.conflict.empty()) {
      return Ambiguous(run_, entry, entry.conflict, entry.unsolved, texts_);
    }
    if (!entry.paid.empty()) return Overpaid(run_, entry, texts_);
    if (!entry.named.empty() && AllPaid(run_, entry.named)) {
      return Duplicate(run_, entry, entry.named.front(), texts_);
    }
    if (std::optional<Break> twice = PaidTwiceById(entry)) return *std::move(twice);
    const OfPayer& of_payer = Of(entry);
    if (of_payer.open) {
      return Ambiguous(run_, entry, "付款人有未付追偿函，但金额与编号都不能对应",
                       of_payer.open->To(entry.rest(), run_.policy.candidates_max), texts_);
    }
    if (!entry.mentions.unknown) {
      const auto paid = of_payer.by_amount.find(entry.rest().fen());
      if (paid != of_payer.by_amount.end()) return Duplicate(run_, entry, paid->second, texts_);
    }
    return RestOf(entry, BreakKind::kUnknownPayment,
                  of_payer.any ? "付款人的追偿函均已付清，本笔款项用途不明。"
                               : "付款人、编号和金额都找不到对应的追偿函。",
                  "请核实款项来源；无法确认的，按不明来款处理。");
  }

 private:
  struct OfPayer {
    bool any = false;
    std::optional<NearestDemands> open;                  // When something is open.
    absl::flat_hash_map<std::int64_t, Index> by_amount;  // The first demand of each amount.
  };

  std::optional<Break> PaidTwiceById(const EntryState& entry) const {
    if (!HasEndToEndId(entry.fact->end_to_end_id)) return std::nullopt;
    const auto it = advised_.find(entry.fact->end_to_end_id);
    if (it == advised_.end() || run_.entries[it->second.second].fact == entry.fact) {
      return std::nullopt;
    }
    Break duplicate = RestOf(entry, BreakKind::kDuplicatePayment,
                             "端到端编号与另一笔到账相同，疑为重复支付。", "与付款人核对后退还。");
    duplicate.duplicate_of = run_.entries[it->second.second].fact->key;
    duplicate.advice_key = run_.advices[it->second.first]->key;
    return duplicate;
  }

  const OfPayer& Of(const EntryState& entry) {
    const auto [it, added] = payers_.try_emplace(entry.payer);
    OfPayer& of_payer = it->second;
    if (!added || !run_.payers[entry.payer].known()) return of_payer;
    std::vector<Index> open;
    std::vector<Index> merged;
    for (const Index i : run_.DemandsOfPayer(entry, merged)) {
      of_payer.any = true;
      of_payer.by_amount.try_emplace(run_.demands[i].fact->amount.fen(), i);
      if (run_.demands[i].open.is_positive()) open.push_back(i);
    }
    if (!open.empty()) of_payer.open.emplace(run_, open);
    return of_payer;
  }

  const Run& run_;
  const Advised& advised_;
  TextArena& texts_;
  std::map<Index, OfPayer> payers_;
};

void NoteUnderpaid(const Run& run, const DemandState& demand, Findings& into) {
  if (demand.last_entry == kNowhere || !demand.open.is_positive()) return;
  const Day as_of = DayOf(run.facts.as_of);
  Money short_by;
  if (demand.said_final) {
    short_by = demand.open;
  } else if (!demand.instalments.empty()) {
    for (const Instalment& instalment : demand.instalments) {
      if (DayOf(instalment.due_on) < as_of) short_by += instalment.open;
    }
    short_by = std::min(short_by, demand.open);
  } else if (demand.fact->due_on != DemandFact::kNever && demand.fact->due_on < as_of) {
    short_by = demand.open;
  }
  if (!short_by.is_positive()) return;
  Break& underpaid = into.breaks.emplace_back();
  underpaid.kind = BreakKind::kUnderpaid;
  underpaid.entry_key = run.entries[demand.last_entry].fact->key;
  underpaid.demand_key = demand.fact->key;
  underpaid.amount = short_by;
  underpaid.explanation = into.texts.Keep(
      absl::StrCat(demand.said_final ? "付款人称已付清，但仍欠" : "已过付款期限，仍欠",
                   short_by.ToYuanGrouped(), "元。"));
  underpaid.suggestion = "催收余款；协商减免的，须先办理审批。";
}

void NoteMissingMoney(Run& run) {
  for (Index i = 0; i < run.advices.size(); ++i) {
    const Advice& advice = *run.advices[i];
    if (run.advice_entries.contains(i)) continue;
    if (run.facts.as_of - advice.paid_on <= run.policy.advice_grace_days) continue;
    Break missing;
    missing.kind = BreakKind::kAdviceWithoutMoney;
    missing.advice_key = advice.key;
    missing.amount = advice.total;
    missing.explanation =
        run.Keep(absl::StrCat("付款通知称已付", advice.total.ToYuanGrouped(), "元，",
                              run.facts.as_of - advice.paid_on, "天后仍未到账。"));
    missing.suggestion = "请付款人提供银行回单。";
    run.AddBreak(std::move(missing));
  }
}

}  // namespace

// Nothing moves any more, so that each half of entries and demands is explained apart.
void ExplainTheRest(Run& run) {
  const Advised advised = AdvisedOf(run);
  const auto explain = [&](std::span<EntryState> entries, std::span<const DemandState> demands,
                           Findings& into) {
    Explainer explainer(run, advised, into.texts);
    for (EntryState& entry : entries) {
      if (!entry.rest().is_positive()) continue;
      Break& rest = into.breaks.emplace_back(explainer.Explain(entry));
      entry.explained += rest.amount;
    }
    for (const DemandState& demand : demands) NoteUnderpaid(run, demand, into);
  };
  const std::span entries(run.entries);
  const std::span demands(run.demands);
  run.both(
      [&] {
        explain(entries.first(entries.size() / 2), demands.first(demands.size() / 2), run.found);
      },
      [&] {
        explain(entries.subspan(entries.size() / 2), demands.subspan(demands.size() / 2),
                run.found_beside);
      });
  NoteMissingMoney(run);
}

}  // namespace recoup::reconcile
