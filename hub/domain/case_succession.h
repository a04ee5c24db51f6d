// What a decision of a later instance, a retrial or a correction does to an earlier one (原审).
#ifndef RECOUP_HUB_DOMAIN_CASE_SUCCESSION_H_
#define RECOUP_HUB_DOMAIN_CASE_SUCCESSION_H_

#include <optional>

#include "hub/domain/enums.h"

namespace recoup::domain {

enum class Succession {
  kReplaces,    // The later case takes the earlier one's place, figures included.
  kStands,      // The earlier case stays as it is.
  kFallsAway,   // The earlier case is set aside and nothing takes its place yet.
  kAsksPerson,  // The document does not say enough to move figures.
};

// 民诉法 177 (appeal: upheld, changed, remanded), 176 (withdrawal of the appeal), 179 (a mediation
// of the second instance takes the judgment's place), 157 (corrections). A judgment that does not
// say what becomes of the earlier one is the latest word on the figures; a ruling decides
// procedure, so one that is silent moves nothing. Pure.
Succession SuccessionOf(DocumentType document, std::optional<CaseOutcome> outcome);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_CASE_SUCCESSION_H_
