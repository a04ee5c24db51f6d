# recoup_precompile_program(recoup_ctl) parses the headers that cost most once per target instead of once per file.
function(recoup_precompile_grpc target)
  target_precompile_headers(${target} PRIVATE <grpcpp/grpcpp.h> <string> <vector>)
endfunction()
function(recoup_precompile_program target)
  target_precompile_headers(${target} PRIVATE <CLI/CLI.hpp> <grpcpp/grpcpp.h> <string> <vector>)
endfunction()
