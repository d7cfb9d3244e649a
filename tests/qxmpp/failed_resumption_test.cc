// deploy/qxmpp/patches: failed-resumption.
#include "tests/qxmpp/client_fixture.h"

namespace chatwire::testing {
namespace {

class FailedResumptionTest : public ClientFixture {
 protected:
  /// Three messages that the server got and did not acknowledge, then a lost connection.
  void SendThreeAndLoseTheConnection() {
    server_.script().acknowledge = false;
    ASSERT_TRUE(LogIn());
    for (int i = 0; i < 3; ++i) Send(QStringLiteral("hello"));
    ASSERT_TRUE(WaitUntil([&] { return MessagesSent() == 3; }));
    LoseConnection();
    ASSERT_EQ(outcomes().Total(), 0) << "the stream may still be resumed";
    server_.script().acknowledge = true;
  }
  int MessagesSent() const { return server_.CountReceived(QStringLiteral("message")); }
};

TEST_F(FailedResumptionTest, NothingIsSentAgainAndEverySendEndsWithAnError) {
  ASSERT_NO_FATAL_FAILURE(SendThreeAndLoseTheConnection());
  server_.script().accept_resume = false;

  ASSERT_TRUE(LogIn());
  RunUntilQuiet();

  EXPECT_EQ(server_.refused_resumptions(), 1);
  EXPECT_EQ(MessagesSent(), 3) << "sent again";
  EXPECT_EQ(outcomes().failed, 3);
}

TEST_F(FailedResumptionTest, WhatTheServerSaysItHandledCountsAsAcknowledged) {
  ASSERT_NO_FATAL_FAILURE(SendThreeAndLoseTheConnection());
  server_.script().accept_resume = false;
  server_.script().claimed_h = 3;  // the presence and two of the messages

  ASSERT_TRUE(LogIn());
  RunUntilQuiet();

  EXPECT_EQ(outcomes().acknowledged, 2);
  EXPECT_EQ(outcomes().failed, 1);
  EXPECT_EQ(MessagesSent(), 3);
}

TEST_F(FailedResumptionTest, ASenderMaySendAgainOnTheNewStream) {
  server_.script().acknowledge = false;
  server_.script().accept_resume = false;
  ASSERT_TRUE(LogIn());
  int failed = 0;
  client_->send(QXmppMessage({}, QStringLiteral("bob@localhost"), QStringLiteral("first")))
      .then(client_.get(), [&](QXmpp::SendResult&&) {
        ++failed;
        Send(QStringLiteral("again"));
      });
  ASSERT_TRUE(WaitUntil([&] { return MessagesSent() == 1; }));
  LoseConnection();
  server_.script().acknowledge = true;

  ASSERT_TRUE(LogIn());

  EXPECT_TRUE(WaitUntil([&] { return outcomes().acknowledged == 1; }));
  EXPECT_EQ(failed, 1);
  EXPECT_EQ(server_.CountReceived(QStringLiteral("message"), QStringLiteral("first")), 1);
  EXPECT_EQ(server_.CountReceived(QStringLiteral("message"), QStringLiteral("again")), 1);
}

// Not a defect of the unpatched library: the patch must leave it alone.
TEST_F(FailedResumptionTest, AnAcceptedResumptionSendsOnlyWhatTheServerHasNot) {
  ASSERT_NO_FATAL_FAILURE(SendThreeAndLoseTheConnection());
  server_.script().claimed_h = 2;  // the presence and one of the messages

  ASSERT_TRUE(LogIn());

  EXPECT_TRUE(WaitUntil([&] { return outcomes().acknowledged == 3; }));
  EXPECT_EQ(server_.resumptions(), 1);
  EXPECT_EQ(MessagesSent(), 5);
}

TEST_F(FailedResumptionTest, ADisconnectEndsThePendingSends) {
  server_.script().acknowledge = false;
  ASSERT_TRUE(LogIn());
  Send(QStringLiteral("hello"));

  client_->disconnectFromServer();

  ASSERT_TRUE(WaitUntil([&] { return disconnects() == 1; }));
  EXPECT_EQ(outcomes().failed, 1);
}

TEST_F(FailedResumptionTest, ADisconnectWhileOfflineEndsThePendingSendsToo) {
  ASSERT_NO_FATAL_FAILURE(SendThreeAndLoseTheConnection());

  client_->disconnectFromServer();

  EXPECT_EQ(outcomes().failed, 3);
}

TEST_F(FailedResumptionTest, ADisconnectFromABlackHoleEndsThePendingSends) {
  ASSERT_TRUE(LogIn());
  server_.GoDeaf();
  for (int i = 0; i < 3; ++i) Send(QStringLiteral("hello"));

  client_->disconnectFromServer();

  EXPECT_TRUE(WaitUntil([&] { return outcomes().failed == 3; }));
}

}  // namespace
}  // namespace chatwire::testing
