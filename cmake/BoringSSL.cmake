# BoringSSL's libcrypto as a private static library; docs/adr/2026-11-21-boringssl.md says why.
# Only recoup_crypto links it, and privately: gRPC brings OpenSSL, whose headers and symbols carry the same names.
set(RECOUP_BORINGSSL_VERSION "13.0.0+r24-2")  # scripts/fetch-boringssl pins the same, with checksums.
if(DEFINED ENV{XDG_CACHE_HOME})
  set(cache_home "$ENV{XDG_CACHE_HOME}")
else()
  set(cache_home "$ENV{HOME}/.cache")
endif()
set(RECOUP_BORINGSSL_SOURCE "${cache_home}/recoup/boringssl-${RECOUP_BORINGSSL_VERSION}" CACHE PATH
    "BoringSSL source tree with an android-sources.cmake.")
if(NOT EXISTS "${RECOUP_BORINGSSL_SOURCE}/android-sources.cmake")
  message(FATAL_ERROR "No BoringSSL source in ${RECOUP_BORINGSSL_SOURCE}. Run scripts/fetch-boringssl, "
                      "or set RECOUP_BORINGSSL_SOURCE to a tree that holds android-sources.cmake.")
endif()

set(BORINGSSL_ROOT "${RECOUP_BORINGSSL_SOURCE}/")
include("${RECOUP_BORINGSSL_SOURCE}/android-sources.cmake")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|amd64|AMD64)$")
  set(boringssl_assembly ${crypto_sources_linux_x86_64})
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  set(boringssl_assembly ${crypto_sources_linux_aarch64})
else()
  message(FATAL_ERROR "BoringSSL is built for x86_64 and aarch64, not for ${CMAKE_SYSTEM_PROCESSOR}.")
endif()

add_library(recoup_boringssl STATIC ${crypto_sources} ${boringssl_assembly})
set_target_properties(recoup_boringssl PROPERTIES UNITY_BUILD OFF)  # Not written for it.
target_include_directories(recoup_boringssl SYSTEM PUBLIC "${RECOUP_BORINGSSL_SOURCE}/src/include")
# Hidden: else the executable would export BoringSSL's symbols to libgrpc, which means OpenSSL's.
# Optimised in every build type, never sanitized: it is not ours to debug, and tests seal a lot.
target_compile_options(recoup_boringssl PRIVATE -fvisibility=hidden -w -O2)
target_compile_definitions(recoup_boringssl PRIVATE BORINGSSL_IMPLEMENTATION _XOPEN_SOURCE=700)
set_target_properties(recoup_boringssl PROPERTIES C_STANDARD 11 POSITION_INDEPENDENT_CODE ON)
target_link_libraries(recoup_boringssl PUBLIC Threads::Threads)
