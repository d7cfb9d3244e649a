// What a person sees: printable text, tables, suggestions.
#include <gtest/gtest.h>

#include "cli/message_body.h"
#include "cli/printable.h"
#include "cli/suggestion.h"
#include "cli/table.h"

namespace chatwire::cli {
namespace {

TEST(PrintableTest, LeavesTextOfEveryScriptAlone) {
  const std::string text = "Olá, 你好, 👋";
  EXPECT_EQ(Printable(text), text);
}

TEST(PrintableTest, ShowsWhatWouldMoveTheCursor) {
  EXPECT_EQ(Printable("a\nb\tc"), "a\\nb\\tc");
  EXPECT_EQ(Printable("\x1b[2J"), "\\u{1b}[2J");
  EXPECT_EQ(Printable("\xc2\x9b"), "\\u{9b}");
  EXPECT_EQ(Printable("\xe2\x80\xae"), "\\u{202e}");
}

TEST(PrintableTest, ShowsBrokenUtf8AsBytes) {
  EXPECT_EQ(Printable("a\xff"), "a\\xff");
  EXPECT_EQ(Printable("\xc3"), "\\xc3");
}

TEST(IsUtf8Test, RefusesWhatRfc3629Refuses) {
  EXPECT_TRUE(IsUtf8("héllo 你好 👋"));
  EXPECT_FALSE(IsUtf8("\xc0\xaf")) << "overlong";
  EXPECT_FALSE(IsUtf8("\xe0\x80\xaf")) << "overlong";
  EXPECT_FALSE(IsUtf8("\xed\xa0\x80")) << "surrogate";
  EXPECT_FALSE(IsUtf8("\xf4\x90\x80\x80")) << "beyond U+10FFFF";
  EXPECT_FALSE(IsUtf8("\xe4\xbd")) << "cut";
}

TEST(TableTest, AlignsColumnsForATerminal) {
  const Table table{{"NAME", "STATE"}, {{"lamp", "on"}, {"kitchen-light", "off"}}};
  EXPECT_EQ(AlignedText(table, Colors::kOff),
            "NAME           STATE\n"
            "lamp           on\n"
            "kitchen-light  off\n");
}

TEST(TableTest, ColoursDoNotMoveTheColumns) {
  const Table table{{"NAME", "STATE", "X"}, {{"lamp", "on", "1"}, {"fan", "FAILED", "2"}}};
  EXPECT_EQ(AlignedText(table, Colors::kOn),
            "\x1b[1mNAME  STATE   X\x1b[0m\n"
            "lamp  \x1b[32mon\x1b[0m      1\n"
            "fan   \x1b[31mFAILED\x1b[0m  2\n");
}

TEST(TableTest, PartsFieldsWithTabsForPrograms) {
  const Table table{{"NAME", "STATE"}, {{"la\tmp", "on"}, {"", "off"}}};
  EXPECT_EQ(TabSeparatedText(table), "la\\tmp\ton\n\toff\n");
}

TEST(SuggestionTest, FindsTheWordThatWasMeant) {
  const std::vector<std::string> words = {"watch", "send", "accounts"};
  EXPECT_EQ(Nearest("wtach", words), "watch");
  EXPECT_EQ(Nearest("SEND", words), "send");
  EXPECT_EQ(Nearest("acounts", words), "accounts");
}

TEST(SuggestionTest, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(DidYouMean("frobnicate", {"watch", "send"}), "");
  EXPECT_EQ(Nearest(std::string(5000, 'x'), {"watch"}), "");
}

}  // namespace
}  // namespace chatwire::cli
