// Messages as lines, and which of them show.
#include "cli/chat/message_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>

#include "absl/strings/str_cat.h"
#include "cli/chat/scrollback.h"
#include "cli/printable.h"

namespace chatwire::cli {
namespace {

using ::testing::ElementsAre;

std::string Flat(const ScreenLine& line) {
  std::string text;
  for (const Span& span : line) text += span.text;
  return text;
}

std::vector<std::string> Flat(const std::vector<ScreenLine>& lines) {
  std::vector<std::string> texts;
  for (const ScreenLine& line : lines) texts.push_back(Flat(line));
  return texts;
}

class MessageLayoutTest : public ::testing::Test {
 protected:
  MessageLayoutTest() {
    std::setlocale(LC_CTYPE, "C.UTF-8");
    options_.width = 24;
    options_.time_zone = absl::UTCTimeZone();
    message_.author = "alice";
    message_.text = "hello there everybody";
    message_.time = absl::FromUnixSeconds(1'800'000'000);  // 2027-01-15 08:00:00
    before_.time = message_.time;
  }

  std::vector<std::string> Lines() { return Flat(LayOut(message_, &before_, options_)); }

  LayoutOptions options_;
  ChatMessage message_;
  ChatMessage before_;
};

TEST_F(MessageLayoutTest, TheTextStandsUnderItself) {
  EXPECT_THAT(Lines(), ElementsAre("08:00 alice: hello there", "      everybody"));
}

TEST_F(MessageLayoutTest, AnotherDayIsTold) {
  before_.time -= absl::Hours(24);
  options_.width = 60;
  EXPECT_THAT(Lines(),
              ElementsAre("── Friday, 15 January 2027 ──", "08:00 alice: hello there everybody"));
}

TEST_F(MessageLayoutTest, MarksAndNotesStandBehind) {
  options_.width = 60;
  message_.own = true;
  message_.text = "hi";
  message_.delivery = Delivery::kReceived;
  EXPECT_THAT(Lines(), ElementsAre("08:00 alice: hi ✓✓"));
  message_.delivery = Delivery::kDisplayed;
  message_.edited = true;
  message_.reactions["bob"] = {"👍"};
  EXPECT_THAT(Lines(), ElementsAre("08:00 alice: hi (edited) ✓✓ seen [👍 bob]"));
  message_.delivery = Delivery::kFailed;
  message_.failure = "not-allowed";
  EXPECT_THAT(Lines(), ElementsAre("08:00 alice: hi (edited) [👍 bob] ✗ not sent: not-allowed"));
}

TEST_F(MessageLayoutTest, WhatWasTakenBackIsGone) {
  options_.width = 60;
  message_.retracted = true;
  EXPECT_THAT(Lines(), ElementsAre("08:00 alice: (taken back)"));
}

TEST_F(MessageLayoutTest, AnActionIsTold) {
  options_.width = 60;
  message_.text = "/me waves";
  EXPECT_THAT(Lines(), ElementsAre("08:00 * alice waves"));
}

TEST_F(MessageLayoutTest, WhatOthersWriteCannotMoveTheCursor) {
  options_.width = 80;
  message_.author = "a\x1b]0;x\a";
  message_.text = "\x1b[2J";
  message_.reactions["b\x1bob"] = {"\x1b"};
  for (const std::string& line : Lines()) {
    EXPECT_EQ(line.find('\x1b'), std::string::npos) << line;
    EXPECT_EQ(line.find('\a'), std::string::npos) << line;
  }
}

TEST_F(MessageLayoutTest, NoLineIsWiderThanTheScreen) {
  message_.author = "漢字漢字漢字漢字漢字漢字";
  message_.text = "漢字漢字漢字漢字 word-that-is-quite-long\nand another line";
  message_.own = true;
  message_.delivery = Delivery::kDisplayed;
  for (options_.width = 24; options_.width < 60; ++options_.width) {
    for (const std::string& line : Lines()) EXPECT_LE(DisplayWidth(line), options_.width) << line;
  }
}

TEST_F(MessageLayoutTest, ANameIsAWordOfItsOwn) {
  EXPECT_TRUE(Mentions("Bot: come", "bot"));
  EXPECT_TRUE(Mentions("ask bot!", "bot"));
  EXPECT_FALSE(Mentions("the robots", "bot"));
  EXPECT_FALSE(Mentions("anything", ""));
}

class ScrollbackTest : public ::testing::Test {
 protected:
  ScrollbackTest() {
    options_.width = 40;
    options_.time_zone = absl::UTCTimeZone();
    for (int i = 1; i <= 20; ++i) Add(i);
  }

  void Add(int number) {
    ChatMessage message;
    message.uid = number;
    message.author = "a";
    message.text = absl::StrCat(number);
    message.time = absl::FromUnixSeconds(1'800'000'000);
    messages_.push_back(message);
  }

  /// The texts that show in four lines, without time and author.
  std::vector<std::string> Shown() {
    std::vector<std::string> shown;
    for (const std::string& line : Flat(scrollback_.Visible(messages_, options_, 4))) {
      shown.push_back(line.substr(line.rfind(' ') + 1));
    }
    return shown;
  }

  LayoutOptions options_;
  std::vector<ChatMessage> messages_;
  Scrollback scrollback_;
};

TEST_F(ScrollbackTest, TheEndFollows) {
  EXPECT_THAT(Shown(), ElementsAre("17", "18", "19", "20"));
  Add(21);
  EXPECT_THAT(Shown(), ElementsAre("18", "19", "20", "21"));
}

TEST_F(ScrollbackTest, ScrolledBackItStaysWhateverComes) {
  EXPECT_FALSE(scrollback_.Up(messages_, options_, 4, 3));
  EXPECT_THAT(Shown(), ElementsAre("14", "15", "16", "17"));
  Add(21);
  EXPECT_THAT(Shown(), ElementsAre("14", "15", "16", "17"));
  ChatMessage older = messages_[0];
  older.uid = 99;
  messages_.insert(messages_.begin(), older);
  EXPECT_THAT(Shown(), ElementsAre("14", "15", "16", "17"));
}

TEST_F(ScrollbackTest, TheTopIsTheTop) {
  EXPECT_TRUE(scrollback_.Up(messages_, options_, 4, 1000));
  // The date is the first line.
  EXPECT_THAT(Shown(), ElementsAre("──", "1", "2", "3"));
  EXPECT_TRUE(scrollback_.Up(messages_, options_, 4, 3));
  EXPECT_THAT(Shown(), ElementsAre("──", "1", "2", "3"));
}

TEST_F(ScrollbackTest, DownComesBackToTheEnd) {
  scrollback_.Up(messages_, options_, 4, 5);
  scrollback_.Down(messages_, options_, 2);
  EXPECT_THAT(Shown(), ElementsAre("14", "15", "16", "17"));
  scrollback_.Down(messages_, options_, 3);
  EXPECT_TRUE(scrollback_.at_end());
}

TEST_F(ScrollbackTest, FewMessagesDoNotScroll) {
  messages_.resize(2);
  EXPECT_TRUE(scrollback_.Up(messages_, options_, 10, 5));
  EXPECT_TRUE(scrollback_.at_end());
}

TEST_F(ScrollbackTest, LongMessagesScrollLineByLine) {
  messages_.back().text = "a\nb\nc\nd\ne\nf";
  EXPECT_THAT(Shown(), ElementsAre("c", "d", "e", "f"));
  scrollback_.Up(messages_, options_, 4, 1);
  EXPECT_THAT(Shown(), ElementsAre("b", "c", "d", "e"));
}

}  // namespace
}  // namespace chatwire::cli
