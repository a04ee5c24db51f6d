# One static library per folder, its sources listed:
#   recoup_add_library(recoup_ledger SOURCES journal.cc DEPS recoup_domain PRIVATE_DEPS SQLiteCpp)
# COLD, PROGRAM: see Precompiled.cmake.
function(recoup_add_library target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "COLD;PROGRAM" "" "SOURCES;DEPS;PRIVATE_DEPS")
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${target} PUBLIC recoup_options ${arg_DEPS} PRIVATE recoup_warnings ${arg_PRIVATE_DEPS})
    if(arg_PROGRAM)
      recoup_compile_as(${target} program)
    elseif(arg_COLD)
      recoup_compile_as(${target} cold)
    else()
      recoup_compile_as(${target} hot)
    endif()
  else()  # Headers only.
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${target} INTERFACE recoup_options ${arg_DEPS} ${arg_PRIVATE_DEPS})
  endif()
endfunction()

# recoup_add_executable(recoup-hub SOURCES main.cc DEPS recoup_rpc); lands in build/<preset>/bin.
function(recoup_add_executable target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  add_executable(${target} ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE recoup_options recoup_warnings ${arg_DEPS})
  recoup_compile_as(${target} cold)  # What is hot lives in libraries.
endfunction()
