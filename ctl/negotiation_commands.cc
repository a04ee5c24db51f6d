// NegotiationService and AccountService, as fund officers use them: offers, disputes, evidence,
// accounts that both sides signed.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/named_file.h"
#include "ctl/online_commands.h"
#include "hub/base/error.h"
#include "hub/base/read_file.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/sha256.h"
#include "hub/crypto/signing.h"
#include "recoup/v1/account_service.pb.h"
#include "recoup/v1/negotiation_service.pb.h"

namespace recoup::ctl {
namespace {

using adapters::AsUsageError;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using adapters::HubSession;

struct EvidenceOptions {
  std::string demand;
  std::string evidence;
  std::string out;
};

void DeclareEvidence(CLI::App& app, EvidenceOptions& options) {
  app.add_option("DEMAND", options.demand, "pools/…/demands/…")->required();
  app.add_option("EVIDENCE", options.evidence, "证据号，见 demands show / Id of the document")
      ->required();
  app.add_option("-o,--out", options.out, "写入此文件 / File to write")->required();
}

// Piece by piece; what was put together must have the hash the hub names.
absl::StatusOr<std::string> Download(const EvidenceOptions& options, HubSession& hub) {
  v1::GetEvidenceRequest request;
  request.set_name(options.demand);
  request.set_evidence_id(options.evidence);
  std::string bytes;
  for (;;) {
    request.set_offset_byte_count(static_cast<std::int64_t>(bytes.size()));
    RECOUP_ASSIGN_OR_RETURN(
        const v1::GetEvidenceResponse answer,
        hub.Ask<v1::GetEvidenceResponse>("NegotiationService.GetEvidence", request));
    bytes += answer.content();
    if (static_cast<std::int64_t>(bytes.size()) < answer.evidence().byte_count() &&
        !answer.content().empty()) {
      continue;
    }
    if (crypto::AsView(crypto::Sha256(bytes)) != answer.evidence().sha256()) {
      return MakeError(Reason::kInternal, "the document does not have its hash");
    }
    return bytes;
  }
}

CommandResult RunEvidence(const EvidenceOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const std::string bytes, Download(options, hub));
  RECOUP_RETURN_IF_ERROR(adapters::WriteNamedFile(options.out, bytes));
  context.err() << "已保存：" << options.out << "，" << bytes.size() << " 字节\n";
  return ExitCode::kOk;
}

void AddNegotiation(adapters::Program& program) {
  CLI::App& demands = Group(program, "demands", "追偿函", "Demands");
  AddRpcCommand(program, demands,
                {.name = "answer-offer",
                 .zh = "接受或拒绝保险公司提出的和解金额（放弃超限额须第二人审批）",
                 .en = "Accept or refuse the sum a debtor offers for all that is open",
                 .examples = {{"recoupctl demands answer-offer RF18539007547034 --offer-id 1 "
                               "--accept true --text 诉讼成本高于差额",
                               "方案号见 demands show"}}},
                RpcOf("NegotiationService.AnswerOffer"),
                {.argument = "name", .lookup = DemandByReference()});
  AddRpcCommand(program, demands,
                {.name = "answer-dispute",
                 .zh = "逐条答复异议：维持、让步、要求补充（让步超限额须第二人审批）",
                 .en = "Answer disputed lines: uphold, yield or ask",
                 .examples = {{"recoupctl demands answer-dispute pools/…/demands/01jx… --answers "
                               "advance=pools/…/advances/01jx…,decision=yield,yielded=120.00,"
                               "text=费用与事故无关",
                               "多条则重复 --answers"}}},
                RpcOf("NegotiationService.AnswerDispute"),
                {.argument = "name", .lookup = DemandByReference()});
  program.AddCommand<EvidenceOptions>(
      demands,
      {.name = "evidence",
       .zh = "下载保险公司提交的证据文件，并核对哈希",
       .en = "Download a document attached as evidence",
       .examples = {{"recoupctl demands evidence pools/…/demands/01jx… 01jy… --out 病历.pdf",
                     "证据号见 demands show"}}},
      DeclareEvidence, RunEvidence);
}

struct VerifyAccountOptions {
  std::string name;
  std::string hub_key;
  std::string insurer_key;
};

void DeclareVerifyAccount(CLI::App& app, VerifyAccountOptions& options) {
  app.add_option("NAME", options.name, "pools/…/signedAccounts/…")->required();
  app.add_option("--hub-key", options.hub_key, "平台公钥 PEM / Public key of the hub")->required();
  app.add_option("--insurer-key", options.insurer_key,
                 "保险公司公钥 PEM / Public key of the insurer")
      ->required();
}

absl::StatusOr<crypto::VerifyKey> LoadKey(const std::string& file) {
  const absl::StatusOr<std::string> pem = ReadFile(file);
  if (!pem.ok()) return AsUsageError(pem.status());
  absl::StatusOr<crypto::VerifyKey> key = crypto::VerifyKey::FromPem(*pem);
  if (!key.ok()) return AsUsageError(key.status());
  return key;
}

// Trusts the two keys given, not the hub.
CommandResult RunVerifyAccount(const VerifyAccountOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const crypto::VerifyKey hub_key, LoadKey(options.hub_key));
  RECOUP_ASSIGN_OR_RETURN(const crypto::VerifyKey insurer_key, LoadKey(options.insurer_key));
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  v1::GetSignedAccountRequest request;
  request.set_name(options.name);
  RECOUP_ASSIGN_OR_RETURN(
      const v1::GetSignedAccountResponse answer,
      hub.Ask<v1::GetSignedAccountResponse>("AccountService.GetSignedAccount", request));
  const v1::SignedAccount& account = answer.signed_account();
  const std::string text = absl::StrCat("recoup account comparison v1\n", account.document());
  if (!insurer_key.Verify(text, account.insurer_signature())) {
    return MakeError(Reason::kSignatureInvalid, "the insurer's signature does not fit");
  }
  if (!hub_key.Verify(text, account.hub_signature())) {
    return MakeError(Reason::kSignatureInvalid, "the hub's signature does not fit");
  }
  context.out() << "两方对同一文件的签名均有效：" << account.from_on() << " 至 "
                << account.until_on() << "，平台未付 "
                << adapters::FormatYuan(account.hub_open_fen()) << " 元，保险公司列示 "
                << adapters::FormatYuan(account.insurer_open_fen()) << " 元，差异 "
                << account.difference_count() << " 项\n";
  return ExitCode::kOk;
}

void AddAccounts(adapters::Program& program) {
  CLI::App& accounts = Group(program, "accounts", "双方签认的对账", "Accounts signed by both");
  AddRpcCommand(
      program, accounts,
      {.name = "list",
       .zh = "列出保险公司与平台均已签认的对账",
       .en = "List accounts that both sides signed",
       .examples = {{"recoupctl accounts list --insurer parties/insurer/huaan", "一家保险公司的"}}},
      RpcOf("AccountService.ListSignedAccounts"));
  program.AddCommand<VerifyAccountOptions>(
      accounts,
      {.name = "verify",
       .zh = "以两把公钥核验一份对账的两个签名",
       .en = "Verify both signatures of an account with the two public keys",
       .examples = {{"recoupctl accounts verify pools/…/signedAccounts/01jx… --hub-key hub.pem "
                     "--insurer-key insurer.pem",
                     "两个签名针对同一文件"}}},
      DeclareVerifyAccount, RunVerifyAccount);
}

}  // namespace

void AddNegotiationCommands(adapters::Program& program) {
  AddNegotiation(program);
  AddAccounts(program);
}

}  // namespace recoup::ctl
