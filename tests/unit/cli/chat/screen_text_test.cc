#include "cli/chat/screen_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>

#include "cli/printable.h"

namespace chatwire::cli {
namespace {

using ::testing::ElementsAre;

class ScreenTextTest : public ::testing::Test {
 protected:
  ScreenTextTest() { std::setlocale(LC_CTYPE, "C.UTF-8"); }
};

TEST_F(ScreenTextTest, ControlCharactersOfPeersAreShownAndNotSent) {
  const std::string text = ScreenText(
      "\x1b[2Jhello\a\xc2\x9b"
      "31m\x7f \xe2\x80\xaeolleh");

  EXPECT_EQ(text, "\\u{1b}[2Jhello\\u{7}\\u{9b}31m\\u{7f} \\u{202e}olleh");
}

TEST_F(ScreenTextTest, LineBreaksStayAndTabsBecomeBlanks) {
  EXPECT_EQ(ScreenText("a\r\nb\tc"), "a\nb    c");
}

TEST_F(ScreenTextTest, BrokenUtf8IsShownByItsBytes) {
  EXPECT_EQ(ScreenText("a\xff z"), "a\\xff z");
}

TEST_F(ScreenTextTest, WhatTerminalsDoNotAgreeAboutIsLeftOut) {
  // A family joined of three, a heart in colour, a thumb with a skin tone, a flag.
  EXPECT_EQ(ScreenText("👨\u200d👩\u200d👧"), "👨👩👧");
  EXPECT_EQ(ScreenText("❤\ufe0f"), "❤");
  EXPECT_EQ(ScreenText("👍🏽"), "👍");
  EXPECT_EQ(ScreenText("🇩🇪"), "DE");
}

TEST_F(ScreenTextTest, ACombiningCharacterBelongsToItsBase) {
  const std::vector<Cluster> clusters = ClustersOf("e\u0301漢a");

  ASSERT_EQ(clusters.size(), 3);
  EXPECT_EQ(clusters[0].text, "e\u0301");
  EXPECT_EQ(clusters[0].width, 1);
  EXPECT_EQ(clusters[1].width, 2);
  EXPECT_EQ(clusters[2].offset, 6);
}

TEST_F(ScreenTextTest, OneLetterUnderAThousandMarksStaysOneLetter) {
  std::string text = "a";
  for (int i = 0; i < 1000; ++i) text += "\u0301";

  const std::vector<Cluster> clusters = ClustersOf(text);

  ASSERT_EQ(clusters.size(), 1);
  EXPECT_LE(clusters[0].text.size(), 10);
}

TEST_F(ScreenTextTest, AMarkWithoutABaseStandsOnABlank) {
  EXPECT_EQ(ClustersOf("\u0301x")[0].text, " \u0301");
}

TEST_F(ScreenTextTest, WideCharactersAreCutWhole) {
  EXPECT_EQ(Fitted("漢字漢字", 8), "漢字漢字");
  EXPECT_EQ(Fitted("漢字漢字", 7), "漢字漢…");
  EXPECT_EQ(Fitted("漢字漢字", 6), "漢字…");
  EXPECT_EQ(Fitted("abc", 2), "a…");
  EXPECT_EQ(Fitted("abc", 0), "");
}

TEST_F(ScreenTextTest, LinesBreakAtBlanks) {
  EXPECT_THAT(Wrapped("the quick brown fox", 10), ElementsAre("the quick", "brown fox"));
  EXPECT_THAT(Wrapped("the quick brown fox", 10, 7), ElementsAre("the", "quick", "brown fox"));
}

TEST_F(ScreenTextTest, AWordThatIsTooLongIsCut) {
  EXPECT_THAT(Wrapped("abcdefghij", 4), ElementsAre("abcd", "efgh", "ij"));
  EXPECT_THAT(Wrapped("a bcdefghij", 4), ElementsAre("a bc", "defg", "hij"));
  EXPECT_THAT(Wrapped("漢字漢字漢", 5), ElementsAre("漢字", "漢字", "漢"));
}

TEST_F(ScreenTextTest, AWordThatFitsBelowIsNotCutHere) {
  EXPECT_THAT(Wrapped("abcdefgh", 8, 3), ElementsAre("", "abcdefgh"));
}

TEST_F(ScreenTextTest, OwnLineBreaksAndBlanksStay) {
  EXPECT_THAT(Wrapped("a\n\n  b", 20), ElementsAre("a", "", "  b"));
  EXPECT_THAT(Wrapped("", 20), ElementsAre(""));
}

TEST_F(ScreenTextTest, NoLineIsWiderThanItMayBe) {
  const std::string text =
      "漢字 and kana かな, emoji 👍👍👍 and a-very-long-word-without-any-blank-in-it";
  for (int width = 2; width < 40; ++width) {
    for (int used = 0; used < width; ++used) {
      const std::vector<std::string> lines = Wrapped(text, width, used);
      for (size_t i = 0; i < lines.size(); ++i) {
        EXPECT_LE(DisplayWidth(lines[i]), i == 0 ? std::max(width - used, 2) : width)
            << width << " " << used << " " << lines[i];
      }
    }
  }
}

}  // namespace
}  // namespace chatwire::cli
