#include "hub/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recoup {
namespace {

TEST(ErrorTest, DetailSurvivesTheStatus) {
  ErrorDetail detail;
  detail.reason = Reason::kIllegalTransition;
  detail.metadata = {{"state", "DRAFT"}};
  detail.preconditions = {{"STATE", "pools/p/demands/d", "issue it first"}};
  detail.retry_after_ms = 50;
  const absl::Status status = MakeError("not now", detail);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  const ErrorDetail read = DetailOf(status);
  EXPECT_EQ(read.reason, Reason::kIllegalTransition);
  EXPECT_EQ(read.metadata, detail.metadata);
  EXPECT_EQ(read.preconditions, detail.preconditions);
  EXPECT_EQ(read.retry_after_ms, 50);
}

TEST(ErrorTest, StatusFromElsewhereGetsAReasonByItsCode) {
  EXPECT_EQ(ReasonOf(absl::NotFoundError("x")), Reason::kNotFound);
  EXPECT_EQ(ReasonOf(absl::UnavailableError("x")), Reason::kStoreUnavailable);
  EXPECT_EQ(ReasonOf(absl::DataLossError("x")), Reason::kInternal);
}

TEST(ErrorTest, ARememberedRefusalIsTheSameRefusal) {
  const absl::Status status = MakeError(Reason::kNotFound, "no such demand");
  const absl::Status remembered = DecodeStatus(EncodeStatus(status));
  EXPECT_EQ(remembered.code(), status.code());
  EXPECT_EQ(remembered.message(), status.message());
  EXPECT_EQ(ReasonOf(remembered), Reason::kNotFound);
  EXPECT_TRUE(DecodeStatus(EncodeStatus(absl::OkStatus())).ok());
  EXPECT_EQ(ReasonOf(DecodeStatus("{broken")), Reason::kInternal);
}

TEST(ErrorTest, AllFaultsAreReported) {
  Faults faults;
  EXPECT_TRUE(faults.ToStatus().ok());
  faults.Add("a", "missing");
  faults.Add("b[2].c", "negative \xff bytes");
  const absl::Status status = faults.ToStatus();
  EXPECT_EQ(DetailOf(status).faults.size(), 2u);
  EXPECT_EQ(DetailOf(status).faults[0], (FieldFault{"a", "missing"}));
  EXPECT_EQ(std::string(status.message()), "a: missing (and 1 more faults)");
}

TEST(ErrorTest, AFaultOfTheWholeIsToldWithoutAColonBeforeIt) {
  Faults faults;
  faults.Add("", "is not JSON from byte 6 on");
  EXPECT_EQ(std::string(faults.ToStatus().message()), "is not JSON from byte 6 on");
}

}  // namespace
}  // namespace recoup
