// The config file: profiles, and the commands that show and change it.
#include "cli/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "absl/status/status_matchers.h"
#include "absl/strings/str_cat.h"
#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::absl_testing::IsOkAndHolds;
using ::absl_testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;

constexpr char kTwoProfiles[] =
    "default_profile = \"home\"\n"
    "timeout = \"7s\"\n"
    "\n"
    "# At home.\n"
    "[profile.home]\n"
    "server = \"127.0.0.1:2\"\n"
    "account = \"me@home.example\"\n"
    "\n"
    "[profile.work]\n"
    "server = \"127.0.0.1:3\"\n"
    "timeout = \"20s\"\n";

class ProfileTest : public CliTest {
 protected:
  std::string Use(const std::string& content) { return WriteFile("chatwire/config.toml", content); }

  static std::string Value(const std::string& key, const std::vector<std::string>& options = {}) {
    std::vector<std::string> arguments = {"config", "get", key};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const RunResult done = RunCli(arguments);
    return done.exit_code == 0 ? done.out : done.error;
  }

  std::string Content(const std::string& name = "chatwire/config.toml") const {
    std::stringstream content;
    content << std::ifstream(directory_ / name).rdbuf();
    return content.str();
  }
};

TEST_F(ProfileTest, TheDefaultProfileBeatsTheTopOfTheFile) {
  Use(kTwoProfiles);
  EXPECT_EQ(Value("server"), "127.0.0.1:2\n");
  EXPECT_EQ(Value("timeout"), "7s\n");
}

TEST_F(ProfileTest, AnotherOneIsChosenByOptionOrVariable) {
  Use(kTwoProfiles);
  EXPECT_EQ(Value("server", {"--profile", "work"}), "127.0.0.1:3\n");
  EXPECT_EQ(Value("timeout", {"--profile", "work"}), "20s\n");
  EXPECT_EQ(Value("account", {"--profile", "work"}), "\n");
  setenv("CHATWIRE_PROFILE", "work", 1);
  EXPECT_EQ(Value("server"), "127.0.0.1:3\n");
  EXPECT_EQ(Value("server", {"--profile", "home"}), "127.0.0.1:2\n");
}

TEST_F(ProfileTest, OptionsAndVariablesBeatTheProfile) {
  Use(kTwoProfiles);
  EXPECT_EQ(Value("server", {"--server", "127.0.0.1:9"}), "127.0.0.1:9\n");
  setenv("CHATWIRE_SERVER", "127.0.0.1:8", 1);
  EXPECT_EQ(Value("server"), "127.0.0.1:8\n");
}

TEST_F(ProfileTest, SuggestsTheProfileThatWasMeant) {
  Use(kTwoProfiles);
  const RunResult done = RunCli({"version", "--profile", "wrok"});
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.error, HasSubstr("no profile \"wrok\"; did you mean \"work\"?"));
  // Without any there is nothing to mean.
  Use("");
  EXPECT_THAT(RunCli({"version", "--profile", "home"}).error,
              HasSubstr("chatwire config set profile.home.server"));
}

TEST_F(ProfileTest, WhereAValueComesFromIsListed) {
  Use(kTwoProfiles);
  setenv("CHATWIRE_ACCOUNT", "you@home.example", 1);
  const RunResult done = RunCli({"config", "list", "--json"});
  ASSERT_EQ(done.exit_code, 0) << done.error;
  std::map<std::string, std::string> sources;
  std::istringstream lines(done.out);
  for (std::string line; std::getline(lines, line);) {
    const Json json = Json::parse(line);
    sources[json["key"]] = json["source"];
  }
  EXPECT_EQ(sources["server"], "profile home");
  EXPECT_EQ(sources["timeout"], "config file");
  EXPECT_EQ(sources["account"], "option or variable");
  EXPECT_EQ(sources["mqtt-server"], "built in");
}

TEST_F(ProfileTest, AProfileIsMadeUsedAndListedByCommands) {
  ASSERT_EQ(RunCli({"config", "set", "profile.home.server", "127.0.0.1:4"}).exit_code, 0);
  ASSERT_EQ(RunCli({"config", "set", "timeout", "9s"}).exit_code, 0);
  ASSERT_EQ(RunCli({"config", "use", "home"}).exit_code, 0);
  EXPECT_EQ(Content(),
            "timeout = \"9s\"\ndefault_profile = \"home\"\n\n[profile.home]\nserver = "
            "\"127.0.0.1:4\"\n");
  EXPECT_EQ(Value("server"), "127.0.0.1:4\n");
  EXPECT_EQ(RunCli({"config", "profiles"}).out, "home\tyes\t127.0.0.1:4\t\t\n");
  struct stat info = {};
  ASSERT_EQ(stat((directory_ / "chatwire/config.toml").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(ProfileTest, CommentsAndTheRestOfTheFileStay) {
  Use(kTwoProfiles);
  ASSERT_EQ(RunCli({"config", "set", "profile.home.server", "127.0.0.1:4"}).exit_code, 0);
  std::string expected = kTwoProfiles;
  expected.replace(expected.find("127.0.0.1:2"), 11, "127.0.0.1:4");
  EXPECT_EQ(Content(), expected);
  ASSERT_EQ(RunCli({"config", "unset", "profile.home.account"}).exit_code, 0);
  EXPECT_THAT(Content(), AllOf(HasSubstr("# At home."), Not(HasSubstr("account"))));
}

TEST_F(ProfileTest, RefusesWhatWouldBreakTheFile) {
  Use(kTwoProfiles);
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"config", "set", "sevrer", "127.0.0.1:1"},
        {"config", "set", "server", "nowhere"},
        {"config", "set", "timeout", "soon"},
        {"config", "set", "profile.a b.server", "127.0.0.1:1"},
        {"config", "set", "account", "a\nb"},
        {"config", "set", "account", "\"'"},
        {"config", "set", "home.server", "127.0.0.1:1"},
        {"config", "use", "wrok"}}) {
    EXPECT_EQ(RunCli(wrong).exit_code, 2) << wrong[2];
  }
  EXPECT_EQ(Content(), kTwoProfiles);
  EXPECT_EQ(RunCli({"config", "get", "profile.work.account"}).exit_code, 4);
}

TEST_F(ProfileTest, ADefaultProfileThatIsGoneCanBeMendedByCommand) {
  Use("default_profile = \"gone\"\n[profile.home]\nserver = \"127.0.0.1:2\"\n");
  EXPECT_EQ(RunCli({"version"}).exit_code, 2);
  ASSERT_EQ(RunCli({"config", "use", "home"}).exit_code, 0);
  EXPECT_EQ(RunCli({"version"}).exit_code, 0);
}

TEST(ConfigFileTest, TellsTheTablesThatAreNoProfiles) {
  for (const char* const wrong :
       {"[home]\nserver = \"a:1\"\n", "[profile]\nserver = \"a:1\"\n",
        "[profile.a.b]\nserver = \"a:1\"\n", "[profile.home]\ndefault_profile = \"home\"\n"}) {
    EXPECT_THAT(ParseConfig("f", wrong), StatusIs(absl::StatusCode::kInvalidArgument)) << wrong;
  }
}

TEST(ConfigFileTest, ValuesWithQuotesComeBackAsTheyWere) {
  for (const char* const value : {"C:\\x", "a \"b\"", "it's", "a # b", "a = b", ""}) {
    const auto edited = EditConfig("", "home", "account", value);
    ASSERT_TRUE(edited.ok()) << value;
    const auto content = ParseConfig("f", *edited);
    ASSERT_TRUE(content.ok()) << *edited << content.status();
    ASSERT_NE(content->Find("home", "account"), nullptr) << *edited;
    EXPECT_EQ(content->Find("home", "account")->value, value) << *edited;
  }
}

TEST(ConfigFileTest, BothSpellingsOfAKeyAreTheSame) {
  EXPECT_THAT(EditConfig("mqtt-server = \"a:1\"\n", "", "mqtt-server", "b:2"),
              IsOkAndHolds("mqtt_server = \"b:2\"\n"));
}

TEST(ConfigFileTest, EveryLineThatIsNotUnderstoodIsNamed) {
  for (const char* const wrong :
       {"server =", "server = \"a:1", "server = 'a:1", "\xff\xfe", "server", "[profile.home",
        "server = \"a:1\" x", "server = [\"a:1\"]", "sever = \"a:1\"", "timeout = \"1s\"",
        "account = \"\\x\"", "[home]", "= 1"}) {
    const auto read = ParseConfig("/f.toml", absl::StrCat("# c\ntimeout = 5\n", wrong, "\n"));
    EXPECT_THAT(read, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("/f.toml, line 3: ")))
        << wrong;
  }
}

TEST(ConfigFileTest, ReadsThePartOfTomlThatItKnows) {
  const auto read = ParseConfig(
      "f", "\t# c\r\nserver=a:1\r\naccount = 'a\\b' # c\n[ profile.x ] # c\nca = \"a\\\"b\"#c\n");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->Find("", "server")->value, "a:1");
  EXPECT_EQ(read->Find("", "account")->value, "a\\b");
  EXPECT_EQ(read->Find("x", "ca")->value, "a\"b");
}

TEST(ConfigFileTest, TheCommentBehindAValueStays) {
  EXPECT_THAT(EditConfig("server = \"a:1\"  # c\n", "", "server", "b:2"),
              IsOkAndHolds("server = \"b:2\"  # c\n"));
}

TEST_F(ProfileTest, ABrokenFileIsNamedByEveryCommand) {
  const std::string path = Use("server = \"a:1\n");
  for (const char* const command : {"doctor", "accounts", "version"}) {
    const RunResult done = RunCli({command});
    EXPECT_EQ(done.exit_code, 2) << command;
    EXPECT_THAT(done.error, HasSubstr(path + ", line 1: "));
  }
}

TEST_F(ProfileTest, TheWayToTheFileIsPrintedOnlyWhereThereIsOne) {
  const std::string home = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
  unsetenv("HOME");
  // XDG Base Directory Specification: a relative path is ignored.
  setenv("XDG_CONFIG_HOME", "relative", 1);
  const RunResult done = RunCli({"config", "path"});
  setenv("HOME", home.c_str(), 1);
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.error, HasSubstr("--config"));
}

TEST_F(ProfileTest, AnAddressHasNoBlanks) {
  const std::string token = WriteFile("t", "t\n");
  const RunResult done = RunCli({"accounts", "--server", "a b:1", "--token-file", token});
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.error, HasSubstr("host:port"));
}

using SecretFileTest = CliServiceTest;

TEST_F(SecretFileTest, WarnsOfATokenThatOthersCanRead) {
  accounts_.list = [](auto&, const auto&, auto&) { return grpc::Status::OK; };
  const std::string token = WriteFile("shared.token", "t\n");
  EXPECT_THAT(RunCli({"accounts", "--token-file", token}).error, IsEmpty());
  ASSERT_EQ(chmod(token.c_str(), 0644), 0);
  const RunResult done = RunCli({"accounts", "--token-file", token});
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_THAT(done.error, HasSubstr("chmod 600 " + token));
}

TEST_F(SecretFileTest, RefusesASavedTokenThatOthersCanRead) {
  unsetenv("CHATWIRE_TOKEN_FILE");
  accounts_.login = [](auto&, const auto&, auto& response) {
    response.mutable_account()->set_account("bot@example.org");
    response.set_token("cw_fresh");
    return grpc::Status::OK;
  };
  accounts_.list = [](auto&, const auto&, auto&) { return grpc::Status::OK; };
  const RunResult login = RunCli({"login", "bot@example.org", "--password-stdin", "--json"}, "x\n");
  const std::string path = Json::parse(login.out)["token_file"];
  ASSERT_EQ(RunCli({"accounts"}).exit_code, 0);
  ASSERT_EQ(chmod(path.c_str(), 0640), 0);
  const RunResult done = RunCli({"accounts"});
  EXPECT_EQ(done.exit_code, 3);
  EXPECT_THAT(done.error, HasSubstr("chmod 600 " + path));
}

}  // namespace
}  // namespace chatwire::cli
