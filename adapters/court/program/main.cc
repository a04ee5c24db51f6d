#include "adapters/court/program/court_program.h"

int main(int argc, char** argv) {
  recoup::court::CourtProgram program;
  return recoup::adapters::RunMain(program.frame(), argc, argv);
}
