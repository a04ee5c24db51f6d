// The balances of a camt statement: which of them open and close it, and the bank's summary of its
// entries.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CAMT_BALANCES_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CAMT_BALANCES_H_

#include <pugixml.hpp>
#include <string>

#include "adapters/insurer/bank/camt_fields.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// Currency of the statement: Acct/Ccy, else that of the booked balances, else of the first entry;
// empty when there is none of them.
std::string CamtCurrency(pugi::xml_node statement);

// Sets opening and closing balance with their days. Available and forward balances are not booked
// money and are not looked at. Interim balances (ITBD) open and close the inner pages of a
// statement that the bank cut into pages; of a report within the day they prove nothing.
void ReadCamtBalances(pugi::xml_node node, const std::string& path, CamtFields& fields,
                      BankStatement& statement);

// TxsSummry, where the bank gives it: number and sum of the credits and of the debits. A bank may
// count what is pending or leave it out.
void CheckCamtSummary(pugi::xml_node node, const std::string& path, CamtFields& fields);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CAMT_BALANCES_H_
