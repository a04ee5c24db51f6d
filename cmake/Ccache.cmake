# Uses ccache where it is installed; never requires it.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # What a file includes is learnt from its compilation instead of from another run of the preprocessor, and files with
  # precompiled headers are kept as well.
  set(launcher env CCACHE_DEPEND=1 CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE_PROGRAM}")
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()
