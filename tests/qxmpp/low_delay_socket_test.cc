// deploy/qxmpp/patches: low-delay-socket.
#include "tests/qxmpp/client_fixture.h"

namespace chatwire::testing {
namespace {

class LowDelaySocketTest : public ClientFixture {};

TEST_F(LowDelaySocketTest, TheStreamsSocketDoesNotHoldBackSmallWrites) {
  ASSERT_TRUE(LogIn());

  EXPECT_EQ(socket()->socketOption(QAbstractSocket::LowDelayOption).toInt(), 1);
}

TEST_F(LowDelaySocketTest, NeitherDoesTheSocketOfTheNextConnection) {
  ASSERT_TRUE(LogIn());
  LoseConnection();

  ASSERT_TRUE(LogIn());

  EXPECT_EQ(socket()->socketOption(QAbstractSocket::LowDelayOption).toInt(), 1);
}

}  // namespace
}  // namespace chatwire::testing
