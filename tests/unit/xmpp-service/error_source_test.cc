#include "xmpp-service/domain/error_source.h"

#include <gtest/gtest.h>

namespace chatwire::xmpp {
namespace {

constexpr char kBot[] = "bot@example.org";

TEST(ErrorSourceTest, TheRecipientAndTheServersOnTheWayMayRefuse) {
  const std::string to = "alice@example.com";

  for (const char* from : {"alice@example.com", "Alice@example.com", "alice@example.com/phone",
                           "example.com", "example.org", "bot@example.org", ""}) {
    EXPECT_TRUE(MayRefuse(kBot, to, from)) << from;
  }
}

TEST(ErrorSourceTest, NobodyElseMayRefuse) {
  for (const char* from : {"eve@example.com", "eve@example.com/alice@example.com", "example.net",
                           "alice@example.net", "bot@example.org/other", "com", "example.com/x"}) {
    EXPECT_FALSE(MayRefuse(kBot, "alice@example.com", from)) << from;
  }
}

TEST(ErrorSourceTest, OfSeveralInARoomOnlyTheRecipientMayRefuse) {
  const std::string to = "room@rooms.example.com/alice";

  EXPECT_TRUE(MayRefuse(kBot, to, "room@rooms.example.com/alice"));
  EXPECT_TRUE(MayRefuse(kBot, to, "room@rooms.example.com"));
  EXPECT_FALSE(MayRefuse(kBot, to, "room@rooms.example.com/eve"));
}

TEST(ErrorSourceTest, AServersSpellingOfTheRecipientMayDiffer) {
  EXPECT_TRUE(MayRefuse(kBot, "ÄNNE@example.com", "änne@example.com"));
  EXPECT_FALSE(MayRefuse(kBot, "ÄNNE@example.com", "änne@example.net"));
}

}  // namespace
}  // namespace chatwire::xmpp
