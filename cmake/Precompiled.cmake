# What keeps a build from nothing short: headers that many files share are parsed once. A compiler takes parsed headers
# only with the flags they were parsed with, so there is a set for each way of compiling:
#   hot      what money and messages flow through
#   cold     what waits for a person, a file or the hub, and much code of which little is run per call (generated messages,
#            handlers); compiled with less optimisation, which takes most of the time of a build
#   program  cold as well: the command lines, whose library is all headers; all share the set of recoup_cli
#   tests    not optimised at all
# Without CMAKE_UNITY_BUILD every file stands by itself and has to include what it uses.
set(recoup_standard_headers
  <algorithm> <array> <cstdint> <filesystem> <fstream> <functional> <map> <memory> <optional> <set> <span> <string>
  <string_view> <tuple> <utility> <vector> "<absl/container/flat_hash_map.h>" "<absl/status/statusor.h>"
  "<absl/strings/str_cat.h>" "<absl/strings/str_join.h>" "<absl/strings/str_split.h>" "<absl/synchronization/mutex.h>"
  "<absl/time/civil_time.h>" "<absl/time/time.h>")
set(recoup_rpc_headers <google/protobuf/util/json_util.h> <grpcpp/grpcpp.h>)
set(recoup_optimise_cold $<$<CONFIG:Release>:-O1>)
set(recoup_optimise_program ${recoup_optimise_cold})
set(recoup_optimise_tests $<$<CONFIG:Release>:-O0>)

function(recoup_parse_headers temperature)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;DEPS")
  set(empty "${CMAKE_CURRENT_BINARY_DIR}/recoup_${temperature}_headers.cc")
  file(CONFIGURE OUTPUT "${empty}" CONTENT "")
  add_library(recoup_${temperature}_headers OBJECT "${empty}")
  target_link_libraries(recoup_${temperature}_headers PRIVATE recoup_options recoup_warnings ${arg_DEPS})
  target_compile_options(recoup_${temperature}_headers PRIVATE ${recoup_optimise_${temperature}})
  target_precompile_headers(recoup_${temperature}_headers PRIVATE ${arg_HEADERS})
endfunction()

# recoup_compile_as(recoup_ctl cold)
function(recoup_compile_as target temperature)
  target_compile_options(${target} PRIVATE ${recoup_optimise_${temperature}})
  if(NOT CMAKE_UNITY_BUILD)
    return()
  endif()
  if(temperature STREQUAL program)  # Each file compiles the library of the command line anew.
    set_target_properties(${target} PROPERTIES UNITY_BUILD_BATCH_SIZE 18)
  endif()
  if(target STREQUAL recoup_cli)
    target_precompile_headers(recoup_cli PRIVATE ${recoup_standard_headers} ${recoup_rpc_headers} <CLI/CLI.hpp>)
  elseif(temperature STREQUAL program)
    target_precompile_headers(${target} REUSE_FROM recoup_cli)
  else()
    target_precompile_headers(${target} REUSE_FROM recoup_${temperature}_headers)
  endif()
endfunction()

# recoup_hot_sources(day_books.cc): files of a cold library through which all records of a pool flow.
function(recoup_hot_sources)
  set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS "$<$<CONFIG:Release>:-O2>"
    SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

if(CMAKE_UNITY_BUILD)
  recoup_parse_headers(hot HEADERS ${recoup_standard_headers} DEPS absl::statusor)
  recoup_parse_headers(cold HEADERS ${recoup_standard_headers} ${recoup_rpc_headers}
                       DEPS gRPC::grpc++ protobuf::libprotobuf)
  if(RECOUP_BUILD_TESTS OR RECOUP_BUILD_BENCH)
    recoup_parse_headers(tests HEADERS ${recoup_standard_headers} <gmock/gmock.h> DEPS GTest::gmock absl::statusor)
  endif()
endif()
