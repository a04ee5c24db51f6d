#include "hub/domain/case_succession.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace recoup::domain {
namespace {

struct SuccessionRow {
  DocumentType document;
  std::optional<CaseOutcome> outcome;
  Succession expected;
};

// One row per kind of decision that a court of a later instance, or the same court, may push.
constexpr SuccessionRow kSuccessionRows[] = {
    // 驳回上诉，维持原判; 驳回再审申请
    {DocumentType::kJudgment, CaseOutcome::kUpheld, Succession::kStands},
    {DocumentType::kRuling, CaseOutcome::kUpheld, Succession::kStands},
    // 改判
    {DocumentType::kJudgment, CaseOutcome::kChanged, Succession::kReplaces},
    // 二审调解书: the judgment counts as set aside
    {DocumentType::kMediationDocument, CaseOutcome::kChanged, Succession::kReplaces},
    {DocumentType::kMediationDocument, std::nullopt, Succession::kReplaces},
    // 撤销原判，发回重审
    {DocumentType::kRuling, CaseOutcome::kRemanded, Succession::kFallsAway},
    // 撤销原判，准许撤回起诉; 准许撤回上诉
    {DocumentType::kRuling, CaseOutcome::kSuitWithdrawn, Succession::kFallsAway},
    {DocumentType::kRuling, CaseOutcome::kAppealWithdrawn, Succession::kStands},
    // 补正裁定
    {DocumentType::kRuling, CaseOutcome::kCorrected, Succession::kAsksPerson},
    // Silent documents
    {DocumentType::kJudgment, std::nullopt, Succession::kReplaces},
    {DocumentType::kRuling, std::nullopt, Succession::kAsksPerson},
    {DocumentType::kDecision, std::nullopt, Succession::kAsksPerson},
    {DocumentType::kNotice, std::nullopt, Succession::kAsksPerson},
    {DocumentType::kOrder, std::nullopt, Succession::kAsksPerson},
    {DocumentType::kOther, std::nullopt, Succession::kAsksPerson},
};

TEST(CaseSuccessionTest, WhatALaterDecisionDoesToTheEarlierOne) {
  for (const SuccessionRow& row : kSuccessionRows) {
    SCOPED_TRACE(std::string(ToString(row.document)) + " " +
                 (row.outcome ? std::string(ToString(*row.outcome)) : "silent"));
    EXPECT_EQ(SuccessionOf(row.document, row.outcome), row.expected);
  }
}

TEST(CaseSuccessionTest, EveryOutcomeHasARow) {
  for (const CaseOutcome outcome : AllOf<CaseOutcome>()) {
    EXPECT_TRUE(std::any_of(std::begin(kSuccessionRows), std::end(kSuccessionRows),
                            [&](const SuccessionRow& row) { return row.outcome == outcome; }))
        << ToString(outcome);
  }
}

}  // namespace
}  // namespace recoup::domain
