#include "adapters/hospital/program/main.h"

int main(int argc, char** argv) { return recoup::hospital::Main(argc, argv); }
