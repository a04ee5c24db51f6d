// Single fields, the same for flags and settlements.
#ifndef RECOUP_ADAPTERS_HOSPITAL_MAPPING_FIELDS_H_
#define RECOUP_ADAPTERS_HOSPITAL_MAPPING_FIELDS_H_

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "adapters/hospital/documents.h"
#include "google/protobuf/timestamp.pb.h"
#include "hub/base/error.h"
#include "recoup/v1/common.pb.h"

namespace recoup::hospital::mapping {

// "pools/310115-310", of a whole hint.
std::string PoolNameOf(const PoolHint& pool);
// The same; what is missing is a fault.
std::string PoolName(const PoolHint& pool, Faults& faults);
// Only the national interface tells the insurance's own number of the person; HL7's is the
// hospital's.
v1::Person PersonFrom(const Patient& patient, SourceKind source);
v1::IdKind IdKindFrom(std::string_view psn_cert_type);
void SetTime(absl::Time time, google::protobuf::Timestamp& timestamp);
std::string DayText(absl::CivilDay day);
std::string ChinaDayText(absl::Time time);

}  // namespace recoup::hospital::mapping

#endif  // RECOUP_ADAPTERS_HOSPITAL_MAPPING_FIELDS_H_
