// A refusal as one text, for the tests of the readers.
#ifndef RECOUP_TESTS_INSURER_REFUSAL_TEXT_H_
#define RECOUP_TESTS_INSURER_REFUSAL_TEXT_H_

#include <string>

#include "hub/base/error.h"

namespace recoup::insurer {

// A line for each fault, with its field.
inline std::string AllFaults(const absl::Status& status) {
  std::string text;
  for (const FieldFault& fault : DetailOf(status).faults) {
    text += fault.field + ": " + fault.description + "\n";
  }
  return text;
}

}  // namespace recoup::insurer

#endif  // RECOUP_TESTS_INSURER_REFUSAL_TEXT_H_
