// Everything beyond plain texts, over a real channel.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "common/uuid.h"
#include "tests/component/xmpp-service/service_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ChatActionsTest : public ServiceFixture {
 protected:
  template <typename Request, typename Response, typename Method>
  absl::StatusOr<Response> Call(Method method, Request request, const std::string& token) {
    request.set_to(kAlice);
    request.set_request_id(RandomUuid());
    request.set_wait_for(v1::DELIVERY_STAGE_SERVER_ACK);
    Response response;
    const auto status =
        FromGrpcStatus((stub_.get()->*method)(Context(token).get(), request, &response));
    if (!status.ok()) return status;
    return response;
  }

  auto Correct(const v1::CorrectMessageRequest& request) {
    return Call<v1::CorrectMessageRequest, v1::CorrectMessageResponse>(
        &v1::ChatService::Stub::CorrectMessage, request, token_);
  }
  auto Retract(const std::string& id) {
    v1::RetractMessageRequest request;
    request.set_message_id(id);
    return Call<v1::RetractMessageRequest, v1::RetractMessageResponse>(
        &v1::ChatService::Stub::RetractMessage, request, token_);
  }
  auto React(const std::string& id, const std::vector<std::string>& reactions) {
    v1::ReactRequest request;
    request.set_message_id(id);
    for (const auto& reaction : reactions) request.add_reactions(reaction);
    return Call<v1::ReactRequest, v1::ReactResponse>(&v1::ChatService::Stub::React, request,
                                                     token_);
  }
  auto MarkDisplayed(const std::string& id) {
    v1::MarkDisplayedRequest request;
    request.set_message_id(id);
    return Call<v1::MarkDisplayedRequest, v1::MarkDisplayedResponse>(
        &v1::ChatService::Stub::MarkDisplayed, request, token_);
  }

  static IncomingMessage FromAlice(const std::string& id, const std::string& body) {
    IncomingMessage message;
    message.from = std::string(kAlice) + "/phone";
    message.to = kBot;
    message.id = id;
    message.body = body;
    message.details.receipt_requested = true;
    return message;
  }

  void BefriendAlice() {
    Contact alice;
    alice.jid = kAlice;
    alice.subscription = Subscription::kBoth;
    xmpp_.SetRoster(kBot, {alice});
    Restart();
    ASSERT_TRUE(Eventually(
        [&] { return GetAccount(token_)->connection().state() == v1::CONNECTION_STATE_ONLINE; }));
  }

  std::string token_ = Login();
  std::unique_ptr<v1::ChatService::Stub> stub_ = v1::ChatService::NewStub(channel_);
};

TEST_F(ChatActionsTest, AMessageTakesAllItHasToTheSessionAndIntoItsEvent) {
  v1::SendMessageRequest request = Text("yes");
  request.set_type(v1::MESSAGE_TYPE_NORMAL);
  request.set_subject("subject");
  request.set_thread("t");
  request.set_xhtml("<p>yes</p>");
  request.mutable_reply()->set_message_id("m1");
  request.mutable_reply()->set_quote("sure?");
  request.set_request_receipt(true);
  request.set_markable(true);
  request.set_wait_for(v1::DELIVERY_STAGE_SERVER_ACK);

  ASSERT_TRUE(Send(token_, request).ok());

  const OutgoingMessage sent = xmpp_.Stanzas(kBot).back();
  EXPECT_EQ(sent.details.type, MessageType::kNormal);
  EXPECT_EQ(sent.details.subject, "subject");
  EXPECT_EQ(sent.details.reply->author, kAlice);
  EXPECT_TRUE(sent.details.receipt_requested);
  EventQuery query;
  query.kinds = {v1::EVENT_KIND_MESSAGE_SENT};
  const v1::MessageSent event = journal_.Events(query).back().message_sent();
  EXPECT_EQ(event.type(), v1::MESSAGE_TYPE_NORMAL);
  EXPECT_EQ(event.xhtml(), "<p>yes</p>");
  EXPECT_EQ(event.reply().quote(), "sure?");
  EXPECT_TRUE(event.markable());
}

TEST_F(ChatActionsTest, CorrectionsAndRetractionsAreOfOwnMessages) {
  const std::string id = Send(token_, Text("helo"))->message_id();
  v1::CorrectMessageRequest request;
  request.set_message_id(id);
  request.set_body("hello");

  const auto corrected = Correct(request);
  ASSERT_TRUE(corrected.ok()) << corrected.status();
  EXPECT_EQ(corrected->stage(), v1::DELIVERY_STAGE_SERVER_ACK);
  ASSERT_TRUE(Retract(corrected->message_id()).ok()) << "the id of the correction does, too";

  const auto stanzas = xmpp_.Stanzas(kBot);
  ASSERT_EQ(stanzas.size(), 3U);
  EXPECT_EQ(std::get<Correction>(stanzas[1].action).message_id, id);
  EXPECT_EQ(std::get<Retraction>(stanzas[2].action).message_id, id);
  request.set_message_id("of somebody else");
  EXPECT_EQ(ReasonOf(Correct(request).status()), "MESSAGE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Retract("of somebody else").status()), "MESSAGE_NOT_FOUND");
}

TEST_F(ChatActionsTest, ReactionsAndMarkersGoOutAndAreEvents) {
  ASSERT_TRUE(React("m1", {"+1"}).ok());
  ASSERT_TRUE(React("m1", {}).ok());
  ASSERT_TRUE(MarkDisplayed("m1").ok());

  EventQuery query;
  query.kinds = {v1::EVENT_KIND_MESSAGE_REACTED, v1::EVENT_KIND_MESSAGE_MARKED};
  const auto events = journal_.Events(query);
  ASSERT_EQ(events.size(), 3U);
  EXPECT_THAT(events[0].message_reacted().reactions(), ElementsAre("+1"));
  EXPECT_TRUE(events[0].message_reacted().own());
  EXPECT_THAT(events[1].message_reacted().reactions(), IsEmpty());
  EXPECT_EQ(events[2].message_marked().marked_message_id(), "m1");
  EXPECT_EQ(xmpp_.Stanzas(kBot).size(), 3U);
}

TEST_F(ChatActionsTest, BadInputIsRefusedWithItsReason) {
  v1::SendMessageRequest request = Text("hello");
  request.set_type(static_cast<v1::MessageType>(9));
  EXPECT_EQ(ReasonOf(Send(token_, request).status()), "BAD_TYPE");
  request = Text("hello");
  request.set_xhtml("</body></html></message>");
  EXPECT_EQ(ReasonOf(Send(token_, request).status()), "BAD_XHTML");
  EXPECT_EQ(ReasonOf(Retract("").status()), "BAD_MESSAGE_ID");
  EXPECT_EQ(ReasonOf(React("m", {"a", "a"}).status()), "BAD_REACTION");
  EXPECT_EQ(ReasonOf(MarkDisplayed(std::string(300, 'x')).status()), "BAD_MESSAGE_ID");
  EXPECT_THAT(xmpp_.Stanzas(kBot), IsEmpty());
}

TEST_F(ChatActionsTest, WithoutTheScopeNothingGoesOut) {
  const auto reader = tokens_->Mint({"reader", {"watch"}, {kBot}});
  v1::ReactRequest request;
  request.set_message_id("m");
  EXPECT_EQ(ReasonOf(Call<v1::ReactRequest, v1::ReactResponse>(&v1::ChatService::Stub::React,
                                                               request, *reader)
                         .status()),
            "SCOPE_MISSING");
}

TEST_F(ChatActionsTest, AContactGetsOneReceiptOnceTheMessageIsJournalled) {
  BefriendAlice();
  ASSERT_TRUE(xmpp_.Deliver(kBot, FromAlice("m1", "hello")));
  ASSERT_TRUE(Eventually([&] { return !xmpp_.Receipts(kBot).empty(); }));
  EventQuery query;
  query.kinds = {v1::EVENT_KIND_MESSAGE_RECEIVED};
  EXPECT_EQ(journal_.Events(query).size(), 1U);

  // The same again is a copy; what comes behind it shows that it was looked at.
  ASSERT_TRUE(xmpp_.Deliver(kBot, FromAlice("m1", "hello")));
  ASSERT_TRUE(xmpp_.Deliver(kBot, FromAlice("m2", "hello")));
  ASSERT_TRUE(Eventually([&] { return xmpp_.Receipts(kBot).size() >= 2; }));
  EXPECT_THAT(xmpp_.Receipts(kBot), ElementsAre("m1", "m2"));
}

TEST_F(ChatActionsTest, AStrangerAndACopyGetNoReceipt) {
  BefriendAlice();
  IncomingMessage stranger = FromAlice("m1", "hello");
  stranger.from = "eve@example.org/x";
  IncomingMessage carbon = FromAlice("m2", "hello");
  carbon.source = MessageSource::kCarbon;
  ASSERT_TRUE(xmpp_.Deliver(kBot, stranger));
  ASSERT_TRUE(xmpp_.Deliver(kBot, carbon));
  ASSERT_TRUE(xmpp_.Deliver(kBot, FromAlice("m3", "hello")));

  ASSERT_TRUE(Eventually([&] { return !xmpp_.Receipts(kBot).empty(); }));
  EXPECT_THAT(xmpp_.Receipts(kBot), ElementsAre("m3"));
}

}  // namespace
}  // namespace chatwire::xmpp
