// No token is made that cannot be kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/cli/any_service.h"
#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TokenPlaceTest : public CliTest {
 protected:
  TokenPlaceTest() {
    setenv("CHATWIRE_SERVER", service_.address().c_str(), 1);
    setenv("CHATWIRE_TOKEN_FILE", WriteFile("xmpp.token", "xmpp-secret\n").c_str(), 1);
  }

  AnyService service_;
};

TEST_F(TokenPlaceTest, NoLoginWhereTheFileCannotBeWritten) {
  const std::string nowhere = (directory_ / "no" / "x").string();
  for (const std::string& place : {nowhere, std::string("/dev/null"), directory_.string()}) {
    const RunResult done =
        RunCli({"login", "a@b", "--password-stdin", "--token-out", place}, "x\n");
    EXPECT_EQ(done.exit_code, 1) << place;
    EXPECT_THAT(done.error, HasSubstr(place));
  }
  EXPECT_THAT(service_.asked(), IsEmpty());
}

TEST_F(TokenPlaceTest, NoLoginAndNoRegistrationWithoutAPlaceForTokens) {
  const std::string taken = WriteFile("chatwire/tokens", "a file, no directory");
  for (const auto& command : {std::vector<std::string>{"login", "a@b", "--password-stdin"},
                              {"account", "register", "a@b", "--password-stdin"}}) {
    const RunResult done = RunCli(command, "x\n");
    EXPECT_EQ(done.exit_code, 1) << command.front();
    EXPECT_THAT(done.error, HasSubstr(taken));
  }
  EXPECT_THAT(service_.asked(), IsEmpty());
}

TEST_F(TokenPlaceTest, NoTokenIsMadeForAFileThatCannotBeWritten) {
  const std::string place = (directory_ / "no" / "x").string();
  const RunResult done =
      RunCli({"token", "create", "xmpp", "--label", "l", "--scope", "chat", "--out", place});
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_THAT(done.error, HasSubstr(place));
  EXPECT_THAT(service_.asked(), IsEmpty());
}

}  // namespace
}  // namespace chatwire::cli
