// One Ntry of a camt.052, camt.053 or camt.054 message as statement entries.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CAMT_ENTRY_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CAMT_ENTRY_H_

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "adapters/insurer/bank/camt_fields.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// Appends the entries of `ntry`: itself, or its parts (NtryDtls/TxDtls) where the bank booked a
// batch as one total and says what each part is. The total is then not an entry, and parts that do
// not sum to it are a fault. Parts that state no amount at all cannot be told apart by money, so
// the total stays one entry. On faults nothing is appended.
void ReadCamtEntry(pugi::xml_node ntry, const std::string& path, CamtFields& fields,
                   std::vector<StatementEntry>& entries);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CAMT_ENTRY_H_
