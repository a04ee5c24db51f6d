// recoupctl: the fund officer's and the operator's command line.
#include "ctl/main.h"

int main(int argc, char** argv) { return recoup::ctl::Main(argc, argv); }
