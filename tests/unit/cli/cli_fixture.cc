#include "tests/unit/cli/cli_fixture.h"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include "cli/program.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

std::string ReadBack(int fd) {
  std::string content;
  std::array<char, 4096> buffer = {};
  lseek(fd, 0, SEEK_SET);
  for (ssize_t got = 1; got > 0;) {
    got = read(fd, buffer.data(), buffer.size());
    if (got > 0) content.append(buffer.data(), static_cast<size_t>(got));
  }
  close(fd);
  return content;
}

}  // namespace

int RunCliWith(const std::vector<std::string>& arguments, const Streams& streams) {
  // As main() does.
  std::signal(SIGPIPE, SIG_IGN);
  std::vector<const char*> argv = {"chatwire"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  return RunProgram(static_cast<int>(argv.size()), argv.data(), streams);
}

RunResult RunCli(const std::vector<std::string>& arguments, const std::string& input) {
  const Streams streams{memfd_create("in", 0), memfd_create("out", 0), memfd_create("error", 0)};
  EXPECT_EQ(write(streams.in, input.data(), input.size()), static_cast<ssize_t>(input.size()));
  lseek(streams.in, 0, SEEK_SET);
  RunResult result;
  result.exit_code = RunCliWith(arguments, streams);
  result.out = ReadBack(streams.out);
  result.error = ReadBack(streams.error);
  close(streams.in);
  return result;
}

std::string TokenOf(const grpc::ServerContext& context) {
  const auto found = context.client_metadata().find("authorization");
  if (found == context.client_metadata().end()) return "";
  return {found->second.data(), found->second.size()};
}

grpc::Status Failure(absl::StatusCode code, const char* reason, const std::string& message) {
  return ToGrpcStatus(MakeError(code, {"xmpp.chatwire", reason}, message));
}

CliTest::CliTest() {
  std::string name = (std::filesystem::temp_directory_path() / "chatwire-cli-XXXXXX").string();
  directory_ = mkdtemp(name.data());
  for (const char* const variable :
       {"CHATWIRE_SERVER", "CHATWIRE_MQTT_SERVER", "CHATWIRE_TOKEN_FILE",
        "CHATWIRE_MQTT_TOKEN_FILE", "CHATWIRE_CA", "CHATWIRE_CERT", "CHATWIRE_KEY",
        "CHATWIRE_ACCOUNT", "CHATWIRE_TIMEOUT", "CHATWIRE_PROFILE"}) {
    unsetenv(variable);
  }
  setenv("XDG_CONFIG_HOME", directory_.c_str(), 1);
  setenv("TZ", "UTC", 1);
  setenv("NO_COLOR", "1", 1);
  setenv("GRPC_VERBOSITY", "NONE", 1);
}

CliTest::~CliTest() { std::filesystem::remove_all(directory_); }

std::string CliTest::WriteFile(const std::string& name, const std::string& content) {
  const std::filesystem::path path = directory_ / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << content;
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return path.string();
}

CliServiceTest::CliServiceTest() {
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  auto server = StartServer(options, {&accounts_, &chat_, &events_, &roster_, &presence_,
                                      &checkboxes_, &checkbox_groups_});
  EXPECT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
  setenv("CHATWIRE_SERVER", server_->address().c_str(), 1);
  setenv("CHATWIRE_MQTT_SERVER", server_->address().c_str(), 1);
  setenv("CHATWIRE_TOKEN_FILE", WriteFile("xmpp.token", "xmpp-secret\n").c_str(), 1);
  setenv("CHATWIRE_MQTT_TOKEN_FILE", WriteFile("mqtt.token", "mqtt-secret\n").c_str(), 1);
}

}  // namespace chatwire::cli
