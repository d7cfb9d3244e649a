#include "xmpp-service/domain/arrival.h"

#include <gtest/gtest.h>

#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

class ArrivalTest : public ::testing::Test {
 protected:
  ArrivalTest() {
    context_.account = "bot@example.org";
    context_.trust_archive_ids = true;
    context_.now = absl::FromUnixSeconds(1000);
    context_.is_contact = [](const std::string& jid) { return jid == "alice@example.org"; };
    message_.from = "Alice@example.org/phone";
    message_.to = "bot@example.org";
    message_.body = "lamp on";
    message_.id = "m1";
    message_.archive_id = "7";
  }

  const MessageReceived& Received() {
    arrival_ = ToArrival(context_, message_);
    return std::get<MessageReceived>(*arrival_.payload);
  }

  ArrivalContext context_;
  IncomingMessage message_;
  Arrival arrival_;
};

TEST_F(ArrivalTest, ATextOfAContactIsReceived) {
  const MessageReceived& received = Received();

  EXPECT_EQ(received.body, "lamp on");
  EXPECT_TRUE(received.from_contact);
  EXPECT_EQ(received.archive_id, "7");
  EXPECT_EQ(received.sent_time, context_.now);
  EXPECT_FALSE(arrival_.copy_key.empty());
}

TEST_F(ArrivalTest, FilesAreToldWithNameAndTypeIfTheyAreOfTheWeb) {
  message_.body = "";
  message_.details.attachments = {{"https://a/b%20c.png", std::string(5000, 'x')},
                                  {"aesgcm://a/secret#00", ""},
                                  {"file:///etc/passwd", ""}};
  const std::vector<Attachment> attachments = Received().details.attachments;
  ASSERT_EQ(attachments.size(), 1u);
  EXPECT_EQ(attachments[0].file_name, "b c.png");
  EXPECT_EQ(attachments[0].media_type, "image/png");
  EXPECT_EQ(attachments[0].description.size(), 4096u);

  message_.details.attachments.assign(20, {"https://a/b", ""});
  EXPECT_EQ(Received().details.attachments.size(), kMaximumAttachments);
}

TEST_F(ArrivalTest, AnArchiveIdOfAServerWithoutArchiveIsNotTrusted) {
  context_.trust_archive_ids = false;

  EXPECT_EQ(Received().archive_id, "");
  EXPECT_EQ(arrival_.archive_id, "");
}

TEST_F(ArrivalTest, ATextThatIsTooLongIsCutAndSaysSo) {
  message_.body = std::string(kMaximumBodyBytes - 1, 'x') + "é";

  const MessageReceived& received = Received();

  EXPECT_EQ(received.body.size(), kMaximumBodyBytes - 1);
  EXPECT_TRUE(received.body_truncated);
}

TEST_F(ArrivalTest, OwnMessagesInTheArchiveWereSentElsewhere) {
  message_.source = MessageSource::kArchive;
  message_.from = "bot@example.org/phone";
  message_.to = "alice@example.org";
  message_.origin_id = "o1";

  const Arrival arrival = ToArrival(context_, message_);

  ASSERT_TRUE(std::holds_alternative<MessageSent>(*arrival.payload));
  EXPECT_EQ(arrival.own_message_ids, (std::vector<std::string>{"m1", "o1"}));
}

TEST_F(ArrivalTest, ANoteToSelfIsReceived) {
  message_.from = "bot@example.org/phone";

  EXPECT_EQ(Received().from, "bot@example.org/phone");
}

TEST_F(ArrivalTest, AStateCountsOnlyWhileItIsLive) {
  message_.body.clear();
  message_.chat_state = ChatState::kComposing;
  EXPECT_TRUE(std::holds_alternative<ChatStateReceived>(*ToArrival(context_, message_).payload));

  message_.source = MessageSource::kArchive;
  EXPECT_FALSE(ToArrival(context_, message_).payload.has_value());
}

TEST_F(ArrivalTest, AForgedStampNeitherMovesTheMarkNorLiesInTheFuture) {
  message_.stamp = context_.now + absl::Hours(24 * 365);
  EXPECT_EQ(Received().sent_time, context_.now);
  EXPECT_EQ(arrival_.time, context_.now);

  message_.stamp = context_.now - absl::Hours(1);
  EXPECT_EQ(Received().sent_time, context_.now - absl::Hours(1));
  EXPECT_TRUE(Received().delayed);
  EXPECT_EQ(arrival_.time, context_.now) << "the archive's place is that of now";
}

TEST_F(ArrivalTest, ASubjectAloneIsAText) {
  message_.body.clear();
  EXPECT_FALSE(ToArrival(context_, message_).payload.has_value());
  message_.details.subject = "news";
  EXPECT_EQ(Received().details.subject, "news");
}

TEST_F(ArrivalTest, WhatAnotherOwnClientDoesIsOwn) {
  message_.source = MessageSource::kCarbon;
  message_.from = "bot@example.org/phone";
  message_.to = "alice@example.org";
  message_.action = Correction{"m0"};

  const Arrival arrival = ToArrival(context_, message_);

  EXPECT_TRUE(std::get<MessageCorrected>(*arrival.payload).own);
  EXPECT_TRUE(arrival.refers_to->own);
  EXPECT_EQ(arrival.refers_to->chat, "alice@example.org");
  EXPECT_TRUE(std::holds_alternative<MessageSent>(*arrival.otherwise));
  EXPECT_FALSE(arrival.own_message_ids.empty());
}

TEST_F(ArrivalTest, AReceiptThatAnotherOwnClientSendsIsNoNews) {
  message_.source = MessageSource::kCarbon;
  message_.from = "bot@example.org/phone";
  message_.to = "alice@example.org";
  message_.body.clear();
  message_.action = Receipt{"m0"};

  EXPECT_FALSE(ToArrival(context_, message_).payload.has_value());
}

TEST_F(ArrivalTest, AMarkerIsAboutAMessageOfTheOtherSide) {
  message_.body.clear();
  message_.action = Marking{"m0", Marker::kDisplayed};
  EXPECT_TRUE(ToArrival(context_, message_).refers_to->own);

  message_.source = MessageSource::kCarbon;
  message_.from = "bot@example.org/phone";
  message_.to = "alice@example.org";
  EXPECT_FALSE(ToArrival(context_, message_).refers_to->own);
}

TEST_F(ArrivalTest, ReactionsMayBeAboutWhatWasBeforeTheService) {
  message_.body.clear();
  message_.action = Reaction{"m0", {"+1"}};

  const Arrival arrival = ToArrival(context_, message_);

  EXPECT_TRUE(std::holds_alternative<MessageReacted>(*arrival.payload));
  EXPECT_FALSE(arrival.refers_to.has_value());
}

TEST_F(ArrivalTest, ACorrectionWithoutATextIsNothing) {
  message_.body.clear();
  message_.action = Correction{"m0"};

  EXPECT_FALSE(ToArrival(context_, message_).payload.has_value());
}

TEST_F(ArrivalTest, AReceiptIsForContactsThatAskedAndForNoCopies) {
  EXPECT_FALSE(WantsReceipt(context_, message_));
  message_.details.receipt_requested = true;
  EXPECT_TRUE(WantsReceipt(context_, message_));
  message_.source = MessageSource::kCarbon;
  EXPECT_FALSE(WantsReceipt(context_, message_));
  message_.source = MessageSource::kArchive;
  EXPECT_TRUE(WantsReceipt(context_, message_)) << "it came while the service was away";
  message_.from = "eve@example.org/phone";
  EXPECT_FALSE(WantsReceipt(context_, message_));
  message_.from = "bot@example.org/other";
  EXPECT_FALSE(WantsReceipt(context_, message_));
  message_.from = "alice@example.org/phone";
  message_.id.clear();
  EXPECT_FALSE(WantsReceipt(context_, message_));
}

TEST_F(ArrivalTest, AReceiptIsNeverAnsweredWithOne) {
  message_.details.receipt_requested = true;
  message_.body.clear();
  message_.action = Receipt{"m0"};

  EXPECT_FALSE(WantsReceipt(context_, message_));
}

TEST_F(ArrivalTest, AReusedIdWithAnotherTextIsNoCopy) {
  const std::string first = ToArrival(context_, message_).copy_key;
  message_.body = "lamp off";

  EXPECT_NE(ToArrival(context_, message_).copy_key, first);
}

TEST_F(ArrivalTest, WithoutAnIdCopiesCannotBeTold) {
  message_.id.clear();

  EXPECT_EQ(ToArrival(context_, message_).copy_key, "");
}

TEST_F(ArrivalTest, AWhisperInARoomIsNoWordOfAContact) {
  message_.from = "alice@example.org/witch";
  message_.room_private = true;
  message_.stamp = context_.now - absl::Hours(1);

  arrival_ = ToArrival(context_, message_);

  const auto& whisper = std::get<RoomPrivateMessageReceived>(*arrival_.payload);
  EXPECT_EQ(whisper.room, "alice@example.org");
  EXPECT_EQ(whisper.nick, "witch");
  EXPECT_EQ(whisper.body, "lamp on");
  EXPECT_EQ(whisper.sent_time, *message_.stamp);
}

TEST_F(ArrivalTest, AWhisperTellsWhoTheRoomSaysItIs) {
  message_.from = "coven@chat.example.org/witch";
  message_.room_private = true;
  message_.speaker = RoomSpeaker{RoomRole::kModerator, RoomAffiliation::kAdmin,
                                 "alice@example.org/phone", "occupant"};

  arrival_ = ToArrival(context_, message_);

  const auto& whisper = std::get<RoomPrivateMessageReceived>(*arrival_.payload);
  ASSERT_TRUE(whisper.speaker.has_value());
  EXPECT_EQ(whisper.speaker->jid, "alice@example.org/phone");
  EXPECT_TRUE(whisper.from_contact);
  message_.speaker->jid = "eve@example.org/phone";
  arrival_ = ToArrival(context_, message_);
  EXPECT_FALSE(std::get<RoomPrivateMessageReceived>(*arrival_.payload).from_contact);
}

TEST_F(ArrivalTest, WhatARoomItselfWritesIsNoWhisper) {
  message_.from = "coven@chat.example.org";
  message_.room_private = true;
  message_.body = "hecate has declined your invitation";

  EXPECT_FALSE(ToArrival(context_, message_).payload.has_value());
}

TEST_F(ArrivalTest, AnInvitationIsNoTextAndItsPasswordIsSealed) {
  context_.seal = [](const std::string& password) { return "sealed " + password; };
  message_.invitation = RoomInvitation{
      "coven@chat.example.org", "alice@example.org", "come", "cauldronburn", true, {}};

  arrival_ = ToArrival(context_, message_);

  const auto& invited = std::get<InvitationReceived>(*arrival_.payload);
  EXPECT_EQ(invited.invitation.room, "coven@chat.example.org");
  EXPECT_EQ(invited.invitation.password, "sealed cauldronburn");
}

}  // namespace
}  // namespace chatwire::xmpp
