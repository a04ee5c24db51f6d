#include "hub/reconcile/batch_payment.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/base/check.h"
#include "hub/reconcile/checker.h"
#include "hub/reconcile/plain.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {

using domain::Money;

std::vector<std::string> ReferencesOf(const BankEntry& entry) {
  std::vector<std::string> references =
      FindReferences(absl::StrCat(entry.end_to_end_id, " | ", entry.free_text));
  const std::string structured = NormaliseReference(entry.creditor_reference);
  if (!structured.empty()) references.push_back(structured);
  std::sort(references.begin(), references.end());
  references.erase(std::unique(references.begin(), references.end()), references.end());
  return references;
}

BatchDecision DecideBatch(const BatchFact& batch, std::vector<BankEntry> entries) {
  std::sort(entries.begin(), entries.end(), [](const BankEntry& a, const BankEntry& b) {
    return std::tie(a.booked_on, a.key) < std::tie(b.booked_on, b.key);
  });
  BatchDecision decision;
  decision.batch_key = batch.key;
  decision.net = batch.net;
  decision.reference = batch.reference;
  bool mixed = false;
  for (const BankEntry& entry : entries) {
    decision.entry_keys.push_back(entry.key);
    decision.sum += entry.amount - entry.returned_before;
    mixed = mixed || ReferencesOf(entry) != std::vector{batch.reference};
  }
  if (!batch.collects_here) {
    decision.verdict = BatchVerdict::kElsewhere;
  } else if (!batch.awaits_payment) {
    decision.verdict = BatchVerdict::kPaidBefore;
  } else if (mixed) {
    decision.verdict = BatchVerdict::kMixed;
  } else if (decision.sum < batch.net) {
    decision.verdict = BatchVerdict::kTooLittle;
  } else if (decision.sum > batch.net) {
    decision.verdict = BatchVerdict::kTooMuch;
  }
  return decision;
}

std::string BatchCertificate(const BatchDecision& decision) {
  return absl::StrCat(std::string(kBatchRule), "/", std::string(kBatchRuleVersion), "；依据：",
                      decision.reference, "；流水 ", absl::StrJoin(decision.entry_keys, "、"),
                      " 合计 ", decision.sum.ToYuanGrouped(), " 元，等于批次应付 ",
                      decision.net.ToYuanGrouped(), " 元");
}

std::string BatchExplanation(const BatchDecision& decision) {
  const std::string named = absl::StrCat("到账写明结算批次 ", decision.reference, "，合计 ",
                                         decision.sum.ToYuanGrouped(), " 元");
  const std::string due = absl::StrCat("，批次应付 ", decision.net.ToYuanGrouped(), " 元");
  switch (decision.verdict) {
    case BatchVerdict::kPaid:
      break;
    case BatchVerdict::kTooLittle:
      return absl::StrCat(named, due, "，少 ", (decision.net - decision.sum).ToYuanGrouped(),
                          " 元；批次不作部分核销。");
    case BatchVerdict::kTooMuch:
      return absl::StrCat(named, due, "，多 ", (decision.sum - decision.net).ToYuanGrouped(),
                          " 元；批次不作部分核销。");
    case BatchVerdict::kPaidBefore:
      return absl::StrCat(named, "，但该批次不在待付款状态（已付款或已取消）。");
    case BatchVerdict::kMixed:
      return absl::StrCat(named, due, "，其中有到账同时写明其他付款参考号，不能确定用途。");
    case BatchVerdict::kElsewhere:
      return absl::StrCat(named, "，但该批次约定付至另一统筹区的账户。");
  }
  RECOUP_CHECK(false);  // A payment needs no explanation.
}

std::string BatchSuggestion(const BatchDecision& decision) {
  switch (decision.verdict) {
    case BatchVerdict::kPaid:
      break;
    case BatchVerdict::kTooLittle:
      return "请保险公司以同一参考号补足差额；补足后再次对账即整批核销。";
    case BatchVerdict::kTooMuch:
      return "退还多付部分后再次对账，即整批核销。";
    case BatchVerdict::kPaidBefore:
      return "核实是否重复付款；属重复的退还付款人。";
    case BatchVerdict::kMixed:
      return "请保险公司说明用途，再由经办人员核销或退还。";
    case BatchVerdict::kElsewhere:
      return "退还付款人，由其付至批次约定的账户。";
  }
  RECOUP_CHECK(false);
}

absl::Status VerifyBatchDecision(const BatchFact& batch, const std::vector<BankEntry>& entries,
                                 const BatchDecision& decision) {
  if (decision.verdict != BatchVerdict::kPaid) return absl::OkStatus();
  if (!batch.awaits_payment || !batch.collects_here) {
    return Broken(batch.key, "does not await a payment here");
  }
  if (decision.batch_key != batch.key) return Broken(batch.key, "is not the batch decided on");
  const std::string word = Plain(batch.reference);
  std::set<std::string> taken;
  Money sum;
  for (const BankEntry& entry : entries) {
    const std::string said = Plain(
        absl::StrCat(entry.end_to_end_id, "|", entry.free_text, "|", entry.creditor_reference));
    if (word.empty() || said.find(word) == std::string::npos) {
      return Broken(entry.key, "does not name the batch");
    }
    if (entry.direction != Direction::kCredit) return Broken(entry.key, "is no credit");
    if (!taken.insert(entry.key).second) return Broken(entry.key, "counts twice");
    sum += entry.amount - entry.returned_before;
  }
  if (taken != std::set<std::string>(decision.entry_keys.begin(), decision.entry_keys.end()) ||
      taken.size() != decision.entry_keys.size()) {
    return Broken(batch.key, "is paid by other entries than those that name it");
  }
  if (sum != batch.net) return Broken(batch.key, "is not paid exactly");
  return absl::OkStatus();
}

}  // namespace recoup::reconcile
