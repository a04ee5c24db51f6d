// The name under which a party is registered.
#ifndef RECOUP_HUB_APP_PARTY_NAME_H_
#define RECOUP_HUB_APP_PARTY_NAME_H_

#include <string>

#include "absl/status/statusor.h"
#include "hub/app/record_reader.h"
#include "hub/domain/records/ids.h"

namespace recoup::app {

// Its resource, "hospital/renji", when it is not registered.
absl::StatusOr<std::string> PartyDisplayName(RecordReader& reader, const domain::PartyId& party);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PARTY_NAME_H_
