#include "cli/chat/event_applier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chatwire::cli {
namespace {

using ::testing::HasSubstr;

class EventApplierTest : public ::testing::Test {
 protected:
  EventApplierTest() { model_.account = "bot@example.org"; }

  xmpp::v1::Event Next() {
    xmpp::v1::Event event;
    event.set_sequence(++sequence_);
    return event;
  }

  void Say(const std::string& body, const std::string& id) {
    auto event = Next();
    event.mutable_message_received()->set_from("alice@example.org/phone");
    event.mutable_message_received()->set_body(body);
    event.mutable_message_received()->set_message_id(id);
    applier_.Apply(event, now_);
  }

  Conversation& Alice() { return model_.Open(ChatKind::kContact, "alice@example.org"); }
  Conversation& Room() { return model_.Open(ChatKind::kRoom, "tea@rooms.example.org"); }

  ChatModel model_;
  EventApplier applier_{model_};
  int64_t sequence_ = 0;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
};

TEST_F(EventApplierTest, CorrectionsRetractionsAndReactionsChangeTheMessage) {
  Say("helo", "m1");
  auto corrected = Next();
  corrected.mutable_message_corrected()->set_from("alice@example.org/phone");
  corrected.mutable_message_corrected()->set_corrected_message_id("m1");
  corrected.mutable_message_corrected()->set_body("hello");
  applier_.Apply(corrected, now_);
  auto reacted = Next();
  reacted.mutable_message_reacted()->set_from("alice@example.org/phone");
  reacted.mutable_message_reacted()->set_target_message_id("m1");
  reacted.mutable_message_reacted()->add_reactions("👍");
  applier_.Apply(reacted, now_);
  const ChatMessage& message = Alice().messages()[0];
  EXPECT_EQ(message.text, "hello");
  EXPECT_TRUE(message.edited);
  EXPECT_EQ(message.reactions.at("alice")[0], "👍");

  auto retracted = Next();
  retracted.mutable_message_retracted()->set_from("alice@example.org/phone");
  retracted.mutable_message_retracted()->set_retracted_message_id("m1");
  applier_.Apply(retracted, now_);
  EXPECT_TRUE(Alice().messages()[0].retracted);
}

TEST_F(EventApplierTest, PresenceIsTheBestOfAllResources) {
  xmpp::v1::Contact contact;
  contact.set_jid("alice@example.org");
  contact.set_name("Alice A.");
  applier_.ApplyContact(contact, true);
  for (const auto& [resource, availability] : {std::pair("phone", xmpp::v1::AVAILABILITY_AWAY),
                                               std::pair("desk", xmpp::v1::AVAILABILITY_ONLINE)}) {
    auto event = Next();
    event.mutable_presence_received()->set_from(std::string("alice@example.org/") + resource);
    event.mutable_presence_received()->mutable_presence()->set_availability(availability);
    applier_.Apply(event, now_);
  }
  EXPECT_EQ(Alice().state(), ContactState::kOnline);
  EXPECT_EQ(Alice().name, "Alice A.");
  auto gone = Next();
  gone.mutable_presence_received()->set_from("alice@example.org/desk");
  gone.mutable_presence_received()->mutable_presence()->set_availability(
      xmpp::v1::AVAILABILITY_OFFLINE);
  applier_.Apply(gone, now_);
  EXPECT_EQ(Alice().state(), ContactState::kAway);
}

TEST_F(EventApplierTest, PeopleComeGoAndChangeTheirNames) {
  auto joined = Next();
  joined.mutable_participant_joined()->set_room(Room().jid());
  joined.mutable_participant_joined()->mutable_participant()->set_nick("ann");
  applier_.Apply(joined, now_);
  EXPECT_EQ(Room().people().count("ann"), 1);
  auto changed = Next();
  changed.mutable_participant_changed()->set_room(Room().jid());
  changed.mutable_participant_changed()->set_previous_nick("ann");
  changed.mutable_participant_changed()->mutable_participant()->set_nick("anna");
  applier_.Apply(changed, now_);
  EXPECT_EQ(Room().people().count("ann"), 0);
  EXPECT_EQ(Room().messages().back().text, "ann is now anna");
  auto left = Next();
  left.mutable_participant_left()->set_room(Room().jid());
  left.mutable_participant_left()->mutable_participant()->set_nick("anna");
  left.mutable_participant_left()->set_text("bye");
  applier_.Apply(left, now_);
  EXPECT_TRUE(Room().people().empty());
  EXPECT_EQ(Room().messages().back().text, "anna has left: bye");
}

TEST_F(EventApplierTest, MessagesOfARoomAreNotThoseOfItsPeople) {
  Room().own_nick = "bot";
  auto said = Next();
  said.mutable_room_message_received()->set_room(Room().jid());
  said.mutable_room_message_received()->set_nick("ann");
  said.mutable_room_message_received()->set_body("bot: hi");
  const auto added = applier_.Apply(said, now_);
  ASSERT_TRUE(added.has_value());
  EXPECT_TRUE(added->mentions);
  EXPECT_EQ(added->conversation, &Room());

  auto whispered = Next();
  whispered.mutable_room_private_message_received()->set_room(Room().jid());
  whispered.mutable_room_private_message_received()->set_nick("ann");
  whispered.mutable_room_private_message_received()->set_body("psst");
  const auto secret = applier_.Apply(whispered, now_);
  ASSERT_TRUE(secret.has_value());
  EXPECT_EQ(secret->conversation->kind(), ChatKind::kPrivate);
  EXPECT_EQ(secret->conversation->jid(), "tea@rooms.example.org/ann");
}

TEST_F(EventApplierTest, TheHistoryOfARoomIsNoNews) {
  auto said = Next();
  said.mutable_room_message_received()->set_room(Room().jid());
  said.mutable_room_message_received()->set_nick("ann");
  said.mutable_room_message_received()->set_body("long ago");
  said.mutable_room_message_received()->set_delayed(true);
  EXPECT_FALSE(applier_.Apply(said, now_).has_value());
  EXPECT_EQ(Room().unread, 0);
  EXPECT_EQ(Room().messages().size(), 1);
}

TEST_F(EventApplierTest, ReadElsewhereIsRead) {
  Say("one", "m1");
  EXPECT_EQ(Alice().unread, 1);
  auto marked = Next();
  marked.mutable_message_marked()->set_own(true);
  marked.mutable_message_marked()->set_to("alice@example.org/phone");
  applier_.Apply(marked, now_);
  EXPECT_EQ(Alice().unread, 0);
}

TEST_F(EventApplierTest, AFileShowsAsItsAddress) {
  auto event = Next();
  event.mutable_message_received()->set_from("alice@example.org/phone");
  event.mutable_message_received()->add_attachments()->set_url("https://x/photo.jpg");
  applier_.Apply(event, now_);
  EXPECT_EQ(Alice().messages()[0].text, "https://x/photo.jpg");
}

TEST_F(EventApplierTest, ARequestAndAnInvitationSayWhatToType) {
  Say("hi", "m");
  model_.Select(Alice());
  auto request = Next();
  request.mutable_subscription_requested()->mutable_request()->set_jid("eve@example.org");
  applier_.Apply(request, now_);
  EXPECT_THAT(model_.Find("eve@example.org")->messages().back().text,
              HasSubstr("/accept eve@example.org"));
  auto invitation = Next();
  invitation.mutable_invitation_received()->mutable_invitation()->set_room("new@rooms.example.org");
  applier_.Apply(invitation, now_);
  EXPECT_THAT(Alice().messages().back().text, HasSubstr("/join new@rooms.example.org"));
}

TEST_F(EventApplierTest, ALostSessionIsTold) {
  auto event = Next();
  auto& connection = *event.mutable_connection_changed()->mutable_connection();
  connection.set_state(xmpp::v1::CONNECTION_STATE_BACKING_OFF);
  connection.mutable_failure()->set_message("no route");
  applier_.Apply(event, now_);
  EXPECT_FALSE(model_.online);
  EXPECT_THAT(model_.session_trouble, HasSubstr("no route"));
}

}  // namespace
}  // namespace chatwire::cli
