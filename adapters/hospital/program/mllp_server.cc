#include "adapters/hospital/program/mllp_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/hl7/admission.h"
#include "adapters/hospital/hl7/batch.h"
#include "adapters/hospital/program/listen.h"
#include "adapters/hospital/program/mllp_answer.h"
#include "adapters/hospital/program/mllp_connection.h"
#include "adapters/hospital/program/refusal_log.h"
#include "adapters/hospital/program/tls_relays.h"
#include "hub/base/error.h"
#include "hub/base/mutex.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

// Ids of what epoll reports that is no connection.
constexpr std::uint64_t kListenId = 0;
constexpr std::uint64_t kWakeId = 1;
constexpr std::uint64_t kFirstConnectionId = 2;
// Between looks at the clocks of silent peers.
constexpr int kTickMs = 250;
// A peer that lets so much pile up is not read until it has taken some.
constexpr std::size_t kUnsentBytesMax = 1024 * 1024;

absl::Status RefuseAsMessage(std::string why) {
  Faults faults;
  faults.Add("MSH", std::move(why));
  return faults.ToStatus();
}

}  // namespace

// Everything but Start, Stop and the reception's callbacks runs on the loop's own thread.
class MllpServer::Loop {
 public:
  Loop(const MllpOptions& options, std::unique_ptr<TlsRelays> tls, Reception& reception,
       Clock& clock, Log log, int listener, int poller, int waker)
      : options_(options),
        tls_(std::move(tls)),
        reception_(reception),
        clock_(clock),
        log_(std::move(log)),
        refusals_(log_, clock),
        listener_(listener),
        poller_(poller),
        waker_(waker) {}

  ~Loop() {
    for (const int descriptor : {listener_, poller_, waker_}) {
      if (descriptor >= 0) ::close(descriptor);
    }
  }

  void StartThread() {
    Watch(EPOLL_CTL_ADD, listener_, EPOLLIN, kListenId);
    Watch(EPOLL_CTL_ADD, waker_, EPOLLIN, kWakeId);
    port_ = BoundPort(listener_);
    thread_ = std::thread([this] { Run(); });
  }

  int port() const { return port_; }

  void Stop() {
    stopping_ = true;
    Wake();
    if (thread_.joinable()) thread_.join();
    // It may still hold callbacks of connections that were given up.
    reception_.Drain();
  }

 private:
  struct Answered {
    std::uint64_t connection = 0;
    std::string blocks;
  };
  void Wake() {
    const std::uint64_t one = 1;
    // The counter cannot overflow, and a loop that has a wake waiting needs no second one.
    [[maybe_unused]] const ssize_t written = ::write(waker_, &one, sizeof one);
  }

  void Watch(int operation, int descriptor, std::uint32_t events, std::uint64_t id) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = id;
    ::epoll_ctl(poller_, operation, descriptor, &event);
  }

  void Run() {
    std::array<epoll_event, 64> events;
    while (!Done()) {
      const int count =
          ::epoll_wait(poller_, events.data(), static_cast<int>(events.size()), kTickMs);
      for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        if (event.data.u64 == kListenId) {
          AcceptAll();
        } else if (event.data.u64 == kWakeId) {
          std::uint64_t ignored = 0;
          [[maybe_unused]] const ssize_t read = ::read(waker_, &ignored, sizeof ignored);
        } else {
          Serve(event.data.u64, event.events);
        }
      }
      TakeAnswers();
      HangUpOnSilentPeers();
    }
    connections_.clear();
  }

  // Begins the stop when asked, and tells when it is complete.
  bool Done() {
    if (!stopping_) return false;
    const absl::Time now = clock_.Now();
    if (stop_by_ == absl::InfiniteFuture()) {
      stop_by_ = now + options_.stop_max;
      ::close(std::exchange(listener_, -1));
      std::vector<std::uint64_t> ids;
      for (auto& [id, connection] : connections_) {
        connection->EndReading();
        ids.push_back(id);
      }
      for (const std::uint64_t id : ids) Settle(id);
    }
    return connections_.empty() || now >= stop_by_;
  }

  void AcceptAll() {
    for (;;) {
      const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (descriptor < 0) return;
      TakeIn(descriptor);
    }
  }

  void TakeIn(int descriptor) {
    if (stopping_ || connections_.size() >= options_.connections_max) {
      log_.Warning("connection turned away", {{"connections", connections_.size()}});
      ::close(descriptor);
      return;
    }
    // Before TLS: the options are the network socket's.
    const int on = 1;  // An acknowledgement is small and somebody waits for it.
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    if (tls_ != nullptr) descriptor = tls_->Wrap(descriptor);
    if (descriptor < 0) return;
    const std::uint64_t id = next_id_++;
    auto connection =
        std::make_unique<MllpConnection>(descriptor, id, options_.message_bytes_max, clock_.Now());
    connection->events = EPOLLIN;
    Watch(EPOLL_CTL_ADD, descriptor, EPOLLIN, id);
    connections_.emplace(id, std::move(connection));
    log_.Info("peer connected", {{"connection", id}});
  }

  void Serve(std::uint64_t id, std::uint32_t events) {
    const auto found = connections_.find(id);
    if (found == connections_.end()) return;
    MllpConnection& connection = *found->second;
    if ((events & EPOLLIN) != 0 && !connection.read_ended()) {
      const bool whole = connection.Read(
          clock_.Now(), [&](hl7::Frame frame) { TakeFrame(connection, std::move(frame)); });
      if (!whole) return HangUp(id, "broken");
    } else if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
      return HangUp(id, "broken");
    }
    Settle(id);
  }

  void TakeFrame(MllpConnection& connection, hl7::Frame frame) {
    connection.MessageBegun();
    const std::uint64_t id = connection.id();
    switch (frame.kind) {
      case hl7::FrameKind::kCut:
        return Submit(id, frame.bytes,
                      {"", RefuseAsMessage("下一条消息在本条的结束符之前开始，"
                                           "本条不完整")});
      case hl7::FrameKind::kTooLarge:
        return Submit(
            id, frame.bytes,
            {"", MakeError(Reason::kTooLarge,
                           absl::StrCat("消息超过 ", options_.message_bytes_max, " 字节"))});
      case hl7::FrameKind::kNoStart:
        log_.Warning("start block missing", {{"connection", id}});
        break;
      case hl7::FrameKind::kWhole:
        break;
    }
    // Other formats that this program reads come by other ways; they could not be answered here.
    if (!hl7::LooksLikeHl7(frame.bytes)) {
      return Submit(id, frame.bytes, {"", RefuseAsMessage("消息块中没有 HL7 v2 消息")});
    }
    const std::vector<std::string_view> messages = hl7::MessagesOf(frame.bytes);
    if (messages.size() > 1) return SubmitBatch(id, messages);
    Submit(id, frame.bytes, Arrive(messages.front(), reception_.rules()));
  }

  void Submit(std::uint64_t id, const std::string& bytes, Arrival arrival) {
    reception_.Submit(std::move(arrival), [this, id, header = hl7::HeaderToAnswer(bytes)](
                                              const absl::StatusOr<Taken>& taken) {
      if (!taken.ok()) refusals_.Refused(taken.status());
      Deliver({id, AnswerTo(header, taken, clock_.Now())});
    });
  }

  // The answer to a batch goes out with its last message.
  void SubmitBatch(std::uint64_t id, const std::vector<std::string_view>& messages) {
    struct Collected {
      std::vector<hl7::AnsweredHeader> headers;
      std::vector<absl::StatusOr<Taken>> taken;
    };
    auto collected = std::make_shared<Collected>();  // Shared by the callbacks of its messages.
    for (const std::string_view message : messages) {
      collected->headers.push_back(hl7::HeaderToAnswer(message));
    }
    for (const std::string_view message : messages) {
      reception_.Submit(
          Arrive(message, reception_.rules()),
          [this, id, collected](const absl::StatusOr<Taken>& taken) {
            if (!taken.ok()) refusals_.Refused(taken.status());
            collected->taken.push_back(taken);
            if (collected->taken.size() < collected->headers.size()) return;
            Deliver({id, BatchAnswerTo(collected->headers, collected->taken, clock_.Now())});
          });
    }
  }

  // On the reception's thread.
  void Deliver(Answered answered) {
    bool first = false;
    {
      const MutexLock lock(mutex_);
      first = answered_.empty();
      answered_.push_back(std::move(answered));
    }
    if (first) Wake();
  }

  void TakeAnswers() {
    std::vector<Answered> answered;
    {
      const MutexLock lock(mutex_);
      answered.swap(answered_);
    }
    std::vector<std::uint64_t> touched;
    for (const Answered& answer : answered) {
      const auto found = connections_.find(answer.connection);
      // The peer has gone. It will send again what it knows no answer to, and get this answer.
      if (found == connections_.end()) continue;
      found->second->MessageAnswered(answer.blocks);
      if (touched.empty() || touched.back() != answer.connection) {
        touched.push_back(answer.connection);
      }
    }
    for (const std::uint64_t id : touched) Settle(id);
  }

  // Writes what is ready, closes what is finished, and tells epoll what to wait for.
  void Settle(std::uint64_t id) {
    const auto found = connections_.find(id);
    if (found == connections_.end()) return;
    MllpConnection& connection = *found->second;
    if (connection.unsent_bytes() > 0 && !connection.Write(clock_.Now())) {
      return HangUp(id, "broken");
    }
    if (connection.finished()) {
      return HangUp(id, connection.in_message() ? "ended inside a message" : "ended");
    }
    const bool full = connection.in_flight() >= options_.in_flight_max ||
                      connection.unsent_bytes() > kUnsentBytesMax;
    std::uint32_t events = 0;
    if (!full && !connection.read_ended()) events |= EPOLLIN;
    if (connection.unsent_bytes() > 0) events |= EPOLLOUT;
    if (events == connection.events) return;
    connection.events = events;
    Watch(EPOLL_CTL_MOD, connection.descriptor(), events, id);
  }

  void HangUpOnSilentPeers() {
    const absl::Time now = clock_.Now();
    if (now < next_look_) return;
    next_look_ = now + absl::Milliseconds(kTickMs);
    std::vector<std::pair<std::uint64_t, const char*>> leaving;
    for (const auto& [id, connection] : connections_) {
      if (now - connection->stalled_since() > options_.stall_max) {
        leaving.emplace_back(id, "stalled");
      } else if (now - connection->last_active() > options_.idle_max &&
                 connection->in_flight() == 0) {
        leaving.emplace_back(id, "idle");
      }
    }
    for (const auto& [id, why] : leaving) HangUp(id, why);
    refusals_.Summarise();
  }

  void HangUp(std::uint64_t id, const char* why) {
    const auto found = connections_.find(id);
    log_.Info("peer gone", {{"connection", id},
                            {"why", why},
                            {"unanswered", found->second->in_flight()},
                            {"stray_bytes", found->second->stray_bytes()}});
    connections_.erase(found);  // Closing takes it out of epoll.
  }

  const MllpOptions options_;
  const std::unique_ptr<TlsRelays> tls_;  // Null: plain.
  Reception& reception_;
  Clock& clock_;
  const Log log_;
  RefusalLog refusals_;
  int listener_;
  const int poller_;
  const int waker_;
  int port_ = 0;
  std::map<std::uint64_t, std::unique_ptr<MllpConnection>> connections_;
  std::uint64_t next_id_ = kFirstConnectionId;
  absl::Time next_look_ = absl::InfinitePast();
  absl::Time stop_by_ = absl::InfiniteFuture();
  std::atomic<bool> stopping_ = false;
  // What other threads leave for the loop.
  Mutex mutex_;
  std::vector<Answered> answered_ RECOUP_GUARDED_BY(mutex_);
  std::thread thread_;
};

MllpServer::MllpServer(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}

MllpServer::~MllpServer() { Stop(); }

absl::StatusOr<std::unique_ptr<MllpServer>> MllpServer::Start(const MllpOptions& options,
                                                              Reception& reception, Clock& clock,
                                                              Log log) {
  std::unique_ptr<TlsRelays> tls;
  if (options.tls.wanted()) {
    RECOUP_ASSIGN_OR_RETURN(tls, TlsRelays::Create(options.tls));
  }
  RECOUP_ASSIGN_OR_RETURN(const int listener, ListenOn(options.address, options.port));
  const int poller = ::epoll_create1(EPOLL_CLOEXEC);
  const int waker = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  auto loop = std::make_unique<Loop>(options, std::move(tls), reception, clock, std::move(log),
                                     listener, poller, waker);
  if (poller < 0 || waker < 0) {
    return MakeError(Reason::kInternal, absl::StrCat("epoll: ", std::strerror(errno)));
  }
  loop->StartThread();
  return std::unique_ptr<MllpServer>(new MllpServer(std::move(loop)));
}

int MllpServer::port() const { return loop_->port(); }
void MllpServer::Stop() { loop_->Stop(); }

}  // namespace recoup::hospital
