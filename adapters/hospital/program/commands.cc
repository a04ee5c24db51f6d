#include "adapters/hospital/program/commands.h"

#include "adapters/hospital/program/main.h"
#include "adapters/hospital/program/settings.h"

namespace recoup::hospital {

std::unique_ptr<adapters::Program> MakeHospitalProgram() {
  auto program = std::make_unique<adapters::Program>(adapters::ProgramSpec{
      .name = "recoup-hospital",
      .purpose_zh = "医院端：读取入院、结算消息，标记第三方责任，可靠上报追偿系统",
      .purpose_en = "For hospitals: reads admissions and settlements, flags third-party injuries, "
                    "and reports them reliably to the hub",
      .keys = HospitalKeys()});
  AddReadingCommands(*program);
  AddInvoiceCommands(*program);
  AddIntakeCommands(*program);
  AddDeliveryCommands(*program);
  AddServiceCommands(*program);
  AddQueueCommands(*program);
  AddVisitCommands(*program);
  AddSupplyCommand(*program);
  AddRulesCommands(*program);
  AddTraceCommand(*program);
  AddSplitCommands(*program);
  return program;
}

int Main(int argc, char** argv) {
  const auto program = MakeHospitalProgram();
  return adapters::RunMain(*program, argc, argv);
}

}  // namespace recoup::hospital
