// Moderated retraction with a scripted room, with the examples of XEP-0425.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/room_admin_fixture.h"
#include "xmpp-service/domain/room_admin_event.h"

namespace chatwire::xmpp {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using RoomModerationTest = RoomAdminFixture;

// XEP-0425, version 0.3.
constexpr char kRetraction[] =
    "<message type='groupchat' id='retraction-id-1' from='coven@chat.shakespeare.lit' "
    "to='alice@localhost/test'><retract id='stanza-id-1' xmlns='urn:xmpp:message-retract:1'>"
    "<moderated by='coven@chat.shakespeare.lit/macbeth' xmlns='urn:xmpp:message-moderate:1'/>"
    "<reason>Inappropriate</reason></retract></message>";

QByteArray Features(const QByteArray& feature) {
  return "<query xmlns='http://jabber.org/protocol/disco#info'><feature var='" + feature +
         "'/></query>";
}

TEST_F(RoomModerationTest, AMessageIsRetractedAsTheRoomUnderstandsIt) {
  ASSERT_TRUE(LogIn());
  Answer(kDiscoNs, Features("urn:xmpp:message-moderate:1"));
  auto [done, newer] = Remember<bool>();
  moderation().Moderate(kCoven, "stanza-id-1", "Inappropriate", std::move(done));
  EXPECT_TRUE(Wait(newer).ok());
  EXPECT_THAT(Sent("message-moderate:1"),
              HasSubstr("<moderate xmlns=\"urn:xmpp:message-moderate:1\" id=\"stanza-id-1\">"
                        "<retract xmlns=\"urn:xmpp:message-retract:1\"/>"
                        "<reason>Inappropriate</reason></moderate>"));

  Answer(kDiscoNs, Features("urn:xmpp:message-moderate:0"));
  auto [again, older] = Remember<bool>();
  moderation().Moderate(kCoven, "stanza-id-1", "", std::move(again));
  EXPECT_TRUE(Wait(older).ok());
  EXPECT_THAT(Sent("message-moderate:0"),
              HasSubstr("<apply-to xmlns=\"urn:xmpp:fasten:0\" id=\"stanza-id-1\">"
                        "<moderate xmlns=\"urn:xmpp:message-moderate:0\">"
                        "<retract xmlns=\"urn:xmpp:message-retract:0\"/></moderate></apply-to>"));
}

TEST_F(RoomModerationTest, ARoomWithoutModerationIsNotAsked) {
  ASSERT_TRUE(LogIn());
  Answer(kDiscoNs, Features("urn:xmpp:mam:2"));
  auto [done, result] = Remember<bool>();

  moderation().Moderate(kCoven, "stanza-id-1", "", std::move(done));

  EXPECT_EQ(ReasonOf(Wait(result).status()), "MODERATION_NOT_SUPPORTED");
  for (const auto& element : server_.received()) {
    EXPECT_FALSE(element.xml.contains(QStringLiteral("message-moderate")));
  }
}

TEST_F(RoomModerationTest, AModeratorIsNeeded) {
  ASSERT_TRUE(LogIn());
  Answer(kDiscoNs, Features("urn:xmpp:message-moderate:1"));
  Refuse("urn:xmpp:message-moderate:1", "forbidden");
  auto [done, result] = Remember<bool>();

  moderation().Moderate(kCoven, "stanza-id-1", "", std::move(done));

  EXPECT_EQ(MetadataOf(Wait(result).status()).at("needs"), "moderator");
}

TEST_F(RoomModerationTest, ARetractionIsToldOnce) {
  ASSERT_TRUE(LogIn());
  Enter();
  server_.Inject(kRetraction);
  server_.Inject(kRetraction);
  // The older way, of another message.
  server_.Inject(
      "<message type='groupchat' from='coven@chat.shakespeare.lit' to='alice@localhost/test'>"
      "<apply-to id='stanza-id-2' xmlns='urn:xmpp:fasten:0'>"
      "<moderated by='coven@chat.shakespeare.lit/macbeth' xmlns='urn:xmpp:message-moderate:0'>"
      "<retract xmlns='urn:xmpp:message-retract:0'/><reason>Spam</reason></moderated></apply-to>"
      "<delay xmlns='urn:xmpp:delay' stamp='2019-09-20T23:19:12Z'/></message>");

  ASSERT_TRUE(testing::WaitUntil([&] { return listener_.events.size() >= 2; }));
  ASSERT_THAT(listener_.events, SizeIs(2));
  const auto& first = std::get<MessageModerated>(listener_.events[0]);
  EXPECT_EQ(first.room, kCoven);
  EXPECT_EQ(first.stanza_id, "stanza-id-1");
  EXPECT_EQ(first.moderator, "coven@chat.shakespeare.lit/macbeth");
  EXPECT_EQ(first.reason, "Inappropriate");
  const auto& second = std::get<MessageModerated>(listener_.events[1]);
  EXPECT_EQ(second.reason, "Spam");
  EXPECT_EQ(second.moderate_time, absl::FromUnixSeconds(1569021552));
}

TEST_F(RoomModerationTest, ARoomThatSpeaksBothVersionsTellsTheModeratorInTheOldOne) {
  ASSERT_TRUE(LogIn());
  Enter();
  server_.Inject(
      "<message type='groupchat' from='coven@chat.shakespeare.lit' to='alice@localhost/test'>"
      "<apply-to id='stanza-id-1' xmlns='urn:xmpp:fasten:0'>"
      "<moderated by='coven@chat.shakespeare.lit/macbeth' xmlns='urn:xmpp:message-moderate:0'>"
      "<retract xmlns='urn:xmpp:message-retract:0'/><reason>Spam</reason></moderated></apply-to>"
      "<retract id='stanza-id-1' xmlns='urn:xmpp:message-retract:1'>"
      "<moderated xmlns='urn:xmpp:message-moderate:1'/><reason>Spam</reason></retract></message>");

  ASSERT_TRUE(testing::WaitUntil([&] { return !listener_.events.empty(); }));
  const auto& told = std::get<MessageModerated>(listener_.events[0]);
  EXPECT_EQ(told.moderator, "coven@chat.shakespeare.lit/macbeth");
  EXPECT_EQ(told.reason, "Spam");
}

TEST_F(RoomModerationTest, OnlyTheRoomItselfModerates) {
  ASSERT_TRUE(LogIn());
  server_.Inject(kRetraction);  // not in the room
  Enter();
  server_.Inject(
      QByteArray(kRetraction)
          .replace("from='coven@chat.shakespeare.lit'", "from='coven@chat.shakespeare.lit/iago'"));
  // An ordinary retraction is not a moderator's.
  server_.Inject(
      "<message type='groupchat' from='coven@chat.shakespeare.lit' to='alice@localhost/test'>"
      "<retract id='stanza-id-1' xmlns='urn:xmpp:message-retract:1'/></message>");
  testing::RunUntilQuiet();

  EXPECT_THAT(listener_.events, IsEmpty());
}

}  // namespace
}  // namespace chatwire::xmpp
