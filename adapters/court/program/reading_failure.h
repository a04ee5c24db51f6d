// Why a document could not be read, for the clerk.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_READING_FAILURE_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_READING_FAILURE_H_

#include <string>
#include <string_view>

namespace recoup::court {

// Chinese, without a full stop. A message that no reader of this project writes stays as it is.
std::string ReadingFailureInChinese(std::string_view message);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_READING_FAILURE_H_
