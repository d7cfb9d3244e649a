#ifndef CHATWIRE_TESTS_UNIT_CLI_PERSON_H_
#define CHATWIRE_TESTS_UNIT_CLI_PERSON_H_

#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <unistd.h>

#include <array>
#include <string>

namespace chatwire::cli {

/// Somebody who sits before a terminal and reads what comes.
class Person {
 public:
  Person() { EXPECT_EQ(openpty(&own_, &terminal_, nullptr, nullptr, nullptr), 0); }
  ~Person() {
    close(own_);
    close(terminal_);
  }

  Person(const Person&) = delete;
  Person& operator=(const Person&) = delete;

  /// What a program writes to.
  int terminal() const { return terminal_; }

  /// All that has been written so far, with its escape sequences.
  const std::string& Seen() {
    // What was written comes through a little later, at times in parts.
    const std::string mark = "<mark>";
    EXPECT_EQ(write(terminal_, mark.data(), mark.size()), static_cast<ssize_t>(mark.size()));
    EXPECT_TRUE(See(mark));
    seen_.erase(seen_.find(mark));
    return seen_;
  }

  /// Waits until @p text has come.
  bool See(const std::string& text) {
    while (seen_.find(text) == std::string::npos) {
      pollfd waiting = {own_, POLLIN, 0};
      if (poll(&waiting, 1, /*timeout=*/20'000) != 1) return false;
      std::array<char, 1024> buffer = {};
      const ssize_t got = read(own_, buffer.data(), buffer.size());
      if (got <= 0) return false;
      seen_.append(buffer.data(), static_cast<size_t>(got));
    }
    return true;
  }

 private:
  int own_ = -1;
  int terminal_ = -1;
  std::string seen_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_TESTS_UNIT_CLI_PERSON_H_
