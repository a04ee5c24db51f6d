// Reception: takes messages from many senders at once, one commit for all that arrived meanwhile.
//
// A sender submits what it read and is called back once the message is on the disk, or with the
// refusal. Callbacks come on the reception's thread, in the order of submission, so that answers on
// one connection keep the order of its messages; they must not block. Afterwards, beside the next
// batch, the requests move on into the spool. Submit and TakeNow may be called from any thread.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_RECEPTION_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_RECEPTION_H_

#include <chrono>
#include <deque>
#include <functional>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/program/intake.h"
#include "hub/base/log.h"
#include "hub/base/mutex.h"

namespace recoup::hospital {

using OnTaken = std::function<void(const absl::StatusOr<Taken>&)>;

class Reception {
 public:
  // The intake is used by this reception's thread alone. All references must outlive it.
  Reception(Intake& intake, const ReadingRules& rules, Log log);
  // Takes what was submitted, then ends.
  ~Reception();
  Reception(const Reception&) = delete;
  Reception& operator=(const Reception&) = delete;

  const ReadingRules& rules() const { return rules_; }
  void Submit(Arrival arrival, OnTaken on_taken);
  // Reads, submits and waits.
  absl::StatusOr<Taken> TakeNow(std::string_view bytes);
  absl::StatusOr<Taken> TakeNow(Arrival arrival);
  // One answer for each, in order; they share commits with each other and with what else arrives.
  std::vector<absl::StatusOr<Taken>> TakeManyNow(std::vector<Arrival> arrivals);
  // Waits until everything that was submitted before has been called back and is in the spool, if
  // the spool can be written.
  void Drain();

 private:
  struct Submitted {
    Arrival arrival;
    OnTaken on_taken;
    bool flushes = false;  // The spool is written before it is called back.
  };

  void Run();
  std::deque<Submitted> NextBatch();
  void TakeBatch(std::deque<Submitted> batch);
  void FlushToSpool();

  Intake& intake_;
  const ReadingRules& rules_;
  const Log log_;
  // Of the thread.
  bool flush_failed_ = false;
  bool unflushed_ = false;
  std::chrono::steady_clock::time_point flushed_;
  Mutex mutex_;
  CondVar changed_;
  std::deque<Submitted> waiting_ RECOUP_GUARDED_BY(mutex_);
  bool stopping_ RECOUP_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_RECEPTION_H_
