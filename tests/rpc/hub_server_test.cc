// A real hub over mutual TLS: who gets in, what is refused and how, metrics, restart.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "adapters/common/grpc_status.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "hub/base/error.h"
#include "hub/base/ids.h"
#include "recoup/v1/court_service.grpc.pb.h"
#include "recoup/v1/hospital_service.grpc.pb.h"
#include "tests/support/real_hub.h"

namespace recoup {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

std::string ReasonOf(const grpc::Status& status) {
  google::rpc::Status rpc_status;
  rpc_status.ParseFromString(status.error_details());
  std::vector<std::string> reasons;
  for (const auto& detail : rpc_status.details()) {
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&info)) reasons.push_back(info.reason());
  }
  return reasons.size() == 1 ? reasons[0] : "not exactly one ErrorInfo";
}

std::vector<std::string> FaultsOf(const grpc::Status& status) {
  google::rpc::Status rpc_status;
  rpc_status.ParseFromString(status.error_details());
  std::vector<std::string> fields;
  for (const auto& detail : rpc_status.details()) {
    google::rpc::BadRequest bad;
    if (!detail.UnpackTo(&bad)) continue;
    for (const auto& violation : bad.field_violations()) fields.push_back(violation.field());
  }
  return fields;
}

class HubServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto hub = testing::RealHub::Prepare(
        folder_.path(),
        {testing::MakeParty("hospital/renji"), testing::MakeParty("hospital/huashan"),
         testing::MakeParty("court/pudong"), testing::MakeParty("fund/pudong", {{"310115-310"}}),
         testing::MakeParty("fund/xuhui", {{"310104-310"}})});
    ASSERT_TRUE(hub.ok()) << hub.status();
    hub_ = *std::move(hub);
    ASSERT_TRUE(hub_->Start().ok());
  }
  std::unique_ptr<v1::HospitalService::Stub> As(const std::string& party) {
    return v1::HospitalService::NewStub(hub_->ConnectAs(party));
  }
  // A call of hospital/renji whose request is these bytes.
  grpc::Status SendBytes(const std::string& method, const std::string& bytes,
                         google::protobuf::Message* response) {
    grpc::GenericStub stub(hub_->ConnectAs("hospital/renji"));
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    const grpc::Slice slice(bytes);
    const grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer answer;
    grpc::Status status;
    const auto call = stub.PrepareUnaryCall(
        &context, absl::StrCat("/recoup.v1.HospitalService/", method), request, &queue);
    call->StartCall();
    call->Finish(&answer, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    if (status.ok()) {
      grpc::SerializationTraits<google::protobuf::Message>::Deserialize(&answer, response);
    }
    return status;
  }
  v1::FlagAdmissionRequest Flag(const std::string& visit) {
    v1::FlagAdmissionRequest request;
    request.set_request_id(ids_.Next(absl::Now()).ToUuid());
    request.mutable_flag()->set_pool("pools/310115-310");
    request.mutable_flag()->set_visit_id(visit);
    request.mutable_flag()->mutable_patient()->set_name("测试甲");
    request.mutable_flag()->mutable_admitted_time()->set_seconds(1'740'000'000);
    return request;
  }
  template <typename Call, typename Request, typename Response>
  grpc::Status Send(v1::HospitalService::Stub& stub, Call call, const Request& request,
                    Response* response) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    return (stub.*call)(&context, request, response);
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<testing::RealHub> hub_;
  SystemRandom random_;
  IdSource ids_{random_};
  v1::FlagAdmissionResponse flagged_;
};

TEST_F(HubServerTest, ForeignThingsAreNotFound) {
  ASSERT_TRUE(
      Send(*As("hospital/renji"), &v1::HospitalService::Stub::FlagAdmission, Flag("v1"), &flagged_)
          .ok());
  v1::GetFlagRequest get;
  get.set_name(flagged_.flag().name());
  v1::GetFlagResponse response;
  EXPECT_TRUE(
      Send(*As("hospital/renji"), &v1::HospitalService::Stub::GetFlag, get, &response).ok());
  EXPECT_TRUE(Send(*As("fund/pudong"), &v1::HospitalService::Stub::GetFlag, get, &response).ok());
  for (const char* foreign : {"hospital/huashan", "fund/xuhui"}) {
    const grpc::Status status =
        Send(*As(foreign), &v1::HospitalService::Stub::GetFlag, get, &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND) << foreign;
    EXPECT_EQ(ReasonOf(status), "NOT_FOUND");
  }
  v1::ListFlagsRequest list;
  list.set_pool("pools/310115-310");
  v1::ListFlagsResponse flags;
  EXPECT_TRUE(
      Send(*As("hospital/huashan"), &v1::HospitalService::Stub::ListFlags, list, &flags).ok());
  EXPECT_EQ(flags.flags_size(), 0);
}

TEST_F(HubServerTest, UnknownAndWrongPartiesAreRefusedWithOneReason) {
  EXPECT_EQ(ReasonOf(Send(*As("hospital/unknown"), &v1::HospitalService::Stub::FlagAdmission,
                          Flag("v"), &flagged_)),
            "PARTY_UNKNOWN");
  EXPECT_EQ(ReasonOf(Send(*As("fund/pudong"), &v1::HospitalService::Stub::FlagAdmission, Flag("v"),
                          &flagged_)),
            "NOT_ALLOWED");
  EXPECT_EQ(ReasonOf(Send(*As("nonsense"), &v1::HospitalService::Stub::FlagAdmission, Flag("v"),
                          &flagged_)),
            "UNAUTHENTICATED");
  v1::ScreenResponse screened;
  grpc::ClientContext context;
  const grpc::Status later = v1::CourtService::NewStub(hub_->ConnectAs("court/pudong"))
                                 ->Screen(&context, v1::ScreenRequest(), &screened);
  EXPECT_EQ(later.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(ReasonOf(later), "NOT_IMPLEMENTED");
}

TEST_F(HubServerTest, AllFaultsAreReportedAtOnce) {
  v1::ReportSettlementRequest request;
  request.set_request_id("not-a-uuid");
  auto* settlement = request.mutable_settlement();
  settlement->set_pool("pools/nowhere");
  settlement->mutable_patient()->set_name("测试乙");
  settlement->mutable_patient()->set_id_number("310115199001011234");
  settlement->set_settlement_id(std::string(101, 'x'));
  settlement->set_total_fen(-1);
  settlement->set_fund_paid_fen(9'000'000'000'000'000'000);
  settlement->set_admitted_on("2025-02-30");
  settlement->mutable_settled_time()->set_seconds(4'102'444'800);
  v1::ReportSettlementResponse response;
  const grpc::Status status =
      Send(*As("hospital/renji"), &v1::HospitalService::Stub::ReportSettlement, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FaultsOf(status),
              UnorderedElementsAre("request_id", "settlement.pool", "settlement.visit_id",
                                   "settlement.settlement_id", "settlement.patient.id_number",
                                   "settlement.total_fen", "settlement.fund_paid_fen",
                                   "settlement.admitted_on", "settlement.settled_time"));
}

TEST_F(HubServerTest, ABadItemDoesNotHarmItsBatch) {
  v1::BatchFlagAdmissionsRequest batch;
  batch.set_mode(v1::BATCH_MODE_CONTINUE);
  *batch.add_items() = Flag("b1");
  *batch.add_items() = Flag("");
  *batch.add_items() = Flag("b3");
  batch.mutable_items(2)->set_request_id("");
  *batch.add_items() = Flag("b4");
  v1::BatchFlagAdmissionsResponse response;
  const auto stub = As("hospital/renji");
  ASSERT_TRUE(Send(*stub, &v1::HospitalService::Stub::BatchFlagAdmissions, batch, &response).ok());
  ASSERT_EQ(response.results_size(), 4);
  EXPECT_TRUE(response.results(0).has_response());
  EXPECT_EQ(response.results(1).error().code(), 3);
  EXPECT_EQ(response.results(2).error().code(), 3);
  EXPECT_TRUE(response.results(3).has_response());

  batch.set_mode(v1::BATCH_MODE_ATOMIC);
  *batch.mutable_items(0) = Flag("b5");
  response.Clear();
  ASSERT_TRUE(Send(*stub, &v1::HospitalService::Stub::BatchFlagAdmissions, batch, &response).ok());
  for (const auto& result : response.results()) EXPECT_TRUE(result.has_error());

  batch.clear_items();
  const grpc::Status empty =
      Send(*stub, &v1::HospitalService::Stub::BatchFlagAdmissions, batch, &response);
  EXPECT_THAT(FaultsOf(empty), Contains("items"));

  for (int i = 0; i < 1001; ++i) *batch.add_items() = Flag(absl::StrCat("c", i));
  EXPECT_EQ(
      ReasonOf(Send(*stub, &v1::HospitalService::Stub::BatchFlagAdmissions, batch, &response)),
      "TOO_LARGE");
  batch.mutable_items()->RemoveLast();
  ASSERT_TRUE(Send(*stub, &v1::HospitalService::Stub::BatchFlagAdmissions, batch, &response).ok());
  EXPECT_EQ(response.results_size(), 1000);
}

// As a sender writes it that takes GBK for UTF-8: the item is refused at its field, not the batch.
TEST_F(HubServerTest, TextThatIsNoUtf8IsNamedAndHarmsNoNeighbour) {
  v1::BatchFlagAdmissionsRequest batch;
  batch.set_mode(v1::BATCH_MODE_CONTINUE);
  for (const char* visit : {"g1", "g2", "g3"}) *batch.add_items() = Flag(visit);
  // "王" in UTF-8, where the bytes will be replaced by as many of GBK.
  batch.mutable_items(1)->mutable_flag()->mutable_patient()->set_name("王王");
  std::string bytes = batch.SerializeAsString();
  const std::size_t at = bytes.find("王王");
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 6, "\xCD\xF5\xCD\xF5\xCD\xF5");
  v1::BatchFlagAdmissionsResponse response;
  ASSERT_TRUE(SendBytes("BatchFlagAdmissions", bytes, &response).ok());
  ASSERT_EQ(response.results_size(), 3);
  EXPECT_TRUE(response.results(0).has_response());
  EXPECT_TRUE(response.results(2).has_response());
  const google::rpc::Status& refused = response.results(1).error();
  ASSERT_EQ(refused.code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FaultsOf(grpc::Status(grpc::INVALID_ARGUMENT, "", refused.SerializeAsString())),
              ElementsAre("flag.patient.name"));

  // What is no message at all is still refused as a whole.
  const grpc::Status broken = SendBytes("BatchFlagAdmissions", "\x0A\x7F", &response);
  EXPECT_EQ(ReasonOf(broken), "INVALID_ARGUMENT");
}

// gRPC refuses it before the hub sees it, without details; programs know what it means.
TEST_F(HubServerTest, AMessageBeyondTheTransportsLimitIsTooLarge) {
  v1::FlagAdmissionRequest request = Flag("v");
  request.mutable_flag()->add_evidence()->set_text(std::string(17 << 20, 'x'));
  const grpc::Status status =
      Send(*As("hospital/renji"), &v1::HospitalService::Stub::FlagAdmission, request, &flagged_);
  EXPECT_EQ(recoup::ReasonOf(adapters::StatusFromGrpc(status)), Reason::kTooLarge);
  EXPECT_TRUE(
      Send(*As("hospital/renji"), &v1::HospitalService::Stub::FlagAdmission, Flag("w"), &flagged_)
          .ok());
}

TEST_F(HubServerTest, AnswersSurviveARestartAndAReplayGivesTheFirstOne) {
  const v1::FlagAdmissionRequest request = Flag("v9");
  ASSERT_TRUE(
      Send(*As("hospital/renji"), &v1::HospitalService::Stub::FlagAdmission, request, &flagged_)
          .ok());
  EXPECT_FALSE(flagged_.replayed());
  const std::string name = flagged_.flag().name();
  hub_->Stop();
  ASSERT_TRUE(hub_->Start().ok());
  ASSERT_TRUE(
      Send(*As("hospital/renji"), &v1::HospitalService::Stub::FlagAdmission, request, &flagged_)
          .ok());
  EXPECT_TRUE(flagged_.replayed());
  EXPECT_EQ(flagged_.flag().name(), name);
}

TEST_F(HubServerTest, ASecondHubOnTheSameStoreIsRefused) {
  auto other = testing::RealHub::Prepare(folder_.path(), {});
  EXPECT_FALSE(other.ok());  // The keys are never overwritten, nor is the store shared.
}

}  // namespace
}  // namespace recoup
