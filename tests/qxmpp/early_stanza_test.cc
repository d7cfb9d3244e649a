// deploy/qxmpp/patches: stanzas-before-enabled.
#include "tests/qxmpp/client_fixture.h"

namespace chatwire::testing {
namespace {

class EarlyStanzaTest : public ClientFixture {};

TEST_F(EarlyStanzaTest, AMessageBeforeEnabledIsDeliveredAndTheSessionGoesOn) {
  server_.script().before_enabled = Message(QStringLiteral("early"));

  ASSERT_TRUE(LogIn());

  EXPECT_EQ(bodies(), QStringList{QStringLiteral("early")});
  EXPECT_EQ(errors(), 0);
  EXPECT_TRUE(client_->isConnected());
}

TEST_F(EarlyStanzaTest, IncomingStanzasCountFromEnabledOn) {
  server_.script().before_enabled = Message(QStringLiteral("early"));
  ASSERT_TRUE(LogIn());

  ASSERT_TRUE(InjectAlone(Message(QStringLiteral("late"))));

  EXPECT_EQ(AcknowledgedByClient(), QStringLiteral("1"));
}

// The automatic answer to an early request is the first stanza that the server counts. A client
// that does not count it takes the acknowledgement of that answer for one of its message.
TEST_F(EarlyStanzaTest, OutgoingStanzasCountFromEnableOn) {
  server_.script().before_enabled =
      "<iq type='get' id='early' from='localhost'><q xmlns='urn:x'/></iq>";
  server_.script().acknowledge = false;
  ASSERT_TRUE(LogIn());
  Send(QStringLiteral("hello"));
  ASSERT_TRUE(WaitUntil([&] { return server_.CountReceived(QStringLiteral("message")) == 1; }));
  ASSERT_EQ(server_.handled(), 3U) << "the answer, the presence and the message";

  ASSERT_TRUE(InjectAlone("<a xmlns='urn:xmpp:sm:3' h='2'/>"));
  EXPECT_EQ(outcomes().Total(), 0);

  ASSERT_TRUE(InjectAlone("<a xmlns='urn:xmpp:sm:3' h='3'/>"));
  EXPECT_EQ(outcomes().acknowledged, 1);
}

}  // namespace
}  // namespace chatwire::testing
