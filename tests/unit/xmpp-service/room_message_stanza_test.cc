// What messages of rooms carry beside a text (XEPs 0066, 0085, 0308, 0424, 0444, 0461).
#include <gmock/gmock.h>

#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/domain/room_port.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kRoom[] = "coven@chat.localhost";

class Heard final : public RoomListener {
 public:
  void OnRoomPresence(RoomPresence) override {}
  void OnRoomMessage(RoomMessage message) override { messages.push_back(std::move(message)); }

  std::vector<RoomMessage> messages;
};

class RoomMessageStanzaTest : public SessionFixture {
 protected:
  RoomMessageStanzaTest() {
    EXPECT_TRUE(LogIn());
    rooms().SetListener(&heard_);
    rooms().Enter({kRoom, "thirdwitch", "", {}, {}});
  }

  RoomPort& rooms() { return *session_->ports().rooms; }

  RoomMessage Hear(const QByteArray& inside) {
    const size_t before = heard_.messages.size();
    server_.Inject("<message from='coven@chat.localhost/firstwitch' type='groupchat' id='m2'>" +
                   inside + "</message>");
    EXPECT_TRUE(testing::WaitUntil([&] { return heard_.messages.size() > before; }));
    return heard_.messages.empty() ? RoomMessage() : heard_.messages.back();
  }

  std::string Sent(const OutgoingRoomMessage& message) {
    auto [done, result] = Remember<bool>();
    rooms().SendMessage(message, std::move(done));
    EXPECT_TRUE(WaitForResult(result));
    return server_.LastReceived(QStringLiteral("message")).xml.toStdString();
  }

  Heard heard_;
};

TEST_F(RoomMessageStanzaTest, WhatAMessageDoesIsRead) {
  auto message = Hear("<body>hi</body><replace xmlns='urn:xmpp:message-correct:0' id='m1'/>");
  EXPECT_EQ(std::get<Correction>(message.action).message_id, "m1");
  message = Hear("<retract xmlns='urn:xmpp:message-retract:1' id='s1'/><body>cannot show</body>");
  EXPECT_EQ(std::get<Retraction>(message.action).message_id, "s1");
  message =
      Hear("<reactions xmlns='urn:xmpp:reactions:0' id='s1'><reaction>a</reaction></reactions>");
  EXPECT_THAT(std::get<Reaction>(message.action).reactions, ElementsAre("a"));
  message = Hear("<composing xmlns='http://jabber.org/protocol/chatstates'/>");
  EXPECT_EQ(message.chat_state, ChatState::kComposing);
}

TEST_F(RoomMessageStanzaTest, WhatIsTooMuchIsCut) {
  auto message = Hear("<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(message.action)) << "corrects nothing";
  const QByteArray long_id(257, 'x');
  message = Hear("<retract xmlns='urn:xmpp:message-retract:1' id='" + long_id + "'/>");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(message.action));
  QByteArray reactions;
  for (int i = 0; i < 30; ++i) {
    reactions += "<reaction>" + QByteArray::number(i) + "</reaction>";
  }
  message = Hear("<reactions xmlns='urn:xmpp:reactions:0' id='s1'>" + reactions + "</reactions>");
  EXPECT_THAT(std::get<Reaction>(message.action).reactions, SizeIs(20));
}

TEST_F(RoomMessageStanzaTest, AReplyAThreadAndAFileAreRead) {
  const auto message = Hear(
      "<body>&gt; What?\nThat.</body><thread>t</thread>"
      "<reply xmlns='urn:xmpp:reply:0' id='s1' to='coven@chat.localhost/pistol'/>"
      "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='8'/>"
      "</fallback><x xmlns='jabber:x:oob'><url>https://example.org/cat.png</url></x>");

  EXPECT_EQ(message.body, "That.");
  EXPECT_EQ(message.details.thread, "t");
  EXPECT_EQ(message.details.reply->message_id, "s1");
  ASSERT_THAT(message.details.attachments, SizeIs(1));
  EXPECT_EQ(message.details.attachments[0].url, "https://example.org/cat.png");
}

TEST_F(RoomMessageStanzaTest, WhatIsSentGoesToEverybody) {
  const std::string correction = Sent({1, "m1", kRoom, "", "hello", {}, Correction{"m0"}});
  EXPECT_THAT(correction, HasSubstr("type=\"groupchat\""));
  EXPECT_THAT(correction, HasSubstr("urn:xmpp:message-correct:0"));
  EXPECT_THAT(correction, HasSubstr("to=\"coven@chat.localhost\""));
  const std::string retraction = Sent({2, "m2", kRoom, "", "", {}, Retraction{"s0"}});
  EXPECT_THAT(retraction, HasSubstr("type=\"groupchat\""));
  EXPECT_THAT(retraction, HasSubstr("urn:xmpp:message-retract:1"));
  EXPECT_THAT(retraction, HasSubstr("id=\"s0\""));
  EXPECT_THAT(retraction, HasSubstr("urn:xmpp:hints")) << "to be archived";
  const std::string reaction = Sent({3, "m3", kRoom, "", "", {}, Reaction{"s0", {"a"}}});
  EXPECT_THAT(reaction, HasSubstr("<reaction>a</reaction>"));
  EXPECT_THAT(Sent({4, "m4", kRoom, "pistol", "psst", {}, {}}),
              Not(HasSubstr("type=\"groupchat\"")));
}

TEST_F(RoomMessageStanzaTest, AChatStateGoesToEverybody) {
  rooms().SendChatState(kRoom, ChatState::kPaused);
  const auto last = [this] {
    return server_.LastReceived(QStringLiteral("message")).xml.toStdString();
  };
  ASSERT_TRUE(testing::WaitUntil([&] { return last().find("paused") != std::string::npos; }));
  EXPECT_THAT(last(), HasSubstr("type=\"groupchat\""));
}

}  // namespace
}  // namespace chatwire::xmpp
