# Flags live on interface targets; nothing touches CMAKE_CXX_FLAGS.
set(RECOUP_SANITIZE "" CACHE STRING "Sanitizers, for instance address,undefined or thread.")
option(RECOUP_WERROR "Treat warnings as errors." OFF)

add_library(recoup_options INTERFACE)
target_compile_features(recoup_options INTERFACE cxx_std_20)
target_compile_options(recoup_options INTERFACE -pthread)  # Everywhere, so that parsed headers fit everywhere.
if(RECOUP_SANITIZE)
  target_compile_options(recoup_options INTERFACE "-fsanitize=${RECOUP_SANITIZE}" -fno-omit-frame-pointer
                         -fno-sanitize-recover=undefined)
  target_link_options(recoup_options INTERFACE "-fsanitize=${RECOUP_SANITIZE}")
endif()

add_library(recoup_warnings INTERFACE)
target_compile_options(recoup_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wimplicit-fallthrough -Wswitch-enum
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond>
  # Several files are compiled as one, and GCC takes every file but the first for a header.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-subobject-linkage>
  $<$<BOOL:${RECOUP_WERROR}>:-Werror>)
