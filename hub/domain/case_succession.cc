#include "hub/domain/case_succession.h"

#include "hub/base/check.h"

namespace recoup::domain {
namespace {

Succession WhenSilent(DocumentType document) {
  switch (document) {
    case DocumentType::kJudgment:
    case DocumentType::kMediationDocument:
      return Succession::kReplaces;
    case DocumentType::kRuling:
    case DocumentType::kDecision:
    case DocumentType::kNotice:
    case DocumentType::kOrder:
    case DocumentType::kOther:
      return Succession::kAsksPerson;
  }
  RECOUP_CHECK(false);
}

}  // namespace

Succession SuccessionOf(DocumentType document, std::optional<CaseOutcome> outcome) {
  if (!outcome) return WhenSilent(document);
  switch (*outcome) {
    case CaseOutcome::kChanged:
      return Succession::kReplaces;
    case CaseOutcome::kUpheld:
    case CaseOutcome::kAppealWithdrawn:
      return Succession::kStands;
    case CaseOutcome::kRemanded:
    case CaseOutcome::kSuitWithdrawn:
      return Succession::kFallsAway;
    case CaseOutcome::kCorrected:
      return Succession::kAsksPerson;
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::domain
