// Rooms as the stanzas of XEP-0045 and its companions have them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/domain/room_port.h"

namespace chatwire::xmpp {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRoom[] = "coven@chat.localhost";
constexpr char kInfo[] = "http://jabber.org/protocol/disco#info";
constexpr char kItems[] = "http://jabber.org/protocol/disco#items";
constexpr char kPing[] = "urn:xmpp:ping";

/// Remembers what rooms say.
class RecordingRoom final : public RoomListener {
 public:
  void OnRoomPresence(RoomPresence presence) override { presences.push_back(std::move(presence)); }
  void OnRoomMessage(RoomMessage message) override { messages.push_back(std::move(message)); }

  std::vector<RoomPresence> presences;
  std::vector<RoomMessage> messages;
};

class RoomClientTest : public SessionFixture {
 protected:
  RoomClientTest() {
    EXPECT_TRUE(LogIn());
    rooms().SetListener(&room_);
    rooms().Enter({kRoom, "thirdwitch", "cauldronburn", {0, std::nullopt}, {}});
  }

  RoomPort& rooms() { return *session_->ports().rooms; }

  const RoomPresence* NextPresence(const QByteArray& stanza) {
    const size_t before = room_.presences.size();
    server_.Inject(stanza);
    const bool came = testing::WaitUntil([&] { return room_.presences.size() > before; });
    return came ? &room_.presences.back() : nullptr;
  }

  const RoomMessage* NextMessage(const QByteArray& stanza) {
    const size_t before = room_.messages.size();
    server_.Inject(stanza);
    const bool came = testing::WaitUntil([&] { return room_.messages.size() > before; });
    return came ? &room_.messages.back() : nullptr;
  }

  const IncomingMessage* NextChat(const QByteArray& stanza) {
    const size_t before = listener_.messages.size();
    server_.Inject(stanza);
    const bool came = testing::WaitUntil([&] { return listener_.messages.size() > before; });
    return came ? &listener_.messages.back() : nullptr;
  }

  template <typename T>
  absl::StatusOr<T> Await(const Result<T>& result) {
    if (!WaitForResult(result)) return absl::DeadlineExceededError("the test has waited long");
    return **result;
  }

  absl::StatusOr<bool> Inside() {
    auto [done, result] = Remember<bool>();
    rooms().CheckInside(kRoom, "thirdwitch", std::move(done));
    return Await<bool>(result);
  }

  RecordingRoom room_;
};

TEST_F(RoomClientTest, APresenceTellsWhoWhatAndWhy) {
  const auto* presence = NextPresence(
      "<presence from='coven@chat.localhost/firstwitch'><show>away</show>"
      "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='o1'/>"
      "<x xmlns='http://jabber.org/protocol/muc#user'>"
      "<item affiliation='owner' role='moderator' jid='crone1@shakespeare.lit/desktop'/>"
      "<status code='110'/><status code='170'/></x></presence>");
  ASSERT_NE(presence, nullptr);
  EXPECT_EQ(presence->room, kRoom);
  EXPECT_EQ(presence->participant.nick, "firstwitch");
  EXPECT_EQ(presence->participant.role, RoomRole::kModerator);
  EXPECT_EQ(presence->participant.affiliation, RoomAffiliation::kOwner);
  EXPECT_EQ(presence->participant.jid, "crone1@shakespeare.lit/desktop");
  EXPECT_EQ(presence->participant.occupant_id, "o1");
  EXPECT_EQ(presence->participant.presence.availability, Availability::kAway);
  EXPECT_EQ(presence->status_codes, (std::set<int>{110, 170}));

  presence = NextPresence(
      "<presence from='coven@chat.localhost/pistol' type='unavailable'>"
      "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='none' role='none'>"
      "<actor nick='Fluellen'/><reason>Avaunt, you cullion!</reason></item>"
      "<status code='307'/></x></presence>");
  ASSERT_NE(presence, nullptr);
  EXPECT_EQ(presence->type, RoomPresence::Type::kUnavailable);
  EXPECT_EQ(presence->actor, "Fluellen");
  EXPECT_EQ(presence->text, "Avaunt, you cullion!");
  EXPECT_THAT(listener_.presences, IsEmpty()) << "a participant is no contact";
}

TEST_F(RoomClientTest, ARefusalAndADestructionAreTold) {
  const auto* presence = NextPresence(
      "<presence from='coven@chat.localhost/thirdwitch' type='error'>"
      "<error type='cancel'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
      "</presence>");
  ASSERT_NE(presence, nullptr);
  EXPECT_EQ(presence->error->condition, "conflict") << "also without <x/>";

  presence = NextPresence(
      "<presence from='coven@chat.localhost/thirdwitch' type='unavailable'>"
      "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='none' role='none'/>"
      "<destroy jid='darkcave@chat.localhost'><reason>Macbeth doth come.</reason></destroy>"
      "</x></presence>");
  ASSERT_NE(presence, nullptr);
  EXPECT_TRUE(presence->destroyed);
  EXPECT_EQ(presence->alternative, "darkcave@chat.localhost");
  EXPECT_EQ(presence->text, "Macbeth doth come.");
}

TEST_F(RoomClientTest, AMessageKeepsTheIdsOfTheRoomAndNoOthers) {
  const auto* message = NextMessage(
      "<message from='coven@chat.localhost/firstwitch' type='groupchat' id='m1'>"
      "<body>Thrice the brinded cat hath mew'd.</body>"
      "<origin-id xmlns='urn:xmpp:sid:0' id='or1'/>"
      "<stanza-id xmlns='urn:xmpp:sid:0' id='forged' by='eve@localhost'/>"
      "<stanza-id xmlns='urn:xmpp:sid:0' id='s1' by='coven@chat.localhost'/>"
      "<delay xmlns='urn:xmpp:delay' from='coven@chat.localhost' stamp='2002-10-13T23:58:37Z'/>"
      "</message>");
  ASSERT_NE(message, nullptr);
  EXPECT_EQ(message->nick, "firstwitch");
  EXPECT_EQ(message->stanza_id, "s1");
  EXPECT_EQ(message->origin_id, "or1");
  EXPECT_EQ(absl::FormatTime(*message->stamp, absl::UTCTimeZone()), "2002-10-13T23:58:37+00:00");
  EXPECT_FALSE(message->subject.has_value());

  message = NextMessage(
      "<message from='coven@chat.localhost/firstwitch' type='groupchat'><subject/></message>");
  ASSERT_NE(message, nullptr);
  EXPECT_EQ(message->subject, "");
  EXPECT_THAT(listener_.messages, IsEmpty()) << "no chat of two";
}

TEST_F(RoomClientTest, RoomsThatWereNotEnteredSayNothing) {
  server_.Inject(
      "<message from='other@chat.localhost/x' type='groupchat'><body>buy</body></message>"
      "<presence from='other@chat.localhost/x'>"
      "<x xmlns='http://jabber.org/protocol/muc#user'><item role='none'/></x></presence>");
  ASSERT_NE(NextMessage("<message from='coven@chat.localhost' type='groupchat'><body>a</body>"
                        "</message>"),
            nullptr);

  EXPECT_THAT(room_.messages, SizeIs(1));
  EXPECT_THAT(room_.presences, IsEmpty());
}

TEST_F(RoomClientTest, APrivateMessageIsMarkedAlsoWhereTheRoomDidNot) {
  const auto* message = NextChat(
      "<message from='coven@chat.localhost/firstwitch' type='chat' id='p1'>"
      "<body>lamp on</body></message>");
  ASSERT_NE(message, nullptr);
  EXPECT_TRUE(message->room_private);
  message = NextChat(
      "<message from='other@chat.localhost/x' type='chat'><body>lamp on</body>"
      "<x xmlns='http://jabber.org/protocol/muc#user'/></message>");
  ASSERT_NE(message, nullptr);
  EXPECT_TRUE(message->room_private) << "of a room that was left";
  message = NextChat("<message from='bob@localhost/x' type='chat'><body>lamp on</body></message>");
  ASSERT_NE(message, nullptr);
  EXPECT_FALSE(message->room_private);
}

TEST_F(RoomClientTest, BothKindsOfInvitationsAreUnderstood) {
  const auto* message = NextChat(
      "<message from='darkcave@chat.localhost'>"
      "<x xmlns='http://jabber.org/protocol/muc#user'>"
      "<invite from='crone1@shakespeare.lit/desktop'><reason>Hey Hecate</reason></invite>"
      "<password>cauldronburn</password></x><body>You are invited</body></message>");
  ASSERT_NE(message, nullptr);
  ASSERT_TRUE(message->invitation.has_value());
  EXPECT_EQ(message->invitation->room, "darkcave@chat.localhost");
  EXPECT_EQ(message->invitation->from, "crone1@shakespeare.lit/desktop");
  EXPECT_EQ(message->invitation->text, "Hey Hecate");
  EXPECT_EQ(message->invitation->password, "cauldronburn");
  EXPECT_FALSE(message->invitation->direct);

  message = NextChat(
      "<message from='crone1@shakespeare.lit/desktop'>"
      "<x xmlns='jabber:x:conference' jid='darkcave@macbeth.shakespeare.lit'"
      " password='cauldronburn' reason='Hey Hecate, this is the place for all good witches!'/>"
      "</message>");
  ASSERT_NE(message, nullptr);
  ASSERT_TRUE(message->invitation.has_value());
  EXPECT_EQ(message->invitation->room, "darkcave@macbeth.shakespeare.lit");
  EXPECT_EQ(message->invitation->from, "crone1@shakespeare.lit/desktop");
  EXPECT_TRUE(message->invitation->direct);
}

TEST_F(RoomClientTest, APingAtOneselfTellsWhetherTheRoomKnowsTheAccount) {
  EXPECT_TRUE(*Inside());
  server_.script().errors[kPing] = "service-unavailable";
  EXPECT_TRUE(*Inside()) << "the room has passed it on";
  server_.script().errors[kPing] = "not-acceptable";
  EXPECT_FALSE(*Inside());
  server_.script().errors[kPing] = "remote-server-timeout";
  EXPECT_FALSE(Inside().ok()) << "nobody knows";
  server_.script().errors.clear();
  server_.script().answer_iqs = false;
  EXPECT_EQ(ReasonOf(Inside().status()), "NO_ANSWER");
}

TEST_F(RoomClientTest, ARoomTellsAboutItself) {
  server_.script().answers[kInfo] =
      "<query xmlns='http://jabber.org/protocol/disco#info'>"
      "<identity category='conference' name='A Dark Cave' type='text'/>"
      "<feature var='http://jabber.org/protocol/muc'/><feature var='muc_passwordprotected'/>"
      "<feature var='muc_nonanonymous'/><feature var='urn:xmpp:mam:2'/>"
      "<x xmlns='jabber:x:data' type='result'>"
      "<field var='FORM_TYPE' type='hidden'>"
      "<value>http://jabber.org/protocol/muc#roominfo</value></field>"
      "<field var='muc#roominfo_description'><value>The place for witches!</value></field>"
      "<field var='muc#roominfo_occupants'><value>3</value></field></x></query>";
  auto [done, result] = Remember<RoomInfo>();
  rooms().GetInfo(kRoom, std::move(done));
  const auto info = Await<RoomInfo>(result);

  ASSERT_TRUE(info.ok()) << info.status();
  EXPECT_TRUE(info->is_room);
  EXPECT_EQ(info->name, "A Dark Cave");
  EXPECT_EQ(info->description, "The place for witches!");
  EXPECT_EQ(info->participant_count, 3);
  EXPECT_TRUE(info->password_protected);
  EXPECT_TRUE(info->real_jids_shown);
  EXPECT_TRUE(info->archived);
  EXPECT_FALSE(info->members_only);
}

TEST_F(RoomClientTest, AListWithoutPagesIsCutHere) {
  server_.script().answers[kItems] =
      "<query xmlns='http://jabber.org/protocol/disco#items'>"
      "<item jid='heath@chat.localhost' name='A Lonely Heath'/>"
      "<item jid='coven@chat.localhost' name='A Dark Cave'/>"
      "<item jid='not a jid'/></query>";
  auto [done, result] = Remember<RoomPage>();
  rooms().ListRooms("chat.localhost", "", 1, std::move(done));
  const auto first = Await<RoomPage>(result);
  ASSERT_TRUE(first.ok());
  ASSERT_THAT(first->rooms, SizeIs(1));
  EXPECT_EQ(first->rooms[0].name, "A Dark Cave");
  EXPECT_EQ(first->next, "coven@chat.localhost");

  auto [again, second] = Remember<RoomPage>();
  rooms().ListRooms("chat.localhost", first->next, 1, std::move(again));
  const auto last = Await<RoomPage>(second);
  ASSERT_THAT(last->rooms, SizeIs(1));
  EXPECT_EQ(last->rooms[0].room, "heath@chat.localhost");
  EXPECT_EQ(last->next, "");
}

TEST_F(RoomClientTest, AnEntryCarriesPasswordAndHistory) {
  const auto entry = [this] {
    QString xml;
    for (const auto& element : server_.received()) {
      if (element.to == "coven@chat.localhost/thirdwitch") xml = element.xml;
    }
    return xml;
  };
  ASSERT_TRUE(testing::WaitUntil([&] { return !entry().isEmpty(); }));
  EXPECT_TRUE(entry().contains("cauldronburn")) << entry().toStdString();
  EXPECT_TRUE(entry().contains("maxstanzas=\"0\"")) << entry().toStdString();
}

}  // namespace
}  // namespace chatwire::xmpp
