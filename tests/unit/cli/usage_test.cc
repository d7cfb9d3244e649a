// Wrong use: one line, what was meant, exit code 2. And where the values of options come from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "cli/exit_code.h"
#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

using UsageTest = CliTest;

TEST_F(UsageTest, SuggestsTheCommandThatWasMeant) {
  const RunResult result = RunCli({"wacth"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.error,
            "chatwire: unknown command \"wacth\"; did you mean \"watch\"? See `chatwire --help`\n");
  EXPECT_THAT(result.out, IsEmpty());
}

TEST_F(UsageTest, SuggestsWithinTheGroup) {
  EXPECT_THAT(RunCli({"checkbox", "toggel", "lamp"}).error, HasSubstr("\"toggle\""));
}

TEST_F(UsageTest, SuggestsOptionsOfTheCommandAndGlobalOnes) {
  EXPECT_THAT(RunCli({"send", "a@b", "hi", "--wiat=ack"}).error, HasSubstr("\"--wait\""));
  EXPECT_THAT(RunCli({"accounts", "--mqt-server", "x"}).error, HasSubstr("\"--mqtt-server\""));
}

TEST_F(UsageTest, TellsErrorsAsJsonWhenAsked) {
  EXPECT_EQ(RunCli({"send", "--json", "a@b"}).error,
            "{\"error\":{\"code\":\"INVALID_ARGUMENT\",\"reason\":\"USAGE\",\"message\":"
            "\"BODY is required; see `chatwire send --help`\"}}\n");
}

TEST_F(UsageTest, WantsACommand) {
  const RunResult result = RunCli({});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.error, HasSubstr("no command was given"));
}

TEST_F(UsageTest, RefusesArgumentsThatAreNotUtf8) {
  const RunResult result = RunCli({"send", "a@b", "caf\xe9"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.error, HasSubstr("argument 3 is not UTF-8"));
}

TEST_F(UsageTest, ATextIsNotTakenForOptionsLetterByLetter) {
  for (const char* const text : {"-hello", "-v is great", "-verbose"}) {
    const RunResult result = RunCli({"send", "alice@example.org", text});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.error, HasSubstr(std::string("\"") + text + "\" is no option"));
  }
  EXPECT_EQ(RunCli({"version", "-vh"}).exit_code, 0);
}

TEST_F(UsageTest, ATextBehindTwoDashesIsTakenAsItIs) {
  const RunResult result = RunCli({"send", "alice@example.org", "--", "-hello"});
  EXPECT_THAT(result.error, Not(HasSubstr("is no option")));
  EXPECT_NE(result.exit_code, 2) << result.error;
}

TEST_F(UsageTest, ATokenFileWithMoreThanATokenIsRefused) {
  const RunResult result =
      RunCli({"accounts", "--server", "localhost:1", "--token-file", WriteFile("t", "to\nken")});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.error, HasSubstr("does not hold a token"));
}

TEST_F(UsageTest, EveryCommandHasAnExampleInItsHelp) {
  const std::vector<std::vector<std::string>> commands = {{"login"},
                                                          {"logout"},
                                                          {"accounts"},
                                                          {"send"},
                                                          {"watch"},
                                                          {"contacts"},
                                                          {"presence"},
                                                          {"health"},
                                                          {"version"},
                                                          {"checkbox"},
                                                          {"checkbox", "list"},
                                                          {"checkbox", "create"},
                                                          {"checkbox", "get"},
                                                          {"checkbox", "set"},
                                                          {"checkbox", "toggle"},
                                                          {"checkbox", "delete"},
                                                          {"checkbox", "watch"}};
  for (std::vector<std::string> command : commands) {
    command.push_back("--help");
    const RunResult result = RunCli(command);
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, HasSubstr("Example")) << command.front();
    EXPECT_THAT(result.error, IsEmpty());
  }
}

TEST_F(UsageTest, NamesTheServiceThatIsAway) {
  // Port 1 needs privileges to listen on, and nobody does.
  const RunResult result = RunCli({"accounts", "--server", "127.0.0.1:1", "--timeout", "200ms",
                                   "--token-file", WriteFile("token", "t")});
  EXPECT_EQ(result.exit_code, 6);
  EXPECT_THAT(result.error, HasSubstr("xmpp-service at 127.0.0.1:1"));
  EXPECT_THAT(result.error, HasSubstr("start chatwire-xmppd"));
  EXPECT_THAT(result.out, IsEmpty());
}

TEST_F(UsageTest, SaysHowToGetAToken) {
  const RunResult result = RunCli({"accounts", "--json"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.error, HasSubstr("\"reason\":\"NO_TOKEN\""));
  EXPECT_THAT(result.error, HasSubstr("chatwire login"));
}

TEST_F(UsageTest, RefusesBadAddressesTimeoutsAndFiles) {
  const std::string token = WriteFile("token", "t");
  EXPECT_EQ(RunCli({"accounts", "--server", "nowhere", "--token-file", token}).exit_code, 2);
  EXPECT_EQ(RunCli({"accounts", "--timeout", "soon"}).exit_code, 2);
  EXPECT_EQ(RunCli({"accounts", "--timeout", "-1s"}).exit_code, 2);
  EXPECT_EQ(RunCli({"accounts", "--token-file", token, "--ca", "/nowhere"}).exit_code, 2);
  EXPECT_EQ(RunCli({"accounts", "--token-file", "/nowhere"}).exit_code, 3);
}

/// Where the address came from shows in the error that nothing listens there.
class PrecedenceTest : public CliTest {
 protected:
  std::string AddressUsed(const std::vector<std::string>& options) {
    std::vector<std::string> arguments = {"accounts", "--timeout", "50ms"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const std::string token = WriteFile("token", "t");
    setenv("CHATWIRE_TOKEN_FILE", token.c_str(), 1);
    const std::string error = RunCli(arguments).error;
    const size_t at = error.find("127.0.0.1:");
    return at == std::string::npos ? error : error.substr(at, error.find(' ', at) - at);
  }
};

TEST_F(PrecedenceTest, TheConfigFileBeatsTheBuiltInValue) {
  WriteFile("chatwire/config.toml", "# where it runs\nserver = \"127.0.0.1:2\"\n");
  EXPECT_EQ(AddressUsed({}), "127.0.0.1:2");
}

TEST_F(PrecedenceTest, TheEnvironmentBeatsTheConfigFile) {
  WriteFile("chatwire/config.toml", "server = \"127.0.0.1:2\"\n");
  setenv("CHATWIRE_SERVER", "127.0.0.1:3", 1);
  EXPECT_EQ(AddressUsed({}), "127.0.0.1:3");
}

TEST_F(PrecedenceTest, TheCommandLineBeatsTheEnvironment) {
  WriteFile("chatwire/config.toml", "server = \"127.0.0.1:2\"\n");
  setenv("CHATWIRE_SERVER", "127.0.0.1:3", 1);
  EXPECT_EQ(AddressUsed({"--server", "127.0.0.1:4"}), "127.0.0.1:4");
}

TEST_F(PrecedenceTest, AnotherConfigFileCanBeNamed) {
  WriteFile("chatwire/config.toml", "server = \"127.0.0.1:2\"\n");
  const std::string other = WriteFile("other.toml", "server = \"127.0.0.1:5\"\n");
  EXPECT_EQ(AddressUsed({"--config", other}), "127.0.0.1:5");
}

TEST_F(PrecedenceTest, RefusesUnknownKeysAndNamedFilesThatAreMissing) {
  const std::string file = WriteFile("bad.toml", "sevrer = \"x:1\"\n");
  const RunResult unknown = RunCli({"accounts", "--config", file});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.error, HasSubstr("did you mean \"server\"?"));
  EXPECT_EQ(RunCli({"accounts", "--config", "/nowhere"}).exit_code, 2);
  const std::string section = WriteFile("section.toml", "[home]\nserver = \"x:1\"\n");
  EXPECT_EQ(RunCli({"accounts", "--config", section}).exit_code, 2);
}

TEST_F(PrecedenceTest, TheConfigFileMayAskForJson) {
  WriteFile("chatwire/config.toml", "json = true\n");
  EXPECT_THAT(RunCli({"version"}).out, StartsWith("{\"version\":"));
}

TEST(ExitCodeTest, TellsKindsOfErrorApart) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), ExitCode::kOk);
  EXPECT_EQ(ExitCodeOf(absl::InternalError("")), ExitCode::kOther);
  EXPECT_EQ(ExitCodeOf(absl::OutOfRangeError("")), ExitCode::kOther);
  EXPECT_EQ(ExitCodeOf(absl::CancelledError("")), ExitCode::kOther);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("")), ExitCode::kUsage);
  EXPECT_EQ(ExitCodeOf(absl::UnauthenticatedError("")), ExitCode::kPermission);
  EXPECT_EQ(ExitCodeOf(absl::PermissionDeniedError("")), ExitCode::kPermission);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("")), ExitCode::kNotFound);
  EXPECT_EQ(ExitCodeOf(absl::AlreadyExistsError("")), ExitCode::kConflict);
  EXPECT_EQ(ExitCodeOf(absl::AbortedError("")), ExitCode::kConflict);
  EXPECT_EQ(ExitCodeOf(absl::FailedPreconditionError("")), ExitCode::kConflict);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), ExitCode::kUnavailable);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("")), ExitCode::kNotConfirmed);
}

TEST_F(UsageTest, HelpIsACommandToo) {
  EXPECT_EQ(RunCli({"help"}).out, RunCli({"--help"}).out);
  const RunResult done = RunCli({"help", "checkbox", "set"});
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_EQ(done.out, RunCli({"checkbox", "set", "--help"}).out);
}

}  // namespace
}  // namespace chatwire::cli
