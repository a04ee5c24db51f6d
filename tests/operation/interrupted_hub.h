// recoup-hub as a process of its own that is killed and started again while callers go on.
//
// A PersistentCaller is what a party's adapter is: a call that is not answered waits for the next
// hub and is sent again under its request id, until it is answered.
#ifndef RECOUP_TESTS_OPERATION_INTERRUPTED_HUB_H_
#define RECOUP_TESTS_OPERATION_INTERRUPTED_HUB_H_

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "hub/base/ids.h"
#include "tests/operation/hub_process.h"
#include "tests/support/real_hub.h"

namespace recoup::testing {

// One life of the hub: from a start to the next kill.
struct HubLife {
  int number = 0;  // From 1; 0: none.
  int port = 0;
};

// Thread-safe, but that one thread alone starts and ends it.
class InterruptedHub {
 public:
  InterruptedHub(const RealHub& prepared, std::string log_file)
      : prepared_(prepared), log_file_(std::move(log_file)) {}

  // False when it did not come to serve.
  bool Start();
  void Kill();
  int Terminate();

  // The life after the given one; none when it does not come within a minute.
  HubLife LifeAfter(int number);
  std::shared_ptr<grpc::Channel> ConnectAs(const std::string& party, int port) const {
    return prepared_.ConnectAs(party, port);
  }

  void CountAnswer();
  // No more answers will come.
  void Finish();
  // Until so many answers were given, or they are finished: false then.
  bool AwaitAnswers(int count);
  int answers();

 private:
  const RealHub& prepared_;
  const std::string log_file_;
  std::optional<HubProcess> process_;
  std::mutex mutex_;
  std::condition_variable changed_;
  HubLife life_;  // Guarded by mutex_, as what follows.
  bool serving_ = false;
  int answers_ = 0;
  bool finished_ = false;
};

// One thread at a time.
class PersistentCaller {
 public:
  PersistentCaller(InterruptedHub& hub, std::string party) : hub_(hub), party_(std::move(party)) {}

  // Answered in the end, if only with a refusal. Requests that change something get a request id
  // and are asked again by AskAllAgain.
  template <typename Service, typename Request, typename Response>
  grpc::Status Call(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&,
                                                    Response*),
                    Request request, Response* response) {
    constexpr bool kChanges = requires { request.set_request_id(""); };
    if constexpr (kChanges) request.set_request_id(ids_.Next(absl::Now()).ToUuid());
    const grpc::Status status = UntilAnswered(method, request, response);
    if constexpr (kChanges) {
      if (response->replayed()) ++found_done_;
      response->clear_replayed();
      const std::string first = TextOf(status, *response);
      again_.push_back([this, method, request, first] { AskAgain(method, request, first); });
    }
    return status;
  }

  // Everything that changed something or was refused, once more: each must be answered as before.
  void AskAllAgain();

  // Requests whose first answer was lost: found done when they were sent again.
  int found_done() const { return found_done_; }
  int asked() const { return static_cast<int>(again_.size()); }
  // Answers that no caller should get.
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  static std::string TextOf(const grpc::Status& status, const google::protobuf::Message& response);

  template <typename Service, typename Request, typename Response>
  grpc::Status UntilAnswered(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                             const Request& request, Response* response) {
    while (true) {
      if (channel_ == nullptr && !Connect()) return {grpc::StatusCode::UNAVAILABLE, "no hub"};
      Service stub(channel_);
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
      response->Clear();
      const grpc::Status status = (stub.*method)(&context, request, response);
      if (status.error_code() != grpc::StatusCode::UNAVAILABLE) {
        hub_.CountAnswer();
        return status;
      }
      channel_ = nullptr;  // This hub was killed.
    }
  }

  template <typename Service, typename Request, typename Response>
  void AskAgain(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&, Response*),
                const Request& request, const std::string& first) {
    Response response;
    const grpc::Status status = UntilAnswered(method, request, &response);
    if (status.ok() && !response.replayed()) {
      faults_.push_back("done again: " + request.ShortDebugString());
    }
    response.clear_replayed();
    if (TextOf(status, response) != first) {
      faults_.push_back("another answer: " + request.ShortDebugString());
    }
  }

  bool Connect();

  InterruptedHub& hub_;
  const std::string party_;
  SystemRandom random_;
  IdSource ids_{random_};
  int life_ = 0;
  std::shared_ptr<grpc::Channel> channel_;
  std::vector<std::function<void()>> again_;
  int found_done_ = 0;
  std::vector<std::string> faults_;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_OPERATION_INTERRUPTED_HUB_H_
