// The certificate of a match as it is stored with the application, and back: what is stored is all
// the checker (hub/reconcile/verify.h) needs beside the facts.
#ifndef RECOUP_HUB_APP_MATCH_CERTIFICATE_H_
#define RECOUP_HUB_APP_MATCH_CERTIFICATE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "hub/domain/records/receipts.h"
#include "hub/reconcile/result.h"
#include "hub/reconcile/text_arena.h"

namespace recoup::app {

// Keys of the engine are ids here. `order` is the place of the application among those of its run.
domain::MatchCertificate MatchOf(const reconcile::Application& application, std::int64_t order);

// What the engine had decided; its texts are put into `texts`. INVALID_ARGUMENT when a person
// decided it, or its certificate was not kept yet.
absl::StatusOr<reconcile::Application> DecisionOf(const domain::StatementEntry& entry,
                                                  const domain::Application& application,
                                                  reconcile::TextArena& texts);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_MATCH_CERTIFICATE_H_
