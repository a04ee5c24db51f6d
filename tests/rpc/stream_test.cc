// Streams over a real server and a real engine: a test service says who is calling, the rest is the
// hub's.
#include "hub/rpc/stream.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "hub/app/party_directory.h"
#include "hub/domain/records/demand.h"
#include "hub/rpc/watch_demands.h"
#include "recoup/v1/insurer_service.grpc.pb.h"
#include "tests/support/hub_world.h"

namespace recoup::rpc {
namespace {

using ::testing::ElementsAre;
using v1::WatchDemandsRequest;
using v1::WatchDemandsResponse;

constexpr char kMethod[] = "InsurerService/WatchDemands";

// Counts: `total` messages, three to a chunk, an empty chunk after each, then `end`.
Fetch<WatchDemandsResponse> Counting(int total, absl::Status end) {
  return
      [total, end, sent = 0, gap = false](
          QueryContext&, std::vector<WatchDemandsResponse>& out) mutable -> absl::StatusOr<Stored> {
        gap = !gap;
        if (!gap) return Stored::kMore;
        for (int i = 0; i < 3 && sent < total; ++i) out.emplace_back().set_sequence(++sent);
        if (sent < total || !out.empty()) return Stored::kMore;
        if (!end.ok()) return end;
        return Stored::kNoMore;
      };
}

class TestService final : public v1::InsurerService::CallbackService {
 public:
  TestService(const HubContext& hub, app::Caller who) : hub_(hub), caller(std::move(who)) {}
  grpc::ServerWriteReactor<WatchDemandsResponse>* WatchDemands(
      grpc::CallbackServerContext*, const WatchDemandsRequest* request) override {
    if (finite)
      return StartStream<WatchDemandsResponse>(hub_, kMethod, caller, AtEnd::kFinish, *finite);
    return StartStream<WatchDemandsResponse>(hub_, kMethod, caller, AtEnd::kWait,
                                             WatchDemandsFetch(*request));
  }

 private:
  const HubContext& hub_;

 public:
  app::Caller caller;
  std::optional<Fetch<WatchDemandsResponse>> finite;
};

class StreamTest : public ::testing::Test {
 protected:
  StreamTest() {
    world_.Read([&](app::RecordReader& reader) {
      ASSERT_TRUE(parties_.Load(reader.view(), world_.seal()).ok());
    });
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = v1::InsurerService::NewStub(server_->InProcessChannel({}));
    const auto made = world_.Run(world_.fund, [&](app::UnitOfWork& work) -> absl::Status {
      domain::Demand demand;
      demand.id = work.NewId<domain::DemandId>();
      demand.pool = world_.pool;
      demand.debtor_party = world_.insurer.party;
      demand.reference = "RF18539007547034";
      work.Put(demand);
      demand_ = app::KeyOf(demand);
      return absl::OkStatus();
    });
    EXPECT_TRUE(made.ok()) << made;
  }
  ~StreamTest() override { server_->Shutdown(); }

  // One notice to the insurer for each word.
  void Notify(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      const auto done = world_.Run(world_.fund, [&](app::UnitOfWork& work) -> absl::Status {
        return work.Notify(world_.insurer.party, demand_, word);
      });
      EXPECT_TRUE(done.ok()) << done;
    }
  }

  struct Call {
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReader<WatchDemandsResponse>> reader;
    std::int64_t last = 0;

    std::vector<std::string> Take(int count) {
      std::vector<std::string> kinds;
      WatchDemandsResponse response;
      while (static_cast<int>(kinds.size()) < count && reader->Read(&response)) {
        EXPECT_GT(response.sequence(), last);
        last = response.sequence();
        kinds.push_back(response.kind());
      }
      return kinds;
    }
  };
  std::unique_ptr<Call> Watch(std::int64_t after, absl::Duration limit = absl::Seconds(20)) {
    auto call = std::make_unique<Call>();
    call->context.set_deadline(absl::ToChronoTime(absl::Now() + limit));
    WatchDemandsRequest request;
    request.set_after_sequence(after);
    call->reader = stub_->WatchDemands(&call->context, request);
    return call;
  }

  testing::HubWorld world_;
  app::PartyDirectory parties_;
  ReadPool reads_{2};
  RpcMetrics metrics_;
  std::atomic<bool> serving_{true};
  HubContext hub_{world_.engine(), world_.store(),
                  world_.seal(),   world_.blinder(),
                  parties_,        world_.clock(),
                  reads_,          metrics_,
                  serving_,        Log::ToStderr({}, world_.clock())};
  TestService service_{hub_, world_.insurer};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::InsurerService::Stub> stub_;
  app::RecordKey demand_;
};

TEST_F(StreamTest, AWatcherThatComesBackMissesNothingAndGetsNothingTwice) {
  Notify({"a", "b", "c"});
  auto first = Watch(0);
  EXPECT_THAT(first->Take(2), ElementsAre("a", "b"));
  first->context.TryCancel();
  EXPECT_EQ(first->reader->Finish().error_code(), grpc::StatusCode::CANCELLED);

  Notify({"d", "e"});
  auto second = Watch(first->last);
  EXPECT_THAT(second->Take(3), ElementsAre("c", "d", "e"));
  // Now it waits; what comes is sent without asking again.
  Notify({"f"});
  EXPECT_THAT(second->Take(1), ElementsAre("f"));
  Notify({"g", "h"});
  EXPECT_THAT(second->Take(2), ElementsAre("g", "h"));
}

TEST_F(StreamTest, NothingIsLostWhileNoticesArriveDuringTheWatch) {
  constexpr int kCount = 350;  // Several chunks.
  auto call = Watch(0);
  std::thread sender([&] {
    for (int i = 0; i < kCount; ++i) Notify({absl::StrCat(i)});
  });
  const std::vector<std::string> taken = call->Take(kCount);
  sender.join();
  ASSERT_EQ(taken.size(), static_cast<std::size_t>(kCount));
  for (int i = 0; i < kCount; ++i) EXPECT_EQ(taken[static_cast<std::size_t>(i)], absl::StrCat(i));
}

TEST_F(StreamTest, AnotherPartySeesNoneOfIt) {
  Notify({"a"});
  service_.caller = app::Caller{{"insurer/taiping"}, "insurer/taiping"};
  auto unknown = Watch(0);
  EXPECT_TRUE(unknown->Take(1).empty());
  EXPECT_EQ(unknown->reader->Finish().error_code(), grpc::StatusCode::PERMISSION_DENIED);
  service_.caller = world_.fund;  // Watching is for debtors.
  auto fund = Watch(0);
  EXPECT_TRUE(fund->Take(1).empty());
  EXPECT_EQ(fund->reader->Finish().error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(StreamTest, AFaultOfTheRequestIsTheAnswer) {
  auto call = Watch(-1);
  EXPECT_TRUE(call->Take(1).empty());
  EXPECT_EQ(call->reader->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(StreamTest, APassedDeadlineEndsAWaitingStream) {
  auto call = Watch(0, absl::Milliseconds(50));
  EXPECT_TRUE(call->Take(1).empty());
  EXPECT_EQ(call->reader->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(StreamTest, AServerThatShutsDownEndsAWaitingStream) {
  Notify({"a"});
  auto call = Watch(0);
  EXPECT_THAT(call->Take(1), ElementsAre("a"));
  server_->Shutdown(std::chrono::system_clock::now());
  EXPECT_FALSE(call->reader->Finish().ok());
}

TEST_F(StreamTest, AStreamEndsWhereTheStoredDataEnds) {
  for (const int total : {0, 1, 3, 10}) {
    SCOPED_TRACE(total);
    service_.finite = Counting(total, absl::OkStatus());
    auto call = Watch(0);
    EXPECT_EQ(call->Take(100).size(), static_cast<std::size_t>(total));
    EXPECT_EQ(call->last, total);
    EXPECT_TRUE(call->reader->Finish().ok());
  }
}

TEST_F(StreamTest, AFaultInTheMiddleIsTheStatusAfterWhatWasSent) {
  service_.finite = Counting(4, MakeError(Reason::kStoreUnavailable, "the disk is gone"));
  auto call = Watch(0);
  EXPECT_EQ(call->Take(100).size(), 4u);
  EXPECT_EQ(call->reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace recoup::rpc
