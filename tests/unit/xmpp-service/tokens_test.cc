#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "common/error.h"
#include "common/uuid.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/resume_token.h"

namespace chatwire::xmpp {
namespace {

TEST(ResumeTokenTest, HoldsItsPlaceAndIsShort) {
  const std::string log = RandomUuid();
  const std::string token = MakeResumeToken(log, 1'234'567'890'123);

  EXPECT_EQ(*ParseResumeToken(token, log, 2'000'000'000'000), 1'234'567'890'123);
  EXPECT_LE(token.size(), 128U);
}

TEST(ResumeTokenTest, GarbageIsRefused) {
  const std::string log = RandomUuid();
  for (const std::string& token :
       {std::string("x"), std::string("%%%"), absl::WebSafeBase64Escape("1:" + log),
        absl::WebSafeBase64Escape("2:" + log + ":5"), absl::WebSafeBase64Escape("1:" + log + ":-7"),
        absl::WebSafeBase64Escape("1:" + log + ":5x"), std::string(1000, 'A')}) {
    EXPECT_EQ(ReasonOf(ParseResumeToken(token, log, 10).status()), "BAD_RESUME_TOKEN") << token;
  }
}

TEST(ResumeTokenTest, ATokenOfAnotherLogOrOfTheFutureIsRefused) {
  const std::string log = RandomUuid();

  EXPECT_EQ(ReasonOf(ParseResumeToken(MakeResumeToken(RandomUuid(), 5), log, 10).status()),
            "BAD_RESUME_TOKEN");
  EXPECT_EQ(ReasonOf(ParseResumeToken(MakeResumeToken(log, 11), log, 10).status()),
            "BAD_RESUME_TOKEN");
}

TEST(PagingTest, SizesAreCoerced) {
  EXPECT_EQ(ParsePage(0, "")->limit, 100U);
  EXPECT_EQ(ParsePage(7, "")->limit, 7U);
  EXPECT_EQ(ParsePage(100'000, "")->limit, 1000U);
  EXPECT_EQ(ReasonOf(ParsePage(-1, "").status()), "BAD_PAGE");
}

TEST(PagingTest, TheNextPageBeginsAfterTheLastEntry) {
  EXPECT_EQ(ParsePage(1, PageTokenAfter("alice@example.org"))->after, "alice@example.org");
  EXPECT_EQ(ReasonOf(ParsePage(1, "garbage").status()), "BAD_PAGE");
}

}  // namespace
}  // namespace chatwire::xmpp
