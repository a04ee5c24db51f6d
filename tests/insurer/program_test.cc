// recoup-insurer as a clerk runs it, against a hub in this process.
#include <filesystem>
#include <fstream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/program/insurer_program.h"
#include "gmock/gmock.h"
#include "hub/base/ids.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/signing.h"
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
  grpc::Status ListSplits(grpc::ServerContext*, const v1::ListSplitsRequest* request,
                          v1::ListSplitsResponse* response) override {
    splits_asked = request->state();
    for (const v1::Split& split : splits) *response->add_splits() = split;
    return grpc::Status::OK;
  }
  grpc::Status AnswerSplit(grpc::ServerContext*, const v1::AnswerSplitRequest* request,
                           v1::AnswerSplitResponse* response) override {
    split_answer = *request;
    if (!splits.empty()) *response->mutable_split() = splits.front();
    return grpc::Status::OK;
  }
  grpc::Status GetDemand(grpc::ServerContext*, const v1::GetDemandRequest* request,
                         v1::GetDemandResponse* response) override {
    v1::Demand& demand = *response->mutable_demand();
    demand.set_name(request->name());
    demand.set_reference("RF18539007547034");
    demand.set_state(v1::DEMAND_STATE_AGREED);
    demand.set_open_fen(680'000);
    demand.set_agreed_fen(agreed_fen);
    demand.set_reserved_fen(reserved_fen);
    demand.set_applied_fen(5);
    v1::DemandLine& line = *demand.add_lines();
    line.set_advance("pools/310115-310/advances/y");
    line.set_amount_fen(680'000);
    for (const char* revision : {"第一版", "第二版"}) {
      v1::Letter& letter = *response->add_letters();
      letter.set_title("追偿函");
      letter.set_text(absl::StrCat("全文，", revision));
      letter.set_issued_on("2026-03-20");
    }
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

  grpc::Status ListDemands(grpc::ServerContext*, const v1::ListDemandsRequest* request,
                           v1::ListDemandsResponse* response) override {
    v1::Demand demand;
    demand.set_name(kDemand);
    demand.set_reference("RF18539007547034");
    demand.set_state(v1::DEMAND_STATE_AGREED);
    demand.set_open_fen(680'000);
    demand.set_agreed_fen(agreed_fen);
    demand.set_reserved_fen(reserved_fen);
    if (request->reference().empty() || request->reference() == demand.reference()) {
      *response->add_demands() = demand;
    }
    return grpc::Status::OK;
  }
  grpc::Status GetStatementOfAccount(grpc::ServerContext*,
                                     const v1::GetStatementOfAccountRequest* request,
                                     v1::GetStatementOfAccountResponse* response) override {
    v1::StatementOfAccountReceipt receipt;
    receipt.set_pool(request->pool());
    receipt.set_from_on(request->from_on());
    receipt.set_until_on(request->until_on());
    receipt.set_closing_fen(680'000);
    v1::StatementOfAccountLine& line = *receipt.add_lines();
    line.set_demand(kDemand);
    line.set_reference("RF18539007547034");
    line.set_amount_fen(680'000);
    line.set_open_fen(680'000);
    v1::SignedReceipt& out = *response->mutable_receipt();
    out.set_payload(receipt.SerializeAsString());
    const auto signature =
        hub_key.Sign(absl::StrCat("recoup statement of account receipt v1\n", out.payload()));
    out.set_signature(std::string(crypto::AsView(signature)));
    return grpc::Status::OK;
  }
  grpc::Status ListRemittanceAdvices(grpc::ServerContext*, const v1::ListRemittanceAdvicesRequest*,
                                     v1::ListRemittanceAdvicesResponse* response) override {
    for (const v1::RemittanceAdvice& advice : advices) {
      *response->add_remittance_advices() = advice;
      response->mutable_remittance_advices(response->remittance_advices_size() - 1)
          ->set_state(v1::REMITTANCE_ADVICE_STATE_SENT);
    }
    return grpc::Status::OK;
  }

  grpc::Status GetClocks(grpc::ServerContext*, const v1::GetClocksRequest* request,
                         v1::GetClocksResponse* response) override {
    clocks = *request;
    v1::InsurerClock& clock = *response->add_clocks();
    clock.set_kind(v1::INSURER_CLOCK_KIND_PAY);
    clock.set_reference("RF18539007547034");
    clock.set_due_on("2026-03-31");
    clock.set_days_left(-3);
    clock.set_amount_fen(680'000);
    clock.set_source("保险法第二十三条");
    return grpc::Status::OK;
  }

  v1::GetClocksRequest clocks;
  SystemRandom random;
  const crypto::SigningKey hub_key = crypto::SigningKey::Generate(random);
  // Set and read between calls only.
  bool refuse = false;
  std::int64_t agreed_fen = 680'000;
  std::int64_t reserved_fen = 0;
  v1::Policy policy;
  std::vector<v1::Split> splits;
  v1::SplitState splits_asked = v1::SPLIT_STATE_UNSPECIFIED;
  v1::AnswerSplitRequest split_answer;
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

v1::Split AskedSplit(const std::string& name) {
  v1::Split split;
  split.set_name(name);
  split.set_state(v1::SPLIT_STATE_QUOTED);
  split.set_visit_id("V-1");
  split.set_total_fen(2'000'000);
  v1::SplitPart& part = *split.add_parts();
  part.set_policy("policies/insurer.1");
  part.set_kind(v1::POLICY_KIND_CTP);
  part.set_answer(v1::SPLIT_ANSWER_ASKED);
  return split;
}

TEST_F(InsurerProgramTest, SplitsAreListedAndAnswered) {
  const std::string name = "pools/310115-310/splits/s1";
  v1::Split answered = AskedSplit("pools/310115-310/splits/s2");
  answered.mutable_parts(0)->set_answer(v1::SPLIT_ANSWER_ACCEPTED);
  service_.splits = {AskedSplit(name), answered};
  const auto listed = Run({"splits", "list", "--open"});
  EXPECT_EQ(listed.code, ExitCode::kOk) << listed.err;
  EXPECT_THAT(listed.out, HasSubstr("待答复"));
  EXPECT_THAT(listed.out, Not(HasSubstr("splits/s2")));
  EXPECT_EQ(service_.splits_asked, v1::SPLIT_STATE_QUOTED);
  const auto json = Json::parse(Run({"splits", "list", "--format", "json"}).out);
  EXPECT_EQ(json["splits"].size(), 2u);

  // The only policy that is asked needs no naming.
  EXPECT_EQ(Run({"splits", "answer", name, "--accept", "--claim-number", "C-7"}).code,
            ExitCode::kOk);
  EXPECT_EQ(service_.split_answer.policy(), "policies/insurer.1");
  EXPECT_TRUE(service_.split_answer.accept());
  EXPECT_EQ(service_.split_answer.claim_number(), "C-7");
  EXPECT_FALSE(service_.split_answer.validate_only());
  EXPECT_EQ(Run({"splits", "answer", name, "--accept", "--policy", "policies/x.2", "--share", "70",
                 "--max", "5000", "--dry-run"})
                .code,
            ExitCode::kOk);
  EXPECT_EQ(service_.split_answer.share_bp(), 7'000);
  EXPECT_EQ(service_.split_answer.amount_max_fen(), 500'000);
  EXPECT_TRUE(service_.split_answer.validate_only());

  service_.split_answer.Clear();
  for (const std::vector<std::string>& wrong :
       std::vector<std::vector<std::string>>{{},
                                             {"--accept", "--decline", "--text", "x"},
                                             {"--decline"},
                                             {"--accept", "--share", "100.01"},
                                             {"--accept", "--max", "much"}}) {
    std::vector<std::string> arguments = {"splits", "answer", name};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    EXPECT_EQ(Run(arguments).code, ExitCode::kUsage) << testing::PrintToString(wrong);
  }
  EXPECT_EQ(Run({"splits", "answer", "pools/310115-310/splits/s2", "--accept"}).code,
            ExitCode::kUsage);  // Nothing of it waits.
  EXPECT_EQ(service_.split_answer.name(), "");
}

TEST_F(InsurerProgramTest, AClaimIsRegisteredByPlateWithoutAnyUse) {
  ASSERT_EQ(Run({"policies", "register", "--number", "JQ1", "--plate", "沪A·D1234", "--insured",
                 "虚构出租汽车有限公司", "--from", "2024-09-01", "--until", "2025-08-31"})
                .code,
            ExitCode::kOk);
  const auto claim = [&](const char* option, const char* value, const char* day) {
    service_.usage.Clear();
    return Run({"policies", "claim", option, value, "--accident-on", day, "--claim-number", "C-7"})
        .code;
  };
  EXPECT_EQ(claim("--plate", "沪AD1234", "2025-03-01"), ExitCode::kOk);
  EXPECT_EQ(service_.usage.name(), "policies/1");
  EXPECT_EQ(service_.usage.usage().claim_number(), "C-7");
  EXPECT_FALSE(service_.usage.usage().has_medical_used_fen());
  EXPECT_EQ(claim("--insured", "虚构出租汽车有限公司", "2025-03-01"), ExitCode::kOk);
  EXPECT_EQ(claim("--plate", "沪A·D9999", "2025-03-01"), ExitCode::kRefused);
  EXPECT_EQ(claim("--plate", "沪A·D1234", "2025-09-01"), ExitCode::kRefused);
  EXPECT_EQ(Run({"policies", "claim", "--accident-on", "2025-03-01", "--claim-number", "C-7"}).code,
            ExitCode::kUsage);
  v1::PolicyUsage& known = *service_.policy.add_usages();
  known.set_accident_on("2025-03-01");
  known.set_claim_number("C-7");
  known.set_medical_remaining_fen(1'800'000);
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"policies", "show", "JQ1"}, {"policies", "list"}}) {
    const ProgramOutcome shown = Run(command);
    EXPECT_THAT(shown.out, HasSubstr("C-7"));
    EXPECT_THAT(shown.out, HasSubstr("未申报"));
    EXPECT_THAT(shown.out, HasSubstr("18,000.00"));
  }
}

// The look-up of the policy's name comes first and must not use the id up.
TEST_F(InsurerProgramTest, AChangeRepeatedUnderItsRequestIdIsTheSameRequest) {
  constexpr char kRequestId[] = "01890a5d-ac96-774b-bcce-b302099a8057";
  ASSERT_EQ(Run({"policies", "register", "--number", "JQ1", "--plate", "沪A·D1234", "--from",
                 "2024-09-01", "--until", "2025-08-31"})
                .code,
            ExitCode::kOk);
  std::vector<std::string> sent;
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(Run({"policies", "usage", "JQ1", "--accident-on", "2025-03-01", "--medical-used",
                   "11200.00", "--request-id", kRequestId})
                  .code,
              ExitCode::kOk);
    EXPECT_EQ(service_.usage.request_id(), kRequestId);
    // Not the time of the repetition.
    EXPECT_EQ(service_.usage.usage().stated_time().seconds(),
              absl::ToUnixSeconds(Id::FromUuid(kRequestId)->time()));
    sent.push_back(service_.usage.SerializeAsString());
  }
  EXPECT_EQ(sent[0], sent[1]);
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
  EXPECT_EQ(status["refused_items"][0]["kind"], "InsurerService.AcceptDemand");
  const std::string for_people = Run({"status"}).out;
  EXPECT_THAT(for_people, HasSubstr("认可追偿函"));
  EXPECT_THAT(for_people, Not(HasSubstr("InsurerService")));
  EXPECT_THAT(for_people, Not(testing::ContainsRegex("[A-Z]+_[A-Z]+")));
  const std::string sequence = status["refused_items"][0]["sequence"].dump();
  service_.refuse = false;
  const auto behind = Run({"accept", kDemand, "--amount", "1"});
  EXPECT_EQ(behind.code, ExitCode::kRefused);
  EXPECT_THAT(behind.out, HasSubstr("第 " + sequence + " 条此前被平台拒绝"));
  EXPECT_TRUE(service_.accepted.empty());
  EXPECT_EQ(Run({"drop", sequence, "--reason", "误操作"}).code, ExitCode::kOk);
  const auto accepted = Run({"accept", kDemand});
  EXPECT_EQ(accepted.code, ExitCode::kOk) << accepted.out << accepted.err;
  ASSERT_EQ(service_.accepted.size(), 2u);
  EXPECT_EQ(service_.accepted[0].amount_fen(), 100) << "what stood behind goes first";
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

TEST_F(InsurerProgramTest, TheLetterOfADemandIsShownAndSavedAsPdf) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "insurer_letters_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string file = (folder / "letter.pdf").string();
  const ProgramOutcome last = Run({"demands", "letter", kDemand, "--pdf", file});
  EXPECT_EQ(last.code, ExitCode::kOk) << last.err;
  EXPECT_THAT(last.out, HasSubstr("第二版"));
  EXPECT_THAT(last.out, Not(HasSubstr("第一版")));
  std::ifstream pdf(file, std::ios::binary);
  std::string head(5, '\0');
  pdf.read(head.data(), 5);
  EXPECT_EQ(head, "%PDF-");
  const std::string all = (folder / "all").string();
  EXPECT_EQ(Run({"demands", "letter", kDemand, "--all", "--pdf", all}).code, ExitCode::kOk);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(all), {}), 2);
  std::filesystem::remove_all(folder);
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
  const std::string file = hub_.Write(
      "schedule.csv", "付款参考号,金额\nRF18539007547034,1.50\nRF13FUND2025000123,2.50\n");
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
  EXPECT_THAT(first.out, HasSubstr("2  发出"));
  EXPECT_THAT(first.out, Not(HasSubstr("3  发出")));
  EXPECT_THAT(first.err, Not(HasSubstr("INTERNAL")));  // To stop as asked is no failed call.
  const ProgramOutcome rest = Run({"demands", "watch"});
  EXPECT_THAT(rest.out, HasSubstr("3  发出"));
  EXPECT_THAT(rest.out, HasSubstr("5  发出"));
  EXPECT_THAT(rest.out, Not(HasSubstr("2  发出")));
  EXPECT_THAT(Run({"demands", "watch", "--from-start"}).out, HasSubstr("1  发出"));
}

TEST_F(InsurerProgramTest, WhatIsAgreedBecomesAPaymentOrderThatABankTakes) {
  const std::string payees = hub_.Write(
      "payees.csv", "基金,户名,账号,开户行号\n310115-310,虚构市医疗保障基金,6222,102290000001\n");
  const auto order = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {
        "pay",          "export",       "--number",        "ZF-1",     "--execute-on", "2026-03-31",
        "--payer-name", "安澜财产保险", "--payer-account", "62220001", "--payer-bank", "TESTCNBJ",
        "--payees",     payees};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(std::move(arguments));
  };
  const std::string file = hub_.Write("order.xml", "");
  const ProgramOutcome written = order({"--agreed-due-until", "2026-04-30", "--out", file});
  ASSERT_EQ(written.code, ExitCode::kOk) << written.err;
  EXPECT_THAT(written.out, HasSubstr("共 1 笔，合计 6,800.00 元"));
  InsurerProgram checker;
  const ProgramOutcome checked =
      adapters::RunProgram(checker.frame(), {"pay", "check", file, "--format", "json"}, ++seed_);
  ASSERT_EQ(checked.code, ExitCode::kOk) << checked.err;
  EXPECT_EQ(Json::parse(checked.out)["control_sum"], "6800.00");
  EXPECT_EQ(Json::parse(checked.out)["payments"][0]["reference"], "RF18539007547034");

  EXPECT_THAT(order({"--demands", "RF18539007547034=1.50"}).out,
              HasSubstr("<InstdAmt Ccy=\"CNY\">1.50</InstdAmt>"));
  const ProgramOutcome too_much = order({"--demands", "RF18539007547034=6800.01"});
  EXPECT_EQ(too_much.code, ExitCode::kUsage);
  EXPECT_THAT(too_much.err, HasSubstr("more than the 6800.00 that are open"));
  EXPECT_THAT(order({"--demands", "pools/310104-310/demands/b"}).err,
              HasSubstr("no account of pools/310104-310"));
  EXPECT_EQ(order({}).code, ExitCode::kUsage);

  // Of a partly disputed demand only what was accepted, of one in a batch that is cut nothing.
  service_.agreed_fen = 400'000;
  for (const std::vector<std::string>& what :
       {std::vector<std::string>{"--demands", "RF18539007547034"},
        {"--agreed-due-until", "2026-04-30"}}) {
    EXPECT_THAT(order(what).out, HasSubstr("<InstdAmt Ccy=\"CNY\">4000.00</InstdAmt>"));
  }
  service_.reserved_fen = 400'000;
  EXPECT_EQ(order({"--agreed-due-until", "2026-04-30"}).code, ExitCode::kUsage);
  EXPECT_THAT(order({"--demands", "RF18539007547034=2800.01"}).err,
              HasSubstr("more than the 2800.00 that are open and in no settlement batch"));
  service_.agreed_fen = 0;
  service_.reserved_fen = 0;
  EXPECT_THAT(order({"--demands", "RF18539007547034"}).err, HasSubstr("nothing is accepted yet"));
}

TEST_F(InsurerProgramTest, AnAccountIsComparedAndSignedByBoth) {
  const crypto::SigningKey own = crypto::SigningKey::Generate(service_.random);
  const std::string own_key = hub_.Write("own.key", own.ToPem());
  std::filesystem::permissions(own_key, std::filesystem::perms::owner_read);
  const std::string hub_pem = hub_.Write("hub.pub", service_.hub_key.verify_key().ToPem());
  const std::string own_pem = hub_.Write("own.pub", own.verify_key().ToPem());
  const std::string items = hub_.Write("items.csv", "付款参考号,金额\nRF18539007547034,6800.00\n");
  const std::string out = hub_.Write("signed.json", "");
  const std::vector<std::string> period = {"--pool",     "pools/310115-310", "--from",
                                           "2026-03-01", "--until",          "2026-03-31"};
  const auto with_period = [&](std::vector<std::string> arguments,
                               const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), period.begin(), period.end());
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(std::move(arguments));
  };
  EXPECT_THAT(with_period({"account", "statement"}, {"--insurer-hub-verify-key-file", hub_pem}).out,
              HasSubstr("期末未付  6,800.00 元"));
  EXPECT_EQ(with_period({"account", "statement"}, {"--insurer-hub-verify-key-file", own_pem}).code,
            ExitCode::kRefused)
      << "another key than the hub's";
  const ProgramOutcome compared = with_period(
      {"account", "reconcile"}, {"--file", items, "--out", out, "--insurer-signing-key-file",
                                 own_key, "--insurer-hub-verify-key-file", hub_pem});
  ASSERT_EQ(compared.code, ExitCode::kOk) << compared.err;
  EXPECT_THAT(compared.out, HasSubstr("没有差异"));
  InsurerProgram verifier;
  const ProgramOutcome verified = adapters::RunProgram(
      verifier.frame(), {"account", "verify", out, "--hub-key", hub_pem, "--insurer-key", own_pem},
      ++seed_);
  EXPECT_EQ(verified.code, ExitCode::kOk) << verified.err;
  EXPECT_THAT(verified.out, HasSubstr("两方签名均有效"));
}

TEST_F(InsurerProgramTest, WhatIsOverdueSaysSinceWhenAndByWhichRule) {
  const ProgramOutcome due = Run({"demands", "due", "--within", "7"});
  ASSERT_EQ(due.code, ExitCode::kOk) << due.err;
  EXPECT_THAT(due.out, HasSubstr("逾期 3 天"));
  EXPECT_THAT(due.out, HasSubstr("支付已认可金额"));
  EXPECT_THAT(due.out, HasSubstr("保险法第二十三条"));
  EXPECT_EQ(service_.clocks.until_on().size(), 10u);
}

TEST_F(InsurerProgramTest, APaymentUnderWayExplainsADifference) {
  ASSERT_EQ(
      Run({"remit", "--number", "FK-9", "--paid-on", "2026-03-30", "--demands", kDemand}).code,
      ExitCode::kOk);
  const std::string items = hub_.Write("items.csv", "付款参考号,金额\nRF18539007547034,0.00\n");
  const ProgramOutcome compared =
      Run({"account", "reconcile", "--pool", "pools/310115-310", "--from", "2026-03-01", "--until",
           "2026-03-31", "--file", items, "--format", "json"});
  ASSERT_EQ(compared.code, ExitCode::kOk) << compared.err;
  EXPECT_EQ(Json::parse(compared.out)["differences"][0]["kind"], "IN_TRANSIT");
}

TEST(BankCommandTest, ReadsWithoutSettingsAndRefusesByFault) {
  const std::string good = testing::TempDir() + "/good.sta";
  const std::string bad = testing::TempDir() + "/bad.sta";
  std::ofstream(good) << ":20:X\n:25:1\n:60F:C260304EUR1,\n:61:260304C1,NTRFX//B1\n"
                         ":62F:C260304EUR2,\n";
  std::ofstream(bad) << ":20:X\n:25:1\n:60F:C260304EUR1,\n:62F:C260304EUR2,\n";
  const auto run = [](std::vector<std::string> arguments) {
    InsurerProgram program;
    return adapters::RunProgram(program.frame(), std::move(arguments), 1);
  };
  const ProgramOutcome read = run({"bank", "read", good, bad, "--format", "json"});
  EXPECT_EQ(read.code, ExitCode::kPartlyRefused);
  const Json json = Json::parse(read.out);
  EXPECT_EQ(json["files"][0]["statements"][0]["entries"][0]["amount"], "1.00");
  EXPECT_EQ(json["files"][0]["statements"][0]["proven"], true);
  EXPECT_EQ(json["files"][1]["error"]["reason"], "STATEMENT_DOES_NOT_ADD_UP");
  EXPECT_EQ(run({"bank", "read", bad}).code, ExitCode::kUsage);
  EXPECT_THAT(run({"bank", "read", good}).out, HasSubstr("已核对"));
}

TEST(BankCommandTest, MakesAProfileThatReadsItsSample) {
  const std::string sample = testing::TempDir() + "/sample.csv";
  std::ofstream(sample) << "日期,金额,余额,备注\n2026-03-05,5.00,105.00,x\n";
  InsurerProgram program;
  const ProgramOutcome made = adapters::RunProgram(
      program.frame(), {"bank", "profile", "make", sample, "--name", "mine"}, 1);
  EXPECT_EQ(made.code, ExitCode::kOk) << made.err;
  EXPECT_THAT(made.out, HasSubstr("booked_on = \"日期\""));
  EXPECT_THAT(made.err, HasSubstr("试读成功：1 笔流水，逐行余额相符"));
}

}  // namespace
}  // namespace recoup::insurer
