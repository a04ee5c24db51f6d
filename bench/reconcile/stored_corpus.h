// A corpus of invented payments (tests/reconcile/corpus.h) in a real store: sealed records and
// their journal, as a hub would hold them.
#ifndef RECOUP_BENCH_RECONCILE_STORED_CORPUS_H_
#define RECOUP_BENCH_RECONCILE_STORED_CORPUS_H_

#include <string>

#include "absl/status/status.h"
#include "hub/app/ports.h"
#include "hub/base/ids.h"
#include "hub/domain/records/ids.h"
#include "tests/reconcile/corpus.h"

namespace recoup::bench {

inline constexpr absl::CivilDay kBenchDay(2026, 12, 31);

// Demands, entries and one statement of the pool, in batches. Sums of the statement are right, so
// that the day can be closed once everything is reconciled.
absl::Status StoreCorpus(const reconcile::Corpus& corpus, const domain::PoolId& pool,
                         app::Store& store, app::RecordSeal& seal, Random& random);

}  // namespace recoup::bench

#endif  // RECOUP_BENCH_RECONCILE_STORED_CORPUS_H_
