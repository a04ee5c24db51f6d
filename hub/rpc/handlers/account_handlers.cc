#include "hub/rpc/handlers/account_handlers.h"

#include <optional>
#include <utility>
#include <vector>

#include "hub/rpc/converters/signed_account.h"
#include "hub/rpc/merged_list.h"
#include "hub/rpc/service.h"
#include "recoup/v1/account_service.pb.h"

namespace recoup::rpc {
namespace {

using domain::SignedAccount;

bool MaySeeAccount(const domain::PartyId& caller, const SignedAccount& account) {
  return caller.kind() == domain::PartyKind::kFund || account.insurer == caller;
}

absl::Status GetSignedAccount(const v1::GetSignedAccountRequest& request, QueryContext& context,
                              v1::GetSignedAccountResponse* response) {
  Faults faults;
  const auto name = FieldReader(faults).Name<domain::SignedAccountId>("name", request.name());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, name.pool));
  RECOUP_ASSIGN_OR_RETURN(const std::optional<SignedAccount> account,
                          context.reader.Find<SignedAccount>(name.pool.value, name.id.value));
  if (!account || !MaySeeAccount(context.admitted.caller.party, *account)) {
    return app::NotFound("no such account");
  }
  SignedAccountToProto(*account, WithDocument::kYes, response->mutable_signed_account());
  return absl::OkStatus();
}

absl::Status ListSignedAccounts(const v1::ListSignedAccountsRequest& request, QueryContext& context,
                                v1::ListSignedAccountsResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool =
      request.pool().empty() ? domain::PoolId() : in.Pool("pool", request.pool());
  const domain::PartyId insurer =
      request.insurer().empty() ? domain::PartyId() : in.Party("insurer", request.insurer());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const domain::PartyId& caller = context.admitted.caller.party;
  const auto wanted = [&](const SignedAccount& account) {
    return MaySeeAccount(caller, account) && (pool.value.empty() || account.pool == pool) &&
           (insurer.empty() || account.insurer == insurer);
  };
  const auto add = [&](const SignedAccount& account) {
    SignedAccountToProto(account, WithDocument::kNo, response->add_signed_accounts());
  };
  if (caller.kind() == domain::PartyKind::kFund) {
    const std::vector<std::string> pools = PoolsOf(context.admitted, pool);
    RECOUP_ASSIGN_OR_RETURN(*response->mutable_next_page_token(),
                            ListRecordsOf<SignedAccount>(context.reader, pools, page, wanted, add));
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(std::vector<app::RecordKey> keys,
                          context.reader.view().FindAll(domain::LookupKind::kSignedAccountOfInsurer,
                                                        domain::Key({caller.value})));
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_next_page_token(),
      ListKeys<SignedAccount>(context.reader, std::move(keys), page, wanted, add));
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<grpc::Service> MakeAccountService(const HubContext& hub) {
  auto service = std::make_unique<Service>(hub);
  const auto sign = [&hub](const app::SignAccount& command, app::UnitOfWork& work) {
    return app::SignAccountOf(command, hub.engine.signing_key(), work);
  };
  service->Mutation("AccountService/SignAccount", SignAccountFromProto, sign, SignAccountToProto);
  service->Query("AccountService/GetSignedAccount", GetSignedAccount);
  service->Query("AccountService/ListSignedAccounts", ListSignedAccounts);
  return service;
}

}  // namespace recoup::rpc
