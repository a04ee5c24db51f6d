// A small world for the reconciliation tests: invented insurers, demands and payments.
#ifndef RECOUP_TESTS_RECONCILE_WORLD_H_
#define RECOUP_TESTS_RECONCILE_WORLD_H_

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "hub/reconcile/reconcile.h"
#include "hub/reconcile/verify.h"

namespace recoup::reconcile {

using domain::Money;

inline const absl::CivilDay kToday(2026, 3, 31);
inline constexpr const char* kReferenceA = "RF18539007547034";  // The example of ISO 11649.
inline constexpr const char* kReferenceB = "RF13FUND2025000123";

inline BankEntry Credit(std::string key, std::int64_t fen, std::string text = "") {
  BankEntry entry;
  entry.key = std::move(key);
  entry.amount = Money::Fen(fen);
  entry.booked_on = absl::CivilDay(2026, 3, 10);
  entry.free_text = std::move(text);
  entry.counterparty_name = "安行财产保险";
  return entry;
}

inline BankEntry Debit(std::string key, std::int64_t fen, std::string text = "") {
  BankEntry entry = Credit(std::move(key), fen, std::move(text));
  entry.direction = Direction::kDebit;
  entry.booked_on = absl::CivilDay(2026, 3, 12);
  return entry;
}

inline OpenDemand Demand(std::string key, std::int64_t fen, std::string reference = "") {
  OpenDemand demand;
  demand.key = std::move(key);
  demand.debtor_key = "insurer-1";
  demand.reference = std::move(reference);
  demand.debtor_names = {"安行财产保险"};
  demand.amount = demand.open = Money::Fen(fen);
  demand.issued_on = absl::CivilDay(2026, 2, 1);
  demand.due_on = absl::CivilDay(2026, 4, 30);
  return demand;
}

inline OpenDemand Paid(OpenDemand demand) {
  demand.open = Money();
  return demand;
}

inline Advice MakeAdvice(std::string key, std::vector<AdviceLine> lines) {
  Advice advice;
  advice.key = std::move(key);
  advice.payer_name = "安行财产保险";
  for (const AdviceLine& line : lines) advice.total += line.amount;
  advice.lines = std::move(lines);
  advice.paid_on = absl::CivilDay(2026, 3, 9);
  return advice;
}

inline Facts World(std::vector<BankEntry> entries, std::vector<OpenDemand> demands) {
  Facts facts;
  facts.entries = std::move(entries);
  facts.demands = std::move(demands);
  facts.as_of = kToday;
  return facts;
}

// Reconciles and lets the checker prove everything.
inline Result Decide(const Facts& facts, const ReconcilePolicy& policy = {}) {
  const absl::StatusOr<Result> result = Reconcile(facts, policy);
  EXPECT_TRUE(result.ok()) << result.status();
  if (!result.ok()) return Result{};
  const absl::Status proof = VerifyResult(facts, policy, *result);
  EXPECT_TRUE(proof.ok()) << proof;
  return *result;
}

// "e1>d1 1000 ADVICE": short enough for tables.
inline std::vector<std::string> Applied(const Result& result) {
  std::vector<std::string> lines;
  for (const Application& a : result.applications) {
    lines.push_back(std::string(a.entry_key) + ">" + std::string(a.demand_key) + " " +
                    std::to_string(a.amount.fen()) + " " +
                    std::string(RuleName(a.certificate.rule)));
  }
  return lines;
}

// "OVERPAID e1 d1 500".
inline std::vector<std::string> Breaks(const Result& result) {
  std::vector<std::string> lines;
  for (const Break& b : result.breaks) {
    std::string line(BreakKindName(b.kind));
    for (const std::string_view key : {b.entry_key, b.demand_key, b.advice_key}) {
      if (!key.empty()) line += " " + std::string(key);
    }
    lines.push_back(line + " " + std::to_string(b.amount.fen()));
    EXPECT_FALSE(b.explanation.empty());
    EXPECT_FALSE(b.suggestion.empty());
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace recoup::reconcile

#endif  // RECOUP_TESTS_RECONCILE_WORLD_H_
