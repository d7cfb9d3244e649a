// What keys do in a full-screen chat.
#include "cli/chat/chat_ui.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ftxui/component/event.hpp>

#include "chatwire/xmpp/v1/chat_service.pb.h"
#include "cli/chat/chat_keys.h"
#include "tests/unit/cli/chat/chat_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::ElementsAre;

class ChatUiTest : public ChatTest {
 protected:
  ChatUiTest() : ui_(Begin("alice@example.org")) { ui_.Refresh(); }

  ChatUi ui_;
};

TEST_F(ChatUiTest, EnterSendsWhatWasTyped) {
  ui_.OnText("hel");
  ui_.OnText("lo");
  ui_.OnKey(Key::kEnter);
  EXPECT_THAT(Texts(With("alice@example.org")), ElementsAre("hello"));
  EXPECT_EQ(ui_.editor().text(), "");
}

TEST_F(ChatUiTest, WhatIsPastedIsOneMessageWhateverIsInIt) {
  const auto special = [this](const std::string& input) {
    EXPECT_TRUE(HandleKey(ui_, ftxui::Event::Special(input)));
  };
  special("\x1b[200~");
  ui_.OnText("one");
  ui_.OnKey(Key::kEnter);
  ui_.OnKey(Key::kTab);
  ui_.OnText("two");
  ui_.OnKey(Key::kNext);
  ui_.OnKey(Key::kEnter);
  EXPECT_EQ(ui_.editor().text(), "one\n\ttwo\n");
  special("\x1b[201~");
  EXPECT_EQ(ui_.editor().text(), "one\n\ttwo");

  ui_.OnKey(Key::kEnter);

  EXPECT_THAT(Texts(With("alice@example.org")), ElementsAre("one\n\ttwo"));
}

TEST_F(ChatUiTest, EveryConversationKeepsItsLine) {
  ui_.OnText("for alice");
  ui_.OnKey(Key::kNext);
  EXPECT_EQ(ui_.editor().text(), "");
  ui_.OnText("for another");
  ui_.OnKey(Key::kPrevious);
  EXPECT_EQ(ui_.editor().text(), "for alice");
}

TEST_F(ChatUiTest, WhatIsTypedBeforeThereIsAConversationIsNotLost) {
  Chat chat({}, account_, calls_, {[this] { return now_; }, [] { return "r"; }});
  ChatUi ui(chat);
  ui.OnText("early");
  ui.OnKey(Key::kEnter);
  EXPECT_EQ(ui.editor().text(), "early");
  chat.StreamUp(false);
  ui.Refresh();
  ui.OnKey(Key::kEnter);
  EXPECT_THAT(Texts(*chat.model().current()), ElementsAre("early"));
}

TEST_F(ChatUiTest, TabCompletesNicksInARoom) {
  chat_->Submit(absl::StrCat("/msg ", kRoom));
  ui_.Refresh();
  ui_.OnText("an");
  ui_.OnKey(Key::kTab);
  EXPECT_EQ(ui_.editor().text(), "ann: ");
}

TEST_F(ChatUiTest, TabOnAnEmptyLineGoesToWhatIsUnread) {
  Receive("bob@example.org", "psst");
  ui_.OnKey(Key::kTab);
  EXPECT_EQ(chat_->model().current()->jid(), "bob@example.org");
}

TEST_F(ChatUiTest, TheEndOfInputEndsTheChatOnlyOnAnEmptyLine) {
  ui_.OnText("x");
  ui_.OnKey(Key::kEndOfInput);
  EXPECT_FALSE(chat_->quit());
  ui_.OnKey(Key::kBackspace);
  ui_.OnKey(Key::kEndOfInput);
  EXPECT_TRUE(chat_->quit());
}

TEST_F(ChatUiTest, KeysOfATerminalHaveTheirMeaning) {
  EXPECT_TRUE(HandleKey(ui_, ftxui::Event::Character("漢")));
  EXPECT_TRUE(HandleKey(ui_, ftxui::Event::Special("\x1b\n")));
  EXPECT_TRUE(HandleKey(ui_, ftxui::Event::Character("b")));
  EXPECT_EQ(ui_.editor().text(), "漢\nb");
  EXPECT_TRUE(HandleKey(ui_, ftxui::Event::Special("\x15")));
  EXPECT_EQ(ui_.editor().text(), "");
  EXPECT_TRUE(HandleKey(ui_, ftxui::Event::Special("\x1b"
                                                   "2")));
  EXPECT_EQ(chat_->model().current(), chat_->model().Listed()[1]);
  EXPECT_FALSE(HandleKey(ui_, ftxui::Event::F12));
}

}  // namespace
}  // namespace chatwire::cli
