// What an interactive chat does with what is typed and with what is told.
#include "cli/chat/chat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "chatwire/xmpp/v1/chat_service.pb.h"
#include "chatwire/xmpp/v1/room_service.pb.h"
#include "tests/unit/cli/chat/chat_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kAlice[] = "alice@example.org";
constexpr char kBob[] = "bob@example.org";
constexpr char kSend[] = "xmpp.v1.ChatService.SendMessage";

TEST_F(ChatTest, AMessageIsSentWithMarksWantedAndShowsHowFarItIs) {
  Chat& chat = Begin(kAlice);
  calls_.held[kSend] = true;

  chat.Submit("hello");

  const auto requests = calls_.Requests<xmpp::v1::SendMessageRequest>(kSend);
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_EQ(requests[0].to(), kAlice);
  EXPECT_EQ(requests[0].body(), "hello");
  EXPECT_TRUE(requests[0].request_receipt());
  EXPECT_TRUE(requests[0].markable());
  EXPECT_EQ(With(kAlice).messages()[0].delivery, Delivery::kSending);
  EXPECT_EQ(chat.waiting(), 1);
  xmpp::v1::SendMessageResponse response;
  response.set_message_id("id");
  calls_.made.back().answer(absl::OkStatus(), response);
  EXPECT_EQ(With(kAlice).messages()[0].delivery, Delivery::kAccepted);
  EXPECT_EQ(chat.waiting(), 0);

  auto event = NextEvent();
  event.mutable_message_delivered()->set_from("alice@example.org/phone");
  event.mutable_message_delivered()->set_message_id("id");
  chat.OnEvent(event);
  EXPECT_EQ(With(kAlice).messages()[0].delivery, Delivery::kReceived);
}

TEST_F(ChatTest, TheEventOfAMessageThatWasSentIsNoSecondMessage) {
  Chat& chat = Begin(kAlice);
  calls_.held[kSend] = true;
  chat.Submit("hello");
  auto event = NextEvent();
  event.mutable_message_sent()->set_to(kAlice);
  event.mutable_message_sent()->set_body("hello");
  event.mutable_message_sent()->set_message_id("id");
  event.mutable_message_sent()->set_source(xmpp::v1::MESSAGE_SOURCE_API);

  chat.OnEvent(event);
  xmpp::v1::SendMessageResponse response;
  response.set_message_id("id");
  calls_.made.back().answer(absl::OkStatus(), response);

  EXPECT_THAT(Texts(With(kAlice)), ElementsAre("hello"));
  EXPECT_EQ(With(kAlice).messages()[0].delivery, Delivery::kAccepted);
}

TEST_F(ChatTest, AMessageThatIsRefusedSaysSo) {
  Chat& chat = Begin(kAlice);
  calls_.errors[kSend] = absl::ResourceExhaustedError("too many wait");
  chat.Submit("hello");
  EXPECT_EQ(With(kAlice).messages()[0].delivery, Delivery::kFailed);
  EXPECT_EQ(With(kAlice).messages()[0].failure, "too many wait");
}

TEST_F(ChatTest, WhatIsShownIsMarkedOnceAndWhatIsNotIsCounted) {
  Begin(kAlice);
  Receive(kAlice, "look", "one");
  Receive(kBob, "psst", "two");

  const auto marks =
      calls_.Requests<xmpp::v1::MarkDisplayedRequest>("xmpp.v1.ChatService.MarkDisplayed");
  ASSERT_THAT(marks, SizeIs(1));
  EXPECT_EQ(marks[0].message_id(), "one");
  EXPECT_EQ(With(kBob).unread, 1);

  EXPECT_TRUE(chat_->SelectUnread());

  EXPECT_EQ(With(kBob).unread, 0);
  EXPECT_THAT(calls_.Requests<xmpp::v1::MarkDisplayedRequest>("xmpp.v1.ChatService.MarkDisplayed"),
              SizeIs(2));
}

TEST_F(ChatTest, AnEventThatComesAgainChangesNothing) {
  Chat& chat = Begin(kAlice);
  Receive(kBob, "once");
  auto event = NextEvent();
  event.set_sequence(sequence_ - 1);
  event.mutable_message_received()->set_from("bob@example.org/phone");
  event.mutable_message_received()->set_body("once");
  chat.OnEvent(event);
  EXPECT_THAT(Texts(With(kBob)), ElementsAre("once"));
  EXPECT_EQ(With(kBob).unread, 1);
}

TEST_F(ChatTest, AStreamThatWasResumedAsksForNothingAgain) {
  Chat& chat = Begin(kAlice);
  const size_t before = calls_.made.size();
  chat.StreamLost("gone");
  EXPECT_FALSE(chat.model().stream_up);
  chat.StreamUp(true);
  EXPECT_TRUE(chat.model().stream_up);
  EXPECT_EQ(calls_.made.size(), before);
  chat.StreamUp(false);
  EXPECT_GT(calls_.made.size(), before);
}

TEST_F(ChatTest, TypingIsToldBothWays) {
  Chat& chat = Begin(kAlice);
  chat.LineChanged(false);
  chat.LineChanged(false);
  const auto told =
      calls_.Requests<xmpp::v1::SendChatStateRequest>("xmpp.v1.ChatService.SendChatState");
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].state(), xmpp::v1::CHAT_STATE_COMPOSING);

  auto event = NextEvent();
  event.mutable_chat_state_received()->set_from("alice@example.org/phone");
  event.mutable_chat_state_received()->set_state(xmpp::v1::CHAT_STATE_COMPOSING);
  chat.OnEvent(event);
  EXPECT_THAT(With(kAlice).Typing(now_), ElementsAre("alice"));
  Receive(kAlice, "done");
  EXPECT_THAT(With(kAlice).Typing(now_), IsEmpty());
}

TEST_F(ChatTest, WithoutMarksNobodyIsTold) {
  Chat::Options options;
  options.peer = kAlice;
  options.tell_marks = false;
  chat_ = std::make_unique<Chat>(options, account_, calls_,
                                 Chat::Sources{[this] { return now_; }, [] { return "r"; }});
  chat_->StreamUp(false);
  Receive(kAlice, "look");
  chat_->LineChanged(false);
  for (const auto& call : calls_.made) EXPECT_NE(call.lane, ChatCalls::Lane::kMarks) << call.rpc;
}

TEST_F(ChatTest, NotificationsComeWhileNobodyLooks) {
  Chat& chat = Begin(kAlice);
  std::vector<std::string> told;
  chat.OnNotification([&](const IncomingMessage& message) { told.push_back(message.text); });
  Receive(kAlice, "are you there");
  chat.Submit("yes");
  Receive(kAlice, "good");
  Receive(kBob, "psst");
  ReceiveInRoom("ann", "hello all");
  ReceiveInRoom("ann", "bot: tea?");
  chat.Submit("/notify off");
  Receive(kBob, "again");
  EXPECT_THAT(told, ElementsAre("are you there", "psst", "bot: tea?"));
}

TEST_F(ChatTest, ARoomIsRecognisedAndEntered) {
  xmpp::v1::JoinRoomResponse joined;
  joined.mutable_room()->set_room("new@rooms.example.org");
  joined.mutable_room()->set_nick("bot");
  calls_.AnswerTo("xmpp.v1.RoomService.JoinRoom", joined);

  Chat& chat = Begin("new@rooms.example.org");

  ASSERT_NE(chat.model().current(), nullptr);
  EXPECT_EQ(chat.model().current()->jid(), "new@rooms.example.org");
  EXPECT_EQ(chat.model().current()->kind(), ChatKind::kRoom);
}

TEST_F(ChatTest, WhoIsNoRoomIsAPerson) {
  calls_.errors["xmpp.v1.RoomService.GetRoomInfo"] = absl::FailedPreconditionError("no room");
  Chat& chat = Begin("stranger@example.org");
  ASSERT_NE(chat.model().current(), nullptr);
  EXPECT_EQ(chat.model().current()->kind(), ChatKind::kContact);
}

TEST_F(ChatTest, ARoomHasItsOwnCalls) {
  Chat& chat = Begin(kRoom);
  ReceiveInRoom("ann", "hello");
  chat.Submit("hi all");
  chat.Submit("/react 👍");
  chat.Submit("/nick robot");
  chat.Submit("/topic tea time");
  chat.Submit("/invite bob@example.org come");
  EXPECT_THAT(
      calls_.Requests<xmpp::v1::SendRoomMessageRequest>("xmpp.v1.RoomService.SendRoomMessage"),
      SizeIs(1));
  EXPECT_EQ(calls_.Requests<xmpp::v1::ReactInRoomRequest>("xmpp.v1.RoomService.ReactInRoom")[0]
                .stanza_id(),
            "s101");
  EXPECT_EQ(
      calls_.Requests<xmpp::v1::ChangeNickRequest>("xmpp.v1.RoomService.ChangeNick")[0].nick(),
      "robot");
  chat.Submit("/who");
  EXPECT_THAT(Texts(With(kRoom)), Contains("2 here: ann, bot"));
  chat.Submit("/msg ann a secret");
  EXPECT_EQ(calls_
                .Requests<xmpp::v1::SendPrivateMessageRequest>(
                    "xmpp.v1.RoomService.SendPrivateMessage")[0]
                .nick(),
            "ann");
}

TEST_F(ChatTest, CorrectionsAndRetractionsAreAboutWhatWasSaidLast) {
  Chat& chat = Begin(kAlice);
  xmpp::v1::SendMessageResponse response;
  response.set_message_id("id");
  calls_.AnswerTo(kSend, response);
  chat.Submit("/correct nothing");
  EXPECT_THAT(With(kAlice).messages().back().text, HasSubstr("nothing here"));
  chat.Submit("helo");
  chat.Submit("/correct hello");
  chat.Submit("/retract");
  EXPECT_EQ(
      calls_.Requests<xmpp::v1::CorrectMessageRequest>("xmpp.v1.ChatService.CorrectMessage")[0]
          .message_id(),
      "id");
  EXPECT_EQ(
      calls_.Requests<xmpp::v1::RetractMessageRequest>("xmpp.v1.ChatService.RetractMessage")[0]
          .message_id(),
      "id");
}

TEST_F(ChatTest, AFileHasABarUntilItIsThere) {
  Chat& chat = Begin(kAlice);
  chat.Submit("/file /tmp/photo one.jpg");
  EXPECT_EQ(calls_.file_path, "/tmp/photo one.jpg");
  EXPECT_EQ(calls_.file.to(), kAlice);
  calls_.file_progress(10, 40);
  ASSERT_THAT(With(kAlice).files, SizeIs(1));
  EXPECT_EQ(With(kAlice).files[0].done, 10);
  calls_.file_done(absl::NotFoundError("no place for it"));
  EXPECT_THAT(With(kAlice).files, IsEmpty());
  EXPECT_THAT(With(kAlice).messages().back().text, HasSubstr("no place for it"));
}

TEST_F(ChatTest, WrongCommandsAreAnsweredWhereTheyWereTyped) {
  Chat& chat = Begin(kAlice);
  for (const char* const line :
       {"/jion", "/nick bob", "/status sleeping", "/msg", "/msg nobody", "/file"}) {
    const size_t before = With(kAlice).messages().size();
    chat.Submit(line);
    ASSERT_EQ(With(kAlice).messages().size(), before + 1) << line;
    EXPECT_EQ(With(kAlice).messages().back().kind, ChatMessage::Kind::kError) << line;
  }
  EXPECT_FALSE(chat.quit());
  chat.Submit("/quit");
  EXPECT_TRUE(chat.quit());
}

TEST_F(ChatTest, ThePastTellsWhatIsUnreadAndWhatIsOlder) {
  xmpp::v1::ListMessagesResponse past;
  for (int i = 0; i < 3; ++i) {
    auto& message = *past.add_messages();
    message.set_type(xmpp::v1::HISTORY_MESSAGE_TYPE_CHAT);
    message.set_from("bob@example.org/phone");
    message.set_to("bot@example.org");
    message.set_body(absl::StrCat("past ", i));
    message.set_sequence(50 - i);
    message.set_read(i == 2);
  }
  past.set_next_page_token("older");
  calls_.AnswerTo("xmpp.v1.ChatService.ListMessages", past);

  Chat& chat = Begin(kAlice);

  EXPECT_EQ(With(kBob).unread, 2);
  EXPECT_THAT(Texts(With(kBob)), ElementsAre("past 2", "past 1", "past 0"));
  chat.SelectUnread();
  chat.ReachedTop();
  EXPECT_EQ(calls_.Requests<xmpp::v1::ListMessagesRequest>("xmpp.v1.ChatService.ListMessages")
                .back()
                .page_token(),
            "older");
}

}  // namespace
}  // namespace chatwire::cli
