#include "mqtt-service/domain/sender_policy.h"

#include <gtest/gtest.h>

#include "common/error.h"

namespace chatwire::mqtt {
namespace {

ChatEvent From(const std::string& jid, bool contact = false) {
  ChatEvent event;
  event.from = jid;
  event.from_contact = contact;
  return event;
}

TEST(SenderPolicyTest, ContactsAreAlwaysAllowed) {
  const auto policy = *SenderPolicy::Parse("contacts");
  EXPECT_TRUE(policy.Allows(From("alice@example.org/x", true)));
  EXPECT_FALSE(policy.Allows(From("alice@example.org/x")));
  EXPECT_TRUE(SenderPolicy::Parse("bob@b.org")->Allows(From("alice@example.org/x", true)));
}

TEST(SenderPolicyTest, EverybodyMeansEverybody) {
  EXPECT_TRUE(SenderPolicy::Parse("*")->Allows(From("mallory@evil.example")));
}

TEST(SenderPolicyTest, ListsJidsAndDomains) {
  const auto policy = *SenderPolicy::Parse("contacts, Alice@Example.org ,@b.org");
  EXPECT_TRUE(policy.Allows(From("alice@example.org/phone")));
  EXPECT_TRUE(policy.Allows(From("anybody@b.org")));
  EXPECT_FALSE(policy.Allows(From("anybody@evil-b.org")));
  EXPECT_FALSE(policy.Allows(From("mallory@sub.b.org")));
  EXPECT_FALSE(policy.Allows(From("b.org")));
  EXPECT_FALSE(policy.Allows(From("mallory@evil.example/alice@example.org")));
}

TEST(SenderPolicyTest, ACheckboxNamesExactlyWhoMayOperateIt) {
  const auto family = *SenderPolicy::OfCheckbox({"Alice@Example.org", "@b.org"});
  EXPECT_TRUE(family.Allows(From("alice@example.org/phone")));
  EXPECT_TRUE(family.Allows(From("anybody@b.org")));
  EXPECT_FALSE(family.Allows(From("carol@example.org", /*contact=*/true)));
  EXPECT_TRUE(SenderPolicy::OfCheckbox({"contacts"})->Allows(From("carol@example.org", true)));
  EXPECT_FALSE(SenderPolicy::OfCheckbox({"nobody"})->Allows(From("carol@example.org", true)));
  for (const char* bad : {"", "alice", "a@b.org/phone", "a@b.org c@d.org"}) {
    EXPECT_EQ(ReasonOf(SenderPolicy::OfCheckbox({bad}).status()), "BAD_CHAT_ALLOW") << bad;
  }
  EXPECT_EQ(ReasonOf(SenderPolicy::OfCheckbox(std::vector<std::string>(33, "*")).status()),
            "BAD_CHAT_ALLOW");
}

TEST(SenderPolicyTest, NonsenseIsRefused) {
  for (const char* bad : {"alice", "alice@", "a@b.org/phone"}) {
    EXPECT_EQ(ReasonOf(SenderPolicy::Parse(bad).status()), "BAD_CHAT_ALLOW") << bad;
  }
}

}  // namespace
}  // namespace chatwire::mqtt
