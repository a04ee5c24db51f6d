// The commands that ask the hub, one function per service; groups are shared.
#ifndef RECOUP_CTL_ONLINE_COMMANDS_H_
#define RECOUP_CTL_ONLINE_COMMANDS_H_

#include "adapters/common/cli.h"
#include "ctl/rpc_command.h"

namespace recoup::ctl {

void AddFundCaseCommands(adapters::Program& program);
void AddFundOfficeCommands(adapters::Program& program);
void AddFundReportCommands(adapters::Program& program);
void AddDemandCommands(adapters::Program& program);
void AddReportCommands(adapters::Program& program);
void AddMediationCommands(adapters::Program& program);
void AddAgreementCommands(adapters::Program& program);
void AddNegotiationCommands(adapters::Program& program);
void AddMoneyCommands(adapters::Program& program);
void AddBatchCommands(adapters::Program& program);
void AddStatementCommands(adapters::Program& program);
void AddAuditCommands(adapters::Program& program);

// A demand by its payment reference, an advance by its visit.
Lookup DemandByReference();
Lookup AdvanceByVisit();

// Everything, in the order of the help.
void AddAllCommands(adapters::Program& program);
// hub.*, log.* and ctl.*.
std::vector<config::KeyRow> CtlKeys();

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_ONLINE_COMMANDS_H_
