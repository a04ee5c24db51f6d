# What keeps a build from nothing short.

# recoup_precompile_grpc(recoup_rpc): the headers that cost most are parsed once per target instead of once per file.
function(recoup_precompile_grpc target)
  target_precompile_headers(${target} PRIVATE <grpcpp/grpcpp.h> <string> <vector>)
endfunction()

# recoup_optimise_less(recoup_ctl_text): for code that waits for a person, a file or the hub, and for much code of which
# little is run per call (generated messages, handlers). The optimiser takes most of the time of a build.
function(recoup_optimise_less)
  foreach(target ${ARGN})
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  endforeach()
endfunction()

# recoup_precompile_program(recoup_ctl): the command line of a program; all of them share one set of parsed headers.
function(recoup_precompile_program target)
  recoup_optimise_less(${target})
  if(target STREQUAL recoup_cli)
    target_precompile_headers(${target} PRIVATE <CLI/CLI.hpp> <grpcpp/grpcpp.h> <string> <vector>)
  else()
    target_precompile_headers(${target} REUSE_FROM recoup_cli)
  endif()
endfunction()
