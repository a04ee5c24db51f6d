#include "hub/engine/engine.h"

#include <pthread.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/engine/transaction.h"

namespace recoup::engine {
namespace {

constexpr int kCommitAttemptsMax = 4;
constexpr absl::Duration kPurgeEvery = absl::Hours(1);

std::vector<Outcome> All(const CommandGroup& group, const absl::Status& status) {
  return std::vector<Outcome>(group.commands.size(), Outcome{status, "", false});
}

}  // namespace

Engine::Engine(Parts parts, EngineOptions options)
    : parts_(parts), options_(options), ids_(parts_.random) {}

Engine::~Engine() { Stop(); }

void Engine::Start() {
  RECOUP_CHECK(!writer_.joinable());
  answerer_.Start();
  writer_ = std::thread([this] { Run(); });
}

void Engine::Stop() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  if (writer_.joinable()) writer_.join();
  answerer_.Stop();
}

void Engine::Submit(CommandGroup group) {
  absl::Status refused;
  {
    const MutexLock lock(mutex_);
    if (stopping_) {
      refused = MakeError(Reason::kShuttingDown, "the hub is shutting down; try again");
    } else if (queued_commands_ + group.commands.size() > options_.queue_max) {
      refused =
          MakeError("the hub is busy; try again shortly", ErrorDetail{.reason = Reason::kQueueFull,
                                                                      .metadata = {},
                                                                      .faults = {},
                                                                      .preconditions = {},
                                                                      .retry_after_ms = 100});
    } else {
      queued_commands_ += group.commands.size();
      counters_.queued = queued_commands_;
      queue_.push_back(std::move(group));
    }
  }
  if (refused.ok()) {
    arrived_.notify_one();
    return;
  }
  counters_.turned_away += group.commands.size();
  group.done(All(group, refused));
}

std::vector<CommandGroup> Engine::TakeBatch() {
  std::vector<CommandGroup> groups;
  const MutexLock lock(mutex_);
  while (queue_.empty() && !stopping_) arrived_.wait(mutex_);
  std::size_t commands = 0;
  while (!queue_.empty() &&
         (groups.empty() || commands + queue_.front().commands.size() <= options_.batch_max)) {
    commands += queue_.front().commands.size();
    groups.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queued_commands_ -= commands;
  counters_.queued = queued_commands_;
  return groups;
}

void Engine::Run() {
  pthread_setname_np(pthread_self(), "recoup-writer");
  for (;;) {
    std::vector<CommandGroup> groups = TakeBatch();
    if (groups.empty()) return;  // Stopping, and nothing is left.
    Process(std::move(groups));
    const absl::Time now = parts_.clock.Now();
    if (now - last_purge_ >= kPurgeEvery) {
      // Failing to forget is no fault of a command; the next hour tries again.
      parts_.store.PurgeRequests(now - options_.remember - kPurgeEvery).IgnoreError();
      last_purge_ = now;
    }
  }
}

void Engine::Process(std::vector<CommandGroup> groups) {
  std::vector<const CommandGroup*> all;
  for (const CommandGroup& group : groups) all.push_back(&group);
  absl::Status failure;
  Answers answers;
  if (auto outcomes = TryCommit(all, failure, answers.spent)) {
    answers.outcomes = *std::move(outcomes);
  } else {
    // The batch could not be written. One command may be to blame, so each group gets a transaction
    // of its own and the neighbours do not suffer.
    for (const CommandGroup& group : groups) {
      auto alone = groups.size() == 1 ? std::nullopt : TryCommit({&group}, failure, answers.spent);
      answers.outcomes.push_back(alone ? std::move(alone->front()) : All(group, failure));
    }
  }
  Count(answers.outcomes);
  answers.groups = std::move(groups);
  answerer_.Hand(std::move(answers));
}

std::optional<std::vector<std::vector<Outcome>>> Engine::TryCommit(
    const std::vector<const CommandGroup*>& groups, absl::Status& failure,
    std::vector<std::shared_ptr<void>>& spent) {
  for (int attempt = 1; attempt <= kCommitAttemptsMax; ++attempt) {
    failure = parts_.store.Begin();
    if (!failure.ok()) {
      ++counters_.commit_failures;
      if (failure.code() == absl::StatusCode::kAborted) continue;
      return std::nullopt;
    }
    const auto transaction =
        std::make_shared<Transaction>(parts_, options_, ids_, parts_.clock.Now());
    spent.push_back(transaction);
    std::vector<std::vector<Outcome>> outcomes;
    for (const CommandGroup* group : groups) outcomes.push_back(transaction->Run(*group));
    const auto writes = std::make_shared<app::WriteSet>();
    spent.push_back(writes);
    failure = transaction->FinishInto(*writes);
    if (!failure.ok()) {
      parts_.store.Rollback();
      ++counters_.commit_failures;
      return std::nullopt;
    }
    const absl::Time started = absl::Now();
    failure = parts_.store.Commit(*writes);
    counters_.commit_us +=
        static_cast<std::uint64_t>(absl::ToInt64Microseconds(absl::Now() - started));
    if (failure.ok()) {
      ++counters_.batches;
      if (transaction->parties_changed() && parties_changed_) parties_changed_();
      notices_.Ring(transaction->notified());
      return outcomes;
    }
    ++counters_.commit_failures;
    if (failure.code() != absl::StatusCode::kAborted) return std::nullopt;
  }
  failure = MakeError(Reason::kStoreUnavailable, "the store stays busy; try again");
  return std::nullopt;
}

void Engine::Count(const std::vector<std::vector<Outcome>>& outcomes) {
  for (const std::vector<Outcome>& group : outcomes) {
    for (const Outcome& outcome : group) {
      if (outcome.replayed) {
        ++counters_.replayed;
      } else if (outcome.status.ok()) {
        ++counters_.accepted;
      } else {
        ++counters_.refused;
      }
    }
  }
}

}  // namespace recoup::engine
