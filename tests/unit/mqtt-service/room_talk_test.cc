// To whom something is said in a room, and what of it is believed.
#include "mqtt-service/domain/room_talk.h"

#include <gtest/gtest.h>

namespace chatwire::mqtt {
namespace {

ChatEvent Said(const std::string& body, const std::string& own_nick = "lampbot") {
  ChatEvent event;
  event.account = "bot@example.org";
  event.place = ChatPlace::kRoom;
  event.from = "lamps@rooms.example.org/alice";
  event.body = body;
  event.from_contact = true;
  event.speaker.jid = "alice@example.org/phone";
  event.speaker.account_nick = own_nick;
  return event;
}

/// What is left of @p body for the account; "-" where it is not for it.
std::string Heard(const std::string& body, const RoomSettings& settings = {},
                  const std::string& own_nick = "lampbot") {
  const auto heard = HeardInRoom(Said(body, own_nick), settings);
  return heard.has_value() ? heard->body : "-";
}

TEST(RoomTalkTest, ANameInFrontIsAnAddress) {
  for (const char* text :
       {"lampbot: lamp on", "lampbot, lamp on", "@lampbot lamp on", "@lampbot: lamp on",
        "  LampBot:lamp on ", "lampbot : lamp on", "@LAMPBOT,  lamp on"}) {
    EXPECT_EQ(Heard(text), "lamp on") << text;
  }
  EXPECT_EQ(Heard("Luz-Bôt: lamp on", {}, "luz-bot"), "lamp on");
  EXPECT_EQ(Heard("Lamp Bot 2: lamp on", {}, "lamp bot 2"), "lamp on");
  EXPECT_EQ(Heard("@lamp: bot, lamp on", {}, "lamp: bot"), "lamp on");
  EXPECT_EQ(Heard("l\xc3\xa2mpada: lamp on", {}, "la\xcc\x82mpada"), "lamp on");
  EXPECT_EQ(Heard("lampbot:"), "");
}

TEST(RoomTalkTest, WhatIsSaidToOthersIsNotForTheAccount) {
  for (const char* text :
       {"lamp on", "lampbot lamp on", "lampbots: lamp on", "bob: lamp on", "@bob lamp on",
        "> lampbot: lamp on", "lamp on, lampbot", "tell lampbot: lamp on", "@lampbotlamp on", ""}) {
    EXPECT_EQ(Heard(text), "-") << text;
  }
  EXPECT_EQ(Heard(": lamp on", {}, ""), "-") << "the nick is not known";
}

TEST(RoomTalkTest, APrefixIsAnAddressOnlyWhereThereIsOne) {
  RoomSettings settings;
  EXPECT_EQ(Heard("!lamp on", settings), "-");
  settings.prefix = "!";
  EXPECT_EQ(Heard("! lamp on", settings), "lamp on");
  EXPECT_EQ(HeardInRoom(Said("!lamp on"), settings)->addressing, Addressing::kByPrefix);
  EXPECT_EQ(Heard("lamp on!", settings), "-");
  settings.prefix = "bot";
  EXPECT_EQ(Heard("bot lamp on", settings), "lamp on");
  EXPECT_EQ(Heard("bottle on", settings), "-");
  EXPECT_TRUE(CheckRoomPrefix("").ok());
  EXPECT_FALSE(CheckRoomPrefix("a b").ok());
  EXPECT_FALSE(CheckRoomPrefix(std::string(17, '!')).ok());
}

TEST(RoomTalkTest, WithoutAnAddressItIsHeardOnlyWhereThatIsWanted) {
  RoomSettings settings;
  settings.unaddressed = true;
  const auto heard = HeardInRoom(Said("lamp on"), settings);
  ASSERT_TRUE(heard.has_value());
  EXPECT_EQ(heard->addressing, Addressing::kNone);
}

TEST(RoomTalkTest, APrivateMessageNeedsNoAddress) {
  ChatEvent event = Said("lamp on", "");
  event.place = ChatPlace::kRoomPrivate;
  EXPECT_EQ(HeardInRoom(event, {})->body, "lamp on");
}

TEST(RoomTalkTest, AnUnbelievedRoomKnowsNobody) {
  RoomSettings settings;
  auto heard = HeardInRoom(Said("lampbot: lamp on"), settings);
  EXPECT_FALSE(heard->room_believed);
  EXPECT_FALSE(heard->from_contact);
  EXPECT_EQ(heard->speaker.jid, "");
  settings.trust = *RoomTrust::Parse("own");
  heard = HeardInRoom(Said("lampbot: lamp on"), settings);
  EXPECT_TRUE(heard->room_believed);
  EXPECT_TRUE(heard->from_contact);
  EXPECT_EQ(heard->speaker.jid, "alice@example.org/phone");
}

TEST(RoomTrustTest, BelievesWhatTheOperatorSays) {
  const std::string bot = "bot@example.org";
  const auto own = *RoomTrust::Parse("own");
  EXPECT_TRUE(own.Believes(bot, "lamps@rooms.example.org"));
  EXPECT_TRUE(own.Believes(bot, "lamps@example.org"));
  EXPECT_FALSE(own.Believes(bot, "lamps@rooms.evil.example"));
  EXPECT_FALSE(own.Believes(bot, "lamps@evilexample.org"));
  EXPECT_FALSE(RoomTrust::Parse("")->Believes(bot, "lamps@rooms.example.org"));
  EXPECT_TRUE(RoomTrust::Parse("*")->Believes(bot, "lamps@rooms.evil.example"));
  const auto listed = *RoomTrust::Parse("Lamps@muc.b.org, @rooms.c.org");
  EXPECT_TRUE(listed.Believes(bot, "lamps@muc.b.org"));
  EXPECT_FALSE(listed.Believes(bot, "other@muc.b.org"));
  EXPECT_TRUE(listed.Believes(bot, "any@rooms.c.org"));
  EXPECT_FALSE(listed.Believes(bot, "lamps@rooms.example.org"));
  for (const char* bad : {"lamps", "a@b.org/nick", "@"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(RoomTrust::Parse(bad).status())) << bad;
  }
}

TEST(RoomTalkTest, AnAnswerNamesWhoIsMeant) {
  EXPECT_EQ(ToNick("alice", "lamp is on"), "alice: lamp is on");
  EXPECT_EQ(ToNick("alice", "lamp: on\nfan: off"), "alice:\nlamp: on\nfan: off");
}

}  // namespace
}  // namespace chatwire::mqtt
