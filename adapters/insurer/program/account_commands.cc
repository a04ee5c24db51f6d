// recoup-insurer account statement, reconcile, sign, verify: the hub's account against the
// insurer's own open items, signed by both.
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/hub_session.h"
#include "adapters/common/named_file.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/insurer/mapping/account_items.h"
#include "adapters/insurer/mapping/signed_account.h"
#include "adapters/insurer/program/commands.h"
#include "adapters/insurer/program/insurer_hub.h"
#include "google/protobuf/util/json_util.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "nlohmann/json.hpp"
#include "recoup/v1/account_service.pb.h"

namespace recoup::insurer {
namespace {

using adapters::Align;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using adapters::FormatYuan;
using Json = nlohmann::ordered_json;

struct PeriodOptions {
  std::string pool;
  std::string from;
  std::string until;
};

void DeclarePeriod(CLI::App& app, PeriodOptions& options) {
  app.add_option("--pool", options.pool, "基金，如 pools/310115-310 / The pool")->required();
  app.add_option("--from", options.from, "首日 / First day, YYYY-MM-DD")->required();
  app.add_option("--until", options.until, "末日 / Last day, YYYY-MM-DD")->required();
}

absl::StatusOr<crypto::VerifyKey> LoadVerifyKey(const std::string& file) {
  RECOUP_ASSIGN_OR_RETURN(const std::string pem, adapters::ReadNamedFile(file));
  return crypto::VerifyKey::FromPem(pem);
}

// The account as the hub signed it; without the hub's key in the settings the signature is kept but
// not checked.
absl::StatusOr<v1::StatementOfAccountReceipt> AccountOf(const v1::SignedReceipt& receipt,
                                                        CommandContext& context) {
  constexpr char kSetting[] = "insurer.hub_verify_key_file";
  if (context.config().Has(kSetting)) {
    const auto key = LoadVerifyKey(context.config().Path(kSetting).string());
    if (!key.ok()) return adapters::AsUsageError(key.status());
    return mapping::VerifiedAccount(receipt, *key);
  }
  v1::StatementOfAccountReceipt account;
  if (!account.ParseFromString(receipt.payload())) {
    return MakeError(Reason::kInternal, "the hub's receipt cannot be read");
  }
  return account;
}

absl::StatusOr<v1::GetStatementOfAccountResponse> Fetch(const PeriodOptions& options,
                                                        InsurerHub& hub) {
  v1::GetStatementOfAccountRequest request;
  request.set_pool(options.pool);
  request.set_from_on(options.from);
  request.set_until_on(options.until);
  return hub.StatementOfAccount(std::move(request));
}

std::string AccountForPeople(const v1::StatementOfAccountReceipt& account) {
  std::string out =
      absl::StrCat("往来对账单  ", account.pool(), "  ", account.from_on(), " 至 ",
                   account.until_on(), "\n期初未付  ", FormatYuan(account.opening_fen()),
                   " 元\n期末未付  ", FormatYuan(account.closing_fen()), " 元\n");
  if (account.lines().empty()) return absl::StrCat(out, "没有追偿函\n");
  adapters::Table table({{"付款参考号"},
                         {"赔案号"},
                         {"到期日"},
                         {"期初（元）", Align::kRight},
                         {"金额（元）", Align::kRight},
                         {"已到账（元）", Align::kRight},
                         {"已免除（元）", Align::kRight},
                         {"未付（元）", Align::kRight}});
  for (const v1::StatementOfAccountLine& line : account.lines()) {
    table.AddRow({line.reference(), line.claim_number(), line.due_on(),
                  FormatYuan(line.opening_fen()), FormatYuan(line.amount_fen()),
                  FormatYuan(line.applied_fen()), FormatYuan(line.relinquished_fen()),
                  FormatYuan(line.open_fen())});
  }
  return out + table.Render();
}

CommandResult RunStatement(const PeriodOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::GetStatementOfAccountResponse answer, Fetch(options, hub));
  RECOUP_ASSIGN_OR_RETURN(const v1::StatementOfAccountReceipt account,
                          AccountOf(answer.receipt(), context));
  context.out() << (context.json() ? adapters::ProtoAsJson(answer) : AccountForPeople(account));
  return ExitCode::kOk;
}

struct ReconcileOptions : PeriodOptions {
  std::string file;
  std::string out;
};

void DeclareReconcile(CLI::App& app, ReconcileOptions& options) {
  DeclarePeriod(app, options);
  app.add_option("--file", options.file,
                 "本公司未付清单 CSV：付款参考号,金额 / Own open items as CSV")
      ->required();
  app.add_option("--out", options.out,
                 "双方签名的对账文件 / Write the account signed by both to this file");
}

void PrintComparison(const mapping::AccountComparison& comparison, CommandContext& context) {
  if (context.json()) {
    Json json = {{"ours", comparison.ours.ToYuan()},
                 {"hub", comparison.hub.ToYuan()},
                 {"agreeing", comparison.agreeing},
                 {"differences", Json::array()}};
    for (const mapping::Difference& difference : comparison.differences) {
      json["differences"].push_back({{"reference", difference.reference},
                                     {"kind", mapping::ToString(difference.kind)},
                                     {"ours", difference.ours.ToYuan()},
                                     {"hub", difference.hub.ToYuan()}});
    }
    context.out() << json.dump() << '\n';
    return;
  }
  context.out() << "本公司未付  " << FormatYuan(comparison.ours.fen()) << " 元\n平台未付    "
                << FormatYuan(comparison.hub.fen()) << " 元\n一致        " << comparison.agreeing
                << " 份\n";
  if (comparison.differences.empty()) {
    context.out() << "没有差异\n";
    return;
  }
  adapters::Table table({{"付款参考号"},
                         {"本公司（元）", Align::kRight},
                         {"平台（元）", Align::kRight},
                         {"差异原因"}});
  for (const mapping::Difference& difference : comparison.differences) {
    table.AddRow({difference.reference, FormatYuan(difference.ours.fen()),
                  FormatYuan(difference.hub.fen()),
                  std::string(mapping::InChinese(difference.kind))});
  }
  context.out() << table.Render();
}

absl::Status WriteSigned(const std::string& file, const v1::SignedReceipt& receipt,
                         const mapping::AccountComparison& comparison, CommandContext& context) {
  constexpr char kSetting[] = "insurer.signing_key_file";
  if (!context.config().Has(kSetting)) {
    return adapters::AsUsageError(
        MakeError(Reason::kInvalidArgument, absl::StrCat("--out needs the setting ", kSetting)));
  }
  const auto key = crypto::SigningKey::Load(context.config().Path(kSetting).string());
  if (!key.ok()) return adapters::AsUsageError(key.status());
  return adapters::WriteNamedFile(file, mapping::SignAccount(receipt, comparison, *key));
}

CommandResult RunReconcile(const ReconcileOptions& options, CommandContext& context) {
  const auto bytes = adapters::ReadNamedFile(options.file);
  if (!bytes.ok()) return adapters::AsUsageError(bytes.status());
  const auto ours = mapping::OwnItemsFromCsv(*bytes);
  if (!ours.ok()) return adapters::AsUsageError(ours.status());
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::GetStatementOfAccountResponse answer, Fetch(options, hub));
  RECOUP_ASSIGN_OR_RETURN(const v1::StatementOfAccountReceipt account,
                          AccountOf(answer.receipt(), context));
  v1::ListRemittanceAdvicesRequest advices;
  advices.set_pool(options.pool);
  advices.set_state(v1::REMITTANCE_ADVICE_STATE_SENT);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::RemittanceAdvice> sent, hub.ListAdvices(advices));
  RECOUP_ASSIGN_OR_RETURN(const mapping::AccountComparison comparison,
                          mapping::Compare(*ours, account, mapping::InTransit(sent)));
  if (!options.out.empty()) {
    RECOUP_RETURN_IF_ERROR(WriteSigned(options.out, answer.receipt(), comparison, context));
  }
  PrintComparison(comparison, context);
  return ExitCode::kOk;
}

struct VerifyOptions {
  std::string file;
  std::string hub_key;
  std::string insurer_key;
};

void DeclareVerify(CLI::App& app, VerifyOptions& options) {
  app.add_option("FILE", options.file, "双方签名的对账文件 / An account signed by both")
      ->required();
  app.add_option("--hub-key", options.hub_key, "平台公钥 PEM / Public key of the hub")->required();
  app.add_option("--insurer-key", options.insurer_key,
                 "保险公司公钥 PEM / Public key of the insurer")
      ->required();
}

CommandResult RunVerify(const VerifyOptions& options, CommandContext& context) {
  const auto document = adapters::ReadNamedFile(options.file);
  const auto hub_key = LoadVerifyKey(options.hub_key);
  const auto insurer_key = LoadVerifyKey(options.insurer_key);
  for (const absl::Status& status : {document.status(), hub_key.status(), insurer_key.status()}) {
    if (!status.ok()) return adapters::AsUsageError(status);
  }
  RECOUP_ASSIGN_OR_RETURN(const mapping::SignedAccount account,
                          mapping::VerifySignedAccount(*document, *hub_key, *insurer_key));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(account.account);
  } else {
    context.out() << (account.countersigned ? "两方对同一文件的签名均有效\n"
                                            : "两方签名均有效（平台尚未就比较结果签认）\n")
                  << AccountForPeople(account.account) << "保险公司列示未付  "
                  << FormatYuan(account.ours.fen()) << " 元，差异 " << account.differences
                  << " 项\n";
  }
  return ExitCode::kOk;
}

struct SignOptions {
  std::string file;
};

void DeclareSign(CLI::App& app, SignOptions& options) {
  app.add_option("FILE", options.file,
                 "account reconcile --out 写出的文件 / What account reconcile --out wrote")
      ->required();
}

// The pool is the one of the hub's statement inside.
absl::StatusOr<std::string> PoolOfFile(const mapping::SignedFile& file) {
  v1::AccountComparison comparison;
  v1::StatementOfAccountReceipt account;
  const auto parsed = google::protobuf::util::JsonStringToMessage(file.comparison, &comparison);
  if (parsed.ok() && account.ParseFromString(comparison.hub_receipt().payload())) {
    return account.pool();
  }
  return adapters::AsUsageError(
      MakeError(Reason::kInvalidArgument, "the file holds no statement of account"));
}

CommandResult RunSign(const SignOptions& options, CommandContext& context) {
  const auto bytes = adapters::ReadNamedFile(options.file);
  if (!bytes.ok()) return adapters::AsUsageError(bytes.status());
  absl::StatusOr<mapping::SignedFile> file = mapping::ReadSignedFile(*bytes);
  if (!file.ok()) return adapters::AsUsageError(file.status());
  v1::SignAccountRequest request;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_pool(), PoolOfFile(*file));
  request.set_document(file->comparison);
  request.set_signature(file->signature);
  request.set_key_id(file->key_id);
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession hub, adapters::HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(
      const v1::SignAccountResponse answer,
      hub.Mutate<v1::SignAccountResponse>("AccountService.SignAccount", std::move(request)));
  const v1::SignedAccount& account = answer.signed_account();
  if (!context.validate_only()) {
    file->hub_signature = account.hub_signature();
    file->hub_key_id = account.hub_key_id();
    RECOUP_RETURN_IF_ERROR(adapters::WriteNamedFile(options.file, mapping::WriteSignedFile(*file)));
  }
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(account);
  } else {
    context.out() << (context.validate_only() ? "校验通过，未记录\n"
                                              : "平台已就同一文件签认并保存  ")
                  << (context.validate_only() ? "" : account.name() + "\n");
  }
  return ExitCode::kOk;
}

}  // namespace

void AddAccountCommands(adapters::Program& program) {
  CLI::App& group =
      program.AddGroup(program.root(), "account", "往来账户", "The account with a pool");
  program.AddCommand<PeriodOptions>(
      group,
      {.name = "statement",
       .zh = "取得与一个基金的往来对账单",
       .en = "Fetch the statement of account with a pool",
       .examples = {{.command = "recoup-insurer account statement --pool pools/310115-310 --from "
                                "2026-03-01 --until 2026-03-31",
                     .says = "三月的往来"}}},
      DeclarePeriod, RunStatement);
  program.AddCommand<ReconcileOptions>(
      group,
      {.name = "reconcile",
       .zh = "以本公司未付清单核对平台账户，说明每项差异",
       .en = "Compare own open items with the hub's account and say why they differ",
       .examples = {{.command = "recoup-insurer account reconcile --pool pools/310115-310 --from "
                                "2026-03-01 --until 2026-03-31 --file 未付.csv --out 对账.json",
                     .says = "并写出双方签名的文件"}}},
      DeclareReconcile, RunReconcile);
  program.AddCommand<SignOptions>(
      group,
      {.name = "sign",
       .zh = "把本公司签名的比较结果交平台签认，两方签名写回文件",
       .en = "Hand in the comparison for the hub's signature over the same bytes",
       .examples = {{.command = "recoup-insurer account sign 对账.json",
                     .says = "平台核对签名和对账单后签认并保存"}},
       .effect = adapters::Effect::kOneRequest},
      DeclareSign, RunSign);
  program.AddCommand<VerifyOptions>(
      group,
      {.name = "verify",
       .zh = "核验双方签名的对账文件，无须平台",
       .en = "Verify an account signed by both, without the hub",
       .examples = {{.command = "recoup-insurer account verify 对账.json --hub-key hub.pem "
                                "--insurer-key insurer.pem",
                     .says = "两个签名都须有效"}},
       .settings = adapters::Settings::kNone},
      DeclareVerify, RunVerify);
}

}  // namespace recoup::insurer
