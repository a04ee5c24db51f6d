// The program as one function, so that its main needs no header of the command line library.
#ifndef RECOUP_CTL_MAIN_H_
#define RECOUP_CTL_MAIN_H_

namespace recoup::ctl {

// Returns the exit code.
int Main(int argc, char** argv);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_MAIN_H_
