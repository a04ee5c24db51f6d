#include "adapters/common/common_config.h"
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
                  .help = "Pool that commands mean when they are given none (`310115-310`)."});
  keys.push_back({.name = "ctl.bank_profiles",
                  .type = KeyType::kPath,
                  .help = "Folder of further CSV layouts of banks (docs/formats/bank-csv.md)."});
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

}  // namespace recoup::ctl
