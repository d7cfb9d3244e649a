// A session against a scripted server: what ends it, what it tells, and that every request ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QTcpServer>

#include "tests/unit/xmpp-service/session_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using SessionTest = SessionFixture;

TEST_F(SessionTest, APasswordThatIsRefusedIsFinal) {
  Connect("guess");

  ASSERT_TRUE(WaitForEnd());
  EXPECT_EQ(listener_.ends[0].reason, FailureReason::kWrongPassword);
  EXPECT_TRUE(listener_.ends[0].permanent);
  EXPECT_THAT(listener_.ends[0].message, ::testing::Not(::testing::HasSubstr("guess")));
}

TEST_F(SessionTest, AServerWithoutTlsIsToldFromALostConnection) {
  AllowPlaintext(false);

  Connect();

  ASSERT_TRUE(WaitForEnd());
  EXPECT_EQ(listener_.ends[0].reason, FailureReason::kTlsFailed);
  EXPECT_EQ(server_.CountReceived(QStringLiteral("auth")), 0) << "the password was not shown";
}

TEST_F(SessionTest, AServerThatIsNotThereIsReported) {
  QTcpServer closed;
  closed.listen(QHostAddress::LocalHost, 0);
  Route(closed.serverPort());
  closed.close();

  Connect();

  ASSERT_TRUE(WaitForEnd());
  EXPECT_EQ(listener_.ends[0].reason, FailureReason::kServerUnreachable);
  EXPECT_FALSE(listener_.ends[0].permanent);
}

TEST_F(SessionTest, AConflictIsFinalAndAShutdownIsNot) {
  ASSERT_TRUE(LogIn());
  server_.SendStreamError("conflict");
  ASSERT_TRUE(WaitForEnd(1));
  ASSERT_TRUE(LogIn());
  server_.SendStreamError("system-shutdown");
  ASSERT_TRUE(WaitForEnd(2));

  EXPECT_EQ(listener_.ends[0].reason, FailureReason::kConflict);
  EXPECT_TRUE(listener_.ends[0].permanent);
  EXPECT_EQ(listener_.ends[1].reason, FailureReason::kStreamError);
  EXPECT_FALSE(listener_.ends[1].permanent);
}

TEST_F(SessionTest, AServersTimeoutIsNotFinal) {
  ASSERT_TRUE(LogIn());

  server_.SendStreamError("connection-timeout");

  ASSERT_TRUE(WaitForEnd());
  EXPECT_EQ(listener_.ends[0].reason, FailureReason::kStreamError);
  EXPECT_FALSE(listener_.ends[0].permanent);
  EXPECT_TRUE(LogIn()) << "the session can be used again";
}

TEST_F(SessionTest, ALostConnectionIsResumed) {
  ASSERT_TRUE(LogIn());
  server_.Reset();
  ASSERT_TRUE(WaitForEnd());

  ASSERT_TRUE(LogIn());

  EXPECT_THAT(listener_.connected, ElementsAre(false, true));
}

TEST_F(SessionTest, ABlackHoleIsLeftByAbortAndStillResumed) {
  ASSERT_TRUE(LogIn());
  server_.GoDeaf();

  session_->Abort();

  ASSERT_TRUE(WaitForEnd());
  ASSERT_TRUE(LogIn());
  EXPECT_THAT(listener_.connected, ElementsAre(false, true));
}

TEST_F(SessionTest, AnAbortBeforeTheSessionIsUpEndsItOnce) {
  QTcpServer silent;
  silent.listen(QHostAddress::LocalHost, 0);
  Route(silent.serverPort());
  Connect();
  ASSERT_TRUE(testing::WaitUntil([&] { return silent.hasPendingConnections(); }));

  session_->Abort();
  ASSERT_TRUE(WaitForEnd());
  testing::RunUntilQuiet();
  EXPECT_THAT(listener_.ends, SizeIs(1));

  Route(server_.port());
  EXPECT_TRUE(LogIn()) << "the session can be used again";
}

TEST_F(SessionTest, ACloseSaysGoodbye) {
  ASSERT_TRUE(LogIn());

  session_->Close();

  ASSERT_TRUE(WaitForEnd());
  EXPECT_TRUE(testing::WaitUntil([&] {
    const auto& received = server_.received();
    return std::any_of(received.begin(), received.end(), [](const auto& element) {
      return element.name == u"presence" && element.type == u"unavailable";
    });
  }));
}

TEST_F(SessionTest, AMessageIsAcknowledgedByTheServerAndCarriesItsIdTwice) {
  ASSERT_TRUE(LogIn());
  auto [done, result] = Remember<bool>();

  session_->Send(Text("id-1"), std::move(done));

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_TRUE((*result)->ok());
  EXPECT_EQ(server_.CountReceived(QStringLiteral("message"), QStringLiteral("hällo")), 1);
}

TEST_F(SessionTest, WithoutStreamManagementAnAnsweredPingIsTheAcknowledgement) {
  server_.script().offer_stream_management = false;
  server_.script().answer_iqs = false;
  ASSERT_TRUE(LogIn());
  auto [unanswered, no] = Remember<bool>();
  session_->Send(Text("id-1"), std::move(unanswered));
  ASSERT_TRUE(WaitForResult(no));
  EXPECT_FALSE((*no)->ok()) << "sent, but nobody knows whether the server has it";

  server_.script().answer_iqs = true;
  auto [answered, yes] = Remember<bool>();
  session_->Send(Text("id-2"), std::move(answered));
  ASSERT_TRUE(WaitForResult(yes));
  EXPECT_TRUE((*yes)->ok());
}

TEST_F(SessionTest, WhenAResumptionIsRefusedTheSendFailsAndIsNotRepeated) {
  server_.script().acknowledge = false;
  server_.script().accept_resume = false;
  ASSERT_TRUE(LogIn());
  auto [done, result] = Remember<bool>();
  session_->Send(Text("id-1"), std::move(done));
  ASSERT_TRUE(
      testing::WaitUntil([&] { return server_.CountReceived(QStringLiteral("message")) == 1; }));
  server_.Reset();
  ASSERT_TRUE(WaitForEnd());
  EXPECT_FALSE(result->has_value()) << "the stream may still be resumed";

  ASSERT_TRUE(LogIn());

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_FALSE((*result)->ok());
  testing::RunUntilQuiet();
  EXPECT_EQ(server_.CountReceived(QStringLiteral("message")), 1) << "the outbox decides that";
}

TEST_F(SessionTest, AnUnansweredRequestEnds) {
  ASSERT_TRUE(LogIn());
  server_.script().answer_iqs = false;
  auto [pong, ping] = Remember<bool>();
  auto [found, archive] = Remember<ArchivePage>();

  session_->Ping(std::move(pong));
  session_->QueryArchive({}, std::move(found));

  ASSERT_TRUE(WaitForResult(ping));
  ASSERT_TRUE(WaitForResult(archive));
  EXPECT_TRUE(absl::IsDeadlineExceeded((*ping)->status()));
  EXPECT_TRUE(absl::IsDeadlineExceeded((*archive)->status()));
}

TEST_F(SessionTest, WithoutAStreamEverythingEndsAtOnce) {
  ASSERT_TRUE(LogIn());
  server_.Reset();
  ASSERT_TRUE(WaitForEnd());
  auto [sent, send] = Remember<bool>();
  auto [pong, ping] = Remember<bool>();

  session_->Send(Text("id-1"), std::move(sent));
  session_->Ping(std::move(pong));

  ASSERT_TRUE(WaitForResult(send) && WaitForResult(ping));
  EXPECT_TRUE(absl::IsUnavailable((*send)->status()));
  EXPECT_TRUE(absl::IsUnavailable((*ping)->status()));
}

TEST_F(SessionTest, ASessionThatGoesAwayAnswersWhatIsOpen) {
  server_.script().acknowledge = false;
  ASSERT_TRUE(LogIn());
  auto [done, result] = Remember<bool>();
  session_->Send(Text("id-1"), std::move(done));

  session_.reset();

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_FALSE((*result)->ok());
  EXPECT_THAT(listener_.ends, IsEmpty());
}

}  // namespace
}  // namespace chatwire::xmpp
