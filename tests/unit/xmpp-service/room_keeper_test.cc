// Into a room, out of it, and back.
#include "common/error.h"
#include "tests/unit/xmpp-service/room_keeper_fixture.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using RoomKeeperTest = RoomKeeperFixture;

TEST_F(RoomKeeperTest, AJoinIsAnsweredWhenTheRoomHasLetTheAccountIn) {
  Up();
  Join({"bot", "open sesame", {}, false});
  EXPECT_FALSE(joined_.ok());

  Enter();

  ASSERT_TRUE(joined_.ok()) << joined_.status();
  EXPECT_EQ(joined_->state, RoomState::kJoined);
  EXPECT_EQ(joined_->participant_count, 2U);
  EXPECT_EQ(port_.entries.at(0).password, "open sesame");
  EXPECT_EQ(port_.entries.at(0).history.maximum_messages, 0);
  EXPECT_EQ(store_.rooms.at(kRoom).sealed_password, "emases nepo");
  EXPECT_THAT(Events<RoomJoined>(), SizeIs(1));
  EXPECT_THAT(Events<ParticipantJoined>(), IsEmpty()) << "who was there is no news";
}

TEST_F(RoomKeeperTest, AChangedPasswordIsWhatTheAccountComesBackWith) {
  Up();
  Join({"bot", "open sesame", {}, false});
  Enter();

  keeper_->OnConfigured(kRoom, "shut", Completion<bool>());
  keeper_->OnDown();
  Up();

  EXPECT_EQ(store_.rooms.at(kRoom).sealed_password, "tuhs");
  ASSERT_THAT(port_.entries, SizeIs(2));
  EXPECT_EQ(port_.entries[1].password, "shut");
  Enter();
  keeper_->OnConfigured(kRoom, "", Completion<bool>());
  EXPECT_EQ(store_.rooms.at(kRoom).sealed_password, "");
  keeper_->OnConfigured("other@rooms.example.org", "shut", Completion<bool>());
  EXPECT_THAT(store_.rooms, SizeIs(1)) << "one that was not joined is not one of them";
}

TEST_F(RoomKeeperTest, ARoomIsReservedFromItsCreationToItsConfiguration) {
  Up();
  port_.info = StanzaErrorStatus({"item-not-found", ""});
  Join({"bot", "open sesame", {}, true});
  EXPECT_FALSE(keeper_->IsReserved(kRoom));
  Present("bot", {110, 201});
  EXPECT_TRUE(keeper_->IsReserved(kRoom));

  keeper_->OnConfigured(kRoom, std::nullopt, Completion<bool>());

  EXPECT_FALSE(keeper_->IsReserved(kRoom));
  EXPECT_EQ(store_.rooms.at(kRoom).sealed_password, "emases nepo") << "as before";
  EXPECT_FALSE(keeper_->IsReserved("other@rooms.example.org"));
}

TEST_F(RoomKeeperTest, ARefusedJoinLeavesNothingBehind) {
  Up();
  Join();
  Refuse("registration-required");
  executor_.Advance(absl::ZeroDuration());

  EXPECT_EQ(ReasonOf(joined_.status()), "ROOM_MEMBERS_ONLY");
  EXPECT_THAT(keeper_->List("", 10), IsEmpty());
  EXPECT_THAT(store_.rooms, IsEmpty());
  EXPECT_THAT(events_, IsEmpty());
  EXPECT_THAT(port_.forgotten, ::testing::Contains(kRoom)) << "whatever it is, it is no room";
}

TEST_F(RoomKeeperTest, WhoDoesNotSayWhatItIsIsNotEntered) {
  Up();
  port_.info = StanzaErrorStatus({"subscription-required", ""});
  Join();

  EXPECT_EQ(ReasonOf(joined_.status()), "XMPP_SUBSCRIPTION_REQUIRED");
  EXPECT_THAT(port_.entries, IsEmpty()) << "it may be a contact";
}

TEST_F(RoomKeeperTest, ARoomThatDoesNotExistIsNotMade) {
  Up();
  port_.info = StanzaErrorStatus({"item-not-found", ""});
  Join();
  EXPECT_EQ(ReasonOf(joined_.status()), "ROOM_NOT_FOUND");
  EXPECT_THAT(port_.entries, IsEmpty());

  port_.info = StanzaErrorStatus({"forbidden", ""});
  Join();
  Present("bot", {110, 201});
  EXPECT_EQ(ReasonOf(joined_.status()), "ROOM_NOT_FOUND");
  EXPECT_THAT(port_.exits, ElementsAre(kRoom)) << "a locked room goes with its maker";
}

TEST_F(RoomKeeperTest, WhatIsNoRoomIsNotEntered) {
  Up();
  port_.info = RoomInfo{};
  Join();

  EXPECT_EQ(ReasonOf(joined_.status()), "NOT_A_ROOM");
  EXPECT_THAT(port_.entries, IsEmpty());
}

TEST_F(RoomKeeperTest, ARoomThatDoesNotAnswerIsGivenUpInTime) {
  Up();
  Join();
  executor_.Advance(absl::Seconds(31));

  EXPECT_EQ(ReasonOf(joined_.status()), "NO_ANSWER");
  EXPECT_THAT(port_.exits, ElementsAre(kRoom));
}

TEST_F(RoomKeeperTest, AfterANewStreamTheRoomIsEnteredAgainAndTheMissedIsFetched) {
  Up();
  Join();
  Enter();
  Say("witch", "boil", "m1", "s1");
  keeper_->OnDown();
  EXPECT_EQ(State(), RoomState::kJoining);
  RoomMessage missed;
  missed.room = kRoom;
  missed.nick = "witch";
  missed.body = "bubble";
  missed.stanza_id = "s2";
  missed.from_archive = true;
  port_.pages.push_back({{missed}, true});
  Up();
  Present("hag");
  Present("bot", {110});

  EXPECT_EQ(State(), RoomState::kJoined);
  ASSERT_THAT(port_.entries, SizeIs(2));
  EXPECT_EQ(port_.entries.at(1).history.maximum_messages, 0) << "that comes from the archive";
  EXPECT_EQ(port_.queries.back().after, "s1");
  EXPECT_EQ(store_.arrivals.back().stanza_id, "s2");
  EXPECT_TRUE(Events<RoomJoined>().back().rejoined);
  ASSERT_THAT(Events<ParticipantJoined>(), SizeIs(1));
  EXPECT_EQ(Events<ParticipantJoined>().at(0).participant.nick, "hag");
  ASSERT_THAT(Events<ParticipantLeft>(), SizeIs(1));
  EXPECT_EQ(Events<ParticipantLeft>().at(0).participant.nick, "witch");
}

TEST_F(RoomKeeperTest, WithoutAnArchiveTheHistorySinceTheLastMessageIsFetched) {
  port_.info->archived = false;
  Up();
  Join();
  Enter();
  clock_.Advance(absl::Hours(1));
  Say("witch", "boil", "m1", "");
  const absl::Time last = clock_.Now();
  clock_.Advance(absl::Hours(1));
  keeper_->OnDown();
  Up();

  EXPECT_EQ(port_.entries.back().history.since, last - absl::Seconds(10));
}

TEST_F(RoomKeeperTest, AResumedStreamKeepsTheRoomWhereThatStillKnowsTheAccount) {
  Up();
  Join();
  Enter();
  keeper_->OnDown();
  Up(/*resumed=*/true);
  EXPECT_EQ(port_.checks, 1);
  EXPECT_EQ(State(), RoomState::kJoined);
  EXPECT_THAT(port_.entries, SizeIs(1));

  keeper_->OnDown();
  port_.inside = false;
  Up(/*resumed=*/true);
  EXPECT_EQ(State(), RoomState::kRetrying);
  executor_.Advance(absl::Minutes(5));
  EXPECT_THAT(port_.entries, SizeIs(2));
}

TEST_F(RoomKeeperTest, ASilentlyLostRoomIsNoticedAndEnteredAgain) {
  Up();
  Join();
  Enter();
  executor_.Advance(RoomMembership::kCheckInterval);
  EXPECT_EQ(port_.checks, 1);
  port_.inside = NoAnswer();
  executor_.Advance(RoomMembership::kCheckInterval);
  EXPECT_EQ(State(), RoomState::kJoined) << "nobody has said anything";

  port_.inside = false;
  executor_.Advance(RoomMembership::kCheckInterval);

  ASSERT_THAT(Events<RoomLeft>(), SizeIs(1));
  EXPECT_EQ(Events<RoomLeft>().at(0).reason, RoomLeaveReason::kConnection);
  EXPECT_TRUE(Events<RoomLeft>().at(0).will_rejoin);
  executor_.Advance(absl::Minutes(5));
  EXPECT_THAT(port_.entries, SizeIs(2));
}

TEST_F(RoomKeeperTest, ARoomWhoseServerRestartsIsEnteredAgain) {
  Up();
  Join();
  Enter();
  Gone("bot", {110, 332});
  EXPECT_EQ(State(), RoomState::kRetrying);
  EXPECT_EQ(keeper_->List("", 1).at(0).failure->reason, "SHUTDOWN");

  port_.info = StanzaErrorStatus({"remote-server-timeout", ""});
  executor_.Advance(absl::Minutes(1));
  EXPECT_EQ(State(), RoomState::kRetrying);
  port_.info = RoomInfo{};
  port_.info->is_room = true;
  executor_.Advance(absl::Minutes(5));
  Present("bot", {110});

  EXPECT_EQ(State(), RoomState::kJoined);
  EXPECT_THAT(Events<RoomLeft>(), SizeIs(1)) << "further attempts are no news";
  EXPECT_TRUE(Events<RoomJoined>().back().rejoined);
}

TEST_F(RoomKeeperTest, WhoIsSentAwayStaysAwayAlsoAfterARestart) {
  Up();
  Join();
  Enter();
  Gone("bot", {110, 301});
  EXPECT_EQ(State(), RoomState::kFailed);
  EXPECT_EQ(store_.rooms.at(kRoom).failure->reason, "ROOM_BANNED");
  executor_.Advance(absl::Hours(1));
  keeper_->OnDown();
  Up();
  EXPECT_THAT(port_.entries, SizeIs(1));

  Join();
  Present("bot", {110});
  EXPECT_EQ(State(), RoomState::kJoined) << "somebody wanted it";
  EXPECT_FALSE(store_.rooms.at(kRoom).failure.has_value());
}

TEST_F(RoomKeeperTest, ADestroyedRoomNamesTheOtherOne) {
  Up();
  Join();
  Enter();
  Gone("bot", {110}, /*destroyed=*/true);

  ASSERT_THAT(Events<RoomLeft>(), SizeIs(1));
  EXPECT_EQ(Events<RoomLeft>().at(0).reason, RoomLeaveReason::kDestroyed);
  EXPECT_EQ(Events<RoomLeft>().at(0).alternative, "other@rooms.example.org");
  EXPECT_FALSE(Events<RoomLeft>().at(0).will_rejoin);
}

}  // namespace
}  // namespace chatwire::xmpp
