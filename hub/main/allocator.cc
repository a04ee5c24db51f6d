#include "hub/main/allocator.h"

#include <malloc.h>

namespace recoup {

void KeepMemory() {
  constexpr int kMiB = 1024 * 1024;
  mallopt(M_MXFAST, 0);  // No fast bins, so nothing to consolidate; the thread caches stay.
  mallopt(M_TRIM_THRESHOLD, 256 * kMiB);
  mallopt(M_TOP_PAD, 8 * kMiB);
  mallopt(M_MMAP_THRESHOLD, 16 * kMiB);
}

}  // namespace recoup
