// The program as one function, so that its main needs no header of the command line library.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MAIN_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MAIN_H_

namespace recoup::hospital {

// Returns the exit code.
int Main(int argc, char** argv);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MAIN_H_
