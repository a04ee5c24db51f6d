// recoup-court as a clerk runs it, against a hub in this process.
#include <map>
#include <memory>

#include "adapters/court/program/court_program.h"
#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "hub/crypto/sha256.h"
#include "hub/crypto/signing.h"
#include "nlohmann/json.hpp"
#include "recoup/v1/court_service.grpc.pb.h"
#include "tests/common/fake_hub.h"

namespace recoup::court {
namespace {

using adapters::ExitCode;
using adapters::FakeHub;
using adapters::ProgramOutcome;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr char kNet[] = RECOUP_SOURCE_DIR "/examples/pudong/court/net-taxi.txt";

class FakeCourtService final : public v1::CourtService::Service {
 public:
  FakeCourtService(const crypto::SigningKey& hub_key, const crypto::VerifyKey& court_key)
      : hub_key_(hub_key), court_key_(court_key) {}

  grpc::Status PushCourtCase(grpc::ServerContext*, const v1::PushCourtCaseRequest* request,
                             v1::PushCourtCaseResponse* response) override {
    if (refuse) return {grpc::StatusCode::FAILED_PRECONDITION, "not now"};
    if (!court_key_.Verify("recoup court case v1\n" + request->elements(), request->signature())) {
      return {grpc::StatusCode::INVALID_ARGUMENT, "signature"};
    }
    response->set_court_case("courtCases/c1");
    response->set_grade(v1::GRADE_ADVANCE_OUTSTANDING);
    response->set_persons_with_lead_count(request->consent() ? 1 : 0);
    if (request->validate_only()) {
      ++checked;
      return grpc::Status::OK;
    }
    pushed.push_back(*request);
    v1::CourtCaseReceipt payload;
    payload.set_court_case("courtCases/c1");
    const crypto::Digest digest = crypto::Sha256(request->elements());
    payload.set_elements_sha256(std::string(digest.begin(), digest.end()));
    v1::SignedReceipt& receipt = *response->mutable_receipt();
    receipt.set_payload(payload.SerializeAsString());
    const crypto::Signature signature =
        hub_key_.Sign("recoup court case receipt v1\n" + receipt.payload());
    receipt.set_signature(std::string(signature.begin(), signature.end()));
    return grpc::Status::OK;
  }

  grpc::Status ListCourtCases(grpc::ServerContext*, const v1::ListCourtCasesRequest* request,
                              v1::ListCourtCasesResponse* response) override {
    if (request->case_number() == "1号") response->add_court_cases()->set_name("courtCases/c1");
    return grpc::Status::OK;
  }

  grpc::Status GiveConsent(grpc::ServerContext*, const v1::GiveConsentRequest* request,
                           v1::GiveConsentResponse* response) override {
    consented.push_back(request->name());
    response->set_persons_with_lead_count(1);
    response->mutable_court_case()->set_name(request->name());
    return grpc::Status::OK;
  }

  grpc::Status ListCourtLetters(grpc::ServerContext*, const v1::ListCourtLettersRequest* request,
                                v1::ListCourtLettersResponse* response) override {
    v1::Letter& letter = *response->add_letters();
    const bool first = request->page_token().empty();
    letter.set_name(first ? "pools/p/letters/1" : "pools/p/letters/2");
    letter.set_title(first ? "告知函一" : "告知函二");
    letter.set_text("正文");
    if (first) response->set_next_page_token("2");
    return grpc::Status::OK;
  }

  // Set and read between calls only.
  bool refuse = false;
  int checked = 0;
  std::vector<v1::PushCourtCaseRequest> pushed;
  std::vector<std::string> consented;

 private:
  const crypto::SigningKey& hub_key_;
  const crypto::VerifyKey court_key_;
};

class CourtProgramTest : public testing::Test {
 protected:
  ProgramOutcome Run(std::vector<std::string> arguments) {
    for (const std::string& setting : hub_.Settings()) arguments.push_back(setting);
    for (const std::string& setting : {std::string("--court-signing-key-file"), key_file_,
                                       std::string("--court-hub-verify-key-file"), hub_key_file_}) {
      arguments.push_back(setting);
    }
    CourtProgram program;
    return adapters::RunProgram(program.frame(), std::move(arguments), ++seed_);
  }

  SeededRandom random_{3};
  crypto::SigningKey court_key_ = crypto::SigningKey::Generate(random_);
  crypto::SigningKey hub_key_ = crypto::SigningKey::Generate(random_);
  FakeCourtService service_{hub_key_, court_key_.verify_key()};
  FakeHub hub_{service_};
  std::string key_file_ = hub_.Write("court.key", court_key_.ToPem());
  std::string hub_key_file_ = hub_.Write("hub.pub", hub_key_.verify_key().ToPem());
  std::uint64_t seed_ = 0;
};

TEST_F(CourtProgramTest, APushIsAnsweredAndItsReceiptKept) {
  const ProgramOutcome outcome = Run({"push", kNet, "--consent", "--format", "json"});
  ASSERT_EQ(outcome.code, ExitCode::kOk) << outcome.err << outcome.out;
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json["state"], "PUSHED");
  EXPECT_EQ(json["court_case"], "courtCases/c1");
  EXPECT_EQ(json["grade"], "GRADE_ADVANCE_OUTSTANDING");
  EXPECT_EQ(json["persons_with_lead_count"], 1);
  EXPECT_TRUE(std::filesystem::exists(json["receipt_file"].get<std::string>()));
  ASSERT_EQ(service_.pushed.size(), 1u);
  v1::CourtCaseElements sent;
  ASSERT_TRUE(sent.ParseFromString(service_.pushed[0].elements()));
  EXPECT_EQ(sent.fund_paid_fen(), 4'480'000);
}

TEST_F(CourtProgramTest, TheSameFileTwiceIsPushedOnce) {
  ASSERT_EQ(Run({"push", kNet}).code, ExitCode::kOk);
  const ProgramOutcome again = Run({"push", kNet, "--consent"});
  EXPECT_EQ(again.code, ExitCode::kOk);
  EXPECT_THAT(again.out, HasSubstr("此前已推送，未重复推送"));
  EXPECT_THAT(again.out, HasSubstr("consent give"));
  EXPECT_EQ(service_.pushed.size(), 1u);
}

TEST_F(CourtProgramTest, AHubThatIsAwayLosesNothing) {
  hub_.Stop();
  const ProgramOutcome away = Run({"push", kNet});
  EXPECT_EQ(away.code, ExitCode::kHubUnavailable);
  EXPECT_THAT(away.out, HasSubstr("已存入暂存队列"));
  hub_.Start();
  EXPECT_EQ(Run({"deliver"}).code, ExitCode::kOk);
  EXPECT_EQ(service_.pushed.size(), 1u);
  EXPECT_THAT(Run({"push", kNet}).out, HasSubstr("此前已推送"));
}

TEST_F(CourtProgramTest, ARefusalStaysUntilAPersonDecides) {
  service_.refuse = true;
  EXPECT_EQ(Run({"push", kNet}).code, ExitCode::kRefused);
  EXPECT_EQ(Run({"push", kNet}).code, ExitCode::kRefused);
  const Json status = Json::parse(Run({"status", "--format", "json"}).out);
  ASSERT_EQ(status["refused_items"].size(), 1u);
  const std::string sequence = status["refused_items"][0]["sequence"].dump();
  service_.refuse = false;
  EXPECT_EQ(Run({"retry", sequence}).code, ExitCode::kOk);
  EXPECT_EQ(service_.pushed.size(), 1u);
  EXPECT_EQ(Run({"drop", sequence, "--reason", "x"}).code, ExitCode::kRefused);
}

TEST_F(CourtProgramTest, ADryRunAsksAndKeepsNothing) {
  const ProgramOutcome outcome = Run({"push", kNet, "--dry-run", "--format", "json"});
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_EQ(Json::parse(outcome.out)["state"], "CHECKED");
  EXPECT_EQ(service_.checked, 1);
  EXPECT_EQ(Json::parse(Run({"status", "--format", "json"}).out)["waiting"], 0);
}

TEST_F(CourtProgramTest, AReceiptThatTheHubDidNotSignIsRefused) {
  hub_key_file_ = hub_.Write("other.pub", court_key_.verify_key().ToPem());
  const ProgramOutcome outcome = Run({"push", kNet, "--format", "json"});
  EXPECT_EQ(outcome.code, ExitCode::kRefused);
  EXPECT_EQ(Json::parse(outcome.out)["error"]["reason"], "SIGNATURE_INVALID");
}

TEST_F(CourtProgramTest, AFolderIsRunOnceAndCounted) {
  const std::string folder = RECOUP_SOURCE_DIR "/examples/pudong/court";
  const Json first = Json::parse(Run({"run", folder, "--format", "json"}).out);
  EXPECT_EQ(first["pushed"], 4);
  EXPECT_EQ(first["graded"]["ADVANCE_OUTSTANDING"], 4);
  const Json second = Json::parse(Run({"run", folder, "--format", "json"}).out);
  EXPECT_EQ(second["pushed"], 0);
  EXPECT_EQ(second["already_pushed"], 4);
  EXPECT_EQ(service_.pushed.size(), 4u);
}

TEST_F(CourtProgramTest, ConsentFindsTheCaseByItsNumber) {
  EXPECT_EQ(Run({"consent", "give", "1号"}).code, ExitCode::kOk);
  EXPECT_THAT(service_.consented, testing::ElementsAre("courtCases/c1"));
  EXPECT_EQ(Run({"consent", "give", "2号"}).code, ExitCode::kRefused);
}

TEST_F(CourtProgramTest, LettersOfAllPagesAreListedAndShown) {
  EXPECT_THAT(Run({"letters", "list"}).out, HasSubstr("告知函二"));
  const ProgramOutcome shown = Run({"letters", "show", "pools/p/letters/2"});
  EXPECT_THAT(shown.out, HasSubstr("告知函二\n\n正文"));
  EXPECT_THAT(shown.out, Not(HasSubstr("告知函一")));
  EXPECT_EQ(Run({"letters", "show", "pools/p/letters/3"}).code, ExitCode::kRefused);
}

}  // namespace
}  // namespace recoup::court
