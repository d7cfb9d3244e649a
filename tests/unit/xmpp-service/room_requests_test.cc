// What is asked of a scripted room with messages, with the examples of XEP-0045 and XEP-0249.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/room_admin_fixture.h"
#include "xmpp-service/domain/room_admin_event.h"

namespace chatwire::xmpp {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

using RoomRequestsTest = RoomAdminFixture;

TEST_F(RoomRequestsTest, ASubjectIsSetWhenTheRoomShowsIt) {
  ASSERT_TRUE(LogIn());
  server_.script().answer_iqs = false;
  auto [done, result] = Remember<bool>();
  requests().SetSubject(kCoven, "Fire Burn and Cauldron Bubble!", std::move(done));
  const auto show = [this](const char* room, const char* subject) {
    // The id is the room's own, as with Prosody.
    server_.Inject(QByteArray("<message type='groupchat' id='other' from='") + room +
                   "/firstwitch'><subject>" + subject + "</subject></message>");
    testing::RunUntilQuiet();
  };
  show("coven@chat.shakespeare.lit", "Another");
  show("cave@chat.shakespeare.lit", "Fire Burn and Cauldron Bubble!");
  EXPECT_FALSE(result->has_value());

  show("coven@chat.shakespeare.lit", "Fire Burn and Cauldron Bubble!");

  EXPECT_TRUE(Wait(result).ok());
}

TEST_F(RoomRequestsTest, ASubjectThatIsTheSameAsBeforeIsNotWaitedFor) {
  ASSERT_TRUE(LogIn());
  auto [done, result] = Remember<bool>();
  requests().SetSubject(kCoven, "Fire Burn and Cauldron Bubble!", std::move(done));
  EXPECT_TRUE(Wait(result).ok());
}

TEST_F(RoomRequestsTest, ARefusedMessageIsItsCallsError) {
  ASSERT_TRUE(LogIn());
  server_.script().answer_iqs = false;
  auto [done, result] = Remember<bool>();
  requests().SetSubject(kCoven, "Mine", std::move(done));
  const QByteArray id = QByteArray::fromStdString(IdOf("subject>"));
  const QByteArray error =
      "<error type='auth'><forbidden "
      "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>";
  // Not by somebody else.
  server_.Inject("<message type='error' id='" + id + "' from='heath@chat.shakespeare.lit'>" +
                 error);
  testing::RunUntilQuiet();
  EXPECT_FALSE(result->has_value());

  server_.Inject("<message type='error' id='" + id + "' from='coven@chat.shakespeare.lit'>" +
                 error);

  EXPECT_EQ(MetadataOf(Wait(result).status()).at("needs"), "moderator");
}

// XEP-0045, example 57.
TEST_F(RoomRequestsTest, AnInvitationThroughTheRoomIsDoneWhenTheRoomHadTheTimeToRefuse) {
  ASSERT_TRUE(LogIn());
  auto [done, result] = Remember<bool>();

  requests().Invite({kCoven, "hecate@shakespeare.lit", false, "Hey Hecate", "", true, "e0ffe42b"},
                    std::move(done));

  EXPECT_TRUE(Wait(result).ok());
  const std::string xml = Sent("<invite");
  EXPECT_THAT(xml, HasSubstr("<invite to=\"hecate@shakespeare.lit\"><reason>Hey Hecate</reason>"
                             "<continue thread=\"e0ffe42b\"/></invite>"));
}

TEST_F(RoomRequestsTest, ARefusalBeforeTheAnswerWins) {
  ASSERT_TRUE(LogIn());
  server_.script().answer_iqs = false;
  auto [done, result] = Remember<bool>();
  requests().Invite({kCoven, "hecate@shakespeare.lit", false, "", "", false, ""}, std::move(done));
  const QByteArray message = QByteArray::fromStdString(IdOf("<invite"));
  const QByteArray question = QByteArray::fromStdString(IdOf(kDiscoNs));

  server_.Inject("<message type='error' id='" + message +
                 "' from='coven@chat.shakespeare.lit'><error type='cancel'><not-acceptable "
                 "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"
                 "<iq type='result' id='" +
                 question + "' from='coven@chat.shakespeare.lit'/>");

  EXPECT_EQ(ReasonOf(Wait(result).status()), "NOT_IN_ROOM");
}

// XEP-0249, example 1.
TEST_F(RoomRequestsTest, ADirectInvitationGoesToThePerson) {
  ASSERT_TRUE(LogIn());
  auto [done, result] = Remember<bool>();

  requests().Invite(
      {"darkcave@macbeth.shakespeare.lit", "hecate@shakespeare.lit", true,
       "Hey Hecate, this is the place for all good witches!", "cauldronburn", true, "e0ffe42b"},
      std::move(done));

  EXPECT_TRUE(Wait(result).ok());
  const std::string xml = Sent("jabber:x:conference");
  EXPECT_THAT(xml, HasSubstr("to=\"hecate@shakespeare.lit\""));
  EXPECT_THAT(xml, HasSubstr("jid=\"darkcave@macbeth.shakespeare.lit\""));
  EXPECT_THAT(xml, HasSubstr("password=\"cauldronburn\" continue=\"true\" thread=\"e0ffe42b\""));
}

// XEP-0045, section 8.6.
constexpr char kVoiceRequest[] =
    "<message from='coven@chat.shakespeare.lit' id='approve' to='alice@localhost/test'>"
    "<x xmlns='jabber:x:data' type='form'><title>Voice request</title>"
    "<field var='FORM_TYPE' type='hidden'>"
    "<value>http://jabber.org/protocol/muc#request</value></field>"
    "<field var='muc#role' type='list-single'><value>participant</value></field>"
    "<field var='muc#jid' type='jid-single'><value>hag66@shakespeare.lit/pda</value></field>"
    "<field var='muc#roomnick' type='text-single'><value>thirdwitch</value></field>"
    "<field var='muc#request_allow' type='boolean'><value>false</value></field></x></message>";

TEST_F(RoomRequestsTest, AVoiceRequestIsAnEventAndIsAnswered) {
  ASSERT_TRUE(LogIn());
  Enter();
  server_.Inject(kVoiceRequest);
  ASSERT_TRUE(testing::WaitUntil([&] { return !listener_.events.empty(); }));

  const auto& asked = std::get<VoiceRequested>(listener_.events[0]);
  EXPECT_EQ(asked.room, kCoven);
  EXPECT_EQ(asked.jid, "hag66@shakespeare.lit/pda");
  EXPECT_EQ(asked.nick, "thirdwitch");
  auto [done, result] = Remember<bool>();
  requests().AnswerVoiceRequest(kCoven, asked.jid, asked.nick, true, std::move(done));

  EXPECT_TRUE(Wait(result).ok());
  const std::string xml = Sent("muc#request_allow");
  EXPECT_THAT(xml, HasSubstr("type=\"submit\""));
  EXPECT_THAT(xml, HasSubstr("<value>hag66@shakespeare.lit/pda</value>"));
  EXPECT_THAT(xml, HasSubstr("<value>1</value>"));
  EXPECT_THAT(listener_.messages, IsEmpty()) << "it is no chat message";
}

TEST_F(RoomRequestsTest, OnlyARoomThatTheAccountIsInIsBelieved) {
  ASSERT_TRUE(LogIn());
  server_.Inject(kVoiceRequest);
  Enter("heath@chat.shakespeare.lit");
  // An occupant cannot speak for the room.
  server_.Inject(QByteArray(kVoiceRequest)
                     .replace("coven@chat.shakespeare.lit", "heath@chat.shakespeare.lit/iago"));
  testing::RunUntilQuiet();

  EXPECT_THAT(listener_.events, IsEmpty());
}

TEST_F(RoomRequestsTest, VoiceIsAskedForInsideARoomOnly) {
  ASSERT_TRUE(LogIn());
  auto [done, outside] = Remember<bool>();
  requests().RequestVoice(kCoven, std::move(done));
  EXPECT_EQ(ReasonOf(Wait(outside).status()), "NOT_IN_ROOM");

  Enter();
  testing::RunUntilQuiet();
  auto [again, inside] = Remember<bool>();
  requests().RequestVoice(kCoven, std::move(again));
  EXPECT_TRUE(Wait(inside).ok());
  EXPECT_THAT(Sent("muc#request"), HasSubstr("<value>participant</value>"));
}

// XEP-0045, example 61.
TEST_F(RoomRequestsTest, ADeclinedInvitationIsAnEvent) {
  ASSERT_TRUE(LogIn());
  Enter();

  server_.Inject(
      "<message from='coven@chat.shakespeare.lit' to='alice@localhost/test'>"
      "<x xmlns='http://jabber.org/protocol/muc#user'><decline from='hecate@shakespeare.lit'>"
      "<reason>Sorry, I&apos;m too busy right now.</reason></decline></x></message>");

  ASSERT_TRUE(testing::WaitUntil([&] { return !listener_.events.empty(); }));
  const auto& declined = std::get<RoomInvitationDeclined>(listener_.events[0]);
  EXPECT_EQ(declined.from, "hecate@shakespeare.lit");
  EXPECT_EQ(declined.reason, "Sorry, I'm too busy right now.");
}

TEST_F(RoomRequestsTest, EachEndsWhenTheRoomIsSilentOrTheSessionGoes) {
  settings_.request_timeout = std::chrono::milliseconds(100);
  ASSERT_TRUE(LogIn());
  server_.script().answer_iqs = false;
  auto [subject, silent] = Remember<bool>();
  requests().SetSubject(kCoven, "Anybody?", std::move(subject));
  auto [invite, unanswered] = Remember<bool>();
  requests().Invite({kCoven, "hecate@shakespeare.lit", false, "", "", false, ""},
                    std::move(invite));
  EXPECT_EQ(ReasonOf(Wait(silent).status()), "NO_ANSWER");
  EXPECT_EQ(ReasonOf(Wait(unanswered).status()), "NO_ANSWER");

  auto [last, gone] = Remember<bool>();
  requests().SetSubject(kCoven, "Anybody?", std::move(last));
  session_.reset();
  ASSERT_TRUE(gone->has_value());
  EXPECT_FALSE((*gone)->ok());
}

}  // namespace
}  // namespace chatwire::xmpp
