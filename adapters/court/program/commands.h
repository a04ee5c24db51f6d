// The commands of recoup-court, a file each; internal to this folder.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_COMMANDS_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_COMMANDS_H_

#include "adapters/common/cli.h"

namespace recoup::court {

void AddExtractCommand(adapters::Program& program);
void AddTextCommand(adapters::Program& program);
void AddPushCommands(adapters::Program& program);  // push, amend
void AddRunCommand(adapters::Program& program);
void AddReviewCommands(adapters::Program& program);  // review list, show, confirm, correct, labels
void AddCaseCommands(adapters::Program& program);    // show, consent, withdraw, performance
void AddLetterCommands(adapters::Program& program);  // letters list, show

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_COMMANDS_H_
