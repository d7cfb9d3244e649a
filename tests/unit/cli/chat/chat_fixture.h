#ifndef CHATWIRE_TESTS_UNIT_CLI_CHAT_CHAT_FIXTURE_H_
#define CHATWIRE_TESTS_UNIT_CLI_CHAT_CHAT_FIXTURE_H_

#include <gtest/gtest.h>

#include <clocale>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chatwire/xmpp/v1/room_service.pb.h"
#include "chatwire/xmpp/v1/roster_service.pb.h"
#include "cli/chat/chat.h"
#include "tests/unit/cli/chat/fake_calls.h"

namespace chatwire::cli {

constexpr char kRoom[] = "tea@rooms.example.org";

/// A chat of bot@example.org with alice and bob as contacts and one joined room, and no service.
class ChatTest : public ::testing::Test {
 protected:
  ChatTest() {
    std::setlocale(LC_CTYPE, "C.UTF-8");
    account_.set_account("bot@example.org");
    account_.mutable_connection()->set_state(xmpp::v1::CONNECTION_STATE_ONLINE);
    xmpp::v1::ListContactsResponse contacts;
    for (const char* const name : {"alice", "bob"}) {
      contacts.add_contacts()->set_jid(absl::StrCat(name, "@example.org"));
    }
    calls_.AnswerTo("xmpp.v1.RosterService.ListContacts", contacts);
    xmpp::v1::ListJoinedRoomsResponse rooms;
    auto& room = *rooms.add_rooms();
    room.set_room(kRoom);
    room.set_nick("bot");
    room.set_state(xmpp::v1::ROOM_STATE_JOINED);
    calls_.AnswerTo("xmpp.v1.RoomService.ListJoinedRooms", rooms);
    xmpp::v1::ListParticipantsResponse people;
    people.add_participants()->set_nick("ann");
    people.add_participants()->set_nick("bot");
    people.mutable_participants(1)->set_self(true);
    calls_.AnswerTo("xmpp.v1.RoomService.ListParticipants", people);
  }

  /// The chat begins with @p peer, and the stream comes up.
  Chat& Begin(const std::string& peer) {
    Chat::Options options;
    options.peer = peer;
    chat_ = std::make_unique<Chat>(
        options, account_, calls_,
        Chat::Sources{[this] { return now_; }, [this] { return absl::StrCat("r", ++ids_); }});
    chat_->StreamUp(false);
    return *chat_;
  }

  xmpp::v1::Event NextEvent() {
    xmpp::v1::Event event;
    event.set_sequence(++sequence_);
    return event;
  }

  void Receive(const std::string& from, const std::string& body, const std::string& id = "m") {
    xmpp::v1::Event event = NextEvent();
    auto& message = *event.mutable_message_received();
    message.set_from(from + "/phone");
    message.set_body(body);
    message.set_message_id(id);
    message.set_markable(true);
    message.set_from_contact(true);
    chat_->OnEvent(event);
  }

  void ReceiveInRoom(const std::string& nick, const std::string& body) {
    xmpp::v1::Event event = NextEvent();
    auto& message = *event.mutable_room_message_received();
    message.set_room(kRoom);
    message.set_nick(nick);
    message.set_body(body);
    message.set_stanza_id(absl::StrCat("s", sequence_));
    chat_->OnEvent(event);
  }

  Conversation& With(const std::string& jid) { return *chat_->model().Find(jid); }

  /// What stands in a conversation.
  static std::vector<std::string> Texts(const Conversation& conversation) {
    std::vector<std::string> texts;
    for (const ChatMessage& message : conversation.messages()) texts.push_back(message.text);
    return texts;
  }

  xmpp::v1::Account account_;
  FakeCalls calls_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  int ids_ = 0;
  int64_t sequence_ = 100;
  std::unique_ptr<Chat> chat_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_TESTS_UNIT_CLI_CHAT_CHAT_FIXTURE_H_
