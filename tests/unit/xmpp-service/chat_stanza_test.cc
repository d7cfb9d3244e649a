// What messages of two look like on the stream, by the examples of their XEPs.
#include "xmpp-service/session/chat_stanza.h"

#include <gmock/gmock.h>

#include <QDomDocument>
#include <QXmlStreamWriter>

#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/session/stanza_mapper.h"

namespace chatwire::xmpp {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

IncomingMessage Read(const QByteArray& children, const QByteArray& attributes = "type='chat'") {
  QDomDocument document;
  const QByteArray xml = "<message xmlns='jabber:client' from='bob@localhost/x' id='b1' " +
                         attributes + ">" + children + "</message>";
  EXPECT_TRUE(document.setContent(xml, QDomDocument::ParseOption::UseNamespaceProcessing));
  QXmppMessage stanza;
  stanza.parse(document.documentElement());
  return *ToDomain(stanza, "alice@localhost");
}

std::string Written(const QXmppMessage& stanza) {
  QByteArray xml;
  QXmlStreamWriter writer(&xml);
  stanza.toXml(&writer);
  return xml.toStdString();
}

OutgoingMessage To(MessageAction action, const std::string& body = "") {
  OutgoingMessage message{1, "id-1", "bob@localhost", body};
  message.action = std::move(action);
  return message;
}

TEST(ChatStanzaTest, ATextKeepsAllThatIsBesideIt) {
  const IncomingMessage message = Read(
      "<subject>s</subject><body>hello</body><thread parent='t1'>t2</thread>"
      "<html xmlns='http://jabber.org/protocol/xhtml-im'>"
      "<body xmlns='http://www.w3.org/1999/xhtml'><p "
      "style='color:red'>hel<b>lo</b></p></body></html>"
      "<request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/>",
      "type='normal'");

  EXPECT_EQ(message.body, "hello");
  EXPECT_EQ(message.details.type, MessageType::kNormal);
  EXPECT_EQ(message.details.subject, "s");
  EXPECT_EQ(message.details.thread, "t2");
  EXPECT_EQ(message.details.parent_thread, "t1");
  // QXmpp breaks lines behind elements.
  EXPECT_EQ(message.details.xhtml, "<p style=\"color:red\">hel<b>lo</b>\n</p>");
  EXPECT_TRUE(message.details.receipt_requested);
  EXPECT_TRUE(message.details.markable);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(message.action));
}

TEST(ChatStanzaTest, FilesAreToldBesideTheText) {
  const IncomingMessage message = Read(
      "<body>https://a/b.png</body><x xmlns='jabber:x:oob'><url>https://a/b.png</url>"
      "<desc>a &amp; b</desc></x><x xmlns='jabber:x:oob'><url>https://a/c</url></x>");
  ASSERT_EQ(message.details.attachments.size(), 2u);
  EXPECT_EQ(message.details.attachments[0].url, "https://a/b.png");
  EXPECT_EQ(message.details.attachments[0].description, "a & b");

  OutgoingMessage out = To(std::monostate(), "https://a/b.png");
  out.details.attachments = message.details.attachments;
  EXPECT_THAT(Written(ToQxmpp(out)),
              AllOf(HasSubstr("<url>https://a/b.png</url>"), HasSubstr("<desc>a &amp; b</desc>"),
                    HasSubstr("<body>https://a/b.png</body>")));
}

TEST(ChatStanzaTest, TypesAreTold) {
  EXPECT_EQ(Read("<body>x</body>", "type='headline'").details.type, MessageType::kHeadline);
  EXPECT_EQ(Read("<body>x</body>", "").details.type, MessageType::kNormal);
  EXPECT_EQ(Read("<body>x</body>").details.type, MessageType::kChat);
}

TEST(ChatStanzaTest, TheQuoteOfAReplyIsNoPartOfItsText) {
  const QByteArray reply = "<reply xmlns='urn:xmpp:reply:0' to='anna@localhost' id='m1'/>";
  const QByteArray body = "<body>&gt; h\xc3\xa4 \xf0\x9f\x98\x80\nlamp on</body>";
  const auto fallback = [](const QByteArray& range, const QByteArray& purpose) {
    return "<fallback xmlns='urn:xmpp:fallback:0' for='" + purpose + "'><body " + range +
           "/></fallback>";
  };

  const IncomingMessage message =
      Read(body + reply + fallback("start='0' end='7'", "urn:xmpp:reply:0"));
  EXPECT_EQ(message.body, "lamp on");
  EXPECT_EQ(message.details.reply->message_id, "m1");
  EXPECT_EQ(message.details.reply->author, "anna@localhost");
  EXPECT_EQ(message.details.reply->quote, "> h\xc3\xa4 \xf0\x9f\x98\x80\n");

  const std::string whole = "> h\xc3\xa4 \xf0\x9f\x98\x80\nlamp on";
  EXPECT_EQ(Read(body + reply + fallback("start='0' end='99'", "urn:xmpp:reply:0")).body, whole);
  EXPECT_EQ(Read(body + reply + fallback("start='-1' end='x'", "urn:xmpp:reply:0")).body, whole);
  EXPECT_EQ(Read(body + reply + fallback("start='0' end='7'", "urn:example:other")).body, whole);
  EXPECT_EQ(Read(body + fallback("start='0' end='7'", "urn:xmpp:reply:0")).body, whole)
      << "without a reply nothing is a quote";
}

TEST(ChatStanzaTest, ActionsAreRead) {
  EXPECT_EQ(std::get<Correction>(Read("<body>new</body><replace id='bad1' "
                                      "xmlns='urn:xmpp:message-correct:0'/>")
                                     .action)
                .message_id,
            "bad1");
  EXPECT_EQ(std::get<Retraction>(
                Read("<retract id='r1' xmlns='urn:xmpp:message-retract:1'/>"
                     "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'/>"
                     "<body>lamp on</body><store xmlns='urn:xmpp:hints'/>")
                    .action)
                .message_id,
            "r1");
  const auto reaction = std::get<Reaction>(
      Read("<reactions id='e1' xmlns='urn:xmpp:reactions:0'><reaction>b</reaction>"
           "<reaction>a</reaction><reaction>b</reaction></reactions>")
          .action);
  EXPECT_EQ(reaction.message_id, "e1");
  EXPECT_THAT(reaction.reactions, ElementsAre("a", "b"));
  EXPECT_EQ(
      std::get<Receipt>(Read("<received xmlns='urn:xmpp:receipts' id='m1'/>").action).message_id,
      "m1");
  const auto marking =
      std::get<Marking>(Read("<displayed xmlns='urn:xmpp:chat-markers:0' id='m2'/>").action);
  EXPECT_EQ(marking.message_id, "m2");
  EXPECT_EQ(marking.marker, Marker::kDisplayed);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(
      Read("<retract id='r1' xmlns='urn:example:other'/><body>x</body>").action));
}

TEST(ChatStanzaTest, AMessageInARoomIsKnownAsOne) {
  EXPECT_TRUE(Read("<body>x</body><x xmlns='http://jabber.org/protocol/muc#user'/>").room_private);
  EXPECT_FALSE(Read("<body>x</body><x xmlns='jabber:x:other'/>").room_private);
}

TEST(ChatStanzaTest, ATextIsWrittenWithAllItHas) {
  OutgoingMessage message = To({}, "yes");
  message.details.type = MessageType::kHeadline;
  message.details.subject = "s";
  message.details.thread = "t2";
  message.details.parent_thread = "t1";
  message.details.xhtml = "<p>yes</p>";
  message.details.reply = Reply{"m1", "bob@localhost", "h\xc3\xa4\nho"};
  message.details.receipt_requested = true;
  message.details.markable = true;

  EXPECT_THAT(Written(ToQxmpp(message)),
              AllOf(HasSubstr("type=\"headline\""), HasSubstr("<subject>s</subject>"),
                    HasSubstr("<body>&gt; h\xc3\xa4\n&gt; ho\nyes</body>"),
                    HasSubstr("<thread parent=\"t1\">t2</thread>"),
                    HasSubstr("<body xmlns=\"http://www.w3.org/1999/xhtml\"><p>yes</p></body>"),
                    HasSubstr("<reply xmlns=\"urn:xmpp:reply:0\" to=\"bob@localhost\" id=\"m1\"/>"),
                    HasSubstr("for=\"urn:xmpp:reply:0\""), HasSubstr("start=\"0\" end=\"10\""),
                    HasSubstr("<request xmlns=\"urn:xmpp:receipts\"/>"),
                    HasSubstr("<markable xmlns=\"urn:xmpp:chat-markers:0\"/>"),
                    HasSubstr("<origin-id xmlns=\"urn:xmpp:sid:0\" id=\"id-1\"/>")));
}

TEST(ChatStanzaTest, OnlyTextsOfAChatTellThatStatesAreWelcome) {
  const auto active = HasSubstr("<active xmlns=\"http://jabber.org/protocol/chatstates\"/>");
  OutgoingMessage mail = To(std::monostate(), "hello");
  mail.details.type = MessageType::kNormal;

  EXPECT_THAT(Written(ToQxmpp(To(std::monostate(), "hello"))), active);
  EXPECT_THAT(Written(ToQxmpp(mail)), Not(active));
  EXPECT_THAT(Written(ToQxmpp(To(Reaction{"m1", {"+1"}}))), Not(active));
}

TEST(ChatStanzaTest, ActionsAreWritten) {
  EXPECT_THAT(Written(ToQxmpp(To(Correction{"m1"}, "new"))),
              AllOf(HasSubstr("<body>new</body>"),
                    HasSubstr("<replace xmlns=\"urn:xmpp:message-correct:0\" id=\"m1\"/>")));
  EXPECT_THAT(Written(ToQxmpp(To(Retraction{"m1"}))),
              AllOf(HasSubstr("<body>I have taken back"), HasSubstr("id=\"m1\""),
                    HasSubstr("xmlns=\"urn:xmpp:message-retract:1\""),
                    HasSubstr("for=\"urn:xmpp:message-retract:1\""),
                    HasSubstr("<store xmlns=\"urn:xmpp:hints\"/>")));
  EXPECT_THAT(Written(ToQxmpp(To(Reaction{"m1", {"+1"}}))),
              AllOf(HasSubstr("<reactions xmlns=\"urn:xmpp:reactions:0\" id=\"m1\">"),
                    HasSubstr("<reaction>+1</reaction>"), Not(HasSubstr("<body"))));
  EXPECT_THAT(Written(ToQxmpp(To(Reaction{"m1", {}}))), HasSubstr("id=\"m1\""));
  EXPECT_THAT(Written(ToQxmpp(To(Marking{"m1", Marker::kDisplayed}))),
              HasSubstr("<displayed xmlns=\"urn:xmpp:chat-markers:0\" id=\"m1\"/>"));
}

class ChatSessionTest : public SessionFixture {
 protected:
  ChatSessionTest() { EXPECT_TRUE(LogIn()); }
};

TEST_F(ChatSessionTest, AReceiptGoesToTheSendersDevice) {
  IncomingMessage message;
  message.from = "bob@localhost/phone";
  message.id = "b1";
  session_->SendReceipt(message);

  ASSERT_TRUE(
      testing::WaitUntil([&] { return server_.CountReceived(QStringLiteral("message")) == 1; }));
  const auto receipt = server_.LastReceived(QStringLiteral("message"));
  EXPECT_EQ(receipt.to, QStringLiteral("bob@localhost/phone"));
  EXPECT_TRUE(receipt.xml.contains(QStringLiteral("urn:xmpp:receipts"))) << qPrintable(receipt.xml);
}

TEST_F(ChatSessionTest, WhatChatsCanDoIsShownOnce) {
  server_.Inject(
      "<iq type='get' id='disco' from='bob@localhost/x'>"
      "<query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
  const auto answered = [&] {
    const auto answer = server_.LastReceived(QStringLiteral("iq"));
    return answer.id == u"disco" && answer.xml.contains(QStringLiteral("</query>"));
  };
  ASSERT_TRUE(testing::WaitUntil(answered));
  const QString xml = server_.LastReceived(QStringLiteral("iq")).xml;
  for (const char* feature :
       {"urn:xmpp:receipts", "urn:xmpp:chat-markers:0", "urn:xmpp:message-correct:0",
        "urn:xmpp:message-retract:1", "urn:xmpp:reactions:0", "urn:xmpp:reply:0",
        "urn:xmpp:fallback:0", "http://jabber.org/protocol/chatstates",
        "http://jabber.org/protocol/xhtml-im"}) {
    // Twice would make the capabilities' hash wrong (XEP-0115, section 5.4).
    EXPECT_EQ(xml.count(QStringLiteral("\"%1\"").arg(QLatin1StringView(feature))) +
                  xml.count(QStringLiteral("'%1'").arg(QLatin1StringView(feature))),
              1)
        << feature;
  }
}

}  // namespace
}  // namespace chatwire::xmpp
