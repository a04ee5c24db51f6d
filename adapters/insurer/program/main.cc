#include "adapters/insurer/program/insurer_program.h"

int main(int argc, char** argv) {
  recoup::insurer::InsurerProgram program;
  return recoup::adapters::RunMain(program.frame(), argc, argv);
}
