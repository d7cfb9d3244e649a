#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "common/rpc/time.h"
#include "mqtt-service/wire/chat_event_proto.h"
#include "mqtt-service/wire/checkbox_proto.h"

namespace chatwire::mqtt {
namespace {

TEST(CheckboxProtoTest, ShowsWhatIsKnownOnly) {
  Checkbox checkbox;
  checkbox.name = "lamp";
  v1::Checkbox proto = ToProto(checkbox);
  EXPECT_FALSE(proto.has_last_change());
  EXPECT_FALSE(proto.has_report_time());
  EXPECT_FALSE(proto.pending());

  checkbox.desired = SwitchState::kOn;
  checkbox.reported = SwitchState::kOff;
  checkbox.availability = Availability::kOffline;
  checkbox.last_change = {ChangeSource::kExpiry, "", absl::FromUnixSeconds(7)};
  checkbox.report_time = absl::FromUnixSeconds(8);
  checkbox.pending_command = "c";
  proto = ToProto(checkbox);
  EXPECT_EQ(proto.desired(), v1::CHECKBOX_STATE_ON);
  EXPECT_EQ(proto.reported(), v1::CHECKBOX_STATE_OFF);
  EXPECT_EQ(proto.availability(), v1::DEVICE_AVAILABILITY_OFFLINE);
  EXPECT_EQ(proto.last_change().source(), v1::CHANGE_SOURCE_EXPIRY);
  EXPECT_EQ(proto.report_time().seconds(), 8);
  EXPECT_TRUE(proto.pending());
}

TEST(CheckboxProtoTest, ActionsAreKnownOrRefused) {
  EXPECT_EQ(*ActionFromProto(v1::CHECKBOX_ACTION_TOGGLE), SwitchAction::kToggle);
  EXPECT_EQ(ReasonOf(ActionFromProto(v1::CHECKBOX_ACTION_UNSPECIFIED).status()), "BAD_ACTION");
  EXPECT_EQ(ReasonOf(ActionFromProto(static_cast<v1::CheckboxAction>(99)).status()), "BAD_ACTION");
}

TEST(ResumeTokenTest, BelongsToOneStore) {
  const std::string token = MakeResumeToken("store", 7);
  EXPECT_LE(token.size(), 128u);
  EXPECT_EQ(*ParseResumeToken(token, "store", 7), 7);
  EXPECT_EQ(ReasonOf(ParseResumeToken(token, "other", 7).status()), "BAD_RESUME_TOKEN");
  EXPECT_EQ(ReasonOf(ParseResumeToken(token, "store", 6).status()), "BAD_RESUME_TOKEN");
  EXPECT_EQ(ReasonOf(ParseResumeToken("%%%", "store", 7).status()), "BAD_RESUME_TOKEN");
}

TEST(PageTokenTest, IsOpaque) {
  EXPECT_EQ(*ParsePageToken(MakePageToken("lamp")), "lamp");
  EXPECT_EQ(*ParsePageToken(""), "");
  EXPECT_EQ(ReasonOf(ParsePageToken("lamp").status()), "BAD_PAGE");
}

TEST(ChatEventProtoTest, TakesReceivedAndSentMessages) {
  xmpp::v1::Event event;
  event.set_event_id("e");
  event.set_account("bot@example.org");
  EXPECT_FALSE(FromProto(event).has_value());

  auto& received = *event.mutable_message_received();
  received.set_from("alice@example.org/x");
  received.set_body("lamp on");
  received.set_from_contact(true);
  received.set_source(xmpp::v1::MESSAGE_SOURCE_ARCHIVE);
  *received.mutable_sent_time() = chatwire::ToProto(absl::FromUnixSeconds(9));
  const auto in = FromProto(event);
  ASSERT_TRUE(in.has_value());
  EXPECT_FALSE(in->sent);
  EXPECT_TRUE(in->from_contact);
  EXPECT_EQ(in->source, ChatSource::kArchive);
  EXPECT_EQ(in->sent_time, absl::FromUnixSeconds(9));

  event.mutable_message_sent()->set_body("hello");
  const auto out = FromProto(event);
  ASSERT_TRUE(out.has_value());
  EXPECT_TRUE(out->sent);
  EXPECT_EQ(out->from, "");
}

/// Only texts of their own may become commands: what happens to a text that was handled does not.
TEST(ChatEventProtoTest, LeavesOutWhatIsNoTextAndKnowsHeadlines) {
  xmpp::v1::Event event;
  event.mutable_message_corrected()->set_body("lamp on");
  EXPECT_FALSE(FromProto(event).has_value());
  event.mutable_message_retracted();
  EXPECT_FALSE(FromProto(event).has_value());
  event.mutable_message_reacted();
  EXPECT_FALSE(FromProto(event).has_value());

  event.mutable_message_received()->set_body("lamp on");
  EXPECT_FALSE(FromProto(event)->only_to_read);
  event.mutable_message_received()->set_type(xmpp::v1::MESSAGE_TYPE_HEADLINE);
  EXPECT_TRUE(FromProto(event)->only_to_read);
}

TEST(ChatEventProtoTest, TakesWhatIsSaidInRooms) {
  xmpp::v1::Event event;
  event.set_account("bot@example.org");
  auto& said = *event.mutable_room_message_received();
  said.set_room("lamps@rooms.example.org");
  said.set_nick("alice");
  said.set_body("lampbot: lamp on");
  said.set_jid("alice@example.org/phone");
  said.set_role(xmpp::v1::ROOM_ROLE_MODERATOR);
  said.set_affiliation(xmpp::v1::ROOM_AFFILIATION_OWNER);
  said.set_account_nick("lampbot");
  said.set_from_contact(true);
  const auto chat = FromProto(event);
  ASSERT_TRUE(chat.has_value());
  EXPECT_EQ(chat->place, ChatPlace::kRoom);
  EXPECT_EQ(chat->from, "lamps@rooms.example.org/alice");
  EXPECT_EQ(chat->speaker.role, RoomRole::kModerator);
  EXPECT_EQ(chat->speaker.affiliation, RoomAffiliation::kOwner);
  EXPECT_EQ(chat->speaker.account_nick, "lampbot");
  EXPECT_TRUE(chat->from_contact);
  EXPECT_FALSE(chat->sent || chat->only_to_read);
  said.set_own(true);
  EXPECT_TRUE(FromProto(event)->sent);
  said.set_delayed(true);
  EXPECT_TRUE(FromProto(event)->only_to_read);
  said.set_delayed(false);
  said.clear_nick();
  EXPECT_TRUE(FromProto(event)->only_to_read) << "the room itself";

  event.mutable_room_private_message_received()->set_nick("bob");
  EXPECT_EQ(FromProto(event)->place, ChatPlace::kRoomPrivate);
}

TEST(ChatEventProtoTest, AFilesAddressIsNothingToAnswer) {
  xmpp::v1::Event event;
  xmpp::v1::MessageReceived& message = *event.mutable_message_received();
  message.add_attachments()->set_url("https://files.example.org/cat.jpg");
  message.set_body("https://files.example.org/cat.jpg");
  EXPECT_TRUE(FromProto(event)->only_to_read);
  message.set_body("lamp on");
  EXPECT_FALSE(FromProto(event)->only_to_read);
}

}  // namespace
}  // namespace chatwire::mqtt
