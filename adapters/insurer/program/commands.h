// The commands of recoup-insurer, a file each; internal to this folder.
#ifndef RECOUP_ADAPTERS_INSURER_PROGRAM_COMMANDS_H_
#define RECOUP_ADAPTERS_INSURER_PROGRAM_COMMANDS_H_

#include "adapters/common/cli.h"

namespace recoup::insurer {

void AddPolicyCommands(adapters::Program& program);  // policies register, usage, list
void AddDemandCommands(adapters::Program& program, CLI::App& demands);  // list, show, explain
void AddWatchCommand(adapters::Program& program, CLI::App& demands);    // demands watch
void AddAnswerCommands(adapters::Program& program);       // acknowledge, accept, dispute, confirm
void AddAdviceCommands(adapters::Program& program);       // remit, advices list, show
void AddBankCommands(adapters::Program& program);         // bank read, profile make
void AddPaymentCommands(adapters::Program& program);      // pay export, check
void AddAccountCommands(adapters::Program& program);      // account statement, reconcile, sign
void AddAgreementCommands(adapters::Program& program);    // agreements list, show, propose, answer
void AddNegotiationCommands(adapters::Program& program);  // offer, evidence attach
void AddMediationCommands(adapters::Program& program);    // mediations list, show, offer
void AddSplitCommands(adapters::Program& program);        // splits list, answer
void AddBatchCommands(adapters::Program& program);        // batch create, close, cancel, list, show

}  // namespace recoup::insurer

#endif  // RECOUP_ADAPTERS_INSURER_PROGRAM_COMMANDS_H_
