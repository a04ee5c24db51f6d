// recoupctl: the fund officer's and the operator's command line.
#include "ctl/online_commands.h"

int main(int argc, char** argv) {
  recoup::adapters::Program program(
      {.name = "recoupctl",
       .purpose_zh = "医保基金追偿：经办与运维的命令行。查询、复核、追偿、对账、审计。",
       .purpose_en = "Recovery of what health-insurance funds advanced: for fund officers and "
                     "operators.",
       .keys = recoup::ctl::CtlKeys()});
  recoup::ctl::AddAllCommands(program);
  return recoup::adapters::RunMain(program, argc, argv);
}
