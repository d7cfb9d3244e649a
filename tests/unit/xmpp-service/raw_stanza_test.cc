#include "xmpp-service/session/raw_stanza.h"

#include <gmock/gmock.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/domain/stanza_port.h"
#include "xmpp-service/session/xml_text.h"

namespace chatwire::xmpp {
namespace {

using ::testing::HasSubstr;

constexpr char kAccount[] = "alice@localhost";

std::string ReasonOfReading(const std::string& xml) {
  return ReasonOf(ReadRawStanza(xml, kAccount).status());
}

std::string Nested(int depth) {
  std::string xml = "<message to='bob@localhost'>";
  for (int i = 0; i < depth; ++i) xml += "<x>";
  for (int i = 0; i < depth; ++i) xml += "</x>";
  return xml + "</message>";
}

TEST(RawStanzaTest, AStanzaKeepsItsContentAndLosesItsSender) {
  const auto stanza = ReadRawStanza(
      "<message from='eve@localhost' to='bob@localhost' xml:lang='de' type='chat'>"
      "<body>h\xc3\xa4llo &amp; &lt;x&gt;</body> <s:x xmlns:s='urn:example' a='1'>  "
      "</s:x></message>",
      kAccount);

  ASSERT_TRUE(stanza.ok()) << stanza.status();
  const std::string text = *ToXmlText(*stanza, 10'000);
  EXPECT_THAT(text, HasSubstr("<message xmlns=\"jabber:client\""));
  EXPECT_THAT(text, HasSubstr("xml:lang=\"de\""));
  EXPECT_THAT(text, HasSubstr("<body>hällo &amp; &lt;x&gt;</body>"));
  EXPECT_THAT(text, HasSubstr("<x xmlns=\"urn:example\" a=\"1\">  </x>"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("eve")));
}

TEST(RawStanzaTest, WhatIsNotOneStanzaIsRefused) {
  for (const char* xml : {"",
                          "hello",
                          "<message",
                          "<message/><message/>",
                          "<message/></stream:stream>",
                          "<?xml version='1.0'?><message/>",
                          "<!DOCTYPE message><message/>",
                          "<!DOCTYPE m [<!ENTITY a 'b'>]><message><body>&a;</body></message>",
                          "<message><body>&nbsp;</body></message>",
                          "<message><!-- c --></message>",
                          "<message><?php x?></message>",
                          "<stream:stream/>",
                          "<stream:error xmlns:stream='http://etherx.jabber.org/streams'/>",
                          "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>",
                          "<r xmlns='urn:xmpp:sm:3'/>",
                          "<message xmlns='jabber:server'/>",
                          "<message><body>\x01</body></message>",
                          "<message><body>\xff</body></message>",
                          "<iq type='result' to='bob@localhost'/>",
                          "<iq type='error'><x/></iq>",
                          "<iq type='get'/>",
                          "<iq type='set'><x/><y/></iq>"}) {
    EXPECT_EQ(ReasonOfReading(xml), "BAD_STANZA") << xml;
  }
  EXPECT_EQ(ReasonOfReading("<message><body>" + std::string(65'536, 'x') + "</body></message>"),
            "BAD_STANZA");
  EXPECT_EQ(ReasonOfReading(Nested(32)), "BAD_STANZA");
  EXPECT_EQ(ReasonOfReading(Nested(31)), "");
  EXPECT_EQ(ReasonOfReading("<message to='a b'/>"), "BAD_JID");
}

TEST(RawStanzaTest, WhatWouldConfuseTheServiceIsRefused) {
  for (const char* xml :
       {"<presence/>", "<presence type='unavailable'/>",
        "<iq type='set'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>",
        "<iq type='set'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>",
        "<iq type='set'><query xmlns='jabber:iq:auth'/></iq>",
        "<iq type='set'><query xmlns='jabber:iq:register'><remove/></query></iq>",
        "<iq type='set' to='localhost'><query xmlns='jabber:iq:register'/></iq>",
        "<iq type='set' to='Alice@localhost'><query xmlns='jabber:iq:register'/></iq>",
        "<iq type='set'><disable xmlns='urn:xmpp:carbons:2'/></iq>",
        "<iq type='set'><query xmlns='urn:xmpp:mam:2'/></iq>",
        "<message to='bob@localhost'><r xmlns='urn:xmpp:sm:3'/></message>"}) {
    EXPECT_EQ(ReasonOfReading(xml), "STANZA_NOT_ALLOWED") << xml;
  }
  for (const char* xml :
       {"<presence to='bob@localhost' type='subscribe'/>",
        "<iq type='set' to='icq.localhost'><query xmlns='jabber:iq:register'/></iq>",
        "<iq type='get'><prefs xmlns='urn:xmpp:mam:2'/></iq>",
        "<iq type='get'><query xmlns='jabber:iq:roster'/></iq>"}) {
    EXPECT_EQ(ReasonOfReading(xml), "") << xml;
  }
}

class StanzaSenderTest : public SessionFixture {
 protected:
  StanzaSenderTest() { EXPECT_TRUE(LogIn()); }

  Result<std::string> Send(const std::string& xml) {
    auto [done, result] = Remember<std::string>();
    session_->ports().stanzas->Send(xml, "made-here", std::move(done));
    return result;
  }

  Result<std::string> Ask(const std::string& xml) {
    auto [done, result] = Remember<std::string>();
    session_->ports().stanzas->Ask(xml, absl::Seconds(5), std::move(done));
    return result;
  }
};

TEST_F(StanzaSenderTest, AMessageGoesOutAndTheServersAcknowledgementIsWaitedFor) {
  const auto result = Send("<message to='bob@localhost'><body>raw</body></message>");

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_EQ(***result, "made-here");
  const auto sent = server_.LastReceived(QStringLiteral("message"));
  EXPECT_EQ(sent.body, QStringLiteral("raw"));
  EXPECT_EQ(sent.id, QStringLiteral("made-here"));

  server_.script().acknowledge = false;
  const auto second = Send("<message id='mine' to='bob@localhost'><body>two</body></message>");
  ASSERT_TRUE(testing::WaitUntil([&] {
    return server_.CountReceived(QStringLiteral("message"), QStringLiteral("two")) == 1;
  }));
  EXPECT_FALSE(second->has_value());
  EXPECT_EQ(server_.LastReceived(QStringLiteral("message")).id, QStringLiteral("mine"));
}

TEST_F(StanzaSenderTest, AnIqIsAnsweredWithTheWholeAnswer) {
  server_.script().answers["urn:example"] = "<pong xmlns='urn:example' n='1'><a/></pong>";

  const auto result =
      Ask("<iq type='get' id='guessed' to='bob@localhost/x'><q xmlns='urn:example'/></iq>");

  ASSERT_TRUE(WaitForResult(result));
  ASSERT_TRUE((*result)->ok()) << (*result)->status();
  EXPECT_THAT(***result, HasSubstr("<iq xmlns=\"jabber:client\""));
  EXPECT_THAT(***result, HasSubstr("<pong xmlns=\"urn:example\" n=\"1\"><a/></pong>"));
  const auto sent = server_.LastReceived(QStringLiteral("iq"));
  EXPECT_NE(sent.id, QStringLiteral("guessed"));
  EXPECT_EQ(sent.to, QStringLiteral("bob@localhost/x"));
}

TEST_F(StanzaSenderTest, AnIqsErrorIsTold) {
  server_.script().errors["urn:example"] = "forbidden";
  const auto refused = Ask("<iq type='set'><q xmlns='urn:example'/></iq>");
  ASSERT_TRUE(WaitForResult(refused));
  EXPECT_EQ(ReasonOf((*refused)->status()), "XMPP_FORBIDDEN");

  server_.script().errors.clear();
  server_.script().answer_iqs = false;
  const auto silent = Ask("<iq type='get'><q xmlns='urn:example'/></iq>");
  ASSERT_TRUE(WaitForResult(silent));
  EXPECT_EQ(ReasonOf((*silent)->status()), "NO_ANSWER");

  const auto wrong = Send("<iq type='get'><q xmlns='urn:example'/></iq>");
  ASSERT_TRUE(WaitForResult(wrong));
  EXPECT_EQ(ReasonOf((*wrong)->status()), "BAD_STANZA");
}

}  // namespace
}  // namespace chatwire::xmpp
