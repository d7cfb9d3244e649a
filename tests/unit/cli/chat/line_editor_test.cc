#include "cli/chat/line_editor.h"

#include <gtest/gtest.h>

#include <clocale>

#include "cli/printable.h"

namespace chatwire::cli {
namespace {

class LineEditorTest : public ::testing::Test {
 protected:
  LineEditorTest() { std::setlocale(LC_CTYPE, "C.UTF-8"); }

  LineEditor editor_;
};

TEST_F(LineEditorTest, TextGoesWhereTheCursorIs) {
  editor_.Insert("hllo");
  editor_.Home();
  editor_.Right();
  editor_.Insert("e");

  EXPECT_EQ(editor_.text(), "hello");
  EXPECT_EQ(editor_.cursor(), 2);
}

TEST_F(LineEditorTest, TheCursorMovesOverWhatShowsAsOneCharacter) {
  editor_.Insert("ae\u0301漢");

  editor_.Left();
  EXPECT_EQ(editor_.cursor(), 4);
  editor_.Left();
  EXPECT_EQ(editor_.cursor(), 1);
  editor_.Right();
  editor_.Backspace();
  EXPECT_EQ(editor_.text(), "a漢");
  editor_.Delete();
  EXPECT_EQ(editor_.text(), "a");
}

TEST_F(LineEditorTest, NothingHappensAtTheEnds) {
  editor_.Backspace();
  editor_.Left();
  editor_.Delete();
  editor_.Right();
  editor_.KillWord();
  editor_.Older();
  editor_.Newer();

  EXPECT_EQ(editor_.text(), "");
  EXPECT_EQ(editor_.cursor(), 0);
}

TEST_F(LineEditorTest, WordsAndEndsAreKilled) {
  editor_.Set("one two  three");
  editor_.KillWord();
  EXPECT_EQ(editor_.text(), "one two  ");
  editor_.WordLeft();
  editor_.KillToEnd();
  EXPECT_EQ(editor_.text(), "one ");
  editor_.KillToStart();
  EXPECT_EQ(editor_.text(), "");
}

TEST_F(LineEditorTest, LinesOfBeforeComeBackAndWhatWasTypedIsKept) {
  editor_.Set("first");
  EXPECT_EQ(editor_.Take(), "first");
  editor_.Set("second");
  editor_.Take();
  editor_.Set("half a");

  editor_.Older();
  EXPECT_EQ(editor_.text(), "second");
  editor_.Older();
  editor_.Older();
  EXPECT_EQ(editor_.text(), "first");
  editor_.Newer();
  editor_.Newer();
  EXPECT_EQ(editor_.text(), "half a");
}

TEST_F(LineEditorTest, TheCursorIsAlwaysInView) {
  editor_.Set("漢字漢字漢字漢字 and a tail");
  for (int width = 3; width < 30; ++width) {
    editor_.Home();
    for (size_t step = 0; step < 20; ++step) {
      const LineEditor::View view = editor_.Visible(width);
      EXPECT_LE(DisplayWidth(view.before + view.at + view.after), width);
      EXPECT_FALSE(view.at.empty());
      editor_.Right();
    }
  }
}

TEST_F(LineEditorTest, AnotherLineAndControlCharactersShowOnOneLine) {
  editor_.Set("a\nb\x1b");
  editor_.Home();

  const LineEditor::View view = editor_.Visible(40);

  EXPECT_EQ(view.at, "a");
  EXPECT_EQ(view.after, "↵b\\u{1b}");
}

}  // namespace
}  // namespace chatwire::cli
