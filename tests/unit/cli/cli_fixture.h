#ifndef CHATWIRE_TESTS_UNIT_CLI_CLI_FIXTURE_H_
#define CHATWIRE_TESTS_UNIT_CLI_CLI_FIXTURE_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cli/streams.h"
#include "common/error.h"
#include "common/rpc/server.h"
#include "tests/unit/cli/fake_services.h"

namespace chatwire::cli {

/// What one run of the program left behind.
struct RunResult {
  int exit_code = -1;
  std::string out;
  std::string error;
};

/// Runs the program with files in place of its streams.
RunResult RunCli(const std::vector<std::string>& arguments, const std::string& input = "");

/// The same with streams that the test made.
int RunCliWith(const std::vector<std::string>& arguments, const Streams& streams);

/// The bearer token that came with a call.
std::string TokenOf(const grpc::ServerContext& context);

/// What a service answers for an error with a reason.
grpc::Status Failure(absl::StatusCode code, const char* reason, const std::string& message);

/// A configuration directory of its own and no variable of ours from outside. No services.
class CliTest : public ::testing::Test {
 protected:
  CliTest();
  ~CliTest() override;

  /// Writes @p content to a new file with mode 0600 and returns its path.
  std::string WriteFile(const std::string& name, const std::string& content);

  std::filesystem::path directory_;
};

/// Both services as fakes behind one server with health, and a token for each.
class CliServiceTest : public CliTest {
 protected:
  CliServiceTest();

  FakeAccountService accounts_;
  FakeChatService chat_;
  FakeEventService events_;
  FakeRosterService roster_;
  FakePresenceService presence_;
  FakeCheckboxService checkboxes_;
  FakeCheckboxGroupService checkbox_groups_;
  std::unique_ptr<RpcServer> server_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_TESTS_UNIT_CLI_CLI_FIXTURE_H_
