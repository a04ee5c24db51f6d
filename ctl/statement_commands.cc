// Importing statements: bank files in, one call per statement.

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/error_text.h"
#include "adapters/common/table.h"
#include "adapters/insurer/bank/batch_details.h"
#include "adapters/insurer/bank/built_in_profiles.h"
#include "adapters/insurer/bank/read_bank_file.h"
#include "ctl/online_commands.h"
#include "ctl/statement_request.h"
#include "hub/base/error.h"
#include "hub/base/read_file.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/sha256.h"
#include "nlohmann/json.hpp"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::ctl {
namespace {

using adapters::AsUsageError;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using adapters::HubSession;

struct ImportOptions {
  std::vector<std::string> files;
  std::string pool;
  std::string account;
  std::string profiles;
  std::string opening;
  std::string sha256;
};

void DeclareImport(CLI::App& app, ImportOptions& options) {
  app.add_option("FILE", options.files, "银行文件：camt.05x、MT940/942 或 CSV / Bank files")
      ->required();
  app.add_option("--pool", options.pool, "账户所属统筹区 / Whose account; else ctl.pool");
  app.add_option("--account", options.account,
                 "预期账号；文件为他户则拒绝 / Expected account; others are refused");
  app.add_option("--profiles", options.profiles,
                 "另加的 CSV 格式文件夹 / Folder of further CSV layouts; else ctl.bank_profiles");
  app.add_option(
      "--opening", options.opening,
      "文件未载余额时的期初余额（元），与上期不衔接的由另一人核对 / Opening balance in yuan, if "
      "the file has none; another person checks it unless the statement before ends with it");
  app.add_option("--sha256", options.sha256,
                 "文件应有的哈希，不符则拒绝 / Expected SHA-256 of the one file");
}

// One statement on its way.
struct Item {
  std::string file;
  std::string sha256;
  v1::ImportStatementRequest request;
};

absl::StatusOr<std::vector<insurer::bank::CsvProfile>> LoadProfiles(const ImportOptions& options,
                                                                    const CommandContext& context) {
  std::string folder = options.profiles;
  if (folder.empty() && context.config().Has("ctl.bank_profiles")) {
    folder = context.config().Path("ctl.bank_profiles").string();
  }
  return insurer::bank::ProfilesWith(folder);
}

// One document of one file, before it is decided what it means for the import.
struct Document {
  std::string file;
  std::string sha256;
  int position = 1;
  insurer::bank::BankStatement statement;
};

absl::StatusOr<std::vector<insurer::bank::BankStatement>> ReadOne(
    const std::string& file, const std::string& bytes,
    const std::vector<insurer::bank::CsvProfile>& profiles, const ImportOptions& options) {
  insurer::bank::ReadOptions read_options;
  read_options.account = options.account;
  read_options.file_name = file;
  return insurer::bank::ReadBankFile(bytes, profiles, read_options);
}

// Every fault of every file, each with the file it is in.
class FileFaults {
 public:
  void Add(const std::string& file, const absl::Status& refusal) {
    const ErrorDetail detail = DetailOf(refusal);
    reason_ =
        faults_.empty() || reason_ == detail.reason ? detail.reason : Reason::kInvalidArgument;
    if (detail.faults.empty()) faults_.Add(file, std::string(refusal.message()));
    for (const FieldFault& fault : detail.faults) {
      faults_.Add(absl::StrCat(file, ": ", fault.field), fault.description);
    }
  }

  absl::Status ToStatus() const {
    if (faults_.empty()) return absl::OkStatus();
    ErrorDetail detail;
    detail.reason = reason_;
    detail.faults = faults_.all();
    const FieldFault& first = detail.faults.front();
    return MakeError(absl::StrCat(first.field, ": ", first.description), std::move(detail));
  }

 private:
  Reason reason_ = Reason::kInvalidArgument;
  Faults faults_;
};

absl::StatusOr<std::vector<Document>> ReadDocuments(const ImportOptions& options,
                                                    const CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto profiles, LoadProfiles(options, context));
  if (!options.sha256.empty() && options.files.size() != 1) {
    return MakeError(Reason::kInvalidArgument, "--sha256 speaks of one file");
  }
  std::vector<Document> documents;
  FileFaults refused;
  for (const std::string& file : options.files) {
    RECOUP_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(file));
    const crypto::Digest digest = crypto::Sha256Hasher().Update(bytes).Finish();
    const std::string sha256 = absl::BytesToHexString(std::string(crypto::AsView(digest)));
    if (!options.sha256.empty() && absl::AsciiStrToLower(options.sha256) != sha256) {
      return MakeError(Reason::kInvalidArgument, absl::StrCat(file, " has the SHA-256 ", sha256));
    }
    auto statements = ReadOne(file, bytes, profiles, options);
    if (!statements.ok()) {
      refused.Add(file, statements.status());
      continue;
    }
    int position = 0;
    for (auto& statement : *statements) {
      documents.push_back({file, sha256, ++position, std::move(statement)});
    }
  }
  RECOUP_RETURN_IF_ERROR(refused.ToStatus());
  return documents;
}

// A notification whose every entry details a total of a statement is not imported by itself.
bool IsUsedUp(const Document& document, std::size_t entries_before) {
  return document.statement.kind == insurer::bank::DocumentKind::kNotification &&
         entries_before > 0 && document.statement.entries.empty();
}

// Everything is read and checked before anything is sent.
absl::StatusOr<std::vector<Item>> ReadItems(const ImportOptions& options,
                                            const CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<Document> documents, ReadDocuments(options, context));
  std::vector<insurer::bank::BankStatement*> statements;
  std::vector<std::size_t> entries_before;
  for (Document& document : documents) {
    statements.push_back(&document.statement);
    entries_before.push_back(document.statement.entries.size());
  }
  insurer::bank::TakeBatchDetails(std::move(statements));
  StatementSource source;
  source.pool = options.pool.empty() ? DefaultPool(context) : PoolName(options.pool);
  if (!options.opening.empty()) {
    RECOUP_ASSIGN_OR_RETURN(source.opening_balance, domain::Money::FromYuan(options.opening));
  }
  std::vector<Item> items;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const Document& document = documents[i];
    if (IsUsedUp(document, entries_before[i])) continue;
    source.file = document.file;
    source.file_sha256 = document.sha256;
    source.position = document.position;
    RECOUP_ASSIGN_OR_RETURN(v1::ImportStatementRequest request,
                            ToImportRequest(document.statement, source));
    items.push_back({document.file, document.sha256, std::move(request)});
  }
  return items;
}

struct Outcome {
  absl::Status status;
  v1::ImportStatementResponse response;
};

void PrintJson(const std::vector<Item>& items, const std::vector<Outcome>& outcomes,
               std::ostream& out) {
  auto json = nlohmann::ordered_json({{"statements", nlohmann::ordered_json::array()}});
  for (std::size_t i = 0; i < items.size(); ++i) {
    nlohmann::ordered_json row = {{"file", items[i].file},
                                  {"sha256", items[i].sha256},
                                  {"statement_id", items[i].request.statement().statement_id()},
                                  {"entry_count", items[i].request.entries_size()}};
    if (outcomes[i].status.ok()) {
      row["statement"] = outcomes[i].response.statement();
      row["replayed"] = outcomes[i].response.replayed();
      row["new_entry_count"] = outcomes[i].response.new_entry_count();
      row["known_entry_count"] = outcomes[i].response.known_entry_count();
    } else {
      row["error"] = {{"reason", ReasonName(ReasonOf(outcomes[i].status))},
                      {"message", std::string(outcomes[i].status.message())}};
    }
    json["statements"].push_back(std::move(row));
  }
  out << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

// A file that comes again brings nothing new, and that is what the officer has to know.
std::string_view ResultInChinese(const v1::ImportStatementResponse& response) {
  const bool is_known = response.new_entry_count() == 0 && response.known_entry_count() > 0;
  return is_known ? "重复，未新增" : "已导入";
}

void PrintForPeople(const std::vector<Item>& items, const std::vector<Outcome>& outcomes,
                    std::ostream& out) {
  using adapters::Align;
  adapters::Table table({{"文件"},
                         {"对账单号"},
                         {"期间"},
                         {"流水", Align::kRight},
                         {"新增", Align::kRight},
                         {"已知", Align::kRight},
                         {"结果"},
                         {"文件 SHA-256"}});
  for (std::size_t i = 0; i < items.size(); ++i) {
    const v1::Statement& statement = items[i].request.statement();
    const bool ok = outcomes[i].status.ok();
    table.AddRow({items[i].file, statement.statement_id(),
                  absl::StrCat(statement.from_on(), " 至 ", statement.until_on()),
                  absl::StrCat(items[i].request.entries_size()),
                  ok ? absl::StrCat(outcomes[i].response.new_entry_count()) : "",
                  ok ? absl::StrCat(outcomes[i].response.known_entry_count()) : "",
                  ok ? std::string(ResultInChinese(outcomes[i].response))
                     : absl::StrCat("被拒绝：", std::string(adapters::ReasonInChinese(
                                                    ReasonOf(outcomes[i].status)))),
                  items[i].sha256.substr(0, 16)});
  }
  out << table.Render();
}

CommandResult RunImport(const ImportOptions& options, CommandContext& context) {
  const auto items = ReadItems(options, context);
  if (!items.ok()) return AsUsageError(items.status());
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  std::vector<Outcome> outcomes;
  absl::Status first_error;
  std::size_t accepted = 0;
  for (const Item& item : *items) {
    auto response = hub.Mutate<v1::ImportStatementResponse>("ReconciliationService.ImportStatement",
                                                            item.request);
    Outcome outcome;
    outcome.status = response.status();
    if (response.ok()) {
      outcome.response = *std::move(response);
      ++accepted;
    } else if (first_error.ok()) {
      first_error = outcome.status;
    }
    outcomes.push_back(std::move(outcome));
  }
  if (context.json()) {
    PrintJson(*items, outcomes, context.out());
  } else {
    if (context.validate_only()) context.out() << "（试运行：已校验，未记录）\n";
    PrintForPeople(*items, outcomes, context.out());
  }
  if (accepted == items->size()) return ExitCode::kOk;
  if (accepted == 0) return first_error;
  for (const Outcome& outcome : outcomes) {
    if (!outcome.status.ok()) context.err() << adapters::ErrorInACell(outcome.status) << '\n';
  }
  return ExitCode::kPartlyRefused;
}

}  // namespace

void AddStatementCommands(adapters::Program& program) {
  CLI::App& statements = Group(program, "statements", "银行对账单", "Bank statements");
  program.AddCommand<ImportOptions>(
      statements,
      {.name = "import",
       .zh = "导入银行文件（重复导入不会重复入账）",
       .en = "Import bank files; importing one again books nothing twice",
       .examples = {{"recoupctl statements import camt053-20260305.xml --pool 310115-310",
                     "ISO 20022 对账单"},
                    {"recoupctl statements import ebank.csv --profiles profiles --account "
                     "6222000011112222",
                     "网银导出的 CSV，格式由 profiles 中的 TOML 说明"}},
       .effect = adapters::Effect::kManyRequests},
      DeclareImport, RunImport);
}

}  // namespace recoup::ctl
