// What a camt message says about one payment (TxDtls): references, parties, remittance, return.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CAMT_DETAILS_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CAMT_DETAILS_H_

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// Adds to `entry` what `details` says; direction and reversal of the entry are known already, since
// they decide which party is the other side.
void ReadCamtDetails(pugi::xml_node details, StatementEntry& entry);

// Only texts and references of the remittance, as one text: of a batch that cannot be split.
std::string CamtRemittanceText(pugi::xml_node details);

// BkTxCd: "PMNT/RCDT/DMCT" from the ISO domain, else the bank's own code.
std::string CamtTransactionCode(pugi::xml_node parent);

// ISO external code RRTN, "reversal due to payment return": some banks say it with nothing else.
bool IsCamtReturnCode(std::string_view transaction_code);

// Adds `more` to `text` with a space between; nothing when `more` is empty.
void AppendText(std::string& text, const std::string& more);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CAMT_DETAILS_H_
