// The screen of a chat, drawn without a terminal.
#include "cli/chat/chat_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "cli/chat/notifier.h"
#include "cli/printable.h"
#include "tests/unit/cli/chat/chat_fixture.h"
#include "tests/unit/cli/drawn_rows.h"

namespace chatwire::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ChatViewTest : public ChatTest {
 protected:
  ChatViewTest() : ui_(Begin("alice@example.org")) {}

  /// The rows of the screen, by its cells.
  std::vector<std::string> Rows(int width = 80, int height = 24) {
    return DrawnRows(ChatView(ui_, {width, height, false}), width, height);
  }

  std::string Screen(int width = 80, int height = 24) {
    return absl::StrJoin(Rows(width, height), "\n");
  }

  ChatUi ui_;
};

TEST_F(ChatViewTest, EverythingHasItsPlaceAt80By24) {
  Receive("alice@example.org", "good morning");
  Receive("bob@example.org", "psst");
  ui_.OnText("half a li");

  const std::vector<std::string> rows = Rows();

  EXPECT_THAT(rows[0], HasSubstr("bot@example.org  online"));
  EXPECT_THAT(rows[0], HasSubstr("1 unread"));
  EXPECT_THAT(rows[21], HasSubstr("alice: good morning"));
  EXPECT_THAT(rows[22], HasSubstr("alice@example.org"));
  EXPECT_THAT(rows[23], HasSubstr("> half a li"));
  EXPECT_THAT(Screen(), HasSubstr("○ bob              1│"));
}

TEST_F(ChatViewTest, WhatTheProgramSaysOfItselfStandsInTheTitle) {
  ui_.chat().model().remark = "others can read token\x1b[2J";

  EXPECT_THAT(Rows()[0], HasSubstr("bot@example.org  online  others can read token\\u{1b}[2J"));
}

TEST_F(ChatViewTest, TheLastRowButOneTellsOfWhatIsOlder) {
  auto& archive = With("alice@example.org").archive;
  archive.trouble = "the account is offline";
  EXPECT_THAT(Rows()[22], HasSubstr("the account is offline"));

  With("alice@example.org").loading = true;
  archive.fetched = 50;
  archive.total = 120;
  EXPECT_THAT(Rows()[22], HasSubstr("loading, 50 of 120 archived…"));
}

TEST_F(ChatViewTest, NoRowIsWiderThanTheScreenWhateverIsInIt) {
  Receive("alice@example.org",
          "漢字漢字 👨\u200d👩\u200d👧 e\u0301 ❤\ufe0f 🇩🇪 \x1b[2J and more of it, and more of it");
  With("bob@example.org").name = "漢字漢字漢字漢字漢字漢字漢字";
  With("alice@example.org").status = "漢\n字";
  for (const int width : {20, 40, 59, 60, 80, 81, 200}) {
    for (const std::string& row : Rows(width)) {
      EXPECT_LE(DisplayWidth(row), width);
      EXPECT_EQ(row.find('\x1b'), std::string::npos);
    }
  }
}

TEST_F(ChatViewTest, TheSeparatorStandsInOneColumn) {
  With("bob@example.org").name = "漢字";
  int rows = 0;
  for (const std::string& row : Rows()) {
    const size_t at = row.find("│");
    if (at == std::string::npos) continue;
    ++rows;
    EXPECT_EQ(DisplayWidth(row.substr(0, at)), 20) << row;
  }
  EXPECT_EQ(rows, 21);
}

TEST_F(ChatViewTest, ANarrowScreenHasNoList) {
  Receive("alice@example.org", "hello");
  EXPECT_THAT(Screen(40), Not(HasSubstr("○ bob")));
  EXPECT_THAT(Screen(40), HasSubstr("alice: hello"));
}

TEST_F(ChatViewTest, OutagesAndTypingAreTold) {
  auto event = NextEvent();
  event.mutable_chat_state_received()->set_from("alice@example.org/phone");
  event.mutable_chat_state_received()->set_state(xmpp::v1::CHAT_STATE_COMPOSING);
  chat_->OnEvent(event);
  EXPECT_THAT(Screen(), HasSubstr("alice is typing…"));
  chat_->StreamLost("cannot reach xmpp-service");
  EXPECT_THAT(Rows()[0], HasSubstr("connection lost, reconnecting: cannot reach xmpp-service"));
}

TEST_F(ChatViewTest, AFileHasABar) {
  chat_->Submit("/file /tmp/photo.jpg");
  calls_.file_progress(1, 2);
  EXPECT_THAT(Rows()[21], HasSubstr("photo.jpg"));
  EXPECT_THAT(Rows()[21], HasSubstr("50%"));
}

TEST_F(ChatViewTest, TinyScreensDoNoHarm) {
  Receive("alice@example.org", "hello");
  for (int width = 1; width < 12; ++width) {
    for (int height = 1; height < 6; ++height)
      EXPECT_THAT(Rows(width, height), ::testing::SizeIs(height));
  }
}

TEST(NotifierTest, ATextOfOthersCannotEndTheSequence) {
  const std::string sequence = NotificationSequence("a\x1b\\\x1b]0;evil\a\xc2\x9c");

  // A bell, the beginning, the end; and nothing else that a terminal would obey.
  EXPECT_EQ(std::count(sequence.begin(), sequence.end(), '\x1b'), 2);
  EXPECT_EQ(std::count(sequence.begin(), sequence.end(), '\a'), 1);
  EXPECT_EQ(sequence.find("\xc2\x9c"), std::string::npos);
}

}  // namespace
}  // namespace chatwire::cli
