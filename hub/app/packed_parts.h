// Stored records as packed facts, without whole records in between: for runs over everything a pool
// has ever booked. What only a single record can tell is decided where it is loaded
// (reconcile_facts.h): here a debtor goes by the name on the demand, nothing is held or reserved.
#ifndef RECOUP_HUB_APP_PACKED_PARTS_H_
#define RECOUP_HUB_APP_PACKED_PARTS_H_

#include "absl/status/status.h"
#include "hub/app/fact_parts.h"
#include "hub/app/record_reader.h"
#include "hub/domain/records/ids.h"
#include "hub/reconcile/packed_facts.h"

namespace recoup::app {

// The same facts as BankEntryOf and OpenDemandOf make of the whole record.
void Pack(const EntryPart& entry, reconcile::EntryBook& to);
void Pack(const DemandPart& demand, reconcile::DemandBook& to);

// Every statement entry of the pool, and every demand, in the order of their ids.
absl::Status PackEntries(RecordReader& reader, const domain::PoolId& pool,
                         reconcile::EntryBook& to);
absl::Status PackDemands(RecordReader& reader, const domain::PoolId& pool,
                         reconcile::DemandBook& to);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PACKED_PARTS_H_
