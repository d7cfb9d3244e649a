// What goes to and fro while an account is in a room.
#include "common/error.h"
#include "tests/unit/xmpp-service/room_keeper_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using RoomTrafficTest = RoomKeeperFixture;

TEST_F(RoomTrafficTest, AMessageWaitsForTheRoomAndIsConfirmedByItsReflection) {
  store_.rooms[kRoom] = {kRoom, "bot", "", "", ArchiveMark{"s1", clock_.Now()}, std::nullopt};
  store_.pending["m1"] = {1, "m1", kRoom, "", "hello"};
  Restore();
  Up();
  EXPECT_THAT(port_.sent, IsEmpty());
  Enter();
  EXPECT_THAT(port_.sent, ElementsAre("m1"));
  EXPECT_THAT(delivered_, IsEmpty());

  Say("bot", "hello", "m1", "s2");

  EXPECT_THAT(delivered_, ElementsAre(std::make_pair("m1", DeliveryStage::kServerAck)));
}

TEST_F(RoomTrafficTest, SomebodyElsesMessageWithOurIdConfirmsNothing) {
  Up();
  Join();
  Enter();
  store_.pending["m1"] = {1, "m1", kRoom, "", "hello"};
  keeper_->OnAccepted(store_.pending["m1"]);
  executor_.Run();
  Say("witch", "hello", "m1", "s2");

  EXPECT_THAT(delivered_, IsEmpty());
}

TEST_F(RoomTrafficTest, ARefusedMessageFailsAndOneThatTheRoomDoesNotKnowIsSentAgain) {
  Up();
  Join();
  Enter();
  store_.pending["m1"] = {1, "m1", kRoom, "", "hello"};
  keeper_->OnAccepted(store_.pending["m1"]);
  executor_.Run();
  RoomMessage answer;
  answer.room = kRoom;
  answer.id = "m1";
  answer.error = StanzaError{"not-acceptable", ""};
  keeper_->OnRoomMessage(answer);
  EXPECT_EQ(State(), RoomState::kRetrying) << "the room has lost the account";
  executor_.Advance(absl::Minutes(5));
  Present("bot", {110});
  EXPECT_THAT(port_.sent, ElementsAre("m1", "m1"));

  answer.error = StanzaError{"forbidden", ""};
  keeper_->OnRoomMessage(answer);
  executor_.Run();
  EXPECT_THAT(store_.failed, ElementsAre(std::make_pair("m1", "forbidden")));
  EXPECT_EQ(State(), RoomState::kJoined);
}

TEST_F(RoomTrafficTest, AMessageTellsWhoItsAuthorWasWhenItCame) {
  Up();
  Join();
  RoomPresence witch;
  witch.room = kRoom;
  witch.participant.nick = "witch";
  witch.participant.role = RoomRole::kModerator;
  witch.participant.affiliation = RoomAffiliation::kOwner;
  witch.participant.jid = "hecate@example.org/cauldron";
  keeper_->OnRoomPresence(witch);
  Present("bot", {110});
  Say("witch", "bot: lamp on", "m1", "s1");
  Say("nobody", "bot: lamp on", "m2", "s2");

  ASSERT_THAT(store_.arrivals, SizeIs(2));
  const auto& said = std::get<RoomMessageReceived>(*store_.arrivals[0].payload);
  ASSERT_TRUE(said.speaker.has_value());
  EXPECT_EQ(said.speaker->role, RoomRole::kModerator);
  EXPECT_EQ(said.speaker->affiliation, RoomAffiliation::kOwner);
  EXPECT_EQ(said.jid, "hecate@example.org/cauldron");
  EXPECT_TRUE(said.from_contact);
  EXPECT_EQ(said.account_nick, "bot");
  const auto& unknown = std::get<RoomMessageReceived>(*store_.arrivals[1].payload);
  EXPECT_FALSE(unknown.speaker.has_value());
  EXPECT_FALSE(unknown.from_contact);

  const auto speaker = keeper_->Speaker(std::string(kRoom) + "/witch");
  ASSERT_TRUE(speaker.has_value());
  EXPECT_EQ(speaker->jid, "hecate@example.org/cauldron");
  EXPECT_FALSE(keeper_->Speaker("hecate@example.org/witch").has_value());
  keeper_->OnDown();
  Up();
  EXPECT_FALSE(keeper_->Speaker(std::string(kRoom) + "/witch").has_value())
      << "on its way in again, nothing is certain";
}

TEST_F(RoomTrafficTest, WhatIsOfThePastIsNobodysWordNow) {
  Up();
  Join();
  Enter();
  RoomMessage message;
  message.room = kRoom;
  message.nick = "witch";
  message.body = "bot: lamp on";
  message.id = "m1";
  message.stamp = clock_.Now() - absl::Hours(1);
  keeper_->OnRoomMessage(message);
  executor_.Run();

  ASSERT_THAT(store_.arrivals, SizeIs(1));
  const auto& said = std::get<RoomMessageReceived>(*store_.arrivals[0].payload);
  EXPECT_TRUE(said.delayed);
  EXPECT_FALSE(said.speaker.has_value());
}

TEST_F(RoomTrafficTest, ANickChangeIsAnsweredByTheRoom) {
  Up();
  Join();
  Enter();
  absl::StatusOr<std::string> changed = absl::UnknownError("not answered");
  const auto change = [&](const std::string& nick) {
    keeper_->ChangeNick(kRoom, nick,
                        Completion<std::string>([&](auto result) { changed = std::move(result); }));
  };
  change("witch");
  Refuse("conflict");
  EXPECT_EQ(ReasonOf(changed.status()), "NICK_TAKEN");

  change("robot");
  RoomPresence presence;
  presence.room = kRoom;
  presence.type = RoomPresence::Type::kUnavailable;
  presence.participant.nick = "bot";
  presence.new_nick = "robot";
  presence.status_codes = {110, 303};
  keeper_->OnRoomPresence(presence);
  executor_.Run();

  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(*changed, "robot");
  EXPECT_EQ(store_.rooms.at(kRoom).nick, "robot");
  EXPECT_EQ(Events<ParticipantChanged>().at(0).previous_nick, "bot");
}

TEST_F(RoomTrafficTest, TheParticipantsAreBounded) {
  Up();
  Join();
  Present("bot", {110});
  for (size_t i = 0; i < kMaximumParticipants + 10; ++i) Present("nick" + std::to_string(i));

  const auto page = keeper_->ListParticipants(kRoom, "", 2 * kMaximumParticipants);
  ASSERT_TRUE(page.ok());
  EXPECT_THAT(page->participants, SizeIs(kMaximumParticipants));
  EXPECT_TRUE(page->truncated);
}

TEST_F(RoomTrafficTest, AnInvitationOpensTheRoomWithItsPassword) {
  invitations_.invitations[kRoom] = {kRoom, "witch@example.org", "", "emases nepo", false, {}};
  Up();
  Join();

  EXPECT_EQ(port_.entries.at(0).password, "open sesame");
}

TEST_F(RoomTrafficTest, ARoomLeftWithoutAStreamIsLeftWhenThatIsResumed) {
  Up();
  Join();
  Enter();
  keeper_->OnDown();
  absl::StatusOr<bool> left = false;
  keeper_->Leave(kRoom, Completion<bool>([&](auto result) { left = std::move(result); }));
  executor_.Run();
  ASSERT_TRUE(left.ok() && *left);
  Up(/*resumed=*/true);

  EXPECT_THAT(port_.exits, ElementsAre(kRoom));
}

}  // namespace
}  // namespace chatwire::xmpp
