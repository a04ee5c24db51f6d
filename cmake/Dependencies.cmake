# Every outside library, all from Debian 12. Nothing is downloaded here; scripts/install-deps installs them.
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)  # MODULE mode: Debian 12 ships no protobuf-config.cmake.
find_package(gRPC CONFIG REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(SQLiteCpp CONFIG REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(GTest CONFIG REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(pugixml CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(toml11 CONFIG REQUIRED)
# libssl by itself, for listeners that speak TLS: with libcrypto beside it on a link line, BoringSSL's callers could be
# bound to OpenSSL's functions of the same names.
find_library(RECOUP_LIBSSL ssl REQUIRED)
# Nor does gRPC's target bring libcrypto: libgrpc.so finds it by itself. Beside BoringSSL the linker took one or the
# other, depending on what else a program referred to.
foreach(target gRPC::grpc gRPC::grpc_unsecure gRPC::grpc++)
  get_target_property(grpc_libraries ${target} INTERFACE_LINK_LIBRARIES)
  list(REMOVE_ITEM grpc_libraries OpenSSL::SSL OpenSSL::Crypto)
  set_target_properties(${target} PROPERTIES INTERFACE_LINK_LIBRARIES "${grpc_libraries}")
endforeach()
find_package(ICU REQUIRED COMPONENTS uc i18n data)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(POPPLER REQUIRED IMPORTED_TARGET poppler-cpp)
pkg_check_modules(TESSERACT REQUIRED IMPORTED_TARGET tesseract lept)
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
find_path(HTTPLIB_INCLUDE_DIR httplib.h REQUIRED)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)

# The google/rpc protos come from Debian's libgoogle-common-protos-java, out of its jar.
set(RECOUP_COMMON_PROTOS_JAR "/usr/share/java/proto-google-common-protos.jar" CACHE FILEPATH
    "Jar that holds google/rpc/*.proto.")
