# recoup_add_test(money_test LABEL unit SOURCES money_test.cc DEPS recoup_domain [TIMEOUT 60])
# Exactly one label per test: unit, contract, integration, scenario, simulation, functional, fuzz-smoke.
# APART compiles each file by itself: for tests whose files repeat names.
# One ctest entry per binary: fast on two cores; the binary itself reports each case.
function(recoup_add_test target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "APART" "LABEL;TIMEOUT" "SOURCES;DEPS")
  if(NOT arg_LABEL)
    message(FATAL_ERROR "recoup_add_test(${target}): LABEL is required")
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  if(RECOUP_SANITIZE)
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 15")  # Not optimised, and every access checked.
  endif()
  add_executable(${target} ${arg_SOURCES})
  if(arg_APART)
    set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
  endif()
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
  target_link_libraries(${target} PRIVATE recoup_options recoup_warnings GTest::gmock GTest::gtest_main ${arg_DEPS})
  target_compile_definitions(${target} PRIVATE RECOUP_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                             RECOUP_BINARY_DIR="${PROJECT_BINARY_DIR}")
  # What is tested is compiled as it ships; the tests themselves need no optimiser, and build in half the time.
  recoup_compile_as(${target} tests)
  add_test(NAME ${target} COMMAND ${target})
  set_tests_properties(${target} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT ${arg_TIMEOUT})
endfunction()
