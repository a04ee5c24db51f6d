#include "hub/app/party_name.h"

#include <optional>

#include "hub/base/status.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {

absl::StatusOr<std::string> PartyDisplayName(RecordReader& reader, const domain::PartyId& party) {
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Party> record,
                          reader.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                                       domain::Key({party.value})));
  return record ? record->display_name : party.value;
}

}  // namespace recoup::app
