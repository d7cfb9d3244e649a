// deploy/qxmpp/patches: incremental-stream-reader.
#include <cstdio>
#include <ctime>
#include <string>

#include "tests/qxmpp/client_fixture.h"

namespace chatwire::testing {
namespace {

class StreamReaderTest : public ClientFixture {
 protected:
  /// An element with @p count levels.
  static QByteArray Levels(qsizetype count) {
    return QByteArray("<a>").repeated(count) + QByteArray("</a>").repeated(count);
  }

  /// CPU time of this process, the server's share included, for each of @p count messages of a
  /// burst in slices of 1,400 bytes.
  double MicrosecondsAMessage(int count) {
    const qsizetype earlier = bodies().size();
    QByteArray burst;
    for (int i = 0; i < count; ++i) {
      burst += Message(QStringLiteral("Gr\u00fc\u00dfe %1 ").arg(i) +
                       QString(180 + i % 7, QChar(u'\u00e9')));
    }
    const std::clock_t begin = std::clock();
    for (qsizetype at = 0; at < burst.size(); at += 1400) {
      EXPECT_TRUE(InjectAlone(burst.mid(at, 1400)));
    }
    EXPECT_TRUE(
        WaitUntil([&] { return bodies().size() == earlier + count; }, std::chrono::seconds(50)));
    return static_cast<double>(std::clock() - begin) * 1e6 / CLOCKS_PER_SEC / count;
  }
};

TEST_F(StreamReaderTest, ACharacterCutBetweenTwoReadsSurvives) {
  ASSERT_TRUE(LogIn());
  const QString body = QStringLiteral("Gr\u00fc\u00dfe \u2713 \U0001F4A1");
  const QByteArray message = Message(body);

  // when: every byte comes in a read of its own
  for (const char byte : message) ASSERT_TRUE(InjectAlone(QByteArray(1, byte)));

  ASSERT_TRUE(WaitUntil([&] { return !bodies().isEmpty(); }));
  EXPECT_EQ(bodies(), QStringList{body});
}

TEST_F(StreamReaderTest, AMessageIsDeliveredBeforeTheNextOneIsComplete) {
  ASSERT_TRUE(LogIn());

  ASSERT_TRUE(InjectAlone(Message(QStringLiteral("one")) + "<message><bo"));
  EXPECT_EQ(bodies(), QStringList{QStringLiteral("one")});

  ASSERT_TRUE(InjectAlone("dy>two</body></message>"));
  EXPECT_EQ(bodies().size(), 2);
}

TEST_F(StreamReaderTest, AWhitespaceKeepAliveIsHarmless) {
  ASSERT_TRUE(LogIn());

  ASSERT_TRUE(InjectAlone(" "));
  ASSERT_TRUE(InjectAlone(Message(QStringLiteral("one")) + "\n"));
  ASSERT_TRUE(InjectAlone("\n"));
  ASSERT_TRUE(InjectAlone(Message(QStringLiteral("two"))));

  EXPECT_EQ(bodies().size(), 2);
  EXPECT_TRUE(client_->isConnected());
  EXPECT_EQ(errors(), 0);
}

TEST_F(StreamReaderTest, QuotesCommentsAndCDataDoNotEndAStanza) {
  ASSERT_TRUE(LogIn());

  const QByteArray message =
      "<message id='a>b\"' from=\"bob@localhost/it's\"><!-- </message> ' --><x xmlns='urn:x'/>"
      "<body>1 &gt; 0 <![CDATA[</message> ]]&gt; it's]]></body></message>";
  for (const char byte : message) ASSERT_TRUE(InjectAlone(QByteArray(1, byte)));

  EXPECT_EQ(bodies(), QStringList{QStringLiteral("1 > 0 </message> ]]&gt; it's")});
  EXPECT_TRUE(client_->isConnected());
}

TEST_F(StreamReaderTest, AStanzaAboveTheLimitEndsTheSessionWithAnError) {
  client_->setProperty("maxStanzaBytes", 100'000);
  ASSERT_TRUE(LogIn());
  ASSERT_TRUE(InjectAlone(Message(QString(50'000, QLatin1Char('x')))));
  ASSERT_TRUE(WaitUntil([&] { return bodies().size() == 1; }));

  server_.Inject("<message><body>" + QByteArray(200'000, 'x'));

  EXPECT_TRUE(WaitUntil([&] { return disconnects() == 1; }));
  EXPECT_EQ(errors(), 1);
  EXPECT_TRUE(WaitUntil([&] { return server_.CountReceived(QStringLiteral("error")) == 1; }));
}

// A parser's stack would overflow. If the session ended, the server would deliver it again in the
// next one: anybody could keep the account away for good.
TEST_F(StreamReaderTest, AStanzaNestedTooDeeplyIsSkippedButCounted) {
  ASSERT_TRUE(LogIn());

  server_.Inject("<message from='eve@localhost'>" + Levels(1'000'000) + "</message>" +
                 Message(QStringLiteral("next")));

  ASSERT_TRUE(WaitUntil([&] { return !bodies().isEmpty(); }, std::chrono::seconds(30)));
  EXPECT_EQ(bodies(), QStringList{QStringLiteral("next")});
  EXPECT_EQ(AcknowledgedByClient(), QStringLiteral("2"));
  EXPECT_EQ(disconnects(), 0);
}

TEST_F(StreamReaderTest, TwoHundredLevelsAreNotTooDeep) {
  ASSERT_TRUE(LogIn());

  ASSERT_TRUE(InjectAlone("<message><body>kept</body>" + Levels(200) + "</message>"));

  EXPECT_EQ(bodies(), QStringList{QStringLiteral("kept")});
}

TEST_F(StreamReaderTest, WhatIsNoStanzaAndNestedTooDeeplyEndsTheSession) {
  ASSERT_TRUE(LogIn());

  server_.Inject(Levels(300));

  EXPECT_TRUE(WaitUntil([&] { return disconnects() == 1; }));
  EXPECT_EQ(errors(), 1);
}

TEST_F(StreamReaderTest, ADocumentTypeEndsTheSession) {
  ASSERT_TRUE(LogIn());

  server_.Inject("<!DOCTYPE x [<!ENTITY a 'aaaa'>]><message><body>&a;</body></message>");

  EXPECT_TRUE(WaitUntil([&] { return disconnects() == 1; }));
  EXPECT_EQ(errors(), 1);
  EXPECT_TRUE(bodies().isEmpty());
}

TEST_F(StreamReaderTest, AStanzaThatIsNotWellFormedIsSkippedButCounted) {
  ASSERT_TRUE(LogIn());

  // when: a contact's message with an undeclared prefix, which some servers relay
  ASSERT_TRUE(InjectAlone("<message from='eve@localhost'><x:y/></message>"));
  ASSERT_TRUE(InjectAlone(Message(QStringLiteral("next"))));

  EXPECT_EQ(bodies(), QStringList{QStringLiteral("next")});
  EXPECT_EQ(AcknowledgedByClient(), QStringLiteral("2"));
}

// What an attacker on the network adds to the plain text before TLS begins.
TEST_F(StreamReaderTest, PlainTextBehindTheAnswerToStarttlsIsDropped) {
  security_mode_ = QXmppConfiguration::TLSEnabled;
  server_.script().starttls_answer =
      "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + Message(QStringLiteral("forged"));

  Connect();

  ASSERT_TRUE(WaitUntil([&] { return server_.CountReceived(QStringLiteral("starttls")) == 1; }));
  RunUntilQuiet();
  EXPECT_TRUE(bodies().isEmpty());
}

// Slices that rarely end with a message, as a network makes them. What one message costs is
// compared with what it costs in a burst an eighth as long, so the machine and its load are on both
// sides: one to one with the patched reader, up to eight to one where all that has come is read
// again each time.
TEST_F(StreamReaderTest, ABurstCostsTimeInProportionToItsBytes) {
  ASSERT_TRUE(LogIn());
  constexpr int kShort = 1'000;
  const int wanted = qEnvironmentVariableIntValue("BURST_MESSAGES");
  const int count = wanted > 0 ? wanted : 8 * kShort;

  const double before = MicrosecondsAMessage(kShort);
  const double after = MicrosecondsAMessage(count);

  std::printf("CPU of a message: %.1f us in %d, %.1f us in %d\n", before, kShort, after, count);
  EXPECT_LT(after / before, 3);
  EXPECT_EQ(bodies().filter(QChar(0xfffd)).size(), 0) << "altered texts";
}

}  // namespace
}  // namespace chatwire::testing
