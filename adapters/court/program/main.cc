#include "adapters/court/program/main.h"

int main(int argc, char** argv) { return recoup::court::Main(argc, argv); }
