// One function per kind of document; ReadNational chooses by the transaction code.
#ifndef RECOUP_ADAPTERS_HOSPITAL_NATIONAL_TRANSACTIONS_H_
#define RECOUP_ADAPTERS_HOSPITAL_NATIONAL_TRANSACTIONS_H_

#include <string_view>

#include "adapters/hospital/documents.h"
#include "adapters/hospital/national/exchange.h"

namespace recoup::hospital::national {

// Faults and notes go to the exchange's collectors; the result counts only without faults.
AdmissionDocument ReadAdmission(const Exchange& exchange, AdmissionEvent event,
                                std::string_view node);
SettlementDocument ReadSettlement(const Exchange& exchange);
ReversalDocument ReadReversal(const Exchange& exchange);

}  // namespace recoup::hospital::national

#endif  // RECOUP_ADAPTERS_HOSPITAL_NATIONAL_TRANSACTIONS_H_
