// RECOUP_CHECK: programmer errors stop the process, in release builds too. Never used on input.
#ifndef RECOUP_HUB_BASE_CHECK_H_
#define RECOUP_HUB_BASE_CHECK_H_

namespace recoup {
[[noreturn]] void CheckFailed(const char* file, int line, const char* condition);
}  // namespace recoup

#define RECOUP_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::recoup::CheckFailed(__FILE__, __LINE__, #condition))

#endif  // RECOUP_HUB_BASE_CHECK_H_
