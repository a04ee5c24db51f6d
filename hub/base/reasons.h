// The catalogue of refusals: every error of Recoup carries exactly one of these reasons.
//
// The names are the API (google.rpc.ErrorInfo.reason, domain "recoup") and are published as the
// enum recoup.v1.ErrorReason; a test holds the two lists together. Order is precedence: where
// several apply, the first is reported. X(enumerator, wire name, default canonical code).
#ifndef RECOUP_HUB_BASE_REASONS_H_
#define RECOUP_HUB_BASE_REASONS_H_

#include <string_view>

#include "absl/status/status.h"

#define RECOUP_REASONS(X)                                                                \
  /* Who is calling, and with what. */                                                   \
  X(kUnauthenticated, "UNAUTHENTICATED", kUnauthenticated)                               \
  X(kPartyUnknown, "PARTY_UNKNOWN", kPermissionDenied)                                   \
  X(kNotAllowed, "NOT_ALLOWED", kPermissionDenied)                                       \
  X(kQueueFull, "QUEUE_FULL", kResourceExhausted)                                        \
  X(kQuotaExceeded, "QUOTA_EXCEEDED", kResourceExhausted)                                \
  X(kDeadlineExceeded, "DEADLINE_EXCEEDED", kDeadlineExceeded)                           \
  X(kShuttingDown, "SHUTTING_DOWN", kUnavailable)                                        \
  X(kStoreUnavailable, "STORE_UNAVAILABLE", kUnavailable)                                \
  X(kNotImplemented, "NOT_IMPLEMENTED", kUnimplemented)                                  \
  /* The request itself. */                                                              \
  X(kInvalidArgument, "INVALID_ARGUMENT", kInvalidArgument)                              \
  X(kTooLarge, "TOO_LARGE", kInvalidArgument)                                            \
  X(kSignatureInvalid, "SIGNATURE_INVALID", kInvalidArgument)                            \
  X(kRequestIdReused, "REQUEST_ID_REUSED", kAlreadyExists)                               \
  X(kRequestIdExpired, "REQUEST_ID_EXPIRED", kInvalidArgument)                           \
  X(kPageTokenInvalid, "PAGE_TOKEN_INVALID", kInvalidArgument)                           \
  /* What it refers to. */                                                               \
  X(kNotFound, "NOT_FOUND", kNotFound)                                                   \
  X(kEtagMismatch, "ETAG_MISMATCH", kAborted)                                            \
  X(kAlreadyExistsWithOtherContent, "ALREADY_EXISTS_WITH_OTHER_CONTENT", kAlreadyExists) \
  /* Whether it is possible now. */                                                      \
  X(kIllegalTransition, "ILLEGAL_TRANSITION", kFailedPrecondition)                       \
  X(kSamePersonMayNotApprove, "SAME_PERSON_MAY_NOT_APPROVE", kFailedPrecondition)        \
  X(kApprovalRequired, "APPROVAL_REQUIRED", kFailedPrecondition)                         \
  X(kAmountExceedsOpen, "AMOUNT_EXCEEDS_OPEN", kFailedPrecondition)                      \
  X(kAmountExceedsLimit, "AMOUNT_EXCEEDS_LIMIT", kFailedPrecondition)                    \
  X(kPolicyDataMissing, "POLICY_DATA_MISSING", kFailedPrecondition)                      \
  X(kStatementDoesNotAddUp, "STATEMENT_DOES_NOT_ADD_UP", kFailedPrecondition)            \
  X(kAtomicBatchRefused, "ATOMIC_BATCH_REFUSED", kAborted)                               \
  /* Faults of the hub. */                                                               \
  X(kLedgerLawBroken, "LEDGER_LAW_BROKEN", kInternal)                                    \
  X(kInternal, "INTERNAL", kInternal)

namespace recoup {

enum class Reason {
#define RECOUP_REASON_ENUMERATOR(name, wire, code) name,
  RECOUP_REASONS(RECOUP_REASON_ENUMERATOR)
#undef RECOUP_REASON_ENUMERATOR
};

std::string_view ReasonName(Reason reason);
absl::StatusCode ReasonCode(Reason reason);

}  // namespace recoup

#endif  // RECOUP_HUB_BASE_REASONS_H_
