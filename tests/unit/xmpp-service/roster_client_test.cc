// Roster and subscriptions on the wire (RFC 6121, sections 2 and 3).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/domain/roster_port.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RosterClientTest : public SessionFixture {
 protected:
  RosterClientTest() { EXPECT_TRUE(LogIn()); }

  RosterPort& roster() { return *session_->ports().roster; }

  /// The stanzas of that name that went out after the login.
  QStringList Sent(const QString& name, const QString& child) {
    QStringList sent;
    for (const auto& element : server_.received()) {
      if (element.name == name && element.child == child) sent.append(element.xml);
    }
    return sent;
  }
};

TEST_F(RosterClientTest, AContactIsPutWithItsNameAndGroups) {
  auto [done, result] = Remember<bool>();

  roster().Put("bob@localhost", "B & b", {"Band", "Work"}, std::move(done));

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_TRUE((*result)->ok()) << (*result)->status();
  const QString sent = Sent(QStringLiteral("iq"), QStringLiteral("query")).last();
  EXPECT_TRUE(sent.contains(QStringLiteral("type=\"set\""))) << sent.toStdString();
  EXPECT_TRUE(sent.contains(QStringLiteral("jid=\"bob@localhost\" name=\"B &amp; b\"")))
      << sent.toStdString();
  EXPECT_TRUE(sent.contains(QStringLiteral("<group>Band</group><group>Work</group>")))
      << sent.toStdString();
}

TEST_F(RosterClientTest, ASubscriptionStanzaCountsOnceTheServerHasAnsweredWhatCameBehindIt) {
  server_.script().answer_iqs = false;
  auto [lost, no] = Remember<bool>();
  roster().SendSubscription(SubscriptionStanza::kSubscribe, "bob@localhost", "me", std::move(lost));
  ASSERT_TRUE(WaitForResult(no));
  EXPECT_EQ(ReasonOf((*no)->status()), "NO_ANSWER");

  server_.script().answer_iqs = true;
  auto [had, yes] = Remember<bool>();
  roster().SendSubscription(SubscriptionStanza::kSubscribed, "bob@localhost", "", std::move(had));
  ASSERT_TRUE(WaitForResult(yes));
  EXPECT_TRUE((*yes)->ok());
  const QString sent = Sent(QStringLiteral("presence"), QStringLiteral("status")).last();
  EXPECT_TRUE(sent.contains(QStringLiteral("type=\"subscribe\""))) << sent.toStdString();
  EXPECT_TRUE(sent.contains(QStringLiteral("status>me<"))) << sent.toStdString();
}

TEST_F(RosterClientTest, WhatOthersDoToSubscriptionsIsToldAndBounded) {
  server_.Inject(
      "<presence from='carol@localhost/phone' type='subscribe'><status>please</status>"
      "<nick xmlns='http://jabber.org/protocol/nick'>Carol</nick></presence>"
      "<presence from='bob@localhost' type='unsubscribed'/>"
      "<presence from='eve@localhost' type='subscribe'><status>" +
      QByteArray(5000, 'x') + "</status></presence>");

  ASSERT_TRUE(testing::WaitUntil([&] { return listener_.subscriptions.size() == 3; }));
  const auto& asked = listener_.subscriptions[0];
  EXPECT_EQ(asked.stanza, SubscriptionStanza::kSubscribe);
  EXPECT_EQ(asked.from, "carol@localhost");
  EXPECT_EQ(asked.message, "please");
  EXPECT_EQ(asked.nickname, "Carol");
  EXPECT_EQ(listener_.subscriptions[1].stanza, SubscriptionStanza::kUnsubscribed);
  EXPECT_EQ(listener_.subscriptions[2].message.size(), kMaximumSubscriptionTextBytes);
  EXPECT_THAT(listener_.presences, IsEmpty());
}

TEST_F(RosterClientTest, NobodySpeaksForTheAccountItself) {
  server_.Inject(
      "<presence from='alice@localhost/other' type='subscribe'/><presence type='subscribed'/>"
      "<presence from='bob@localhost/phone'/>");

  ASSERT_TRUE(testing::WaitUntil([&] { return listener_.presences.size() == 1; }));
  EXPECT_THAT(listener_.subscriptions, IsEmpty());
}

TEST_F(RosterClientTest, AnIdleTimeIsShownAndRead) {
  DirectedPresence directed{"bob@localhost/phone", {Availability::kAway, "lunch", 0}};
  directed.presence.idle_since = absl::FromUnixSeconds(1'700'000'000);
  roster().SendDirected(directed);
  server_.Inject(
      "<presence from='bob@localhost/phone'><show>away</show>"
      "<idle xmlns='urn:xmpp:idle:1' since='2023-11-14T22:13:20Z'/></presence>");

  ASSERT_TRUE(testing::WaitUntil([&] {
    return listener_.presences.size() == 1 &&
           !Sent(QStringLiteral("presence"), QStringLiteral("show")).isEmpty();
  }));
  EXPECT_EQ(listener_.presences[0].second.idle_since, directed.presence.idle_since);
  const QString sent = Sent(QStringLiteral("presence"), QStringLiteral("show")).last();
  EXPECT_TRUE(sent.contains(QStringLiteral("since=\"2023-11-14T22:13:20Z\"")))
      << sent.toStdString();
  EXPECT_TRUE(sent.contains(QStringLiteral("to=\"bob@localhost/phone\""))) << sent.toStdString();
}

TEST_F(RosterClientTest, ARequestThatIsPendingIsSeenInTheRoster) {
  server_.Inject(
      "<iq type='set' id='p1'><query xmlns='jabber:iq:roster'>"
      "<item jid='bob@localhost' subscription='none' ask='subscribe'/></query></iq>");

  ASSERT_TRUE(testing::WaitUntil([&] { return listener_.changed.size() == 1; }));
  EXPECT_TRUE(listener_.changed[0].subscription_requested);
}

}  // namespace
}  // namespace chatwire::xmpp
