#include "cli/chat/completer.h"

#include <gtest/gtest.h>

namespace chatwire::cli {
namespace {

class CompleterTest : public ::testing::Test {
 protected:
  bool Tab() { return completer_.Complete(editor_, names_); }

  LineEditor editor_;
  Completer completer_;
  CompletionNames names_{{"Bob", "alice", "alan"}, {"alice@example.org", "tea@rooms.example.org"}};
};

TEST_F(CompleterTest, ANickAtTheStartIsSpokenTo) {
  editor_.Insert("bo");
  EXPECT_TRUE(Tab());
  EXPECT_EQ(editor_.text(), "Bob: ");
}

TEST_F(CompleterTest, ANickWithinALineIsNamed) {
  editor_.Insert("ask bo");
  EXPECT_TRUE(Tab());
  EXPECT_EQ(editor_.text(), "ask Bob ");
}

TEST_F(CompleterTest, TabAgainTakesTheNextOne) {
  editor_.Insert("al");
  Tab();
  EXPECT_EQ(editor_.text(), "alice: ");
  Tab();
  EXPECT_EQ(editor_.text(), "alan: ");
  Tab();
  EXPECT_EQ(editor_.text(), "alice: ");
}

TEST_F(CompleterTest, AnotherKeyBeginsAnew) {
  editor_.Insert("ala");
  Tab();
  completer_.Reset();
  editor_.Insert("te");
  EXPECT_FALSE(Tab());
  EXPECT_EQ(editor_.text(), "alan: te");
}

TEST_F(CompleterTest, CommandsAndJidsAreCompleted) {
  editor_.Insert("/to");
  Tab();
  EXPECT_EQ(editor_.text(), "/topic ");
  editor_.Set("/join te");
  completer_.Reset();
  Tab();
  EXPECT_EQ(editor_.text(), "/join tea@rooms.example.org ");
}

TEST_F(CompleterTest, NobodyBeginsASentenceWithAJid) {
  editor_.Insert("te");
  EXPECT_FALSE(Tab());
}

TEST_F(CompleterTest, NothingBeforeTheCursorIsNothingToComplete) { EXPECT_FALSE(Tab()); }

}  // namespace
}  // namespace chatwire::cli
