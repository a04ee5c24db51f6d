#include "adapters/common/common_config.h"
#include "ctl/main.h"
#include "ctl/offline_commands.h"
#include "ctl/online_commands.h"

namespace recoup::ctl {

std::vector<config::KeyRow> CtlKeys() {
  using config::KeyType;
  std::vector<config::KeyRow> keys = adapters::HubKeys();
  for (config::KeyRow& row : keys) {
    // A person at a terminal sees the error itself; the log of calls would only repeat it.
    if (row.name == "log.level") row.default_text = "error";
  }
  keys.push_back({.name = "ctl.pool",
                  .type = KeyType::kString,
                  .help = "Pool that commands mean when they are given none (`310115-310`).",
                  .zh = "不指明统筹区的命令所指的统筹区"});
  keys.push_back({.name = "ctl.bank_profiles",
                  .type = KeyType::kPath,
                  .help = "Folder of further CSV layouts of banks (docs/formats/bank-csv.md).",
                  .zh = "另加的银行 CSV 格式文件夹"});
  return keys;
}

void AddAllCommands(adapters::Program& program) {
  AddFundReportCommands(program);
  AddReportCommands(program);
  AddFundCaseCommands(program);
  AddDemandCommands(program);
  AddFundOfficeCommands(program);
  AddMediationCommands(program);
  AddNegotiationCommands(program);
  AddAgreementCommands(program);
  AddStatementCommands(program);
  AddMoneyCommands(program);
  AddBatchCommands(program);
  AddAuditCommands(program);
  AddPkiCommands(program);
  AddBackupCommands(program);
}

int Main(int argc, char** argv) {
  adapters::Program program(
      {.name = "recoupctl",
       .purpose_zh = "医保基金追偿：经办与运维的命令行。查询、复核、追偿、对账、审计。",
       .purpose_en = "Recovery of what health-insurance funds advanced: for fund officers and "
                     "operators.",
       .keys = CtlKeys()});
  AddAllCommands(program);
  return adapters::RunMain(program, argc, argv);
}

}  // namespace recoup::ctl
