// The way of every server stream: admit, fetch a chunk on a reading thread, write it message by
// message, fetch the next when the receiver has taken it.
//
//   return Stream<v1::ExportJournalResponse>(hub_, "ReconciliationService/ExportJournal", context,
//                                            ExportJournalFetch(*request));
//
// A Fetch keeps its own cursor and appends what comes next, a bounded number of messages at a time.
// It gets a new snapshot each time, so a slow receiver holds no snapshot open; a source that must
// not grow while it is read fixes its end in the first call. Stream ends where the stored data
// ends. Watch waits there until the caller's party has a new notice and then fetches again; its
// cursor is the sequence number the caller gave, so a caller that comes back misses nothing and
// gets nothing twice.
//
// Never more than one chunk is held per stream (flow control). A cancelled call, a passed deadline
// and a server shutting down all end the stream at its next step, or at once when it waits. The
// caller is admitted anew before each fetch: who is no longer registered gets no more.
#ifndef RECOUP_HUB_RPC_STREAM_H_
#define RECOUP_HUB_RPC_STREAM_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/support/server_callback.h"
#include "hub/base/mutex.h"
#include "hub/rpc/caller.h"
#include "hub/rpc/unary.h"

namespace recoup::rpc {

// What is behind the chunk just fetched.
enum class Stored {
  kMore,    // Perhaps more: fetch again. The chunk may be empty (all of it filtered out).
  kNoMore,  // Nothing that this snapshot shows.
};

template <typename Response>
using Fetch = std::function<absl::StatusOr<Stored>(QueryContext&, std::vector<Response>&)>;

enum class AtEnd { kFinish, kWait };

// Owns itself: gRPC calls OnDone exactly once, after the last reaction. Exactly one place acts at a
// time (the reading thread, gRPC's write, or whoever wakes a waiting stream), and only that place
// may finish the call; the mutex guards the handing over.
template <typename Response>
class StreamReactor final : public grpc::ServerWriteReactor<Response> {
 public:
  StreamReactor(const HubContext& hub, std::string_view method, AtEnd at_end)
      : hub_(hub), method_(method), at_end_(at_end), started_(absl::Now()) {}

  // Once, before the handler returns the reactor.
  void Start(absl::StatusOr<app::Caller> caller, absl::StatusOr<Fetch<Response>> fetch) {
    if (!caller.ok()) return End(caller.status());
    const absl::StatusOr<Admitted> admitted = AdmitCaller(hub_, *caller, method_);
    if (!admitted.ok()) return End(admitted.status());
    if (!fetch.ok()) return End(fetch.status());
    caller_ = *std::move(caller);
    fetch_ = *std::move(fetch);
    // Before the first fetch, so that no notice falls between fetching and waiting.
    if (at_end_ == AtEnd::kWait) {
      watch_ = hub_.engine.notices().Subscribe(caller_.party.value, [this] { OnRing(); });
    }
    Read();
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return End(absl::CancelledError("the receiver is gone"));
    if (++next_ < chunk_.size()) {
      this->StartWrite(&chunk_[next_]);
    } else if (stored_ == Stored::kNoMore && at_end_ == AtEnd::kFinish) {
      End(absl::OkStatus());
    } else {
      Read();
    }
  }

  void OnCancel() override {
    {
      const MutexLock lock(mutex_);
      cancelled_ = true;
      if (!waiting_) return;  // Whoever acts now will see it.
      waiting_ = false;
    }
    End(absl::CancelledError("cancelled"));
  }

  void OnDone() override {
    if (watch_) hub_.engine.notices().Unsubscribe(*watch_);
    delete this;
  }

 private:
  // On the engine's thread.
  void OnRing() {
    {
      const MutexLock lock(mutex_);
      rang_ = true;
      if (!waiting_) return;
      waiting_ = false;
    }
    Read();
  }

  void Read() {
    hub_.reads.Run([this] { FetchAndWrite(); });
  }

  // On a reading thread. After StartWrite or End this object may be gone.
  void FetchAndWrite() {
    for (;;) {
      bool cancelled = false;
      {
        const MutexLock lock(mutex_);
        rang_ = false;  // The snapshot below is younger than every ring so far.
        cancelled = cancelled_;
      }
      if (cancelled) return End(absl::CancelledError("cancelled"));
      if (absl::Status status = FetchChunk(); !status.ok()) return End(status);
      if (!chunk_.empty()) return this->StartWrite(&chunk_[0]);
      if (stored_ == Stored::kMore) continue;
      if (at_end_ == AtEnd::kFinish) return End(absl::OkStatus());
      const MutexLock lock(mutex_);
      if (rang_ || cancelled_) continue;
      waiting_ = true;
      return;
    }
  }

  absl::Status FetchChunk() {
    next_ = 0;
    chunk_.clear();
    RECOUP_ASSIGN_OR_RETURN(const Admitted admitted, AdmitCaller(hub_, caller_, method_));
    RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> view, hub_.store.Snapshot());
    app::RecordReader reader(*view, hub_.seal);
    QueryContext context{admitted, reader, hub_, hub_.clock.Now()};
    RECOUP_ASSIGN_OR_RETURN(stored_, fetch_(context, chunk_));
    return absl::OkStatus();
  }

  void End(const absl::Status& status) {
    const absl::Duration took = absl::Now() - started_;
    hub_.metrics.Count(method_, status.code(), took);
    // A receiver that goes away is how most watches end.
    if (!status.ok() && !absl::IsCancelled(status))
      hub_.log.Info("stream ended", {{"method", method_}, {"status", status}, {"took", took}});
    this->Finish(GrpcStatusOf(status));
  }

  const HubContext& hub_;
  const std::string_view method_;  // A literal of the handler.
  const AtEnd at_end_;
  const absl::Time started_;
  app::Caller caller_;
  Fetch<Response> fetch_;
  std::optional<engine::NoticeBoard::Token> watch_;
  // Of the place that acts.
  std::vector<Response> chunk_;
  std::size_t next_ = 0;
  Stored stored_ = Stored::kMore;

  Mutex mutex_;
  bool waiting_ RECOUP_GUARDED_BY(mutex_) = false;
  bool rang_ RECOUP_GUARDED_BY(mutex_) = false;
  bool cancelled_ RECOUP_GUARDED_BY(mutex_) = false;
};

template <typename Response>
grpc::ServerWriteReactor<Response>* StartStream(const HubContext& hub, std::string_view method,
                                                absl::StatusOr<app::Caller> caller, AtEnd at_end,
                                                absl::StatusOr<Fetch<Response>> fetch) {
  auto* reactor = new StreamReactor<Response>(hub, method, at_end);
  reactor->Start(std::move(caller), std::move(fetch));
  return reactor;
}

// Sends what is stored, then ends. A fetch that could not be made (a fault of the request) is the
// answer.
template <typename Response>
grpc::ServerWriteReactor<Response>* Stream(const HubContext& hub, std::string_view method,
                                           grpc::CallbackServerContext* context,
                                           absl::StatusOr<Fetch<Response>> fetch) {
  return StartStream(hub, method, CallerOf(*context), AtEnd::kFinish, std::move(fetch));
}

// The fetch, unless the request that it was made from has not the form of one.
template <typename Response>
absl::StatusOr<Fetch<Response>> Formed(const google::protobuf::Message& request,
                                       absl::StatusOr<Fetch<Response>> fetch) {
  absl::Status form = WithShapeFaults(request, fetch.status());
  if (form.ok()) return fetch;
  return form;
}

// Sends what is stored, then waits for notices to the caller's party, until the caller cancels.
template <typename Response>
grpc::ServerWriteReactor<Response>* Watch(const HubContext& hub, std::string_view method,
                                          grpc::CallbackServerContext* context,
                                          absl::StatusOr<Fetch<Response>> fetch) {
  return StartStream(hub, method, CallerOf(*context), AtEnd::kWait, std::move(fetch));
}

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_STREAM_H_
