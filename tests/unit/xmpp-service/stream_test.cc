#include "xmpp-service/session/stream.h"

#include <QXmppVersionIq.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kExample("urn:example");

/// A stream on a plain client of QXmpp.
class StreamTest : public SessionFixture {
 protected:
  StreamTest() {
    QObject::connect(&client_, &QXmppClient::connected, stream_.context(),
                     [this] { stream_.SetUp(true); });
    stream_.SetClient(&client_);
    client_.setLogger(nullptr);
  }

  bool Up() {
    QXmppConfiguration configuration;
    configuration.setJid(QStringLiteral("alice@localhost/test"));
    configuration.setPassword(QStringLiteral("secret"));
    configuration.setHost(QStringLiteral("127.0.0.1"));
    configuration.setPort(server_.port());
    settings_.adjust(configuration);
    client_.connectToServer(configuration);
    return testing::WaitUntil([this] { return stream_.up(); });
  }

  Result<QDomElement> Ask(const std::string& to) {
    auto [done, result] = Remember<QDomElement>();
    stream_.Request(PayloadIq(QXmppIq::Get, to,
                              [](QXmlStreamWriter& xml) {
                                xml.writeStartElement(QStringLiteral("question"));
                                xml.writeDefaultNamespace(kExample);
                                xml.writeEndElement();
                              }),
                    std::move(done));
    // Never from inside the call.
    EXPECT_FALSE(result->has_value());
    return result;
  }

  QXmppClient client_{QXmppClient::NoExtensions};
  Stream stream_{"alice@localhost", std::chrono::milliseconds(200), &listener_};
};

TEST_F(StreamTest, RequestReturnsTheAnswer) {
  // Given an entity that answers
  server_.script().answers[kExample] = "<answer xmlns='urn:example'>42</answer>";
  ASSERT_TRUE(Up());
  // When it is asked
  const auto result = Ask("bob@localhost/home");
  // Then the whole answer comes back, and the question was as it was written
  ASSERT_TRUE(WaitForResult(result));
  ASSERT_TRUE((*result)->ok()) << (*result)->status();
  EXPECT_EQ(Child(***result, QStringLiteral("answer"), kExample).text(), QStringLiteral("42"));
  EXPECT_TRUE(server_.LastReceived("iq").xml.contains(QStringLiteral("<question xmlns=")));
  EXPECT_EQ(server_.LastReceived("iq").to, QStringLiteral("bob@localhost/home"));
}

TEST_F(StreamTest, RequestTellsAStanzaErrorByItsCondition) {
  server_.script().errors[kExample] = "item-not-found";
  ASSERT_TRUE(Up());
  const auto result = Ask("bob@localhost/home");
  ASSERT_TRUE(WaitForResult(result));
  EXPECT_TRUE(absl::IsNotFound((*result)->status()));
  EXPECT_TRUE(HasReason((*result)->status(), {"xmpp.chatwire", "XMPP_ITEM_NOT_FOUND"}));
  EXPECT_TRUE(IsStanzaError((*result)->status(), "item-not-found"));
}

TEST_F(StreamTest, RequestEndsWithoutAnAnswer) {
  server_.script().answer_iqs = false;
  ASSERT_TRUE(Up());
  const auto result = Ask("bob@localhost/home");
  ASSERT_TRUE(WaitForResult(result));
  EXPECT_TRUE(HasReason((*result)->status(), {"xmpp.chatwire", "NO_ANSWER"}));
}

TEST_F(StreamTest, RequestEndsWithoutAStream) {
  const auto result = Ask("bob@localhost/home");
  ASSERT_TRUE(WaitForResult(result));
  EXPECT_TRUE(HasReason((*result)->status(), {"xmpp.chatwire", "SESSION_OFFLINE"}));
}

TEST_F(StreamTest, RequestsEndAtADisconnectAlthoughTheirCallersAskAgain) {
  // given: so many that QXmpp's table of requests would grow while it ends them
  constexpr int kRequests = 59;
  server_.script().answer_iqs = false;
  server_.script().offer_stream_management = false;
  ASSERT_TRUE(Up());
  QObject::connect(&client_, &QXmppClient::disconnected, stream_.context(),
                   [this] { stream_.SetUp(false); });
  std::vector<Result<QDomElement>> repeated;
  int ended = 0;
  for (int i = 0; i < kRequests; ++i) {
    stream_.Request(PayloadIq(QXmppIq::Get, "bob@localhost/home", [](QXmlStreamWriter&) {}),
                    Completion<QDomElement>([&](const auto& answer) {
                      EXPECT_FALSE(answer.ok());
                      ++ended;
                      repeated.push_back(Ask("bob@localhost/home"));
                    }));
  }

  server_.Close();

  EXPECT_TRUE(testing::WaitUntil([&] { return ended == kRequests; }));
  for (const auto& result : repeated) EXPECT_TRUE(WaitForResult(result));
}

TEST_F(StreamTest, RequestsEndBeforeThePartsThatAskedAreGone) {
  server_.script().answer_iqs = false;
  ASSERT_TRUE(Up());
  const auto result = Ask("bob@localhost/home");

  stream_.EndRequests();

  ASSERT_TRUE(result->has_value());
  EXPECT_TRUE(HasReason((*result)->status(), {"xmpp.chatwire", "SESSION_OFFLINE"}));
}

}  // namespace
}  // namespace chatwire::xmpp
