// The two status macros; everything else about errors is in error.h.
#ifndef RECOUP_HUB_BASE_STATUS_H_
#define RECOUP_HUB_BASE_STATUS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define RECOUP_RETURN_IF_ERROR(expression)                                                    \
  do {                                                                                        \
    if (absl::Status recoup_status = (expression); !recoup_status.ok()) return recoup_status; \
  } while (false)

#define RECOUP_CONCAT_INNER_(a, b) a##b
#define RECOUP_CONCAT_(a, b) RECOUP_CONCAT_INNER_(a, b)

#define RECOUP_ASSIGN_OR_RETURN(target, expression) \
  RECOUP_ASSIGN_OR_RETURN_IMPL_(RECOUP_CONCAT_(recoup_statusor_, __LINE__), target, expression)

#define RECOUP_ASSIGN_OR_RETURN_IMPL_(statusor, target, expression) \
  auto statusor = (expression);                                     \
  if (!statusor.ok()) return std::move(statusor).status();          \
  target = *std::move(statusor)

#endif  // RECOUP_HUB_BASE_STATUS_H_
