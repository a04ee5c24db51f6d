// One function per kind of document; ReadNational chooses by the transaction code.
#ifndef RECOUP_ADAPTERS_HOSPITAL_NATIONAL_TRANSACTIONS_H_
#define RECOUP_ADAPTERS_HOSPITAL_NATIONAL_TRANSACTIONS_H_

#include <string_view>
#include <vector>

#include "adapters/hospital/documents.h"
#include "adapters/hospital/national/exchange.h"

namespace recoup::hospital::national {

// Faults and notes go to the exchange's collectors; the result counts only without faults.
AdmissionDocument ReadAdmission(const Exchange& exchange, AdmissionEvent event,
                                std::string_view node);
SettlementDocument ReadSettlement(const Exchange& exchange);
ReversalDocument ReadReversal(const Exchange& exchange);
// A settlement that was asked for and has been refunded since (refd_setl_flag 退费结算标志): its
// amounts are those of the settlement, and the fund has them back.
bool IsRefunded(const Exchange& exchange);
ReversalDocument ReadRefunded(const Exchange& exchange);
// 2601: takes back whatever the message with that msgid told.
ReversalDocument ReadUndoing(const Exchange& exchange);
// 4101: the settlement list tells all diagnoses of a stay.
AdmissionDocument ReadSettlementList(const Exchange& exchange);

// Of an admission's message and of a settlement list alike: struck-out rows are left out, the main
// diagnosis comes first where `visit` names it.
std::vector<Diagnosis> ReadDiagnoses(const ObjectReader& input, const ObjectReader& visit);

}  // namespace recoup::hospital::national

#endif  // RECOUP_ADAPTERS_HOSPITAL_NATIONAL_TRANSACTIONS_H_
