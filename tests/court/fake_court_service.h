// CourtService for tests of the program: checks signatures, signs receipts, remembers calls.
#ifndef RECOUP_TESTS_COURT_FAKE_COURT_SERVICE_H_
#define RECOUP_TESTS_COURT_FAKE_COURT_SERVICE_H_

#include <string>
#include <vector>

#include "adapters/court/program/case_key.h"
#include "hub/crypto/sha256.h"
#include "hub/crypto/signing.h"
#include "recoup/v1/court_service.grpc.pb.h"

namespace recoup::court {

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
    response->set_persons_with_lead_count(request->consent() ? leads : 0);
    response->set_recoveries_without_amount_count(request->consent() ? without_amount : 0);
    if (request->validate_only()) {
      ++checked;
      return grpc::Status::OK;
    }
    pushed.push_back(*request);
    Keep(request->elements());
    Sign(request->elements(), *response->mutable_receipt());
    return grpc::Status::OK;
  }

  grpc::Status AmendCourtCase(grpc::ServerContext*, const v1::AmendCourtCaseRequest* request,
                              v1::AmendCourtCaseResponse* response) override {
    if (!court_key_.Verify("recoup court case v1\n" + request->elements(), request->signature())) {
      return {grpc::StatusCode::INVALID_ARGUMENT, "signature"};
    }
    if (request->validate_only()) return grpc::Status::OK;
    amended.push_back(*request);
    Keep(request->elements());
    response->set_version(2);
    response->set_grade(v1::GRADE_ADVANCE_OUTSTANDING);
    Sign(request->elements(), *response->mutable_receipt());
    return grpc::Status::OK;
  }

  grpc::Status ListCourtCases(grpc::ServerContext*, const v1::ListCourtCasesRequest* request,
                              v1::ListCourtCasesResponse* response) override {
    if (request->case_number() == "1号") response->add_court_cases()->set_name("courtCases/c1");
    for (const v1::CourtCase& kept : cases_) {
      if (CaseKey(kept.elements().case_number()) == request->case_number()) {
        *response->add_court_cases() = kept;
      }
    }
    return grpc::Status::OK;
  }

  grpc::Status GetCourtCase(grpc::ServerContext*, const v1::GetCourtCaseRequest* request,
                            v1::GetCourtCaseResponse* response) override {
    response->mutable_court_case()->set_name(request->name());
    for (const v1::Performance& report : performances) {
      *response->mutable_court_case()->add_performances() = report;
    }
    response->mutable_court_case()->set_state(withdrawn ? v1::COURT_CASE_STATE_WITHDRAWN
                                                        : v1::COURT_CASE_STATE_PUSHED);
    return grpc::Status::OK;
  }

  grpc::Status WithdrawPerformance(grpc::ServerContext*,
                                   const v1::WithdrawPerformanceRequest* request,
                                   v1::WithdrawPerformanceResponse* response) override {
    withdrawn_reports.push_back(*request);
    v1::CourtCase& court_case = *response->mutable_court_case();
    court_case.set_name(request->name());
    v1::WithdrawnPerformance& kept = *court_case.add_withdrawn_performances();
    *kept.mutable_performance() = request->performance();
    kept.set_reason(request->reason());
    return grpc::Status::OK;
  }

  grpc::Status GiveConsent(grpc::ServerContext*, const v1::GiveConsentRequest* request,
                           v1::GiveConsentResponse* response) override {
    consented.push_back(request->name());
    response->set_persons_with_lead_count(1);
    response->set_recoveries_without_amount_count(1);
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
    if (first) {
      letter.set_kind(v1::LETTER_KIND_INQUIRY);
      letter.mutable_inquiry()->set_state(v1::INQUIRY_STATE_SUPERSEDED);
    }
    if (first) response->set_next_page_token("2");
    return grpc::Status::OK;
  }

  // Set and read between calls only.
  bool refuse = false;
  bool withdrawn = false;  // Every case.
  int leads = 1;           // Of a consented push.
  int without_amount = 0;  // Of these.
  int checked = 0;
  std::vector<v1::PushCourtCaseRequest> pushed;
  std::vector<v1::AmendCourtCaseRequest> amended;
  std::vector<std::string> consented;
  std::vector<v1::Performance> performances;  // Of every case.
  std::vector<v1::WithdrawPerformanceRequest> withdrawn_reports;

 private:
  // What stood under the number stays, superseded, as in the hub.
  void Keep(const std::string& bytes) {
    v1::CourtCase court_case;
    court_case.mutable_elements()->ParseFromString(bytes);
    const std::string key = CaseKey(court_case.elements().case_number());
    for (v1::CourtCase& earlier : cases_) {
      if (CaseKey(earlier.elements().case_number()) != key) continue;
      earlier.set_state(v1::COURT_CASE_STATE_SUPERSEDED);
      earlier.set_name(earlier.name() + "/old");
    }
    court_case.set_name("courtCases/" + key);
    court_case.set_state(v1::COURT_CASE_STATE_PUSHED);
    cases_.push_back(court_case);
  }

  void Sign(const std::string& elements, v1::SignedReceipt& receipt) const {
    v1::CourtCaseReceipt payload;
    payload.set_court_case("courtCases/c1");
    const crypto::Digest digest = crypto::Sha256(elements);
    payload.set_elements_sha256(std::string(digest.begin(), digest.end()));
    receipt.set_payload(payload.SerializeAsString());
    const crypto::Signature signature =
        hub_key_.Sign("recoup court case receipt v1\n" + receipt.payload());
    receipt.set_signature(std::string(signature.begin(), signature.end()));
  }

  std::vector<v1::CourtCase> cases_;
  const crypto::SigningKey& hub_key_;
  const crypto::VerifyKey court_key_;
};

}  // namespace recoup::court

#endif  // RECOUP_TESTS_COURT_FAKE_COURT_SERVICE_H_
