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

ChatEvent InRoom(const std::string& room, RoomRole role, RoomAffiliation affiliation) {
  ChatEvent event;
  event.place = ChatPlace::kRoom;
  event.from = room + "/alice@example.org";
  event.speaker.role = role;
  event.speaker.affiliation = affiliation;
  return event;
}

TEST(SenderPolicyTest, ARoomLetsThoseOperateWhoAreThere) {
  constexpr char kRoom[] = "lamps@rooms.example.org";
  const ChatEvent visitor = InRoom(kRoom, RoomRole::kVisitor, RoomAffiliation::kNone);
  const ChatEvent moderator = InRoom(kRoom, RoomRole::kModerator, RoomAffiliation::kAdmin);
  const ChatEvent unknown = InRoom(kRoom, RoomRole::kUnknown, RoomAffiliation::kUnknown);
  const auto allows = [](const std::string& entry, const ChatEvent& event) {
    return SenderPolicy::OfCheckbox({entry})->Allows(event);
  };
  EXPECT_TRUE(allows("room:Lamps@rooms.example.org", visitor));
  EXPECT_TRUE(allows("room:lamps@rooms.example.org", unknown));
  EXPECT_TRUE(allows("room:lamps@rooms.example.org#visitor", visitor));
  EXPECT_FALSE(allows("room:lamps@rooms.example.org#visitor", unknown));
  EXPECT_FALSE(allows("room:lamps@rooms.example.org#participant", visitor));
  EXPECT_TRUE(allows("room:lamps@rooms.example.org#participant", moderator));
  EXPECT_TRUE(allows("room:lamps@rooms.example.org#member", moderator));
  EXPECT_FALSE(allows("room:lamps@rooms.example.org#owner", moderator));
  EXPECT_FALSE(allows("room:other@rooms.example.org", moderator));
  EXPECT_FALSE(allows("alice@example.org", moderator)) << "a nick is no JID";
  EXPECT_FALSE(allows("lamps@rooms.example.org", moderator));
  EXPECT_TRUE(allows(
      "room:#c%irc.example@biboumi.example.org#admin",
      InRoom("#c%irc.example@biboumi.example.org", RoomRole::kVisitor, RoomAffiliation::kOwner)));
  EXPECT_FALSE(SenderPolicy::Parse("room:lamps@rooms.example.org")->Allows(From(kRoom)));
  for (const char* bad : {"room:", "room:lamps", "room:@b.org", "room:a@b.org#",
                          "room:a@b.org#king", "room:a@b.org/nick"}) {
    EXPECT_EQ(ReasonOf(SenderPolicy::OfCheckbox({bad}).status()), "BAD_CHAT_ALLOW") << bad;
  }
}

TEST(SenderPolicyTest, InARoomTheRealJidCounts) {
  ChatEvent event = InRoom("lamps@rooms.example.org", RoomRole::kVisitor, RoomAffiliation::kNone);
  event.speaker.jid = "Alice@example.org/phone";
  EXPECT_TRUE(SenderPolicy::Parse("alice@example.org")->Allows(event));
  EXPECT_TRUE(SenderPolicy::Parse("@example.org")->Allows(event));
  EXPECT_FALSE(SenderPolicy::Parse("@rooms.example.org")->Allows(event));
}

TEST(SenderPolicyTest, NonsenseIsRefused) {
  for (const char* bad : {"alice", "alice@", "a@b.org/phone"}) {
    EXPECT_EQ(ReasonOf(SenderPolicy::Parse(bad).status()), "BAD_CHAT_ALLOW") << bad;
  }
}

}  // namespace
}  // namespace chatwire::mqtt
