// The commands of recoup-hospital. main.cc and the program's tests run the same object.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_COMMANDS_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_COMMANDS_H_

#include <memory>

#include "adapters/common/cli.h"

namespace recoup::hospital {

std::unique_ptr<adapters::Program> MakeHospitalProgram();

// Each adds its commands; one file each.
void AddReadingCommands(adapters::Program& program);   // read
void AddInvoiceCommands(adapters::Program& program);   // invoice read
void AddIntakeCommands(adapters::Program& program);    // take, watch
void AddDeliveryCommands(adapters::Program& program);  // send, deliver, run
void AddServiceCommands(adapters::Program& program);   // run, serve
void AddQueueCommands(adapters::Program& program);     // status, retry, drop, questions, answer
void AddRulesCommands(adapters::Program& program);     // rules show, check, try
void AddVisitCommands(adapters::Program& program);     // flags, show, clear, replay
void AddSupplyCommand(adapters::Program& program);     // supply
void AddTraceCommand(adapters::Program& program);      // trace
void AddSplitCommands(adapters::Program& program);     // split quote, settle, show

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_COMMANDS_H_
