#include "cli/password_prompt.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <array>
#include <csignal>
#include <thread>

#include "absl/status/status_matchers.h"
#include "cli/errors.h"
#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::absl_testing::IsOkAndHolds;
using ::testing::HasSubstr;

using PasswordSourceTest = CliTest;

TEST_F(PasswordSourceTest, ReadsTheFirstLineOfAFile) {
  const PasswordSource source{WriteFile("password", "s3cret\nnot this\n"), false};
  EXPECT_THAT(ReadPassword(source, 0, ""), IsOkAndHolds("s3cret"));
}

TEST_F(PasswordSourceTest, ReadsTheFirstLineOfStandardInput) {
  const int fd = open(WriteFile("input", "s3cret\r\nmore").c_str(), O_RDONLY);
  EXPECT_THAT(ReadPassword({"", true}, fd, ""), IsOkAndHolds("s3cret"));
  close(fd);
}

TEST_F(PasswordSourceTest, RefusesEmptyOnes) {
  const int fd = open(WriteFile("input", "\n").c_str(), O_RDONLY);
  EXPECT_TRUE(HasReason(ReadPassword({"", true}, fd, "").status(), kUsageReason));
  EXPECT_TRUE(
      HasReason(ReadPassword({WriteFile("empty", ""), false}, 0, "").status(), kUsageReason));
  EXPECT_TRUE(HasReason(ReadPassword({"/nowhere", false}, 0, "").status(), kUsageReason));
  close(fd);
}

/// A pseudo-terminal; the test is the person at it.
class AskOnTerminalTest : public ::testing::Test {
 protected:
  AskOnTerminalTest() { EXPECT_EQ(openpty(&person_, &terminal_, nullptr, nullptr, nullptr), 0); }
  ~AskOnTerminalTest() override {
    close(person_);
    close(terminal_);
  }

  /// Reads what the terminal shows until @p text has come.
  std::string ShownUntil(const std::string& text) const {
    std::string shown;
    std::array<char, 256> buffer = {};
    while (shown.find(text) == std::string::npos) {
      const ssize_t got = read(person_, buffer.data(), buffer.size());
      if (got <= 0) break;
      shown.append(buffer.data(), static_cast<size_t>(got));
    }
    return shown;
  }

  void Type(const std::string& text) const {
    EXPECT_EQ(write(person_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }

  bool Echoes() const {
    termios state = {};
    EXPECT_EQ(tcgetattr(terminal_, &state), 0);
    return (state.c_lflag & ECHO) != 0;
  }

  int person_ = -1;
  int terminal_ = -1;
};

TEST_F(AskOnTerminalTest, ReadsALineWithoutShowingIt) {
  absl::StatusOr<std::string> password = absl::UnknownError("not asked");
  std::thread asked([&] { password = AskOnTerminal(terminal_, "Password: "); });
  std::string shown = ShownUntil("Password: ");
  EXPECT_FALSE(Echoes());
  Type("s3cret\n");
  asked.join();
  shown += ShownUntil("\n");
  EXPECT_THAT(password, IsOkAndHolds("s3cret"));
  EXPECT_EQ(shown.find("s3cret"), std::string::npos);
  EXPECT_TRUE(Echoes());
}

TEST_F(AskOnTerminalTest, RefusesAnEmptyLine) {
  absl::StatusOr<std::string> password = "";
  std::thread asked([&] { password = AskOnTerminal(terminal_, "Password: "); });
  ShownUntil("Password: ");
  Type("\n");
  asked.join();
  EXPECT_TRUE(HasReason(password.status(), kUsageReason));
}

/// In a process of its own, whose controlling terminal it is, so that Ctrl-C is a real one.
TEST_F(AskOnTerminalTest, CtrlCPutsTheTerminalBack) {
  const pid_t child = fork();
  if (child == 0) {
    login_tty(dup(terminal_));
    const auto password = AskOnTerminal(0, "Password: ");
    termios state = {};
    tcgetattr(0, &state);
    const bool right = HasReason(password.status(), kInterruptedReason) && (state.c_lflag & ECHO);
    _exit(right ? 0 : 1);
  }
  ShownUntil("Password: ");
  Type("half a pass\x03");
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

}  // namespace
}  // namespace chatwire::cli
