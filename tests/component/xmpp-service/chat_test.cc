#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "absl/time/clock.h"
#include "common/error.h"
#include "tests/component/xmpp-service/service_fixture.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ChatTest : public ServiceFixture {
 protected:
  std::string ReasonOfSend(const v1::SendMessageRequest& request) {
    return ReasonOf(Send(token_, request).status());
  }

  std::string token_ = Login();
};

TEST_F(ChatTest, AMessageIsSentOnceHoweverOftenItIsAskedFor) {
  v1::SendMessageRequest request = Text("hello");
  request.set_wait_for(v1::DELIVERY_STAGE_SERVER_ACK);

  const auto first = Send(token_, request);
  const auto second = Send(token_, request);

  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->stage(), v1::DELIVERY_STAGE_SERVER_ACK);
  EXPECT_FALSE(first->replayed());
  EXPECT_TRUE(second->replayed());
  EXPECT_EQ(second->message_id(), first->message_id());
  EXPECT_THAT(xmpp_.Sent(kBot), ElementsAre("hello"));
}

TEST_F(ChatTest, BadInputIsRefusedWithItsReason) {
  v1::SendMessageRequest request = Text("hello");
  request.set_to("a b");
  EXPECT_EQ(ReasonOfSend(request), "BAD_JID");
  EXPECT_EQ(ReasonOfSend(Text("")), "EMPTY_BODY");
  EXPECT_EQ(ReasonOfSend(Text(std::string(kMaximumBodyBytes + 1, 'x'))), "BODY_TOO_LONG");
  EXPECT_EQ(ReasonOfSend(Text("bell\a")), "BAD_BODY");
  request = Text("hello");
  request.set_request_id("");
  EXPECT_EQ(ReasonOfSend(request), "BAD_REQUEST_ID");
  request = Text("hello");
  request.mutable_wait_timeout()->set_seconds(-1);
  EXPECT_EQ(ReasonOfSend(request), "BAD_WAIT");
  EXPECT_THAT(xmpp_.Sent(kBot), IsEmpty());
}

TEST_F(ChatTest, ARequestIdWithOtherContentIsRefused) {
  v1::SendMessageRequest request = Text("hello");
  ASSERT_TRUE(Send(token_, request).ok());
  request.set_body("bye");

  EXPECT_EQ(ReasonOfSend(request), "REQUEST_ID_REUSED");
}

TEST_F(ChatTest, WithoutAnAcknowledgementTheCallEndsAndTheMessageStays) {
  xmpp_.SetAcknowledges(false);
  v1::SendMessageRequest request = Text("hello");
  request.set_wait_for(v1::DELIVERY_STAGE_SERVER_ACK);
  request.mutable_wait_timeout()->set_nanos(50'000'000);

  EXPECT_EQ(ReasonOfSend(request), "NO_ACK");
  EXPECT_EQ(GetAccount(token_)->pending_message_count(), 1);

  xmpp_.SetAcknowledges(true);
  Restart();
  request.mutable_wait_timeout()->set_seconds(5);
  const auto again = Send(token_, request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->stage(), v1::DELIVERY_STAGE_SERVER_ACK);
}

TEST_F(ChatTest, ALogoutEndsTheWaitForAnAcknowledgement) {
  xmpp_.SetAcknowledges(false);
  v1::SendMessageRequest request = Text("hello");
  request.set_wait_for(v1::DELIVERY_STAGE_SERVER_ACK);
  v1::SendMessageResponse sent;
  const auto stub = v1::ChatService::NewStub(channel_);
  const auto context = Context(token_, absl::Seconds(60));
  grpc::Status status;
  std::thread waiting([&] { status = stub->SendMessage(context.get(), request, &sent); });
  const bool on_its_way = Eventually([this] { return xmpp_.Sent(kBot).size() == 1; });

  v1::LogoutResponse response;
  const auto accounts = v1::AccountService::NewStub(channel_);
  const absl::Time begin = absl::Now();
  EXPECT_TRUE(accounts->Logout(Context(token_).get(), v1::LogoutRequest(), &response).ok());
  waiting.join();

  ASSERT_TRUE(on_its_way);
  EXPECT_EQ(ReasonOf(FromGrpcStatus(status)), "ACCOUNT_NOT_FOUND");
  EXPECT_LT(absl::Now() - begin, absl::Seconds(15)) << "not at the end of its time";
}

TEST_F(ChatTest, WhatIsAcceptedOfflineGoesOutInOrderLater) {
  xmpp_.SetFailure(ConnectionFailure{FailureReason::kServerUnreachable, "down", false});
  Restart();
  for (const char* body : {"one", "two", "three"}) ASSERT_TRUE(Send(token_, Text(body)).ok());
  EXPECT_THAT(xmpp_.Sent(kBot), IsEmpty());

  xmpp_.SetFailure(std::nullopt);
  journal_.clock.Advance(absl::Minutes(6));

  ASSERT_TRUE(Eventually([&] { return xmpp_.Sent(kBot).size() == 3; }));
  EXPECT_THAT(xmpp_.Sent(kBot), ElementsAre("one", "two", "three"));
}

TEST_F(ChatTest, AnErrorOfTheRecipientEndsTheWait) {
  xmpp_.SetAcknowledges(false);
  v1::SendMessageRequest request = Text("hello");
  const std::string id = Send(token_, request)->message_id();
  IncomingMessage error;
  error.from = kAlice;
  error.id = id;
  error.error = StanzaError{"service-unavailable", "nobody here"};

  ASSERT_TRUE(xmpp_.Deliver(kBot, error));
  request.set_wait_for(v1::DELIVERY_STAGE_SERVER_ACK);
  const auto failed = Send(token_, request);

  ASSERT_TRUE(failed.ok()) << failed.status();
  EXPECT_EQ(failed->stage(), v1::DELIVERY_STAGE_FAILED);
  EventQuery query;
  query.kinds = {v1::EVENT_KIND_MESSAGE_FAILED};
  ASSERT_EQ(journal_.Events(query).size(), 1U);
  EXPECT_EQ(journal_.Events(query)[0].message_failed().condition(), "service-unavailable");
}

TEST_F(ChatTest, AStateNeedsASession) {
  const auto stub = v1::ChatService::NewStub(channel_);
  v1::SendChatStateRequest request;
  request.set_to(kAlice);
  v1::SendChatStateResponse response;
  EXPECT_EQ(
      ReasonOf(FromGrpcStatus(stub->SendChatState(Context(token_).get(), request, &response))),
      "BAD_CHAT_STATE");
  request.set_state(v1::CHAT_STATE_COMPOSING);
  EXPECT_TRUE(stub->SendChatState(Context(token_).get(), request, &response).ok());

  xmpp_.Break(kBot, {FailureReason::kServerUnreachable, "cut", false});
  ASSERT_TRUE(Eventually([&] {
    return GetAccount(token_)->connection().state() == v1::CONNECTION_STATE_BACKING_OFF;
  }));
  EXPECT_EQ(
      ReasonOf(FromGrpcStatus(stub->SendChatState(Context(token_).get(), request, &response))),
      "SESSION_OFFLINE");
}

TEST_F(ChatTest, BadPresenceIsRefused) {
  const auto stub = v1::PresenceService::NewStub(channel_);
  v1::SetPresenceResponse response;
  v1::SetPresenceRequest bad[3];
  bad[1].mutable_presence()->set_availability(v1::AVAILABILITY_AWAY);
  bad[1].mutable_presence()->set_priority(128);
  bad[2].mutable_presence()->set_availability(v1::AVAILABILITY_AWAY);
  bad[2].mutable_presence()->set_status(std::string(1025, 'x'));
  for (const auto& request : bad) {
    EXPECT_EQ(
        ReasonOf(FromGrpcStatus(stub->SetPresence(Context(token_).get(), request, &response))),
        "BAD_PRESENCE");
  }
}

TEST_F(ChatTest, AnotherAccountIsNotForThisToken) {
  v1::SendMessageRequest request = Text("hello");
  request.set_account(kAlice);

  EXPECT_EQ(ReasonOfSend(request), "ACCOUNT_NOT_ALLOWED");
  request.set_account(kAlice);
  EXPECT_EQ(ReasonOf(Send(admin_token_, request).status()), "ACCOUNT_NOT_FOUND");
  request.set_account("");
  EXPECT_EQ(ReasonOf(Send(admin_token_, request).status()), "ACCOUNT_REQUIRED");
}

class AuthenticationTest : public ServiceFixture {
 protected:
  /// Calls @p path, whatever it is, with an empty request.
  absl::Status Call(const std::string& path, const std::string& token) {
    grpc::GenericStub stub(channel_);
    grpc::CompletionQueue queue;
    const auto context = Context(token);
    const auto call = stub.PrepareCall(context.get(), path, &queue);
    const auto wait = [&queue] {
      void* tag = nullptr;
      bool ok = false;
      queue.Next(&tag, &ok);
    };
    const grpc::Slice nothing(0);
    grpc::ByteBuffer answer;
    grpc::Status status;
    call->StartCall(nullptr);
    wait();
    call->WriteLast(grpc::ByteBuffer(&nothing, 1), grpc::WriteOptions(), nullptr);
    wait();
    call->Read(&answer, nullptr);
    wait();
    call->Finish(&status, nullptr);
    wait();
    return FromGrpcStatus(status);
  }
};

/// Every method, from the descriptors: one that is added later is tested, too.
TEST_F(AuthenticationTest, EveryCallNeedsATokenButThoseOfNewcomers) {
  const std::set<std::string> newcomers = {"Login", "GetRegistrationForm", "Register"};
  int methods = 0;
  for (const char* name : {"AccountService", "ChatService", "EventService", "PresenceService",
                           "RosterService", "BlockingService", "StanzaService"}) {
    const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
        std::string("chatwire.xmpp.v1.") + name);
    ASSERT_NE(service, nullptr) << name;
    for (int i = 0; i < service->method_count(); ++i) {
      if (newcomers.count(service->method(i)->name()) > 0) continue;
      ++methods;
      const std::string path = "/" + service->full_name() + "/" + service->method(i)->name();
      EXPECT_EQ(ReasonOf(Call(path, "")), "TOKEN_MISSING") << path;
      EXPECT_EQ(ReasonOf(Call(path, "cw_wrong")), "TOKEN_INVALID") << path;
      EXPECT_EQ(Call(path, "").code(), absl::StatusCode::kUnauthenticated) << path;
    }
  }
  EXPECT_GE(methods, 8);
}

TEST_F(AuthenticationTest, ATokenWithoutTheScopeIsRefused) {
  const auto token = tokens_->Mint({"reader", {"watch"}, {kBot}});

  EXPECT_EQ(ReasonOf(Call("/chatwire.xmpp.v1.ChatService/SendMessage", *token)), "SCOPE_MISSING");
}

}  // namespace
}  // namespace chatwire::xmpp
