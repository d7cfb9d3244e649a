// deploy/qxmpp/patches: outgoing-iqs-at-disconnect.
#include <QXmppIq.h>

#include <functional>

#include "tests/qxmpp/client_fixture.h"

namespace chatwire::testing {
namespace {

/// The parameter is the number of requests outstanding; the hash map grows at some of them.
class OutgoingIqTest : public ClientFixture, public ::testing::WithParamInterface<int> {
 protected:
  void SendRequest(const std::function<void()>& finished) {
    QXmppIq iq(QXmppIq::Get);
    iq.setTo(QStringLiteral("bob@localhost/pc"));
    client_->sendGenericIq(std::move(iq)).then(client_.get(), [finished](auto&&) { finished(); });
  }
};

TEST_P(OutgoingIqTest, AllRequestsEndAtADisconnectAlthoughTheirCallersSendAgain) {
  server_.script().answer_iqs = false;
  server_.script().offer_stream_management = false;
  ASSERT_TRUE(LogIn());
  int ended = 0;
  for (int i = 0; i < GetParam(); ++i) {
    SendRequest([&] {
      ++ended;
      SendRequest([] {});
    });
  }

  server_.Close();

  ASSERT_TRUE(WaitUntil([&] { return disconnects() == 1; }));
  EXPECT_EQ(ended, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Outstanding, OutgoingIqTest,
                         ::testing::Values(1, 12, 13, 29, 59, 127, 257));

}  // namespace
}  // namespace chatwire::testing
