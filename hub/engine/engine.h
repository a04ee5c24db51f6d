// The command pipeline: queue, batch, idempotency, one transaction, publish.
//
// Submit queues a group of commands and returns. One writer thread takes everything that has
// arrived while the last batch was committing, lets each command decide against the same
// transaction, writes the rows in bulk, commits once with fsync and only then answers. A refused
// command never harms its neighbours.
//
// Every command that is not a replay or a dry run becomes one event of its partition, refused or
// not; the event's Merkle leaf, its sealed body and the signed tree head are written in the same
// transaction. A request id is remembered for Options::remember; inside that time the same id and
// content give the first answer again, other content is REQUEST_ID_REUSED; an older id is
// REQUEST_ID_EXPIRED. Faults that pass (UNAVAILABLE, ABORTED by the store, DEADLINE_EXCEEDED,
// RESOURCE_EXHAUSTED, INTERNAL) are not remembered.
//
// Thread-safe: Submit may be called from any thread. `done` callbacks run, in the order of the
// commits, on a thread of their own (Answerer).
#ifndef RECOUP_HUB_ENGINE_ENGINE_H_
#define RECOUP_HUB_ENGINE_ENGINE_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/app/ports.h"
#include "hub/app/unit_of_work.h"
#include "hub/audit/merkle.h"
#include "hub/base/clock.h"
#include "hub/base/ids.h"
#include "hub/base/mutex.h"
#include "hub/crypto/signing.h"
#include "hub/engine/answerer.h"
#include "hub/engine/command.h"
#include "hub/engine/notice_board.h"
#include "hub/engine/request_memory.h"

namespace recoup::engine {

struct EngineOptions {
  std::size_t queue_max = 20'000;  // Commands waiting; beyond it RESOURCE_EXHAUSTED at once.
  std::size_t batch_max = 4'000;   // Commands per transaction.
  absl::Duration remember = kRemember;
  absl::Duration clock_skew =
      absl::Hours(24);  // How far ahead of the hub a request id's time may be.
};

// Counters for the metrics page; read at any time.
struct EngineCounters {
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> replayed{0};
  std::atomic<std::uint64_t> turned_away{0};
  std::atomic<std::uint64_t> batches{0};
  std::atomic<std::uint64_t> commit_failures{0};
  std::atomic<std::uint64_t> commit_us{0};
  std::atomic<std::uint64_t> queued{0};
};

class Engine {
 public:
  struct Parts {
    app::Store& store;
    app::RecordSeal& seal;
    app::Blinder& blinder;
    Clock& clock;
    Random& random;  // The engine's own: used on its thread only.
    const crypto::SigningKey& key;
  };
  Engine(Parts parts, EngineOptions options);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void Start();
  // Answers what is queued, commits the last batch and ends the thread. New commands get
  // SHUTTING_DOWN.
  void Stop();

  void Submit(CommandGroup group);

  // Called on the writer thread after a commit that changed parties (or at Start, never).
  void OnPartiesChanged(std::function<void()> callback) { parties_changed_ = std::move(callback); }
  NoticeBoard& notices() { return notices_; }
  const EngineCounters& counters() const { return counters_; }
  const crypto::SigningKey& signing_key() const { return parts_.key; }

 private:
  class Transaction;

  void Run();
  std::vector<CommandGroup> TakeBatch();
  void Process(std::vector<CommandGroup> groups);
  // Runs the groups in one transaction; nullopt when the store refused the commit. What the
  // transaction used up goes to `spent`.
  std::optional<std::vector<std::vector<Outcome>>> TryCommit(
      const std::vector<const CommandGroup*>& groups, absl::Status& failure,
      std::vector<std::shared_ptr<void>>& spent);
  void Count(const std::vector<std::vector<Outcome>>& outcomes);

  Parts parts_;
  const EngineOptions options_;
  IdSource ids_;
  NoticeBoard notices_;
  EngineCounters counters_;
  Answerer answerer_;
  std::function<void()> parties_changed_;
  absl::Time last_purge_ = absl::InfinitePast();

  Mutex mutex_;
  CondVar arrived_;
  std::deque<CommandGroup> queue_ RECOUP_GUARDED_BY(mutex_);
  std::size_t queued_commands_ RECOUP_GUARDED_BY(mutex_) = 0;
  bool stopping_ RECOUP_GUARDED_BY(mutex_) = false;
  std::thread writer_;
};

}  // namespace recoup::engine

#endif  // RECOUP_HUB_ENGINE_ENGINE_H_
