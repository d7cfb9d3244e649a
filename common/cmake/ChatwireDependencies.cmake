# Every library that Chatwire links, found once. All are packages of Debian 13; QXmpp is our patched build where
# there is one (deploy/qxmpp).
find_package(Threads REQUIRED)
find_package(absl REQUIRED)
# Protobuf has no CMake package in Debian 13: module mode, and before gRPC, which looks for it.
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SQLITE3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ftxui REQUIRED)
find_package(PahoMqttCpp REQUIRED)
find_package(Qt6 REQUIRED COMPONENTS Core Network)

list(APPEND CMAKE_PREFIX_PATH /opt/chatwire/qxmpp)
# 1.10.0 and 1.10.1 accepted "moved" subscriptions by themselves.
find_package(QXmppQt6 1.10.2 REQUIRED)

if(CHATWIRE_BUILD_TESTS)
  find_package(GTest REQUIRED)
  # The status matchers are in no CMake package of Debian's Abseil.
  pkg_check_modules(ABSL_STATUS_MATCHERS REQUIRED IMPORTED_TARGET absl_status_matchers)
endif()
