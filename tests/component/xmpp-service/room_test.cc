// What RoomService says to input and callers; the fake sessions have no rooms.
#include <gtest/gtest.h>

#include "common/error.h"
#include "common/rpc/grpc_status.h"
#include "tests/component/xmpp-service/service_fixture.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

constexpr char kWantedRoom[] = "coven@chat.example.org";
constexpr char kRequestId[] = "6a9b3c1e-0000-4000-8000-000000000001";

class RoomTest : public ServiceFixture {
 protected:
  RoomTest() : stub_(v1::RoomService::NewStub(channel_)) {}

  /// The reason of a failed call, or the empty string.
  template <typename Request, typename Response>
  std::string Reason(grpc::Status (v1::RoomService::Stub::*call)(grpc::ClientContext*,
                                                                 const Request&, Response*),
                     const Request& request, const std::string& token) {
    Response response;
    const auto context = Context(token);
    return ReasonOf(FromGrpcStatus((stub_.get()->*call)(context.get(), request, &response)));
  }

  std::string Join(const v1::JoinRoomRequest& request) {
    return Reason(&v1::RoomService::Stub::JoinRoom, request, token_);
  }

  std::string Send(const v1::SendRoomMessageRequest& request) {
    return Reason(&v1::RoomService::Stub::SendRoomMessage, request, token_);
  }

  static v1::JoinRoomRequest Entry() {
    v1::JoinRoomRequest request;
    request.set_room(kWantedRoom);
    request.set_nick("bot");
    request.set_request_id(kRequestId);
    return request;
  }

  static v1::SendRoomMessageRequest Text() {
    v1::SendRoomMessageRequest request;
    request.set_room(kWantedRoom);
    request.set_body("hello");
    request.set_request_id(kRequestId);
    return request;
  }

  std::string token_ = Login();
  std::unique_ptr<v1::RoomService::Stub> stub_;
};

TEST_F(RoomTest, BadInputOfAJoinIsRefusedWithItsReason) {
  auto request = Entry();
  request.set_room("chat.example.org");
  EXPECT_EQ(Join(request), "BAD_ROOM");
  request = Entry();
  request.set_nick("a\nb");
  EXPECT_EQ(Join(request), "BAD_NICK");
  request.set_nick(std::string(1024, 'x'));
  EXPECT_EQ(Join(request), "BAD_NICK");
  request = Entry();
  request.set_password("\a");
  EXPECT_EQ(Join(request), "BAD_PASSWORD");
  request = Entry();
  request.mutable_history()->set_maximum_messages(-1);
  EXPECT_EQ(Join(request), "BAD_HISTORY");
  request = Entry();
  request.clear_request_id();
  EXPECT_EQ(Join(request), "BAD_REQUEST_ID");
  EXPECT_EQ(Join(Entry()), "SESSION_OFFLINE") << "a session without rooms";
}

TEST_F(RoomTest, BadInputOfAMessageIsRefusedWithItsReason) {
  auto request = Text();
  request.set_room("");
  EXPECT_EQ(Send(request), "BAD_ROOM");
  request = Text();
  request.clear_body();
  EXPECT_EQ(Send(request), "EMPTY_BODY");
  request.set_body(std::string(kMaximumBodyBytes + 1, 'x'));
  EXPECT_EQ(Send(request), "BODY_TOO_LONG");
  request.set_body("bell\a");
  EXPECT_EQ(Send(request), "BAD_BODY");
  request = Text();
  request.mutable_wait_timeout()->set_seconds(-1);
  EXPECT_EQ(Send(request), "BAD_WAIT");
  EXPECT_EQ(Send(Text()), "NOT_IN_ROOM");
}

TEST_F(RoomTest, BadInputOfWhatIsDoneToAMessageIsRefusedWithItsReason) {
  using Stub = v1::RoomService::Stub;
  auto text = Text();
  text.set_parent_thread("alone");
  EXPECT_EQ(Send(text), "BAD_THREAD");
  text = Text();
  text.mutable_reply()->set_author(kBot);
  EXPECT_EQ(Send(text), "BAD_REPLY");

  v1::CorrectRoomMessageRequest correction;
  correction.set_room(kWantedRoom);
  correction.set_request_id(kRequestId);
  correction.set_body("hello");
  EXPECT_EQ(Reason(&Stub::CorrectRoomMessage, correction, token_), "BAD_MESSAGE_ID");
  correction.set_message_id("m1");
  EXPECT_EQ(Reason(&Stub::CorrectRoomMessage, correction, token_), "NOT_IN_ROOM");
  correction.clear_body();
  EXPECT_EQ(Reason(&Stub::CorrectRoomMessage, correction, token_), "EMPTY_BODY");

  v1::RetractRoomMessageRequest retraction;
  retraction.set_room(kWantedRoom);
  retraction.set_request_id(kRequestId);
  retraction.set_message_id(std::string(257, 'x'));
  EXPECT_EQ(Reason(&Stub::RetractRoomMessage, retraction, token_), "BAD_MESSAGE_ID");

  v1::ReactInRoomRequest reaction;
  reaction.set_room(kWantedRoom);
  reaction.set_request_id(kRequestId);
  reaction.set_stanza_id("s1");
  reaction.add_reactions("a");
  reaction.add_reactions("a");
  EXPECT_EQ(Reason(&Stub::ReactInRoom, reaction, token_), "BAD_REACTION");

  v1::SendRoomChatStateRequest state;
  state.set_room(kWantedRoom);
  EXPECT_EQ(Reason(&Stub::SendRoomChatState, state, token_), "BAD_CHAT_STATE");
  state.set_state(v1::CHAT_STATE_COMPOSING);
  EXPECT_EQ(Reason(&Stub::SendRoomChatState, state, token_), "NOT_IN_ROOM");
}

TEST_F(RoomTest, WhatIsNotThereIsSaidSo) {
  v1::LeaveRoomRequest leave;
  leave.set_room(kWantedRoom);
  leave.set_request_id(kRequestId);
  EXPECT_EQ(Reason(&v1::RoomService::Stub::LeaveRoom, leave, token_), "NOT_IN_ROOM");
  v1::DeclineInvitationRequest decline;
  decline.set_room(kWantedRoom);
  decline.set_request_id(kRequestId);
  EXPECT_EQ(Reason(&v1::RoomService::Stub::DeclineInvitation, decline, token_),
            "INVITATION_NOT_FOUND");
  v1::ListParticipantsRequest list;
  list.set_room(kWantedRoom);
  EXPECT_EQ(Reason(&v1::RoomService::Stub::ListParticipants, list, token_), "NOT_IN_ROOM");
  v1::ListRoomsRequest rooms;
  rooms.set_service("a@b");
  EXPECT_EQ(Reason(&v1::RoomService::Stub::ListRooms, rooms, token_), "BAD_JID");
}

TEST_F(RoomTest, TheScopeIsNeeded) {
  Caller watcher;
  watcher.scopes = {"watch"};
  watcher.accounts = {kBot};
  const auto token = tokens_->Mint(watcher);
  ASSERT_TRUE(token.ok()) << token.status();
  v1::ListJoinedRoomsRequest list;
  EXPECT_EQ(Reason(&v1::RoomService::Stub::ListJoinedRooms, list, *token), "SCOPE_MISSING");
  EXPECT_EQ(Reason(&v1::RoomService::Stub::ListJoinedRooms, list, token_), "");
}

}  // namespace
}  // namespace chatwire::xmpp
