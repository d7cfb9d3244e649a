// What stanzas become, and which of them are nobody's business.
#include <QXmppAuthenticationError.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/xmpp-service/session_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::IsEmpty;

class SessionStanzasTest : public SessionFixture {
 protected:
  SessionStanzasTest() { EXPECT_TRUE(LogIn()); }

  const IncomingMessage* NextMessage(const QByteArray& stanza) {
    const size_t before = listener_.messages.size();
    server_.Inject(stanza);
    if (!testing::WaitUntil([&] { return listener_.messages.size() > before; })) return nullptr;
    return &listener_.messages.back();
  }

  /// Runs until the server's answer to a ping behind it is there.
  void InjectAndSettle(const QByteArray& stanza) {
    server_.Inject(stanza);
    auto [done, result] = Remember<bool>();
    session_->Ping(std::move(done));
    ASSERT_TRUE(WaitForResult(result));
  }
};

TEST_F(SessionStanzasTest, AMessageKeepsItsIdsAndItsTime) {
  const auto* message = NextMessage(
      "<message from='bob@localhost/phone' to='alice@localhost' type='chat' id='m1'>"
      "<body>h\xc3\xa4llo \xf0\x9f\x98\x80</body><active "
      "xmlns='http://jabber.org/protocol/chatstates'/>"
      "<origin-id xmlns='urn:xmpp:sid:0' id='o1'/>"
      "<stanza-id xmlns='urn:xmpp:sid:0' id='forged' by='bob@localhost'/>"
      "<stanza-id xmlns='urn:xmpp:sid:0' id='42' by='alice@localhost'/>"
      "<delay xmlns='urn:xmpp:delay' stamp='2024-02-03T04:05:06Z'/></message>");

  ASSERT_NE(message, nullptr);
  EXPECT_EQ(message->from, "bob@localhost/phone");
  EXPECT_EQ(message->body, "hällo 😀");
  EXPECT_EQ(message->id, "m1");
  EXPECT_EQ(message->origin_id, "o1");
  EXPECT_EQ(message->archive_id, "42") << "of the own server, not of whoever wrote one";
  EXPECT_EQ(absl::FormatTime(*message->stamp, absl::UTCTimeZone()), "2024-02-03T04:05:06+00:00");
  EXPECT_EQ(message->chat_state, ChatState::kActive);
  EXPECT_EQ(message->source, MessageSource::kLive);
}

TEST_F(SessionStanzasTest, AnErrorKeepsItsCondition) {
  const auto* message = NextMessage(
      "<message from='bob@localhost' type='error' id='m1'><body>mine</body><error type='cancel'>"
      "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
      "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>nobody here</text></error></message>");

  ASSERT_NE(message, nullptr);
  EXPECT_EQ(message->error->condition, "service-unavailable");
  EXPECT_EQ(message->error->text, "nobody here");
  EXPECT_EQ(message->id, "m1");
}

TEST_F(SessionStanzasTest, ACarbonOfTheOwnServerCountsAndAForgedOneDoesNot) {
  const QByteArray carbon =
      "<received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
      "<message xmlns='jabber:client' from='bob@localhost/phone' to='alice@localhost/other' "
      "type='chat'>"
      "<body>lamp on</body></message></forwarded></received>";
  InjectAndSettle("<message from='eve@localhost' to='alice@localhost'>" + carbon + "</message>");
  EXPECT_THAT(listener_.messages, ::testing::Each(::testing::Field(&IncomingMessage::body, "")))
      << "nobody may speak for bob";

  const auto* message = NextMessage("<message from='alice@localhost' to='alice@localhost/test'>" +
                                    carbon + "</message>");
  ASSERT_NE(message, nullptr);
  EXPECT_EQ(message->source, MessageSource::kCarbon);
  EXPECT_EQ(message->body, "lamp on");
  EXPECT_EQ(message->from, "bob@localhost/phone");
}

TEST_F(SessionStanzasTest, AnArchiveResultThatNobodyAskedForIsNothing) {
  const QByteArray result =
      "<result xmlns='urn:xmpp:mam:2' queryid='guess' id='1'><forwarded xmlns='urn:xmpp:forward:0'>"
      "<message xmlns='jabber:client' from='boss@localhost' to='alice@localhost' type='chat'>"
      "<body>forged</body></message></forwarded></result>";
  auto [done, page] = Remember<ArchivePage>();

  server_.script().answer_iqs = false;
  session_->QueryArchive({}, std::move(done));
  server_.Inject("<message from='eve@localhost' to='alice@localhost'>" + result + "</message>");
  server_.Inject("<message from='alice@localhost' to='alice@localhost'>" + result + "</message>");
  server_.Inject("<message to='alice@localhost'>" + result + "</message>");
  ASSERT_TRUE(WaitForResult(page));

  EXPECT_THAT(listener_.messages, IsEmpty());
}

TEST_F(SessionStanzasTest, RoomMessagesAreNoChatOfTwo) {
  InjectAndSettle(
      "<message from='room@conference.localhost/nick' type='groupchat'><body>hi</body></message>");

  EXPECT_THAT(listener_.messages, IsEmpty());
}

TEST_F(SessionStanzasTest, APresenceOfSomebodyElseIsTold) {
  InjectAndSettle("<presence from='alice@localhost/other'/>");
  InjectAndSettle("<presence from='carol@localhost' type='subscribe'/>");
  InjectAndSettle(
      "<presence from='bob@localhost/phone'><show>dnd</show><status>busy</status>"
      "<priority>-3</priority></presence>");
  InjectAndSettle("<presence from='bob@localhost/phone' type='unavailable'/>");

  ASSERT_EQ(listener_.presences.size(), 2U);
  EXPECT_EQ(listener_.presences[0].first, "bob@localhost/phone");
  EXPECT_EQ(listener_.presences[0].second.availability, Availability::kDoNotDisturb);
  EXPECT_EQ(listener_.presences[0].second.status, "busy");
  EXPECT_EQ(listener_.presences[0].second.priority, -3);
  EXPECT_EQ(listener_.presences[1].second.availability, Availability::kOffline);
  EXPECT_EQ(server_.CountReceived(QStringLiteral("presence")), 1) << "nobody is let in by itself";
}

TEST_F(SessionStanzasTest, ARosterPushIsToldAndOneOfAStrangerIsNot) {
  const QByteArray query =
      "<query xmlns='jabber:iq:roster'><item jid='bob@localhost' name='Bob' subscription='both'>"
      "<group>work</group><group>band</group></item></query></iq>";
  InjectAndSettle("<iq type='set' id='p1' from='eve@localhost/x'>" + query);
  EXPECT_THAT(listener_.changed, IsEmpty());

  InjectAndSettle("<iq type='set' id='p2'>" + query);
  ASSERT_EQ(listener_.changed.size(), 1U);
  EXPECT_EQ(listener_.changed[0].name, "Bob");
  EXPECT_THAT(listener_.changed[0].groups, ::testing::ElementsAre("band", "work"));
  EXPECT_EQ(listener_.changed[0].subscription, Subscription::kBoth);

  InjectAndSettle(
      "<iq type='set' id='p3'><query xmlns='jabber:iq:roster'>"
      "<item jid='bob@localhost' subscription='remove'/></query></iq>");
  EXPECT_THAT(listener_.removed, ::testing::ElementsAre("bob@localhost"));
}

TEST_F(SessionStanzasTest, APingIsAnswered) {
  InjectAndSettle(
      "<iq type='get' id='ping-7' from='bob@localhost/x'><ping xmlns='urn:xmpp:ping'/></iq>");

  const auto& received = server_.received();
  EXPECT_TRUE(std::any_of(received.begin(), received.end(), [](const auto& element) {
    return element.id == u"ping-7" && element.type == u"result" && element.to == u"bob@localhost/x";
  }));
}

TEST(FailureMapperTest, ATemporaryFailureToCheckPasswordsIsNotFinal) {
  ConnectionSymptoms symptoms;
  symptoms.error =
      QXmppError{QStringLiteral("Authentication failed"),
                 QXmpp::AuthenticationError{QXmpp::AuthenticationError::NotAuthorized, {}, {}}};
  EXPECT_TRUE(ToFailure(symptoms).permanent);

  symptoms.temporary_auth_failure = true;
  EXPECT_FALSE(ToFailure(symptoms).permanent);
  EXPECT_EQ(ToFailure(symptoms).reason, FailureReason::kServerUnreachable);
}

TEST(FailureMapperTest, ABadCertificateIsFinalWhateverElseHappened) {
  ConnectionSymptoms symptoms;
  symptoms.error = QXmppError{QStringLiteral("closed"), QAbstractSocket::RemoteHostClosedError};
  symptoms.certificate_error = QStringLiteral("The certificate has expired");

  const ConnectionFailure failure = ToFailure(symptoms);

  EXPECT_EQ(failure.reason, FailureReason::kTlsFailed);
  EXPECT_TRUE(failure.permanent);
  EXPECT_THAT(failure.message, ::testing::HasSubstr("has expired"));
}

}  // namespace
}  // namespace chatwire::xmpp
