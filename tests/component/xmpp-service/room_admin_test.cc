// RoomAdminService over a real channel, with a room that is made up.
#include "tests/component/xmpp-service/room_admin_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kTraitor[] = "traitor@example.org";

using RoomAdminTest = RoomAdminFixture;

TEST_F(RoomAdminTest, BadInputIsRefusedBeforeTheRoomHearsOfIt) {
  auto request = For<v1::KickParticipantRequest>("not a room");
  request.set_nick("iago");
  EXPECT_EQ(ReasonOf(Kick(request)), "BAD_ROOM");
  request.set_room("coven@rooms.example.org/iago");
  EXPECT_EQ(ReasonOf(Kick(request)), "BAD_ROOM");
  request.set_room(kRoom);
  request.set_nick("");
  EXPECT_EQ(ReasonOf(Kick(request)), "BAD_NICK");
  request.set_nick(std::string(1024, 'x'));
  EXPECT_EQ(ReasonOf(Kick(request)), "BAD_NICK");
  request.set_nick("iago");
  request.set_reason(std::string(1025, 'x'));
  EXPECT_EQ(ReasonOf(Kick(request)), "BAD_REASON");
  request.set_reason("");
  request.set_request_id("twice");
  EXPECT_EQ(ReasonOf(Kick(request)), "BAD_REQUEST_ID");
  EXPECT_THAT(room_.done(), IsEmpty());
  request.set_request_id(RandomUuid());
  EXPECT_TRUE(Kick(request).ok());
  EXPECT_THAT(room_.done(), ElementsAre("iago is none"));
}

TEST_F(RoomAdminTest, ATokenOfAnotherAccountIsRefused) {
  auto request = For<v1::KickParticipantRequest>();
  request.set_nick("iago");
  request.set_account(kAlice);
  EXPECT_EQ(ReasonOf(Kick(request)), "ACCOUNT_NOT_ALLOWED");
  token_ = "";
  EXPECT_EQ(Kick(request).code(), absl::StatusCode::kUnauthenticated);
  EXPECT_THAT(room_.done(), IsEmpty());
}

TEST_F(RoomAdminTest, AConfigurationIsCheckedAgainstTheRoomsForm) {
  const absl::Status unknown = Configure("muc#roomconfig_typo", "1");
  EXPECT_EQ(ReasonOf(unknown), "UNKNOWN_FORM_FIELD");
  EXPECT_EQ(MetadataOf(unknown).at("field"), "muc#roomconfig_typo");
  EXPECT_EQ(ReasonOf(Configure("muc#roomconfig_moderatedroom", "perhaps")), "BAD_FORM_VALUE");
  EXPECT_THAT(room_.done(), IsEmpty());
  EXPECT_TRUE(Configure("muc#roomconfig_moderatedroom", "true").ok());
  EXPECT_THAT(room_.done(), ElementsAre("configure true"));

  auto request = For<v1::ConfigureRoomRequest>();
  request.mutable_configuration()->set_type(v1::DATA_FORM_TYPE_RESULT);
  v1::ConfigureRoomResponse response;
  EXPECT_EQ(ReasonOf(Call(&v1::RoomAdminService::Stub::ConfigureRoom, request, &response)),
            "BAD_FORM");
}

TEST_F(RoomAdminTest, EachChangeOfAnAffiliationHasItsResult) {
  auto request = For<v1::SetAffiliationsRequest>();
  for (const char* jid : {kTraitor, "king@example.org", "friend@example.org"}) {
    auto* change = request.add_changes();
    change->set_jid(jid);
    change->set_affiliation(v1::ROOM_AFFILIATION_OUTCAST);
  }
  v1::SetAffiliationsResponse response;

  ASSERT_TRUE(Call(&v1::RoomAdminService::Stub::SetAffiliations, request, &response).ok());

  ASSERT_EQ(response.results_size(), 3);
  EXPECT_TRUE(response.results(0).done());
  EXPECT_FALSE(response.results(1).done());
  EXPECT_EQ(response.results(1).jid(), "king@example.org");
  EXPECT_EQ(response.results(1).error_reason(), "ROOM_PRIVILEGE_NEEDED");
  EXPECT_TRUE(response.results(2).done());
  EXPECT_THAT(room_.done(),
              ElementsAre("traitor@example.org is outcast", "friend@example.org is outcast"));
}

TEST_F(RoomAdminTest, ChangesOfAffiliationsAreChecked) {
  const auto reason = [this](const std::vector<std::pair<std::string, int>>& changes) {
    auto request = For<v1::SetAffiliationsRequest>();
    for (const auto& [jid, affiliation] : changes) {
      auto* change = request.add_changes();
      change->set_jid(jid);
      change->set_affiliation(static_cast<v1::RoomAffiliation>(affiliation));
    }
    v1::SetAffiliationsResponse response;
    return ReasonOf(Call(&v1::RoomAdminService::Stub::SetAffiliations, request, &response));
  };
  EXPECT_EQ(reason({}), "BAD_CHANGES");
  EXPECT_EQ(reason({{kTraitor, 2}, {"Traitor@example.org", 3}}), "BAD_CHANGES");
  EXPECT_EQ(reason({{kTraitor, 0}}), "BAD_AFFILIATION");
  EXPECT_EQ(reason({{kTraitor, 9}}), "BAD_AFFILIATION");
  EXPECT_EQ(reason({{"traitor@example.org/phone", 2}}), "BAD_JID");
  EXPECT_THAT(room_.done(), IsEmpty());
}

TEST_F(RoomAdminTest, AListComesInPages) {
  v1::ListAffiliationsRequest request;
  request.set_room(kRoom);
  request.set_affiliation(v1::ROOM_AFFILIATION_OUTCAST);
  request.set_page_size(2);
  v1::ListAffiliationsResponse first;
  v1::ListAffiliationsResponse second;
  const auto list = &v1::RoomAdminService::Stub::ListAffiliations;

  ASSERT_TRUE(Call(list, request, &first).ok());
  request.set_page_token(first.next_page_token());
  ASSERT_TRUE(Call(list, request, &second).ok());

  ASSERT_EQ(first.affiliates_size(), 2);
  EXPECT_EQ(first.affiliates(1).jid(), "b@example.org");
  EXPECT_EQ(first.affiliates(1).reason(), "Treason");
  ASSERT_EQ(second.affiliates_size(), 1);
  EXPECT_EQ(second.affiliates(0).jid(), "c@example.org");
  EXPECT_EQ(second.next_page_token(), "");
  request.set_affiliation(v1::ROOM_AFFILIATION_NONE);
  EXPECT_EQ(ReasonOf(Call(list, request, &second)), "BAD_AFFILIATION");
}

TEST_F(RoomAdminTest, InvitationsGoOneByOne) {
  auto request = For<v1::InviteToRoomRequest>();
  v1::InviteToRoomResponse response;
  const auto invite = &v1::RoomAdminService::Stub::InviteToRoom;
  EXPECT_EQ(ReasonOf(Call(invite, request, &response)), "BAD_INVITEES");
  request.add_invitees("a b");
  EXPECT_EQ(ReasonOf(Call(invite, request, &response)), "BAD_INVITEES");

  request.set_invitees(0, "hecate@example.org");
  request.add_invitees("crone1@example.org/desktop");
  request.set_route(v1::INVITATION_ROUTE_DIRECT);
  ASSERT_TRUE(Call(invite, request, &response).ok());

  EXPECT_EQ(response.results_size(), 2);
  EXPECT_THAT(room_.done(), ElementsAre("invite hecate@example.org directly",
                                        "invite crone1@example.org/desktop directly"));
}

TEST_F(RoomAdminTest, ARoomsErrorReachesTheCaller) {
  v1::SetSubjectResponse response;
  const absl::Status status =
      Call(&v1::RoomAdminService::Stub::SetSubject, For<v1::SetSubjectRequest>(), &response);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "NOT_IN_ROOM");
}

TEST_F(RoomAdminTest, ModeratorsActOnMessagesAndVoice) {
  auto moderate = For<v1::ModerateMessageRequest>();
  v1::ModerateMessageResponse moderated;
  EXPECT_EQ(ReasonOf(Call(&v1::RoomAdminService::Stub::ModerateMessage, moderate, &moderated)),
            "BAD_STANZA_ID");
  moderate.set_stanza_id("28482-98726-73623");
  moderate.set_reason("Spam");
  EXPECT_TRUE(Call(&v1::RoomAdminService::Stub::ModerateMessage, moderate, &moderated).ok());

  auto answer = For<v1::AnswerVoiceRequestRequest>();
  answer.set_jid("hag66@example.org/pda");
  answer.set_nick("thirdwitch");
  answer.set_grant(true);
  v1::AnswerVoiceRequestResponse answered;
  EXPECT_TRUE(Call(&v1::RoomAdminService::Stub::AnswerVoiceRequest, answer, &answered).ok());

  auto role = For<v1::SetRoleRequest>();
  role.set_nick("thirdwitch");
  v1::SetRoleResponse set;
  EXPECT_EQ(ReasonOf(Call(&v1::RoomAdminService::Stub::SetRole, role, &set)), "BAD_ROLE");
  role.set_role(v1::ROOM_ROLE_VISITOR);
  EXPECT_TRUE(Call(&v1::RoomAdminService::Stub::SetRole, role, &set).ok());
  EXPECT_THAT(room_.done(),
              ElementsAre("retract 28482-98726-73623 Spam",
                          "hag66@example.org/pda thirdwitch granted", "thirdwitch is visitor"));
}

TEST_F(RoomAdminTest, WithoutASessionTheCallFailsAtOnce) {
  xmpp_.SetFailure(ConnectionFailure{FailureReason::kServerUnreachable, "gone", false});
  xmpp_.Break(kBot, {FailureReason::kStreamError, "cut", false});
  ASSERT_TRUE(Eventually([this] { return !xmpp_.IsOnline(kBot); }));
  auto request = For<v1::KickParticipantRequest>();
  request.set_nick("iago");

  EXPECT_TRUE(Eventually([&] { return ReasonOf(Kick(request)) == "SESSION_OFFLINE"; }));
}

}  // namespace
}  // namespace chatwire::xmpp
