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

TEST_F(ArrivalTest, AReusedIdWithAnotherTextIsNoCopy) {
  const std::string first = ToArrival(context_, message_).copy_key;
  message_.body = "lamp off";

  EXPECT_NE(ToArrival(context_, message_).copy_key, first);
}

TEST_F(ArrivalTest, WithoutAnIdCopiesCannotBeTold) {
  message_.id.clear();

  EXPECT_EQ(ToArrival(context_, message_).copy_key, "");
}

}  // namespace
}  // namespace chatwire::xmpp
