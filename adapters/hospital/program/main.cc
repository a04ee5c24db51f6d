#include "adapters/common/cli.h"
#include "adapters/hospital/program/commands.h"

int main(int argc, char** argv) {
  const auto program = recoup::hospital::MakeHospitalProgram();
  return recoup::adapters::RunMain(*program, argc, argv);
}
