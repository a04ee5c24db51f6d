#include "adapters/common/hub_method.h"

#include <grpcpp/grpcpp.h>

#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "recoup/v1/hospital_service.grpc.pb.h"
#include "recoup/v1/insurer_service.grpc.pb.h"

namespace recoup::adapters {
namespace {

// A hub of generated code: what is called by name must be what a generated service hears.
class Flags final : public v1::HospitalService::Service {
 public:
  grpc::Status GetFlag(grpc::ServerContext*, const v1::GetFlagRequest* request,
                       v1::GetFlagResponse* response) override {
    if (request->name().empty()) return {grpc::StatusCode::NOT_FOUND, "none"};
    response->mutable_flag()->set_name(request->name());
    return grpc::Status::OK;
  }
};

class Demands final : public v1::InsurerService::Service {
 public:
  grpc::Status WatchDemands(grpc::ServerContext* context, const v1::WatchDemandsRequest*,
                            grpc::ServerWriter<v1::WatchDemandsResponse>* writer) override {
    v1::WatchDemandsResponse change;
    for (int sequence = 1; sequence <= last && !context->IsCancelled(); ++sequence) {
      change.set_sequence(sequence);
      writer->Write(change);
    }
    return ended;
  }
  int last = 3;
  grpc::Status ended;
};

class HubMethodTest : public testing::Test {
 protected:
  HubMethodTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&flags_);
    builder.RegisterService(&demands_);
    server_ = builder.BuildAndStart();
    channel_ = server_->InProcessChannel({});
  }
  ~HubMethodTest() override { server_->Shutdown(); }

  absl::Status Call(std::string_view method, const google::protobuf::Message& request,
                    google::protobuf::Message* response) {
    grpc::ClientContext context;
    return CallMethod(*channel_, method, context, request, response);
  }
  // The sequence numbers seen; `take` answers for each.
  absl::Status Read(std::vector<std::int64_t>& seen,
                    const std::function<absl::Status(std::int64_t)>& take) {
    grpc::ClientContext context;
    v1::WatchDemandsResponse change;
    return ReadStream(*channel_, "InsurerService.WatchDemands", context, v1::WatchDemandsRequest(),
                      &change, [&] {
                        seen.push_back(change.sequence());
                        return take(change.sequence());
                      });
  }

  Flags flags_;
  Demands demands_;
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(HubMethodTest, TheAnswerIsTheMethods) {
  v1::GetFlagRequest request;
  request.set_name("pools/1/flags/2");
  v1::GetFlagResponse response;
  response.mutable_flag()->set_visit_id("left by an attempt before");
  ASSERT_TRUE(Call("HospitalService.GetFlag", request, &response).ok());
  EXPECT_EQ(response.flag().name(), "pools/1/flags/2");
  EXPECT_EQ(response.flag().visit_id(), "");
}

TEST_F(HubMethodTest, ARefusalIsTheHubs) {
  v1::GetFlagResponse response;
  EXPECT_EQ(Call("HospitalService.GetFlag", v1::GetFlagRequest(), &response).code(),
            absl::StatusCode::kNotFound);
}

TEST_F(HubMethodTest, MessagesOfAnotherMethodAreNotSent) {
  v1::GetFlagResponse flag;
  v1::GetSplitResponse split;
  for (const auto& [method, request, response] : std::vector<
           std::tuple<std::string, const google::protobuf::Message*, google::protobuf::Message*>>{
           {"HospitalService.GetFlag", &v1::GetSplitRequest::default_instance(), &flag},
           {"HospitalService.GetFlag", &v1::GetFlagRequest::default_instance(), &split},
           {"HospitalService.NoSuchMethod", &v1::GetFlagRequest::default_instance(), &flag},
           {"GetFlag", &v1::GetFlagRequest::default_instance(), &flag}}) {
    const absl::Status status = Call(method, *request, response);
    EXPECT_EQ(ReasonOf(status), Reason::kInternal) << method;
    EXPECT_NE(status.message().find(method), std::string::npos) << status.message();
  }
}

TEST_F(HubMethodTest, AStreamIsReadToItsEnd) {
  std::vector<std::int64_t> seen;
  EXPECT_TRUE(Read(seen, [](std::int64_t) { return absl::OkStatus(); }).ok());
  EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 2, 3}));
}

TEST_F(HubMethodTest, AStreamEndsWhereItsReaderHasEnough) {
  demands_.last = 1'000'000;
  std::vector<std::int64_t> seen;
  const auto two = [](std::int64_t sequence) {
    return sequence == 2 ? absl::CancelledError("enough") : absl::OkStatus();
  };
  EXPECT_TRUE(Read(seen, two).ok());
  EXPECT_EQ(seen.size(), 2u);
}

TEST_F(HubMethodTest, WhatTheReaderRefusesIsTheAnswer) {
  std::vector<std::int64_t> seen;
  const auto refuse = [](std::int64_t) { return absl::DataLossError("disk full"); };
  EXPECT_EQ(Read(seen, refuse).code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(seen.size(), 1u);
}

TEST_F(HubMethodTest, AStreamThatBreaksOffSaysSo) {
  demands_.ended = grpc::Status(grpc::StatusCode::UNAVAILABLE, "going away");
  std::vector<std::int64_t> seen;
  EXPECT_EQ(Read(seen, [](std::int64_t) { return absl::OkStatus(); }).code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(seen.size(), 3u);
}

TEST(ReadSpooledTest, TheRequestGetsItsId) {
  v1::ClearFlagRequest stored;
  stored.set_name("pools/1/flags/2");
  const Id id = *Id::FromUuid("0190b3f0-0000-7000-8000-000000000001");
  const auto call = ReadSpooled("HospitalService.ClearFlag", stored.SerializeAsString(), id);
  ASSERT_TRUE(call.ok()) << call.status();
  const auto& request = dynamic_cast<const v1::ClearFlagRequest&>(*call->request);
  EXPECT_EQ(request.name(), "pools/1/flags/2");
  EXPECT_EQ(request.request_id(), id.ToUuid());
  EXPECT_EQ(call->response->GetTypeName(), "recoup.v1.ClearFlagResponse");
}

TEST(ReadSpooledTest, WhatIsNoRequestIsRefused) {
  const Id id;
  EXPECT_EQ(ReasonOf(ReadSpooled("HospitalService.Forget", "", id).status()), Reason::kInternal);
  EXPECT_EQ(ReasonOf(ReadSpooled("HospitalService.ClearFlag", "\xff\xff\xff", id).status()),
            Reason::kInternal);
}

TEST(FrameTest, ARequestThatReadsHasNone) {
  v1::GetFlagRequest request;
  request.set_name("pools/1/flags/2");
  v1::GetFlagRequest same = request;
  SetRequestId(same, Id());
  SetValidateOnly(same, true);
  EXPECT_EQ(same.SerializeAsString(), request.SerializeAsString());
  v1::ClearFlagRequest mutation;
  SetValidateOnly(mutation, true);
  EXPECT_TRUE(mutation.validate_only());
}

}  // namespace
}  // namespace recoup::adapters
