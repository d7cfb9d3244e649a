# The functions that make every target of the project, so that warnings and include paths are set in one place.
include(GoogleTest)
include(ChatwireUnity)

# Sets what holds for hand-written code.
function(chatwire_compile_options target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow -Werror)
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
endfunction()

# chatwire_library(name SOURCES a.cc a.h ... [PUBLIC lib ...] [PRIVATE lib ...])
function(chatwire_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  add_library(chatwire::${name} ALIAS ${name})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
  chatwire_compile_options(${name})
  chatwire_unity(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# chatwire_program(name SOURCES main.cc ... LIBS lib ...)
function(chatwire_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  chatwire_compile_options(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LIBS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
endfunction()

# chatwire_test(name SOURCES a_test.cc ... LIBS lib ... [LABELS unit ...])
function(chatwire_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  chatwire_compile_options(${name})
  chatwire_unity(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBS} GTest::gmock GTest::gtest GTest::gtest_main
                                        PkgConfig::ABSL_STATUS_MATCHERS)
  # Escaped, or the second label is taken for the name of a property, and the time-out for its value.
  string(REPLACE ";" "\\;" labels "${ARG_LABELS}")
  gtest_discover_tests(${name} PROPERTIES LABELS "${labels}" TIMEOUT 120 DISCOVERY_TIMEOUT 60)
endfunction()

# chatwire_proto_library(name PROTOS path ... [GRPC] [LIBS lib ...]): paths from the folder proto/.
#
# Generated code is compiled without our warnings and its headers are system headers.
function(chatwire_proto_library name)
  cmake_parse_arguments(ARG "GRPC" "" "PROTOS;LIBS" ${ARGN})
  set(proto_root "${PROJECT_SOURCE_DIR}/proto")
  set(out "${PROJECT_BINARY_DIR}/generated")
  file(MAKE_DIRECTORY "${out}")
  set(generated)
  foreach(proto IN LISTS ARG_PROTOS)
    string(REGEX REPLACE "\\.proto$" "" stem "${proto}")
    set(files "${out}/${stem}.pb.cc" "${out}/${stem}.pb.h")
    set(grpc_args)
    if(ARG_GRPC)
      list(APPEND files "${out}/${stem}.grpc.pb.cc" "${out}/${stem}.grpc.pb.h")
      set(grpc_args "--grpc_out=${out}" "--plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN}")
    endif()
    add_custom_command(
      OUTPUT ${files}
      COMMAND protobuf::protoc "--cpp_out=${out}" ${grpc_args} "-I${proto_root}" "${proto}"
      DEPENDS "${proto_root}/${proto}"
      COMMENT "Generating ${stem}")
    list(APPEND generated ${files})
  endforeach()
  add_library(${name} STATIC ${generated})
  add_library(chatwire::${name} ALIAS ${name})
  target_include_directories(${name} SYSTEM PUBLIC "${out}")
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf ${ARG_LIBS})
  if(ARG_GRPC)
    target_link_libraries(${name} PUBLIC gRPC::grpc++)
  endif()
endfunction()
