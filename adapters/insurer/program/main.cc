#include "adapters/insurer/program/main.h"

int main(int argc, char** argv) { return recoup::insurer::Main(argc, argv); }
