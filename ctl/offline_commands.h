// The commands that work without the hub: pki, audit verify, backup, restore.
#ifndef RECOUP_CTL_OFFLINE_COMMANDS_H_
#define RECOUP_CTL_OFFLINE_COMMANDS_H_

#include "adapters/common/cli.h"

namespace recoup::ctl {

void AddPkiCommands(adapters::Program& program);
// Adds to a group that has online commands, too.
void AddVerifyCommand(adapters::Program& program, CLI::App& audit);
void AddBackupCommands(adapters::Program& program);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_OFFLINE_COMMANDS_H_
