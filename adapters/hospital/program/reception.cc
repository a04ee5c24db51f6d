#include "adapters/hospital/program/reception.h"

#include <chrono>
#include <future>
#include <utility>
#include <vector>

namespace recoup::hospital {
namespace {

// Bounds how long the first of a batch waits for the last one.
constexpr std::size_t kBatchMax = 256;
// A spool that could not be written is tried again after this.
constexpr std::chrono::milliseconds kFlushAgain{1000};
// How long requests may wait for the spool: after the last message, and while messages come. Often
// enough that little has gathered, since the next batch waits meanwhile.
constexpr std::chrono::milliseconds kFlushWhenQuiet{20};
constexpr std::chrono::milliseconds kFlushWhenBusy{25};

}  // namespace

Reception::Reception(Intake& intake, const ReadingRules& rules, Log log)
    : intake_(intake), rules_(rules), log_(std::move(log)), thread_([this] { Run(); }) {}

Reception::~Reception() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Reception::Submit(Arrival arrival, OnTaken on_taken) {
  {
    const MutexLock lock(mutex_);
    waiting_.push_back({std::move(arrival), std::move(on_taken), false});
  }
  changed_.notify_one();
}

absl::StatusOr<Taken> Reception::TakeNow(std::string_view bytes) {
  return TakeNow(Arrive(bytes, rules_));
}

absl::StatusOr<Taken> Reception::TakeNow(Arrival arrival) {
  std::promise<absl::StatusOr<Taken>> promise;
  Submit(std::move(arrival),
         [&promise](const absl::StatusOr<Taken>& taken) { promise.set_value(taken); });
  return promise.get_future().get();
}

std::vector<absl::StatusOr<Taken>> Reception::TakeManyNow(std::vector<Arrival> arrivals) {
  std::vector<std::future<absl::StatusOr<Taken>>> waiting;
  for (Arrival& arrival : arrivals) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<Taken>>>();
    waiting.push_back(promise->get_future());
    Submit(std::move(arrival),
           [promise](const absl::StatusOr<Taken>& taken) { promise->set_value(taken); });
  }
  std::vector<absl::StatusOr<Taken>> answers;
  for (std::future<absl::StatusOr<Taken>>& answer : waiting) answers.push_back(answer.get());
  return answers;
}

void Reception::Drain() {
  std::promise<void> answered;
  {
    const MutexLock lock(mutex_);
    waiting_.push_back({{"", absl::CancelledError("no message")},
                        [&answered](const absl::StatusOr<Taken>&) { answered.set_value(); },
                        true});
  }
  changed_.notify_one();
  answered.get_future().wait();
}

std::deque<Reception::Submitted> Reception::NextBatch() {
  const MutexLock lock(mutex_);
  while (waiting_.empty() && !stopping_ && !unflushed_) changed_.wait(mutex_);
  if (waiting_.empty() && !stopping_) {
    changed_.wait_for(mutex_, flush_failed_ ? kFlushAgain : kFlushWhenQuiet);
  }
  std::deque<Submitted> batch;
  while (!waiting_.empty() && batch.size() < kBatchMax) {
    batch.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return batch;
}

void Reception::TakeBatch(std::deque<Submitted> batch) {
  std::vector<Arrival> arrivals;
  arrivals.reserve(batch.size());
  for (Submitted& submitted : batch) arrivals.push_back(std::move(submitted.arrival));
  const std::vector<absl::StatusOr<Taken>> answers = intake_.TakeMany(arrivals);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch[i].flushes) FlushToSpool();
    batch[i].on_taken(answers[i]);
  }
  unflushed_ = true;
}

void Reception::FlushToSpool() {
  const absl::Status flushed = intake_.Flush();
  // Once per trouble: what was taken waits in the case book meanwhile.
  if (!flushed.ok() && !flush_failed_) log_.Error("spool not written", {{"reason", flushed}});
  flush_failed_ = !flushed.ok();
  unflushed_ = flush_failed_;
  flushed_ = std::chrono::steady_clock::now();
}

void Reception::Run() {
  for (;;) {
    std::deque<Submitted> batch = NextBatch();
    const bool quiet = batch.empty();
    if (!quiet) TakeBatch(std::move(batch));
    // A sender waits for the next commit, nobody for the spool.
    const auto since = std::chrono::steady_clock::now() - flushed_;
    if (unflushed_ && (quiet || since > kFlushWhenBusy)) FlushToSpool();
    const MutexLock lock(mutex_);
    if (quiet && stopping_) return;
  }
}

}  // namespace recoup::hospital
