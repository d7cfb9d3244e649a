// What a shell is offered at each place of a command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CompletionTest : public CliServiceTest {
 protected:
  CompletionTest() {
    roster_.list = [](auto&, const auto&, auto& response) {
      auto& alice = *response.add_contacts();
      alice.set_jid("alice@example.org");
      alice.set_name("Alice");
      response.add_contacts()->set_jid("bob@example.org");
      return grpc::Status::OK;
    };
    checkboxes_.list = [](auto&, const auto&, auto& response) {
      response.add_checkboxes()->set_name("lamp");
      return grpc::Status::OK;
    };
  }

  std::string Offered(std::vector<std::string> words) {
    words.insert(words.begin(), "__complete");
    const RunResult done = RunCli(words);
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_THAT(done.error, IsEmpty());
    return done.out;
  }
};

TEST_F(CompletionTest, OffersCommandsThatFit) {
  EXPECT_EQ(
      Offered({"conta"}),
      "contacts\tList the account's contacts\ncontact\tList, add, group and block contacts\n");
  EXPECT_THAT(Offered({"contact", "re"}), HasSubstr("rename\t"));
}

TEST_F(CompletionTest, OffersContactsCheckboxesAndWords) {
  EXPECT_EQ(Offered({"send", "al"}), "alice@example.org\tAlice\n");
  EXPECT_EQ(Offered({"on", ""}), "lamp\t\n");
  EXPECT_EQ(Offered({"checkbox", "set", "lamp", "o"}), "on\t\noff\t\n");
  EXPECT_EQ(Offered({"room", "role", "tea@rooms.example.org", "al", "mod"}), "moderator\t\n");
}

TEST_F(CompletionTest, KnowsWhichWordIsTheValueOfAnOption) {
  EXPECT_EQ(Offered({"contact", "add", "--name", "x", "bo"}), "bob@example.org\t\n");
  EXPECT_EQ(Offered({"profile", "avatar", "--out", ""}), ":files\t\n");
  EXPECT_THAT(Offered({"contact", "add", "--gr"}), HasSubstr("--group\t"));
}

TEST_F(CompletionTest, ASilentServiceOffersNothing) {
  setenv("CHATWIRE_SERVER", "127.0.0.1:1", 1);
  EXPECT_THAT(Offered({"send", "al"}), IsEmpty());
}

TEST_F(CompletionTest, EachShellHasAScript) {
  for (const char* const shell : {"bash", "zsh", "fish"}) {
    EXPECT_THAT(RunCli({"completion", shell}).out, HasSubstr("__complete")) << shell;
  }
  EXPECT_EQ(RunCli({"completion", "tcsh"}).exit_code, 2);
}

}  // namespace
}  // namespace chatwire::cli
