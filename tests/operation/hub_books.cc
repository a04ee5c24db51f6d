#include "tests/operation/hub_books.h"

#include <algorithm>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"
#include "hub/crypto/signing.h"
#include "recoup/v1/audit_service.grpc.pb.h"
#include "recoup/v1/fund_service.grpc.pb.h"
#include "recoup/v1/reconciliation_service.grpc.pb.h"
#include "tests/operation/hospital_desk.h"
#include "tests/operation/hub_process.h"

namespace recoup::testing {
std::vector<std::string> SettlementIdsOfAdvances(const std::shared_ptr<grpc::Channel>& fund) {
  const auto stub = v1::FundService::NewStub(fund);
  v1::ListAdvancesRequest request;
  request.set_pool(kPool);
  request.set_page_size(1000);
  std::vector<std::string> ids;
  do {
    v1::ListAdvancesResponse page;
    grpc::ClientContext context;
    const grpc::Status status = stub->ListAdvances(&context, request, &page);
    EXPECT_TRUE(status.ok()) << status.error_message();
    if (!status.ok()) break;
    for (const v1::Advance& advance : page.advances()) ids.push_back(advance.settlement_id());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::map<std::string, std::int64_t> TrialBalance(const std::shared_ptr<grpc::Channel>& fund,
                                                 const std::string& pool) {
  v1::GetTrialBalanceRequest request;
  request.set_pool(pool);
  v1::GetTrialBalanceResponse response;
  grpc::ClientContext context;
  const grpc::Status status =
      v1::ReconciliationService::NewStub(fund)->GetTrialBalance(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  std::map<std::string, std::int64_t> balances;
  const std::string of_pool = absl::StrCat(":", std::string(absl::StripPrefix(pool, "pools/")));
  for (const v1::TrialBalanceRow& row : response.rows()) {
    if (row.balance_fen() == 0) continue;
    balances[absl::StrReplaceAll(row.account(), {{of_pool, ""}})] = row.balance_fen();
  }
  return balances;
}

int BrokenLaws(const std::shared_ptr<grpc::Channel>& fund, const std::string& pool) {
  v1::CheckLedgerRequest request;
  request.set_pool(pool);
  v1::CheckLedgerResponse response;
  grpc::ClientContext context;
  const grpc::Status status =
      v1::AuditService::NewStub(fund)->CheckLedger(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return status.ok() ? response.violations_size() : -1;
}

int VerifyAudit(const config::HubConfig& config, const std::string& data_file,
                const std::string& folder, std::string& said) {
  const auto key = crypto::SigningKey::Load(config.signing_key_file);
  EXPECT_TRUE(key.ok()) << key.status();
  if (!key.ok()) return -1;
  const std::string public_key = folder + "/tree-head.pem";
  std::ofstream(public_key) << key->verify_key().ToPem();
  const Ended ended = RunProgram("recoupctl", {"audit", "verify", "--data", data_file, "--key",
                                               public_key, "--keyring", config.keyring_file});
  said = ended.out;
  return ended.code;
}

}  // namespace recoup::testing
