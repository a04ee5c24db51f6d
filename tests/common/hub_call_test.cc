#include "adapters/common/hub_call.h"

#include "adapters/common/hub_channel.h"
#include "gmock/gmock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "hub/base/error.h"
#include "tests/common/fake_sleeper.h"
#include "tests/common/spool_fixture.h"

namespace recoup::adapters {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class HubCallTest : public testing::Test {
 protected:
  absl::Status Run(std::vector<absl::Status> answers, Idempotency idempotency) {
    calls_ = 0;
    sleeper_.sleeps.clear();
    return WithRetry({.attempts_max = 3}, idempotency, sleeper_, random_,
                     [this, answers = std::move(answers)] { return answers.at(calls_++); })();
  }
  ManualClock clock_{absl::FromUnixSeconds(1'767'225'600)};
  FakeSleeper sleeper_{clock_};
  SeededRandom random_{5};
  std::size_t calls_ = 0;
};

TEST_F(HubCallTest, RetryIsBoundedAndOnlyForTransientErrorsOfIdempotentCalls) {
  const absl::Status away = absl::UnavailableError("");
  const absl::Status slow = absl::DeadlineExceededError("");
  const absl::Status gone = absl::NotFoundError("");
  struct Row {
    std::vector<absl::Status> answers;
    Idempotency idempotency;
    std::size_t calls;
    absl::Status result;
  };
  const std::vector<Row> rows = {
      {{absl::OkStatus()}, Idempotency::kIdempotent, 1, absl::OkStatus()},
      {{away, slow, absl::OkStatus()}, Idempotency::kIdempotent, 3, absl::OkStatus()},
      {{away, away, away, absl::OkStatus()}, Idempotency::kIdempotent, 3, away},
      {{gone, absl::OkStatus()}, Idempotency::kIdempotent, 1, gone},
      {{away, gone, absl::OkStatus()}, Idempotency::kIdempotent, 2, gone},
      {{away, absl::OkStatus()}, Idempotency::kNotIdempotent, 1, away},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Run(row.answers, row.idempotency), row.result);
    EXPECT_EQ(calls_, row.calls);
    EXPECT_EQ(sleeper_.sleeps.size(), row.calls - 1) << "one wait between two tries, none after";
  }
}

TEST_F(HubCallTest, EachAttemptHasAFreshContextWithItsOwnDeadlineAndTheRequestId) {
  std::vector<std::string> lines;
  const Log log = Log::ToSink({.format = LogFormat::kHuman, .level_min = LogLevel::kDebug}, clock_,
                              [&](std::string_view line) { lines.emplace_back(line); });
  IdSource ids(random_);
  const CallSpec spec{.method = "Test.Call", .request_id = ids.Next(clock_.Now())};
  std::vector<absl::Duration> deadlines;
  const absl::Status status =
      CallHub(spec,
              {.deadline = absl::Seconds(10),
               .retry = {},
               .clock = clock_,
               .sleeper = sleeper_,
               .random = random_,
               .log = log},
              [&](grpc::ClientContext& context) -> absl::Status {
                // gRPC keeps deadlines in nanoseconds of another clock.
                deadlines.push_back(absl::Floor(
                    absl::FromChrono(context.deadline()) - clock_.Now() + absl::Milliseconds(1),
                    absl::Seconds(1)));
                return deadlines.size() < 2 ? absl::UnavailableError("王小明") : absl::OkStatus();
              });
  EXPECT_TRUE(status.ok());
  EXPECT_THAT(deadlines, ElementsAre(absl::Seconds(10), absl::Seconds(10)));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], HasSubstr("method=Test.Call request_id=" + spec.request_id.ToUuid()));
  EXPECT_THAT(lines[0], testing::Not(HasSubstr("王小明")));
}

// A hub that is away for the first calls; answers on gRPC's wire.
class FlakyHub final : public grpc::CallbackGenericService {
 public:
  explicit FlakyHub(int away_calls) : away_calls_(away_calls) {}
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    class Reactor final : public grpc::ServerGenericBidiReactor {
     public:
      explicit Reactor(grpc::Status status) { Finish(std::move(status)); }
      void OnDone() override { delete this; }
    };
    const MutexLock lock(mutex_);
    ++calls_;
    const auto found = context->client_metadata().find(kRequestIdMetadata);
    if (found != context->client_metadata().end()) {
      request_id_.assign(found->second.data(), found->second.size());
    }
    return new Reactor(calls_ <= away_calls_
                           ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "away")
                           : grpc::Status(grpc::StatusCode::NOT_FOUND, "reached"));
  }
  int calls() {
    const MutexLock lock(mutex_);
    return calls_;
  }
  std::string request_id() {
    const MutexLock lock(mutex_);
    return request_id_;
  }

 private:
  const int away_calls_;
  Mutex mutex_;
  int calls_ RECOUP_GUARDED_BY(mutex_) = 0;
  std::string request_id_ RECOUP_GUARDED_BY(mutex_);
};

// The shipped policy, as gRPC understands it: four attempts for UNAVAILABLE and none for others.
TEST(RetryServiceConfigTest, GrpcRetriesUnavailableUpToFourTimes) {
  struct Row {
    int away_calls;
    int calls;
    grpc::StatusCode code;
  };
  for (const Row& row :
       {Row{0, 1, grpc::NOT_FOUND}, Row{3, 4, grpc::NOT_FOUND}, Row{9, 4, grpc::UNAVAILABLE}}) {
    FlakyHub hub(row.away_calls);
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterCallbackGenericService(&hub);
    const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
    ASSERT_NE(server, nullptr);
    const auto channel =
        grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port),
                                  grpc::InsecureChannelCredentials(), HubChannelArguments());
    grpc::GenericStub stub(channel);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    context.AddMetadata(kRequestIdMetadata, "id-1");
    grpc::CompletionQueue queue;
    grpc::ByteBuffer request;
    grpc::ByteBuffer response;
    grpc::Status status;
    auto call = stub.PrepareUnaryCall(&context, "/recoup.v1.Test/Call", request, &queue);
    call->StartCall();
    call->Finish(&response, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    ASSERT_TRUE(queue.Next(&tag, &ok));
    EXPECT_EQ(status.error_code(), row.code);
    EXPECT_EQ(hub.calls(), row.calls);
    EXPECT_EQ(hub.request_id(), "id-1");
    queue.Shutdown();
    server->Shutdown();
  }
}

}  // namespace
}  // namespace recoup::adapters
