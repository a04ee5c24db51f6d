// A hub that remembers what it was told, over mutual TLS, and may be stopped and started again.
#ifndef RECOUP_TESTS_HOSPITAL_FAKE_HOSPITAL_SERVICE_H_
#define RECOUP_TESTS_HOSPITAL_FAKE_HOSPITAL_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "hub/crypto/pki.h"
#include "recoup/v1/hospital_service.grpc.pb.h"

namespace recoup::hospital {

class FakeHospitalService final : public v1::HospitalService::Service {
 public:
  struct Told {
    std::string method;
    std::string key;  // Visit, or the settlement of a reversal.
    std::string request_id;
    bool validate_only = false;
  };

  grpc::Status FlagAdmission(grpc::ServerContext*, const v1::FlagAdmissionRequest* request,
                             v1::FlagAdmissionResponse* response) override;
  grpc::Status AmendFlag(grpc::ServerContext*, const v1::AmendFlagRequest* request,
                         v1::AmendFlagResponse* response) override;
  grpc::Status ClearFlag(grpc::ServerContext*, const v1::ClearFlagRequest* request,
                         v1::ClearFlagResponse* response) override;
  grpc::Status ListFlags(grpc::ServerContext*, const v1::ListFlagsRequest* request,
                         v1::ListFlagsResponse* response) override;
  grpc::Status ReportSettlement(grpc::ServerContext*, const v1::ReportSettlementRequest* request,
                                v1::ReportSettlementResponse* response) override;
  grpc::Status ReverseSettlement(grpc::ServerContext*, const v1::ReverseSettlementRequest* request,
                                 v1::ReverseSettlementResponse* response) override;

  grpc::Status TraceInjury(grpc::ServerContext*, const v1::TraceInjuryRequest* request,
                           v1::TraceInjuryResponse* response) override;
  grpc::Status AttachBills(grpc::ServerContext*, const v1::AttachBillsRequest* request,
                           v1::AttachBillsResponse*) override;

  grpc::Status QuoteSplit(grpc::ServerContext*, const v1::QuoteSplitRequest* request,
                          v1::QuoteSplitResponse* response) override;
  grpc::Status SettleSplit(grpc::ServerContext*, const v1::SettleSplitRequest* request,
                           v1::SettleSplitResponse* response) override;
  grpc::Status GetSplit(grpc::ServerContext*, const v1::GetSplitRequest* request,
                        v1::GetSplitResponse* response) override;

  // What TraceInjury answers.
  void SetTrace(v1::TraceInjuryResponse trace);
  v1::TraceInjuryRequest last_trace() const;
  v1::AttachBillsRequest last_attached() const;
  v1::QuoteSplitRequest last_quote() const;
  // Everything about this key is refused with two faults, until allowed.
  void Refuse(const std::string& key);
  void AllowAll();
  std::vector<Told> told() const;
  // "FlagAdmission V1", in order, without dry runs.
  std::vector<std::string> Calls() const;
  bool WaitForCalls(std::size_t count);
  v1::FlagAdmissionRequest last_flag() const;
  v1::ReportSettlementRequest last_settlement() const;

 private:
  grpc::Status Record(Told told);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Told> told_;
  std::set<std::string> refused_;
  v1::FlagAdmissionRequest last_flag_;
  v1::ReportSettlementRequest last_settlement_;
  v1::TraceInjuryResponse trace_;
  v1::TraceInjuryRequest last_trace_;
  v1::AttachBillsRequest last_attached_;
  v1::QuoteSplitRequest last_quote_;
};

class FakeHub {
 public:
  // Writes the client's files into `folder`.
  explicit FakeHub(const std::string& folder);
  ~FakeHub() { Stop(); }
  void Start();  // On the port of the first start.
  void Stop();
  // Command line flags that reach it.
  std::vector<std::string> Flags() const;
  FakeHospitalService service;

 private:
  const std::string folder_;
  crypto::Identity ca_;
  crypto::Identity hub_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_TESTS_HOSPITAL_FAKE_HOSPITAL_SERVICE_H_
