// What is said in rooms, and what comes of it.
#include <optional>

#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kRoom[] = "lamps@rooms.example.org";

class ChatRoomsTest : public RulesFixture {
 protected:
  ChatRoomsTest() {
    Create("lamp");
    Create("fan");
    settings_.rooms.trust = *RoomTrust::Parse("own");
  }

  /// What @p nick, a contact whose JID the room shows, says to everybody.
  ChatEvent Said(const std::string& body, const std::string& nick = "alice") {
    ChatEvent event;
    event.event_id = std::to_string(++events_);
    event.account = "bot@example.org";
    event.place = ChatPlace::kRoom;
    event.from = std::string(kRoom) + "/" + nick;
    event.to = event.account;
    event.body = body;
    event.sent_time = clock_.Now();
    event.from_contact = true;
    event.speaker = {RoomRole::kParticipant,
                     RoomAffiliation::kNone,
                     nick + "@example.org/phone",
                     "occupant-" + nick,
                     "lampbot",
                     "stanza" + event.event_id};
    return event;
  }

  /// The same of somebody of whom the room tells only the nick.
  ChatEvent Hidden(const std::string& body, const std::string& nick) {
    ChatEvent event = Said(body, nick);
    event.from_contact = false;
    event.speaker.jid.clear();
    return event;
  }

  ChatEvent Privately(ChatEvent event) {
    event.place = ChatPlace::kRoomPrivate;
    event.speaker.account_nick.clear();
    event.speaker.stanza_id.clear();
    return event;
  }

  std::vector<std::string> Handle(const ChatEvent& event) {
    if (!chat_.has_value()) chat_.emplace(rules_, announcer_, clock_, settings_);
    const size_t before = Replies().size();
    Do([&](Transaction& transaction) { chat_->Handle(transaction, event); });
    return Since(before);
  }

  OwedReply LastReply() {
    OwedReply last;
    Do([&](Transaction& transaction) { last = transaction.chat().RepliesAfter(0, 1000).back(); });
    return last;
  }

  void Allow(const std::string& name, std::vector<std::string> allow) {
    Do([&](Transaction& transaction) {
      CheckboxChange change;
      change.chat_allow = std::move(allow);
      ASSERT_TRUE(rules_.Update(transaction, name, change).ok());
    });
  }

  /// Before the first event.
  ChatSettings settings_;
  std::optional<ChatRules> chat_;
  int events_ = 0;
};

constexpr auto kOn = SwitchState::kOn;
constexpr auto kOff = SwitchState::kOff;

TEST_F(ChatRoomsTest, ACommandIsAnsweredInTheRoomToWhoAsked) {
  EXPECT_THAT(Handle(Said("lampbot: lamp on")), IsEmpty());
  EXPECT_EQ(Get("lamp").desired, kOn);
  EXPECT_EQ(Get("lamp").last_change.actor, "alice@example.org");
  EXPECT_THAT(ReportAndListen("lamp", kOn), ElementsAre("alice: lamp is on"));
  const OwedReply reply = LastReply();
  EXPECT_EQ(reply.place, ChatPlace::kRoom);
  EXPECT_EQ(BareJid(reply.to), kRoom);
}

TEST_F(ChatRoomsTest, AnEventTakesEffectOnce) {
  const ChatEvent event = Said("lampbot: lamp toggle");
  Handle(event);
  Handle(event);
  EXPECT_EQ(Get("lamp").version, 1);
}

TEST_F(ChatRoomsTest, WhatIsSaidToOthersWhatIsOldAndWhatIsOursIsNoCommand) {
  ChatEvent old = Said("lampbot: lamp on");
  old.only_to_read = true;
  ChatEvent own = Said("lampbot: lamp on", "lampbot");
  own.sent = true;
  for (const ChatEvent& event : {Said("lamp on"), Said("bob: lamp on"), old, own}) {
    EXPECT_THAT(Handle(event), IsEmpty());
  }
  ChatEvent second = Said("lampbot: help", "bob");
  second.account = "second@example.org";
  second.speaker.account_nick = "lampbot";
  Handle(second);
  EXPECT_THAT(Handle(Said("lampbot: lamp on", "second")), IsEmpty()) << "an account of ours";
  EXPECT_EQ(Get("lamp").version, 0);
}

TEST_F(ChatRoomsTest, ALateAnswerFindsItsWayToo) {
  Handle(Said("lampbot: lamp on"));
  size_t before = Replies().size();
  clock_.Advance(absl::Seconds(5));
  ApplyDeadlines();
  EXPECT_THAT(Since(before), ElementsAre(StartsWith("alice: lamp: not sent yet")));
  EXPECT_THAT(ReportAndListen("lamp", kOn), ElementsAre("alice: lamp is on"));
  EXPECT_EQ(LastReply().place, ChatPlace::kRoom);
}

TEST_F(ChatRoomsTest, ListsBeginOnALineOfTheirOwnAndHelpTellsTheAddress) {
  EXPECT_THAT(Handle(Said("lampbot: list")), ElementsAre(StartsWith("alice:\nfan: unknown\n")));
  EXPECT_THAT(Handle(Said("lampbot: ajuda")), ElementsAre(HasSubstr("lampbot: ligar lamp")));
}

TEST_F(ChatRoomsTest, WhoMayNotIsToldOncePolitely) {
  EXPECT_THAT(Handle(Hidden("lampbot: lamp on", "eve")), ElementsAre(StartsWith("eve: Sorry")));
  EXPECT_THAT(Handle(Hidden("lampbot: lamp on", "eve")), IsEmpty());
  ChatEvent renamed = Hidden("lampbot: lamp on", "mallory");
  renamed.speaker.occupant_id = "occupant-eve";
  EXPECT_THAT(Handle(renamed), IsEmpty()) << "the same person";
  EXPECT_EQ(Get("lamp").version, 0);
}

TEST_F(ChatRoomsTest, ARoomIsNotFlooded) {
  size_t told = 0;
  for (int i = 0; i < 50; ++i) {
    told += Handle(Hidden("lampbot: lamp on", "eve" + std::to_string(i))).size();
    told += Handle(Said("lampbot: what a nice day")).size();
  }
  EXPECT_EQ(told, 10u);
  clock_.Advance(absl::Minutes(1));
  EXPECT_THAT(Handle(Said("lampbot: lmap on")), ElementsAre(HasSubstr("Did you mean lamp?")));
}

TEST_F(ChatRoomsTest, AnUnbelievedRoomGetsNoWordAndOperatesNothing) {
  settings_.rooms.trust = *RoomTrust::Parse("");
  EXPECT_THAT(Handle(Said("lampbot: lamp on")), IsEmpty());
  EXPECT_EQ(Get("lamp").version, 0);
  // But where a checkbox names the room.
  Allow("lamp", {std::string("room:") + kRoom + "#moderator"});
  Handle(Said("lampbot: lamp on"));
  EXPECT_EQ(Get("lamp").version, 0);
  ChatEvent moderator = Said("lampbot: lamp on");
  moderator.speaker.role = RoomRole::kModerator;
  Handle(moderator);
  EXPECT_EQ(Get("lamp").desired, kOn);
  EXPECT_EQ(Get("lamp").last_change.actor, std::string(kRoom) + "/alice");
}

TEST_F(ChatRoomsTest, ACheckboxMayBelongToARoom) {
  Allow("lamp", {std::string("room:") + kRoom});
  EXPECT_THAT(Handle(Hidden("lampbot: lamp on", "carol")), IsEmpty());
  EXPECT_EQ(Get("lamp").desired, kOn);
  EXPECT_EQ(Get("lamp").last_change.actor, std::string(kRoom) + "/carol");
  EXPECT_THAT(Handle(Hidden("lampbot: fan on", "carol")), ElementsAre(HasSubstr("Sorry")));
  Handle(Privately(Hidden("lamp off", "carol")));
  EXPECT_EQ(Get("lamp").desired, kOff);
  // Not out of another room, and not directly.
  ChatEvent elsewhere = Said("lampbot: lamp on");
  elsewhere.from = "other@rooms.example.org/alice";
  EXPECT_THAT(Handle(elsewhere), ElementsAre(HasSubstr("You may not operate lamp")));
  ChatEvent direct = Said("lamp on");
  direct.place = ChatPlace::kDirect;
  direct.from = kRoom;
  direct.from_contact = false;
  Handle(direct);
  EXPECT_EQ(Get("lamp").version, 2);
}

TEST_F(ChatRoomsTest, ANickIsNobodysAddress) {
  settings_.policy = *SenderPolicy::Parse("lamps@rooms.example.org,@rooms.example.org");
  EXPECT_THAT(Handle(Hidden("lampbot: lamp on", "eve")), ElementsAre(HasSubstr("Sorry")));
  EXPECT_EQ(Get("lamp").version, 0);
}

TEST_F(ChatRoomsTest, APrivateMessageIsAnsweredPrivately) {
  Handle(Privately(Said("lamp on")));
  EXPECT_THAT(ReportAndListen("lamp", kOn), ElementsAre("lamp is on"));
  EXPECT_EQ(LastReply().place, ChatPlace::kRoomPrivate);
  EXPECT_EQ(LastReply().to, std::string(kRoom) + "/alice");
  EXPECT_THAT(Handle(Privately(Said("watch lamp"))), ElementsAre(HasSubstr("private message")));
  EXPECT_THAT(Handle(Privately(Said("unwatch all"))), ElementsAre(HasSubstr("private message")));
}

TEST_F(ChatRoomsTest, ARoomThatWatchesIsToldAsARoom) {
  EXPECT_THAT(Handle(Said("lampbot: watch lamp")),
              ElementsAre(StartsWith("alice: I tell this room when lamp changes")));
  EXPECT_THAT(ReportAndListen("lamp", kOn), ElementsAre("lamp is on (the device)"));
  EXPECT_EQ(LastReply().to, kRoom);
  EXPECT_EQ(LastReply().place, ChatPlace::kRoom);

  Handle(Said("lampbot: lamp off"));
  EXPECT_THAT(ReportAndListen("lamp", kOff), ElementsAre("alice: lamp is off"))
      << "the answer is read by all";
  Handle(Privately(Said("lamp on")));
  EXPECT_THAT(ReportAndListen("lamp", kOn),
              ::testing::UnorderedElementsAre("lamp is on", "lamp is on (alice@example.org)"))
      << "the room has not read the answer";

  Handle(Said("lampbot: unwatch lamp", "bob"));
  EXPECT_THAT(ReportAndListen("lamp", kOff), IsEmpty());
}

TEST_F(ChatRoomsTest, APrefixSpeaksToAllAccountsAndOneActs) {
  settings_.rooms.prefix = "!";
  ChatEvent first = Said("!lamp toggle");
  ChatEvent second = first;
  second.event_id = "other";
  second.account = "second@example.org";
  second.speaker.account_nick = "other";
  Handle(first);
  Handle(second);
  EXPECT_EQ(Get("lamp").version, 1);
}

TEST_F(ChatRoomsTest, WhatIsAddressedToNobodyIsDoneAndOtherwiseLeftAlone) {
  settings_.rooms.unaddressed = true;
  for (const char* text : {"good morning", "help", "list", "?", "coffee on", "watch lamp",
                           "lamp on, what a nice day"}) {
    EXPECT_THAT(Handle(Said(text)), IsEmpty()) << text;
  }
  EXPECT_THAT(Handle(Hidden("lamp on", "eve")), IsEmpty());
  EXPECT_EQ(Get("lamp").version, 0);
  Handle(Said("lamp on"));
  EXPECT_THAT(ReportAndListen("lamp", kOn), ElementsAre("alice: lamp is on"));
  EXPECT_THAT(Handle(Said("lamp?")), ElementsAre("alice: lamp is on"));
}

TEST_F(ChatRoomsTest, ACommandOfAWhileAgoIsRefused) {
  ChatEvent event = Said("lampbot: lamp on");
  event.sent_time = clock_.Now() - absl::Minutes(6);
  EXPECT_THAT(Handle(event), ElementsAre(StartsWith("alice: arrived too late")));
  EXPECT_EQ(Get("lamp").version, 0);
}

TEST_F(ChatRoomsTest, EachPersonHasALanguageAndALimitOfTheirOwn) {
  settings_.commands_per_minute = 1;
  Report("lamp", kOn);
  Handle(Said("lampbot: ajuda", "bob"));
  EXPECT_THAT(Handle(Said("lampbot: lamp?", "bob")), ElementsAre("bob: lamp está ligado"));
  EXPECT_THAT(Handle(Said("lampbot: lamp?")), ElementsAre("alice: lamp is on"));
  Handle(Said("lampbot: toggle lamp"));
  EXPECT_THAT(Handle(Said("lampbot: toggle lamp")), ElementsAre(HasSubstr("too fast")));
  Handle(Said("lampbot: toggle lamp", "bob"));
  EXPECT_EQ(Get("lamp").version, 3);
}

TEST_F(ChatRoomsTest, ChatterIsNotMirrored) {
  Handle(Said("good morning"));
  for (const OutboxMessage& message : OutboxMessages()) {
    EXPECT_THAT(message.topic, Not(HasSubstr("/chat/")));
  }
}

}  // namespace
}  // namespace chatwire::mqtt
