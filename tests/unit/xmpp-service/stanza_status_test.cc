#include "xmpp-service/domain/stanza_status.h"

#include <gtest/gtest.h>

#include "common/error.h"

namespace chatwire::xmpp {
namespace {

TEST(StanzaStatusTest, NamesConditionAndText) {
  const auto status = StanzaErrorStatus({"forbidden", "moderators only"});
  EXPECT_TRUE(absl::IsPermissionDenied(status));
  EXPECT_EQ(ReasonOf(status), "XMPP_FORBIDDEN");
  EXPECT_EQ(MetadataOf(status),
            (ErrorMetadata{{"condition", "forbidden"}, {"text", "moderators only"}}));
}

TEST(StanzaStatusTest, TakesAnUnknownConditionForUndefined) {
  const auto status = StanzaErrorStatus({"no-such-condition", ""});
  EXPECT_EQ(ReasonOf(status), "XMPP_UNDEFINED_CONDITION");
  EXPECT_TRUE(IsStanzaError(status, "undefined-condition"));
  EXPECT_FALSE(IsStanzaError(status, "forbidden"));
}

TEST(StanzaStatusTest, BoundsTheTextOfAStranger) {
  const auto status = StanzaErrorStatus({"gone", std::string(100'000, 'x')});
  EXPECT_LT(status.message().size(), 2'000u);
  EXPECT_EQ(MetadataOf(status)["text"].size(), 1'024u);
}

}  // namespace
}  // namespace chatwire::xmpp
