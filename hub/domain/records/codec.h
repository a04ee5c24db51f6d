// The codec of every kind of stored record is compiled once, in codec.cc: it is large, and most use
// cases read several kinds.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_CODEC_H_
#define RECOUP_HUB_DOMAIN_RECORDS_CODEC_H_

#include "hub/domain/records/account.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/agreement.h"
#include "hub/domain/records/approval.h"
#include "hub/domain/records/close.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/letter.h"
#include "hub/domain/records/mediation.h"
#include "hub/domain/records/negotiation.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/recovery.h"
#include "hub/domain/records/registry.h"
#include "hub/domain/records/settlement.h"
#include "hub/domain/records/split.h"
#include "hub/domain/wire.h"

// The types of RECOUP_RECORD_KINDS, in its order.
#define RECOUP_STORED_RECORDS(X) \
  X(Flag)                        \
  X(Advance)                     \
  X(CourtCase)                   \
  X(Lead)                        \
  X(Recovery)                    \
  X(Demand)                      \
  X(Mediation)                   \
  X(RemittanceAdvice)            \
  X(Statement)                   \
  X(StatementEntry)              \
  X(Break)                       \
  X(RegisteredPolicy)            \
  X(Letter)                      \
  X(Approval)                    \
  X(PolicyDatum)                 \
  X(Party)                       \
  X(SplitQuote)                  \
  X(DayClose)                    \
  X(SettlementBatch)             \
  X(Agreement)                   \
  X(EvidenceChunk)               \
  X(SignedAccount)               \
  X(SettlementPart)              \
  X(Delivery)

#define RECOUP_RECORD_CODEC(PREFIX, R)                          \
  PREFIX template std::string recoup::domain::Encode(const R&); \
  PREFIX template absl::Status recoup::domain::Decode(std::string_view, R&);

namespace recoup::domain {

#define RECOUP_DECLARE(R) RECOUP_RECORD_CODEC(extern, R)
RECOUP_STORED_RECORDS(RECOUP_DECLARE)
#undef RECOUP_DECLARE

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_CODEC_H_
