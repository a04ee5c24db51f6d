#include "tests/hospital/fake_hospital_service.h"

#include <chrono>
#include <fstream>

#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"

namespace recoup::hospital {
namespace {

grpc::Status TwoFaults() {
  google::rpc::ErrorInfo info;
  info.set_reason("INVALID_ARGUMENT");
  info.set_domain("recoup");
  google::rpc::BadRequest faults;
  for (const char* field : {"flag.patient.id_number", "flag.admitted_time"}) {
    auto& violation = *faults.add_field_violations();
    violation.set_field(field);
    violation.set_description("有误");
  }
  google::rpc::Status status;
  status.set_code(static_cast<int>(grpc::StatusCode::INVALID_ARGUMENT));
  status.set_message("two faults");
  status.add_details()->PackFrom(info);
  status.add_details()->PackFrom(faults);
  return {grpc::StatusCode::INVALID_ARGUMENT, "two faults", status.SerializeAsString()};
}

void WriteFile(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

grpc::Status FakeHospitalService::Record(Told told) {
  const std::lock_guard lock(mutex_);
  const bool refused = refused_.contains(told.key);
  told_.push_back(std::move(told));
  changed_.notify_all();
  return refused ? TwoFaults() : grpc::Status::OK;
}

grpc::Status FakeHospitalService::FlagAdmission(grpc::ServerContext*,
                                                const v1::FlagAdmissionRequest* request,
                                                v1::FlagAdmissionResponse* response) {
  {
    const std::lock_guard lock(mutex_);
    last_flag_ = *request;
  }
  response->mutable_flag()->set_name(request->flag().pool() + "/flags/f1");
  response->mutable_flag()->set_state(request->state());
  return Record({"FlagAdmission", request->flag().visit_id(), request->request_id(),
                 request->validate_only()});
}

grpc::Status FakeHospitalService::AmendFlag(grpc::ServerContext*,
                                            const v1::AmendFlagRequest* request,
                                            v1::AmendFlagResponse*) {
  return Record(
      {"AmendFlag", request->flag().visit_id(), request->request_id(), request->validate_only()});
}

grpc::Status FakeHospitalService::ClearFlag(grpc::ServerContext*,
                                            const v1::ClearFlagRequest* request,
                                            v1::ClearFlagResponse*) {
  return Record(
      {"ClearFlag", request->visit_id(), request->request_id(), request->validate_only()});
}

grpc::Status FakeHospitalService::ListFlags(grpc::ServerContext*,
                                            const v1::ListFlagsRequest* request,
                                            v1::ListFlagsResponse* response) {
  // Two pages, so that a client that stops at the first is found out.
  v1::Flag& flag = *response->add_flags();
  flag.set_visit_id(request->page_token().empty() ? "V-first" : "V-second");
  flag.set_pool(request->pool());
  flag.set_state(v1::FLAG_STATE_SUSPECTED);
  if (request->page_token().empty()) response->set_next_page_token("more");
  return grpc::Status::OK;
}

grpc::Status FakeHospitalService::ReportSettlement(grpc::ServerContext*,
                                                   const v1::ReportSettlementRequest* request,
                                                   v1::ReportSettlementResponse* response) {
  {
    const std::lock_guard lock(mutex_);
    last_settlement_ = *request;
  }
  response->set_advance("pools/310115-310/advances/a1");
  response->set_explanation("已入账。");
  return Record({"ReportSettlement", request->settlement().visit_id(), request->request_id(),
                 request->validate_only()});
}

grpc::Status FakeHospitalService::ReverseSettlement(grpc::ServerContext*,
                                                    const v1::ReverseSettlementRequest* request,
                                                    v1::ReverseSettlementResponse*) {
  return Record({"ReverseSettlement", request->reversal().settlement_id(), request->request_id(),
                 request->validate_only()});
}

grpc::Status FakeHospitalService::TraceInjury(grpc::ServerContext*,
                                              const v1::TraceInjuryRequest* request,
                                              v1::TraceInjuryResponse* response) {
  const std::lock_guard lock(mutex_);
  last_trace_ = *request;
  *response = trace_;
  return grpc::Status::OK;
}

grpc::Status FakeHospitalService::AttachBills(grpc::ServerContext*,
                                              const v1::AttachBillsRequest* request,
                                              v1::AttachBillsResponse*) {
  {
    const std::lock_guard lock(mutex_);
    last_attached_ = *request;
  }
  return Record(
      {"AttachBills", request->advance(), request->request_id(), request->validate_only()});
}

namespace {

// The fund pays 1,200.00 of 20,000.00 and an insurer 18,000.00.
void FillSplit(const std::string& name, v1::SplitState state, v1::Split& split) {
  split.set_name(name);
  split.set_state(state);
  split.set_visit_id("V-1");
  split.set_total_fen(2'000'000);
  v1::SplitPart& part = *split.add_parts();
  part.set_policy("policies/insurer.1");
  part.set_kind(v1::POLICY_KIND_CTP);
  part.set_answer(v1::SPLIT_ANSWER_ACCEPTED);
  part.set_amount_fen(1'800'000);
  v1::SplitShare& fund = *split.add_shares();
  fund.set_is_fund(true);
  fund.set_amount_fen(120'000);
}

}  // namespace

grpc::Status FakeHospitalService::QuoteSplit(grpc::ServerContext*,
                                             const v1::QuoteSplitRequest* request,
                                             v1::QuoteSplitResponse* response) {
  {
    const std::lock_guard lock(mutex_);
    last_quote_ = *request;
  }
  FillSplit("pools/310115-310/splits/s1", v1::SPLIT_STATE_QUOTED, *response->mutable_split());
  return Record(
      {"QuoteSplit", request->visit_id(), request->request_id(), request->validate_only()});
}

grpc::Status FakeHospitalService::SettleSplit(grpc::ServerContext*,
                                              const v1::SettleSplitRequest* request,
                                              v1::SettleSplitResponse* response) {
  FillSplit(request->quote(), v1::SPLIT_STATE_SETTLED, *response->mutable_split());
  return Record(
      {"SettleSplit", request->settlement_id(), request->request_id(), request->validate_only()});
}

grpc::Status FakeHospitalService::GetSplit(grpc::ServerContext*, const v1::GetSplitRequest* request,
                                           v1::GetSplitResponse* response) {
  FillSplit(request->name(), v1::SPLIT_STATE_QUOTED, *response->mutable_split());
  return grpc::Status::OK;
}

v1::QuoteSplitRequest FakeHospitalService::last_quote() const {
  const std::lock_guard lock(mutex_);
  return last_quote_;
}

void FakeHospitalService::SetTrace(v1::TraceInjuryResponse trace) {
  const std::lock_guard lock(mutex_);
  trace_ = std::move(trace);
}

v1::TraceInjuryRequest FakeHospitalService::last_trace() const {
  const std::lock_guard lock(mutex_);
  return last_trace_;
}

v1::AttachBillsRequest FakeHospitalService::last_attached() const {
  const std::lock_guard lock(mutex_);
  return last_attached_;
}

void FakeHospitalService::Refuse(const std::string& key) {
  const std::lock_guard lock(mutex_);
  refused_.insert(key);
}

void FakeHospitalService::AllowAll() {
  const std::lock_guard lock(mutex_);
  refused_.clear();
}

std::vector<FakeHospitalService::Told> FakeHospitalService::told() const {
  const std::lock_guard lock(mutex_);
  return told_;
}

std::vector<std::string> FakeHospitalService::Calls() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> calls;
  for (const Told& told : told_) {
    if (!told.validate_only) calls.push_back(told.method + " " + told.key);
  }
  return calls;
}

bool FakeHospitalService::WaitForCalls(std::size_t count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(30), [&] { return told_.size() >= count; });
}

v1::FlagAdmissionRequest FakeHospitalService::last_flag() const {
  const std::lock_guard lock(mutex_);
  return last_flag_;
}

v1::ReportSettlementRequest FakeHospitalService::last_settlement() const {
  const std::lock_guard lock(mutex_);
  return last_settlement_;
}

FakeHub::FakeHub(const std::string& folder) : folder_(folder) {
  const absl::Time now = absl::Now();
  ca_ = crypto::CreateCa({"Recoup test CA", now - absl::Hours(1), now + absl::Hours(1)}).value();
  crypto::CertificateRequest request;
  request.common_name = "test";
  request.not_before = now - absl::Hours(1);
  request.not_after = now + absl::Hours(1);
  request.uri = "recoup://hub/test";
  request.ip_addresses = {"127.0.0.1"};
  request.server = true;
  hub_ = crypto::IssueCertificate(ca_, request).value();
  request.uri = "recoup://hospital/dongan";
  request.ip_addresses = {};
  request.server = false;
  request.client = true;
  const crypto::Identity client = crypto::IssueCertificate(ca_, request).value();
  WriteFile(folder_ + "/ca.pem", ca_.certificate_pem);
  WriteFile(folder_ + "/client.pem", client.certificate_pem);
  WriteFile(folder_ + "/client.key", client.key_pem);
  Start();
}

void FakeHub::Start() {
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = ca_.certificate_pem;
  options.pem_key_cert_pairs = {{hub_.key_pem, hub_.certificate_pem}};
  grpc::ServerBuilder builder;
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddListeningPort("127.0.0.1:" + std::to_string(port_),
                           grpc::SslServerCredentials(options), &port_);
  builder.RegisterService(&service);
  server_ = builder.BuildAndStart();
  ASSERT_NE(server_, nullptr);
}

void FakeHub::Stop() {
  if (server_ != nullptr) server_->Shutdown(std::chrono::system_clock::now());
  server_.reset();
}

std::vector<std::string> FakeHub::Flags() const {
  return {"--hub-target",           "127.0.0.1:" + std::to_string(port_),
          "--hub-ca-file",          folder_ + "/ca.pem",
          "--hub-certificate-file", folder_ + "/client.pem",
          "--hub-key-file",         folder_ + "/client.key",
          "--hub-attempts-max",     "1"};
}

}  // namespace recoup::hospital
