# recoup_add_proto_library(recoup_protos PROTO_ROOT dir PROTOS recoup/v1/fund_service.proto … IMPORTS dir …)
# Messages. Generated code is a SYSTEM include, so our warnings stay errors.
function(recoup_add_proto_library target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PROTO_ROOT" "PROTOS;IMPORTS")
  recoup_generate_from_protos(${target} "cpp" "pb" "${arg_PROTO_ROOT}" "${arg_IMPORTS}" "${arg_PROTOS}")
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf)
endfunction()

# recoup_add_stub_library(recoup_stubs PROTO_ROOT dir SERVICES recoup/v1/fund_service.proto … MESSAGES recoup_protos
#                         IMPORTS dir …)
# Stubs and service classes as gRPC generates them, for the clients and false hubs of tests and benchmarks. The programs
# do without: what is generated takes longer to compile than they do (hub/rpc/service.h, adapters/common/hub_method.h).
function(recoup_add_stub_library target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PROTO_ROOT;MESSAGES" "SERVICES;IMPORTS")
  recoup_generate_from_protos(${target} "grpc" "grpc.pb" "${arg_PROTO_ROOT}" "${arg_IMPORTS}" "${arg_SERVICES}")
  target_link_libraries(${target} PUBLIC ${arg_MESSAGES} gRPC::grpc++)
endfunction()

function(recoup_generate_from_protos target generator ending proto_root imports protos)
  set(gen_dir "${CMAKE_CURRENT_BINARY_DIR}/gen")
  file(MAKE_DIRECTORY "${gen_dir}")
  set(includes -I "${proto_root}")
  foreach(import IN LISTS imports)
    list(APPEND includes -I "${import}")
  endforeach()
  set(plugin)
  if(generator STREQUAL "grpc")
    set(plugin "--plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>")
  endif()
  list(TRANSFORM protos PREPEND "${proto_root}/" OUTPUT_VARIABLE all_protos)
  foreach(proto IN LISTS protos)
    cmake_path(REPLACE_EXTENSION proto LAST_ONLY "" OUTPUT_VARIABLE stem)
    set(out "${gen_dir}/${stem}.${ending}.cc" "${gen_dir}/${stem}.${ending}.h")
    add_custom_command(OUTPUT ${out}
      COMMAND protobuf::protoc "--${generator}_out=${gen_dir}" ${plugin} ${includes} "${proto_root}/${proto}"
      DEPENDS ${all_protos} protobuf::protoc gRPC::grpc_cpp_plugin
      COMMENT "protoc ${proto}" VERBATIM)
    if(generator STREQUAL "cpp")  # What protoc makes of messages names its tables alike in every file.
      set_source_files_properties("${gen_dir}/${stem}.pb.cc" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
    list(APPEND outputs ${out})
  endforeach()
  add_library(${target} STATIC ${outputs})
  target_include_directories(${target} SYSTEM PUBLIC "${gen_dir}")
  target_link_libraries(${target} PUBLIC recoup_options)
  # The flags of the parsed headers; what the compiler would say of generated code is not for us.
  target_link_libraries(${target} PRIVATE recoup_warnings)
  target_compile_options(${target} PRIVATE -w)
  recoup_compile_as(${target} cold)
endfunction()
