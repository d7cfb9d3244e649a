# What a person may choose, and what holds for every target.
option(CHATWIRE_BUILD_TESTS "Build the tests" ON)
set(CHATWIRE_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them: address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

if(CHATWIRE_SANITIZE)
  add_compile_options(-fsanitize=${CHATWIRE_SANITIZE} -fno-omit-frame-pointer)
  if(CHATWIRE_SANITIZE MATCHES undefined)
    # A finding fails the test that met it. The vptr check wants type information of libraries that have none.
    add_compile_options(-fno-sanitize-recover=undefined -fno-sanitize=vptr)
  endif()
  add_link_options(-fsanitize=${CHATWIRE_SANITIZE})
endif()
