#include "adapters/common/grpc_status.h"

#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"

namespace recoup::adapters {
namespace {

google::rpc::Status Details(const std::string& reason, const std::string& domain) {
  google::rpc::Status status;
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain(domain);
  (*info.mutable_metadata())["state"] = "CLOSED";
  status.add_details()->PackFrom(info);
  return status;
}

grpc::Status Answer(grpc::StatusCode code, const google::rpc::Status& details) {
  return grpc::Status(code, "message", details.SerializeAsString());
}

TEST(GrpcStatusTest, EveryDetailIsTakenOver) {
  google::rpc::Status details = Details("ILLEGAL_TRANSITION", "recoup");
  google::rpc::BadRequest bad;
  auto* fault = bad.add_field_violations();
  fault->set_field("demand.amount_fen");
  fault->set_description("too large");
  details.add_details()->PackFrom(bad);
  google::rpc::PreconditionFailure failure;
  auto* unmet = failure.add_violations();
  unmet->set_type("STATE");
  unmet->set_subject("pools/1");
  unmet->set_description("must be open");
  details.add_details()->PackFrom(failure);
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(2);
  retry.mutable_retry_delay()->set_nanos(500'000'000);
  details.add_details()->PackFrom(retry);

  const absl::Status status = StatusFromGrpc(Answer(grpc::FAILED_PRECONDITION, details));
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), "message");
  const ErrorDetail detail = DetailOf(status);
  EXPECT_EQ(detail.reason, Reason::kIllegalTransition);
  EXPECT_EQ(detail.metadata.at("state"), "CLOSED");
  EXPECT_EQ(detail.faults, (std::vector<FieldFault>{{"demand.amount_fen", "too large"}}));
  EXPECT_EQ(detail.preconditions,
            (std::vector<UnmetPrecondition>{{"STATE", "pools/1", "must be open"}}));
  EXPECT_EQ(detail.retry_after_ms, 2500);
}

TEST(GrpcStatusTest, EveryReasonOfTheCatalogueComesBackByItsName) {
  for (int value = 0; value <= static_cast<int>(Reason::kInternal); ++value) {
    const auto reason = static_cast<Reason>(value);
    const auto code = static_cast<grpc::StatusCode>(ReasonCode(reason));
    const absl::Status status =
        StatusFromGrpc(Answer(code, Details(std::string(ReasonName(reason)), "recoup")));
    EXPECT_EQ(ReasonOf(status), reason);
    EXPECT_EQ(status.code(), ReasonCode(reason));
  }
}

// A final refusal would stay in a spool until a person looks at it.
TEST(GrpcStatusTest, ACallThatAStoppingHubDroppedIsTriedAgain) {
  const absl::Status dropped = StatusFromGrpc(grpc::Status(grpc::CANCELLED, "CANCELLED"));
  EXPECT_EQ(dropped.code(), absl::StatusCode::kUnavailable);
  const absl::Status said =
      StatusFromGrpc(Answer(grpc::CANCELLED, Details("SHUTTING_DOWN", "recoup")));
  EXPECT_EQ(said.code(), absl::StatusCode::kCancelled);
}

TEST(GrpcStatusTest, AMessageThatGrpcWouldNotCarryIsTooLargeAndFinal) {
  const absl::Status refused = StatusFromGrpc(
      grpc::Status(grpc::RESOURCE_EXHAUSTED, "Received message larger than max (17 vs. 16)"));
  EXPECT_EQ(ReasonOf(refused), Reason::kTooLarge);
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  const absl::Status busy = StatusFromGrpc(grpc::Status(grpc::RESOURCE_EXHAUSTED, "memory"));
  EXPECT_EQ(busy.code(), absl::StatusCode::kResourceExhausted);
}

TEST(GrpcStatusTest, WhatIsUnknownOrBrokenLeavesCodeAndMessage) {
  const std::vector<grpc::Status> answers = {
      grpc::Status(grpc::NOT_FOUND, "message"),
      grpc::Status(grpc::NOT_FOUND, "message", "\xff no protobuf"),
      Answer(grpc::NOT_FOUND, Details("QUEUE_FULL", "someone.else")),
      Answer(grpc::NOT_FOUND, Details("A_LATER_REASON", "recoup")),
  };
  for (const grpc::Status& answer : answers) {
    const absl::Status status = StatusFromGrpc(answer);
    EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
    EXPECT_EQ(ReasonOf(status), Reason::kNotFound);
    EXPECT_EQ(status.message(), "message");
  }
  EXPECT_EQ(DetailOf(StatusFromGrpc(answers[3])).metadata.at("unknown_reason"), "A_LATER_REASON");
  EXPECT_TRUE(StatusFromGrpc(grpc::Status::OK).ok());
}

TEST(GrpcStatusTest, TheCodeOfTheAnswerWinsOverTheUsualOneOfTheReason) {
  const absl::Status status =
      StatusFromGrpc(Answer(grpc::ABORTED, Details("ILLEGAL_TRANSITION", "recoup")));
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(status), Reason::kIllegalTransition);
}

TEST(GrpcStatusTest, ItemsOfABatchAreMappedAlike) {
  google::rpc::Status item = Details("NOT_FOUND", "recoup");
  item.set_code(5);
  EXPECT_EQ(ReasonOf(StatusFromRpc(item)), Reason::kNotFound);
  item.set_code(99);
  EXPECT_EQ(StatusFromRpc(item).code(), absl::StatusCode::kUnknown);
  item.set_code(0);
  EXPECT_TRUE(StatusFromRpc(item).ok());
}

TEST(GrpcStatusTest, RetryDelaysOutOfBoundsAreBounded) {
  struct Row {
    std::int64_t seconds;
    std::int32_t nanos;
    std::int64_t ms;
  };
  for (const Row& row :
       {Row{0, 0, 0}, Row{0, 1'000'000, 1}, Row{-1, 0, 0}, Row{0, -5, 0},
        Row{86'400, 0, 86'400'000}, Row{std::numeric_limits<std::int64_t>::max(), 0, 86'400'000}}) {
    google::rpc::Status details = Details("QUEUE_FULL", "recoup");
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(row.seconds);
    retry.mutable_retry_delay()->set_nanos(row.nanos);
    details.add_details()->PackFrom(retry);
    const absl::Status status = StatusFromGrpc(Answer(grpc::RESOURCE_EXHAUSTED, details));
    EXPECT_EQ(DetailOf(status).retry_after_ms, row.ms);
  }
}

}  // namespace
}  // namespace recoup::adapters
