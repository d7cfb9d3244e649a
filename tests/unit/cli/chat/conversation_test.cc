// What conversations and the list of them keep to.
#include "cli/chat/conversation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/chat/chat_model.h"

namespace chatwire::cli {
namespace {

using ::testing::ElementsAre;

ChatMessage Text(int64_t sequence, const std::string& text, bool own = false) {
  ChatMessage message;
  message.sequence = sequence;
  message.id = "id" + std::to_string(sequence);
  message.text = text;
  message.own = own;
  return message;
}

std::vector<std::string> Texts(const Conversation& conversation) {
  std::vector<std::string> texts;
  for (const ChatMessage& message : conversation.messages()) texts.push_back(message.text);
  return texts;
}

class ConversationTest : public ::testing::Test {
 protected:
  Conversation chat_{ChatKind::kContact, "alice@example.org"};
  absl::Time now_ = absl::FromUnixSeconds(1000);
};

TEST_F(ConversationTest, MessagesStandInTheOrderOfTheLog) {
  EXPECT_TRUE(chat_.Add(Text(5, "five")));
  EXPECT_TRUE(chat_.Add(Text(3, "three")));
  EXPECT_TRUE(chat_.Add(Text(4, "four")));
  EXPECT_THAT(Texts(chat_), ElementsAre("three", "four", "five"));
}

TEST_F(ConversationTest, AMessageThatComesAgainIsNotRepeated) {
  chat_.Add(Text(5, "five"));
  EXPECT_FALSE(chat_.Add(Text(5, "five")));
  EXPECT_THAT(Texts(chat_), ElementsAre("five"));
}

TEST_F(ConversationTest, WhatIsSentBecomesWhatTheLogSays) {
  ChatMessage sending = Text(0, "hello", true);
  sending.id.clear();
  sending.request_id = "request";
  sending.delivery = Delivery::kSending;
  chat_.Add(sending);
  chat_.Add(Text(7, "theirs"));

  // The event comes before the answer, which would have told the id.
  EXPECT_FALSE(chat_.Add(Text(8, "hello", true)));

  EXPECT_THAT(Texts(chat_), ElementsAre("theirs", "hello"));
  EXPECT_EQ(chat_.FindRequest("request")->id, "id8");
}

TEST_F(ConversationTest, TheSameTextTwiceIsTwoMessages) {
  for (const char* const request : {"one", "two"}) {
    ChatMessage sending = Text(0, "ok", true);
    sending.id.clear();
    sending.request_id = request;
    chat_.Add(sending);
  }
  chat_.Add(Text(8, "ok", true));
  chat_.Add(Text(9, "ok", true));

  EXPECT_THAT(Texts(chat_), ElementsAre("ok", "ok"));
  EXPECT_EQ(chat_.FindRequest("one")->sequence, 8);
  EXPECT_EQ(chat_.FindRequest("two")->sequence, 9);
}

TEST_F(ConversationTest, ALineOfTheProgramStaysWhereItWasSaid) {
  chat_.Add(Text(1, "before"));
  chat_.Say(ChatMessage::Kind::kNotice, "somebody came", now_);
  chat_.Add(Text(2, "after"));
  EXPECT_THAT(Texts(chat_), ElementsAre("before", "somebody came", "after"));
}

TEST_F(ConversationTest, DeliveryNeverGoesBack) {
  chat_.Add(Text(1, "one", true));
  chat_.SetDelivery("id1", Delivery::kReceived);
  chat_.SetDelivery("id1", Delivery::kServer);
  EXPECT_EQ(chat_.messages()[0].delivery, Delivery::kReceived);
}

TEST_F(ConversationTest, WhatWasShownHoldsForWhatIsBefore) {
  chat_.Add(Text(1, "one", true));
  chat_.Add(Text(2, "two", true));
  chat_.SetDelivery("id1", Delivery::kServer);
  chat_.SetDelivery("id2", Delivery::kDisplayed);
  EXPECT_EQ(chat_.messages()[0].delivery, Delivery::kDisplayed);
}

TEST_F(ConversationTest, NobodyTypesForEver) {
  chat_.SetTyping("alice", true, now_);
  EXPECT_THAT(chat_.Typing(now_ + absl::Seconds(29)), ElementsAre("alice"));
  EXPECT_THAT(chat_.Typing(now_ + absl::Seconds(31)), ElementsAre());
  chat_.SetTyping("alice", true, now_);
  chat_.SetTyping("alice", false, now_);
  EXPECT_THAT(chat_.Typing(now_), ElementsAre());
}

TEST_F(ConversationTest, WhoSpokeLastIsCompletedFirst) {
  Conversation room(ChatKind::kRoom, "tea@rooms.example.org");
  room.own_nick = "me";
  for (const char* const nick : {"me", "ann", "bob", "cid"}) room.people()[nick] = "";
  for (int64_t i = 1; i <= 3; ++i) {
    ChatMessage message = Text(i, "x");
    message.author = i == 2 ? "cid" : i == 3 ? "gone" : "bob";
    room.Add(message);
  }
  EXPECT_THAT(room.NicksByActivity(), ElementsAre("cid", "bob", "ann"));
}

class ChatModelTest : public ::testing::Test {
 protected:
  Conversation& Contact(const std::string& jid, bool open) {
    Conversation& contact = model_.Open(ChatKind::kContact, jid);
    contact.in_roster = true;
    contact.open = open;
    return contact;
  }

  ChatModel model_;
};

TEST_F(ChatModelTest, AResourceIsNotAnotherConversation) {
  EXPECT_EQ(&model_.Open(ChatKind::kContact, "Alice@example.org/phone"),
            &model_.Open(ChatKind::kContact, "alice@example.org"));
  EXPECT_NE(&model_.Open(ChatKind::kPrivate, "tea@rooms.example.org/Ann"),
            &model_.Open(ChatKind::kRoom, "tea@rooms.example.org"));
}

TEST_F(ChatModelTest, OpenOnesStandFirstThenContactsWhoAreThere) {
  Contact("zoe@x", false).resources["phone"] = ContactState::kOnline;
  Contact("ann@x", false);
  Contact("bob@x", true);
  model_.Open(ChatKind::kContact, "stranger@x");
  std::vector<std::string> names;
  for (const Conversation* const listed : model_.Listed()) names.push_back(listed->name);
  EXPECT_THAT(names, ElementsAre("bob", "zoe", "ann"));
}

TEST_F(ChatModelTest, UnreadIsCountedOnlyForWhatIsNotShown) {
  Conversation& ann = Contact("ann@x", true);
  Conversation& bob = Contact("bob@x", true);
  model_.Select(ann);
  model_.CountUnread(ann, false);
  model_.CountUnread(bob, false);
  model_.CountUnread(bob, true);
  EXPECT_EQ(ann.unread, 0);
  EXPECT_EQ(bob.unread, 2);
  EXPECT_TRUE(bob.mentioned);
  EXPECT_EQ(model_.unread(), 2);

  EXPECT_TRUE(model_.SelectUnread());

  EXPECT_EQ(model_.current(), &bob);
  EXPECT_EQ(model_.unread(), 0);
  EXPECT_FALSE(model_.SelectUnread());
}

TEST_F(ChatModelTest, TheListGoesRound) {
  Conversation& ann = Contact("ann@x", true);
  Conversation& bob = Contact("bob@x", true);
  model_.Select(ann);
  model_.SelectNext(-1);
  EXPECT_EQ(model_.current(), &bob);
  model_.SelectNext(1);
  EXPECT_EQ(model_.current(), &ann);
}

TEST_F(ChatModelTest, AClosedOneMakesRoomForAnother) {
  Conversation& ann = Contact("ann@x", true);
  Conversation& bob = Contact("bob@x", true);
  model_.Select(bob);
  model_.Close(bob);
  EXPECT_EQ(model_.current(), &ann);
  model_.Close(ann);
  EXPECT_EQ(model_.current(), nullptr);
  model_.SelectNext(1);
  EXPECT_NE(model_.current(), nullptr);
}

}  // namespace
}  // namespace chatwire::cli
