// The program as one function, so that its main needs no header of the command line library.
#ifndef RECOUP_ADAPTERS_INSURER_PROGRAM_MAIN_H_
#define RECOUP_ADAPTERS_INSURER_PROGRAM_MAIN_H_

namespace recoup::insurer {

// Returns the exit code.
int Main(int argc, char** argv);

}  // namespace recoup::insurer

#endif  // RECOUP_ADAPTERS_INSURER_PROGRAM_MAIN_H_
