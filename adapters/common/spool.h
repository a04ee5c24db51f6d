// Spool: a durable first-in-first-out queue between a party's systems and the hub.
//
// An enqueue is answered only after the item is on the disk (SQLite, WAL, synchronous=FULL), so
// that what was acknowledged survives a crash and an offline hub. Each item keeps one request id
// for its life, which makes sending it twice harmless.
//
// An item is waiting, then delivered or refused. A refusal stays, with its error, until a person
// retries or drops it. Items with the same order key are handed out strictly in order: a waiting or
// refused one holds back the later ones of its key and nobody else. An empty order key orders
// nothing.
//
// Every function reports errors as a status; a full disk or a locked file is UNAVAILABLE. The file
// holds payloads, and so personal data: it is created readable by its owner only. Thread-safe;
// several processes may enqueue into one file.
#ifndef RECOUP_ADAPTERS_COMMON_SPOOL_H_
#define RECOUP_ADAPTERS_COMMON_SPOOL_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/base/clock.h"
#include "hub/base/ids.h"
#include "hub/base/mutex.h"

namespace SQLite {
class Database;
}

namespace recoup::adapters {

class StatementCache;

struct SpoolItem {
  std::string source_key;  // What the source calls it: the same key is the same item.
  std::string kind;        // Which call it becomes, for instance "CourtService.PushCourtCase".
  std::string order_key;   // Items with the same key are sent in order; empty: no order.
  std::string payload;     // The serialized request.
  Id request_id;           // UUID version 7.
};

struct SpooledItem {
  std::int64_t sequence = 0;
  SpoolItem item;
  absl::Time enqueued_time;
};

struct Enqueued {
  std::int64_t sequence = 0;
  Id request_id;               // That of the first enqueue.
  bool already_there = false;  // The same content under the same source key was taken before.
};

struct RefusedItem {
  SpooledItem spooled;
  absl::Status error;  // As the hub gave it, with all its details.
  absl::Time refused_time;
};

enum class SpoolState { kWaiting, kDelivered, kRefused };

// An item with what became of it.
struct SpoolEntry {
  SpooledItem spooled;
  SpoolState state = SpoolState::kWaiting;
  std::string answer;  // Of the hub, when delivered.
  absl::Status error;  // Of the hub, when refused.
  // The refused item of its order key that a waiting one stands behind; 0 when none.
  std::int64_t held_by = 0;
};

struct SpoolCounts {
  std::int64_t waiting = 0;
  std::int64_t delivered = 0;
  std::int64_t refused = 0;
  std::int64_t dropped = 0;
  bool operator==(const SpoolCounts&) const = default;
};

enum class QueueAlert { kStarted, kCleared };

struct SpoolOptions {
  // The alert starts when this many items wait and clears when no more than `alert_clears_at` do.
  // The gap between them keeps a queue that hovers around one number from alerting again and again;
  // the alert is remembered in the file, so a restart does not repeat it.
  std::int64_t alert_starts_at = 1;
  std::int64_t alert_clears_at = 0;
  // Called after the change is durable, outside locks, at most once per start and per clearing.
  std::function<void(QueueAlert, std::int64_t waiting)> on_alert;
};

class Spool {
 public:
  // Creates the file if it is not there. `clock` must outlive the spool.
  static absl::StatusOr<std::unique_ptr<Spool>> Open(const std::string& file, SpoolOptions options,
                                                     Clock& clock);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  // Other content under a known source key is refused: ALREADY_EXISTS_WITH_OTHER_CONTENT. A dropped
  // item does not stop a corrected one under the same key.
  absl::StatusOr<Enqueued> Enqueue(const SpoolItem& item);
  // One commit for all, one answer for each, in order; a refused item does not harm its neighbours.
  absl::StatusOr<std::vector<absl::StatusOr<Enqueued>>> EnqueueMany(
      std::span<const SpoolItem> items);

  // The oldest waiting items that nothing of their order key holds back (so at most one per key),
  // after `after_sequence`, in order.
  absl::StatusOr<std::vector<SpooledItem>> Peek(std::size_t items_max,
                                                std::int64_t after_sequence = 0);

  // Both need a waiting item, else ILLEGAL_TRANSITION (or NOT_FOUND).
  absl::Status MarkDelivered(std::int64_t sequence, std::string_view answer);
  absl::Status MarkRefused(std::int64_t sequence, const absl::Status& error);

  // What a person has to look at, oldest first.
  absl::StatusOr<std::vector<RefusedItem>> ListRefused(std::size_t items_max);
  // Both need a refused item. The hub remembers a final refusal by its request id, so another try
  // needs a new one.
  absl::Status Retry(std::int64_t sequence, const Id& new_request_id);
  absl::Status Drop(std::int64_t sequence, std::string_view reason);

  // The item under this source key that was not dropped; nothing when there is none.
  absl::StatusOr<std::optional<SpoolEntry>> Find(std::string_view source_key);
  // The hub's answer to a delivered item.
  absl::StatusOr<std::string> AnswerOf(std::string_view source_key);
  absl::StatusOr<SpoolCounts> Counts();
  // Deletes items that were delivered or dropped before `time`; returns how many. Until then a
  // source that sends again is answered from the spool.
  absl::StatusOr<std::int64_t> DeleteFinishedBefore(absl::Time time);

 private:
  Spool(std::unique_ptr<SQLite::Database> database, SpoolOptions options, Clock& clock);

  // Runs `body` in one immediate transaction, watches the queue's length, then tells of alerts.
  absl::Status InTransaction(const std::function<absl::Status()>& body);
  absl::StatusOr<Enqueued> EnqueueInTransaction(const SpoolItem& item) RECOUP_REQUIRES(mutex_);
  absl::Status RequireState(std::int64_t sequence, int state) RECOUP_REQUIRES(mutex_);
  std::int64_t RefusedBefore(const SpooledItem& waiting) RECOUP_REQUIRES(mutex_);

  const SpoolOptions options_;
  Clock& clock_;
  Mutex mutex_;
  std::unique_ptr<SQLite::Database> database_ RECOUP_GUARDED_BY(mutex_);
  // Of database_: destroyed before it.
  std::unique_ptr<StatementCache> statements_ RECOUP_GUARDED_BY(mutex_);
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_SPOOL_H_
