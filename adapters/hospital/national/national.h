// The reader of the national platform's hospital interface (定点医药机构接口规范), JSON.
//
// Takes a request, {"request": …, "response": …}, or a settlement's response alone:
//   2401 / 2203(A) admit, 2403 / 2405 update, 2402 discharge, 2404 cancel  → AdmissionDocument
//   2304 / 2207 with response                                             → SettlementDocument
//   5203 with response: a settlement that was asked for                   → SettlementDocument
//   2305 / 2208, 2601                                                     → ReversalDocument
//   4101(A): the settlement list, with all diagnoses                      → AdmissionDocument
// Paths of faults and notes are JSON pointers. Pure; thread-safe.
#ifndef RECOUP_ADAPTERS_HOSPITAL_NATIONAL_NATIONAL_H_
#define RECOUP_ADAPTERS_HOSPITAL_NATIONAL_NATIONAL_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/hospital/documents.h"
#include "adapters/hospital/reader.h"

namespace recoup::hospital::national {

bool LooksNational(std::string_view bytes);
// A fault where the message names a transaction other than `infno`. A message without one, or one
// that is no JSON, fits: the reader says what is wrong with it.
absl::Status CheckTransactionIs(std::string_view bytes, std::string_view infno);
absl::StatusOr<Document> ReadNational(std::string_view bytes, const ReaderContext& context);

}  // namespace recoup::hospital::national

#endif  // RECOUP_ADAPTERS_HOSPITAL_NATIONAL_NATIONAL_H_
