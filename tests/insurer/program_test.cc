// recoup-insurer as a clerk runs it, against a hub in this process.
#include <fstream>
#include <memory>

#include "adapters/insurer/program/insurer_program.h"
#include "gmock/gmock.h"
#include "nlohmann/json.hpp"
#include "recoup/v1/insurer_service.grpc.pb.h"
#include "tests/common/fake_hub.h"

namespace recoup::insurer {
namespace {

using adapters::ExitCode;
using adapters::FakeHub;
using adapters::ProgramOutcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr char kDemand[] = "pools/310115-310/demands/a";

class FakeInsurerService final : public v1::InsurerService::Service {
 public:
  grpc::Status RegisterPolicy(grpc::ServerContext*, const v1::RegisterPolicyRequest* request,
                              v1::RegisterPolicyResponse* response) override {
    policy = request->policy();
    policy.set_name("policies/1");
    *response->mutable_policy() = policy;
    return grpc::Status::OK;
  }
  grpc::Status ListPolicies(grpc::ServerContext*, const v1::ListPoliciesRequest*,
                            v1::ListPoliciesResponse* response) override {
    *response->add_policies() = policy;
    return grpc::Status::OK;
  }
  grpc::Status UpdatePolicyUsage(grpc::ServerContext*, const v1::UpdatePolicyUsageRequest* request,
                                 v1::UpdatePolicyUsageResponse* response) override {
    usage = *request;
    *response->mutable_policy() = policy;
    return grpc::Status::OK;
  }
  grpc::Status GetDemand(grpc::ServerContext*, const v1::GetDemandRequest* request,
                         v1::GetDemandResponse* response) override {
    v1::Demand& demand = *response->mutable_demand();
    demand.set_name(request->name());
    demand.set_open_fen(680'000);
    demand.set_applied_fen(5);
    v1::DemandLine& line = *demand.add_lines();
    line.set_advance("pools/310115-310/advances/y");
    line.set_amount_fen(680'000);
    return grpc::Status::OK;
  }
  grpc::Status AcceptDemand(grpc::ServerContext*, const v1::AcceptDemandRequest* request,
                            v1::AcceptDemandResponse* response) override {
    if (refuse) return {grpc::StatusCode::FAILED_PRECONDITION, "not now"};
    response->mutable_demand()->set_name(request->name());
    (request->validate_only() ? checked : accepted).push_back(*request);
    return grpc::Status::OK;
  }
  grpc::Status DisputeDemand(grpc::ServerContext*, const v1::DisputeDemandRequest* request,
                             v1::DisputeDemandResponse*) override {
    disputed = *request;
    return grpc::Status::OK;
  }
  grpc::Status ConfirmRepayment(grpc::ServerContext*, const v1::ConfirmRepaymentRequest* request,
                                v1::ConfirmRepaymentResponse*) override {
    confirmed = *request;
    return grpc::Status::OK;
  }
  grpc::Status SendRemittanceAdvice(grpc::ServerContext*,
                                    const v1::SendRemittanceAdviceRequest* request,
                                    v1::SendRemittanceAdviceResponse* response) override {
    advices.push_back(request->remittance_advice());
    *response->mutable_remittance_advice() = request->remittance_advice();
    return grpc::Status::OK;
  }
  grpc::Status WatchDemands(grpc::ServerContext*, const v1::WatchDemandsRequest* request,
                            grpc::ServerWriter<v1::WatchDemandsResponse>* writer) override {
    for (std::int64_t sequence = request->after_sequence() + 1; sequence <= 5; ++sequence) {
      v1::WatchDemandsResponse change;
      change.set_sequence(sequence);
      change.set_kind("demand.issued");
      if (!writer->Write(change)) break;
    }
    return grpc::Status::OK;
  }

  // Set and read between calls only.
  bool refuse = false;
  v1::Policy policy;
  v1::UpdatePolicyUsageRequest usage;
  std::vector<v1::AcceptDemandRequest> accepted;
  std::vector<v1::AcceptDemandRequest> checked;
  v1::DisputeDemandRequest disputed;
  v1::ConfirmRepaymentRequest confirmed;
  std::vector<v1::RemittanceAdvice> advices;
};

class InsurerProgramTest : public testing::Test {
 protected:
  ProgramOutcome Run(std::vector<std::string> arguments) {
    for (const std::string& setting : hub_.Settings()) arguments.push_back(setting);
    InsurerProgram program;
    return adapters::RunProgram(program.frame(), std::move(arguments), ++seed_);
  }

  FakeInsurerService service_;
  FakeHub hub_{service_};
  std::uint64_t seed_ = 0;
};

TEST_F(InsurerProgramTest, RegistersAPolicyAndItsUsage) {
  EXPECT_EQ(Run({"policies", "register", "--number", "JQ1", "--plate", "沪A·D1234", "--from",
                 "2024-09-01", "--until", "2025-08-31", "--medical-limit", "18000.00"})
                .code,
            ExitCode::kOk);
  EXPECT_EQ(service_.policy.kind(), v1::POLICY_KIND_CTP);
  EXPECT_EQ(service_.policy.medical_limit_fen(), 1'800'000);
  EXPECT_EQ(
      Run({"policies", "usage", "JQ1", "--accident-on", "2025-03-01", "--medical-used", "11200.00"})
          .code,
      ExitCode::kOk);
  EXPECT_EQ(service_.usage.name(), "policies/1");
  EXPECT_EQ(service_.usage.usage().medical_used_fen(), 1'120'000);
  EXPECT_EQ(service_.usage.usage().total_used_fen(), 1'120'000);
}

TEST_F(InsurerProgramTest, AnAnswerGivenTwiceIsSentOnce) {
  ASSERT_EQ(Run({"accept", kDemand}).code, ExitCode::kOk);
  const ProgramOutcome again = Run({"accept", kDemand});
  EXPECT_EQ(again.code, ExitCode::kOk);
  EXPECT_THAT(again.out, HasSubstr("未重复发送"));
  EXPECT_EQ(service_.accepted.size(), 1u);
  EXPECT_TRUE(service_.accepted[0].has_accepted_time());
  EXPECT_FALSE(service_.accepted[0].has_amount_fen());
}

TEST_F(InsurerProgramTest, AHubThatIsAwayLosesNothing) {
  hub_.Stop();
  EXPECT_EQ(Run({"accept", kDemand, "--amount", "5000", "--text", "x"}).code,
            ExitCode::kHubUnavailable);
  hub_.Start();
  EXPECT_EQ(Run({"deliver"}).code, ExitCode::kOk);
  ASSERT_EQ(service_.accepted.size(), 1u);
  EXPECT_EQ(service_.accepted[0].amount_fen(), 500'000);
}

TEST_F(InsurerProgramTest, ARefusalStaysUntilAPersonDecides) {
  service_.refuse = true;
  EXPECT_EQ(Run({"accept", kDemand}).code, ExitCode::kRefused);
  const Json status = Json::parse(Run({"status", "--format", "json"}).out);
  EXPECT_EQ(status["refused"], 1);
  const std::string sequence = status["refused_items"][0]["sequence"].dump();
  EXPECT_EQ(Run({"drop", sequence, "--reason", "误操作"}).code, ExitCode::kOk);
  service_.refuse = false;
  const auto accepted = Run({"accept", kDemand});
  EXPECT_EQ(accepted.code, ExitCode::kOk) << accepted.out << accepted.err;
  EXPECT_EQ(service_.accepted.size(), 1u);
}

TEST_F(InsurerProgramTest, ADryRunAsksAndKeepsNothing) {
  EXPECT_EQ(Run({"accept", kDemand, "--dry-run"}).code, ExitCode::kOk);
  EXPECT_EQ(service_.checked.size(), 1u);
  EXPECT_TRUE(service_.accepted.empty());
}

TEST_F(InsurerProgramTest, OneReasonDisputesEveryLine) {
  EXPECT_EQ(Run({"dispute", kDemand, "--reason", "not-covered"}).code, ExitCode::kOk);
  ASSERT_EQ(service_.disputed.lines_size(), 1);
  EXPECT_EQ(service_.disputed.lines(0).disputed_fen(), 680'000);
  EXPECT_EQ(service_.disputed.lines(0).reason(), v1::DISPUTE_REASON_NOT_COVERED);
  EXPECT_EQ(Run({"dispute", kDemand}).code, ExitCode::kUsage);
}

TEST_F(InsurerProgramTest, ConfirmTakesWhatTheHubShowsUnlessToldOtherwise) {
  EXPECT_EQ(Run({"confirm", kDemand}).code, ExitCode::kOk);
  EXPECT_EQ(service_.confirmed.received_fen(), 5);
  EXPECT_EQ(Run({"confirm", kDemand, "--received", "1.00"}).code, ExitCode::kOk);
  EXPECT_EQ(service_.confirmed.received_fen(), 100);
}

TEST_F(InsurerProgramTest, AnAdviceIsSentOncePerNumber) {
  const std::vector<std::string> remit = {"remit",      "--number",  "FK-1", "--paid-on",
                                          "2025-09-17", "--demands", kDemand};
  EXPECT_EQ(Run(remit).code, ExitCode::kOk);
  EXPECT_THAT(Run(remit).out, HasSubstr("未重复发送"));
  ASSERT_EQ(service_.advices.size(), 1u);
  EXPECT_EQ(service_.advices[0].amount_fen(), 680'000);  // All that is open.
  std::vector<std::string> other = remit;
  other.back() += "=1.00";
  const ProgramOutcome refused = Run(other);
  EXPECT_EQ(refused.code, ExitCode::kRefused);
  EXPECT_THAT(refused.err, HasSubstr("ALREADY_EXISTS_WITH_OTHER_CONTENT"));
  EXPECT_EQ(service_.advices.size(), 1u);
}

TEST_F(InsurerProgramTest, AnAdviceMayComeFromAFile) {
  const std::string file = hub_.Write("schedule.csv", "付款编号,金额\nRF18X,1.50\nRF19Y,2.50\n");
  EXPECT_EQ(Run({"remit", "--number", "FK-2", "--paid-on", "2025-09-17", "--file", file}).code,
            ExitCode::kUsage);
  EXPECT_EQ(Run({"remit", "--number", "FK-2", "--paid-on", "2025-09-17", "--file", file, "--pool",
                 "pools/310115-310"})
                .code,
            ExitCode::kOk);
  ASSERT_EQ(service_.advices.size(), 1u);
  EXPECT_EQ(service_.advices[0].amount_fen(), 400);
}

TEST_F(InsurerProgramTest, WatchGoesOnWhereItStopped) {
  const ProgramOutcome first = Run({"demands", "watch", "--count", "2"});
  EXPECT_EQ(first.code, ExitCode::kOk) << first.err;
  EXPECT_THAT(first.out, HasSubstr("2  demand.issued"));
  EXPECT_THAT(first.out, Not(HasSubstr("3  demand.issued")));
  const ProgramOutcome rest = Run({"demands", "watch"});
  EXPECT_THAT(rest.out, HasSubstr("3  demand.issued"));
  EXPECT_THAT(rest.out, HasSubstr("5  demand.issued"));
  EXPECT_THAT(rest.out, Not(HasSubstr("2  demand.issued")));
  EXPECT_THAT(Run({"demands", "watch", "--from-start"}).out, HasSubstr("1  demand.issued"));
}

}  // namespace
}  // namespace recoup::insurer
