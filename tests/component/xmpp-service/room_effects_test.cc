// Rooms that come into being, and effects that come once, over a real channel.
#include "tests/component/xmpp-service/room_admin_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RoomEffectsTest : public RoomAdminFixture {
 protected:
  absl::StatusOr<v1::CreateRoomResponse> Create(const v1::CreateRoomRequest& request) {
    v1::CreateRoomResponse response;
    const absl::Status status = Call(&v1::RoomAdminService::Stub::CreateRoom, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  absl::Status GiveUp(const std::string& room = kRoom) {
    auto request = For<v1::ConfigureRoomRequest>(room);
    request.mutable_configuration()->set_type(v1::DATA_FORM_TYPE_CANCEL);
    v1::ConfigureRoomResponse response;
    return Call(&v1::RoomAdminService::Stub::ConfigureRoom, request, &response);
  }

  static v1::CreateRoomRequest Creation() {
    auto request = For<v1::CreateRoomRequest>();
    request.set_nick("firstwitch");
    return request;
  }

  static v1::KickParticipantRequest KickOfIago() {
    auto request = For<v1::KickParticipantRequest>();
    request.set_nick("iago");
    return request;
  }

  std::vector<std::string> JoinedRooms() {
    const auto stub = v1::RoomService::NewStub(channel_);
    v1::ListJoinedRoomsResponse response;
    EXPECT_TRUE(stub->ListJoinedRooms(Context(token_).get(), {}, &response).ok());
    std::vector<std::string> rooms;
    for (const auto& joined : response.rooms()) rooms.push_back(joined.room());
    return rooms;
  }
};

TEST_F(RoomEffectsTest, ACreatedRoomIsAJoinedRoom) {
  const auto request = Creation();
  const auto created = Create(request);

  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->nick(), "firstwitch");
  EXPECT_THAT(room_.done(), ElementsAre("configure ")) << "an empty form: an instant room";
  EXPECT_THAT(JoinedRooms(), ElementsAre(kRoom));

  EXPECT_EQ(ReasonOf(Create(Creation()).status()), "ROOM_EXISTS");
  const auto again = Create(request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->nick(), "firstwitch");
  EXPECT_THAT(room_.done(), SizeIs(1));
}

TEST_F(RoomEffectsTest, AReservedRoomShowsItsForm) {
  auto request = Creation();
  request.clear_nick();
  request.set_reserve(true);

  const auto created = Create(request);

  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->nick(), "bot") << "the local part of the account";
  EXPECT_EQ(created->configuration().fields_size(), 2);
  EXPECT_THAT(room_.done(), IsEmpty());
  EXPECT_THAT(JoinedRooms(), ElementsAre(kRoom));

  EXPECT_TRUE(GiveUp().ok());
  EXPECT_THAT(JoinedRooms(), IsEmpty());
}

TEST_F(RoomEffectsTest, ARoomThatIsOpenIsNotGivenUp) {
  ASSERT_TRUE(Create(Creation()).ok());
  EXPECT_TRUE(GiveUp().ok());
  EXPECT_THAT(JoinedRooms(), ElementsAre(kRoom));

  auto request = Creation();
  request.set_room("other@rooms.example.org");
  request.set_reserve(true);
  service_.Destroy();
  ASSERT_TRUE(Create(request).ok());
  auto configure = For<v1::ConfigureRoomRequest>(request.room());
  *configure.mutable_configuration() = Form("muc#roomconfig_moderatedroom", "true");
  v1::ConfigureRoomResponse response;
  ASSERT_TRUE(Call(&v1::RoomAdminService::Stub::ConfigureRoom, configure, &response).ok());
  EXPECT_TRUE(GiveUp(request.room()).ok());
  EXPECT_THAT(JoinedRooms(), SizeIs(2));
}

TEST_F(RoomEffectsTest, ARoomThatCannotBeConfiguredIsNotLeftBehind) {
  auto request = Creation();
  *request.mutable_configuration() = Form("muc#roomconfig_typo", "1");

  EXPECT_EQ(ReasonOf(Create(request).status()), "UNKNOWN_FORM_FIELD");

  EXPECT_THAT(room_.done(), ElementsAre("give up"));
  EXPECT_TRUE(Eventually([this] { return JoinedRooms().empty(); }));
  // Nothing came of it, so the same request may try again.
  service_.Destroy();
  EXPECT_EQ(ReasonOf(Create(request).status()), "UNKNOWN_FORM_FIELD");
  EXPECT_THAT(room_.done(), SizeIs(2));
}

TEST_F(RoomEffectsTest, BadInputOfACreationIsRefused) {
  auto request = Creation();
  request.set_room("chat.example.org");
  EXPECT_EQ(ReasonOf(Create(request).status()), "BAD_ROOM");
  request = Creation();
  request.set_nick("a\nb");
  EXPECT_EQ(ReasonOf(Create(request).status()), "BAD_NICK");
  request = Creation();
  request.clear_request_id();
  EXPECT_EQ(ReasonOf(Create(request).status()), "BAD_REQUEST_ID");
  request = Creation();
  request.mutable_configuration()->set_type(v1::DATA_FORM_TYPE_CANCEL);
  EXPECT_EQ(ReasonOf(Create(request).status()), "BAD_FORM");
  *request.mutable_configuration() = Form("muc#roomconfig_moderatedroom", "1");
  request.set_reserve(true);
  EXPECT_EQ(ReasonOf(Create(request).status()), "BAD_FORM");
  EXPECT_THAT(service_.passwords(), IsEmpty());
}

TEST_F(RoomEffectsTest, WhoMayNotMakeRoomsLeavesNothingBehind) {
  service_.Refuse("forbidden");

  const auto created = Create(Creation());

  EXPECT_EQ(ReasonOf(created.status()), "ROOM_PRIVILEGE_NEEDED");
  EXPECT_EQ(MetadataOf(created.status()).at("needs"), "creator");
  EXPECT_TRUE(Eventually([this] { return JoinedRooms().empty(); }));
}

TEST_F(RoomEffectsTest, ANewPasswordIsKeptForComingBack) {
  ASSERT_TRUE(Create(Creation()).ok());
  ASSERT_TRUE(Configure("muc#roomconfig_roomsecret", "cauldronburn").ok());

  xmpp_.Break(kBot, {FailureReason::kServerUnreachable, "cut", false});
  ASSERT_TRUE(Eventually([this] {
    return GetAccount(token_)->connection().state() == v1::CONNECTION_STATE_BACKING_OFF;
  }));
  journal_.clock.Advance(absl::Minutes(6));

  ASSERT_TRUE(Eventually([this] { return service_.passwords().size() == 2; }));
  EXPECT_EQ(service_.passwords()[1], "cauldronburn");
}

TEST_F(RoomEffectsTest, AnEffectComesOnceAlsoOverARestart) {
  const auto request = KickOfIago();
  EXPECT_TRUE(Kick(request).ok());
  EXPECT_TRUE(Kick(request).ok());
  auto other = request;
  other.set_nick("othello");
  EXPECT_EQ(ReasonOf(Kick(other)), "REQUEST_ID_REUSED");

  Restart();
  stub_ = v1::RoomAdminService::NewStub(channel_);

  EXPECT_TRUE(Kick(request).ok());
  EXPECT_THAT(room_.done(), ElementsAre("iago is none"));
}

TEST_F(RoomEffectsTest, ARefusedEffectIsTriedAgainAndABrokenOffOneIsNot) {
  const auto request = KickOfIago();
  room_.SetAnswer(ExplainRefusal(StanzaErrorStatus({"forbidden", ""}), "moderator"));
  EXPECT_EQ(ReasonOf(Kick(request)), "ROOM_PRIVILEGE_NEEDED");
  room_.SetAnswer(NoAnswer());
  EXPECT_EQ(ReasonOf(Kick(request)), "NO_ANSWER");
  room_.SetAnswer(absl::OkStatus());
  EXPECT_EQ(ReasonOf(Kick(request)), "ANSWER_UNKNOWN");
  EXPECT_THAT(room_.done(), SizeIs(2));
}

TEST_F(RoomEffectsTest, InvitationsAreAnsweredAgainWithTheirResults) {
  auto request = For<v1::InviteToRoomRequest>();
  request.add_invitees("hecate@example.org");
  v1::InviteToRoomResponse first;
  v1::InviteToRoomResponse second;

  ASSERT_TRUE(Call(&v1::RoomAdminService::Stub::InviteToRoom, request, &first).ok());
  ASSERT_TRUE(Call(&v1::RoomAdminService::Stub::InviteToRoom, request, &second).ok());

  EXPECT_THAT(room_.done(), ElementsAre("invite hecate@example.org"));
  ASSERT_EQ(second.results_size(), 1);
  EXPECT_TRUE(second.results(0).done());
}

}  // namespace
}  // namespace chatwire::xmpp
