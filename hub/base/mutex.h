// std::mutex with clang's thread-safety annotations.
//
// Not absl::Mutex: Debian's Abseil is not instrumented, so ThreadSanitizer would report false
// races.
#ifndef RECOUP_HUB_BASE_MUTEX_H_
#define RECOUP_HUB_BASE_MUTEX_H_

#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define RECOUP_ANNOTATION_(x) __attribute__((x))
#else
#define RECOUP_ANNOTATION_(x)
#endif
#define RECOUP_GUARDED_BY(x) RECOUP_ANNOTATION_(guarded_by(x))
#define RECOUP_REQUIRES(...) RECOUP_ANNOTATION_(requires_capability(__VA_ARGS__))

namespace recoup {

class RECOUP_ANNOTATION_(capability("mutex")) Mutex {
 public:
  void lock() RECOUP_ANNOTATION_(acquire_capability()) { mutex_.lock(); }
  void unlock() RECOUP_ANNOTATION_(release_capability()) { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class RECOUP_ANNOTATION_(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) RECOUP_ANNOTATION_(acquire_capability(mutex)) : mutex_(mutex) {
    mutex_.lock();
  }
  ~MutexLock() RECOUP_ANNOTATION_(release_capability()) { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Waits on a Mutex; use as `while (!condition) changed.wait(mutex);` with the mutex held.
using CondVar = std::condition_variable_any;

}  // namespace recoup

#endif  // RECOUP_HUB_BASE_MUTEX_H_
