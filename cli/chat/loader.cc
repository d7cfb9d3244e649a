#include "cli/chat/loader.h"

#include <map>
#include <utility>

#include "chatwire/xmpp/v1/chat_history.pb.h"
#include "chatwire/xmpp/v1/chat_service.pb.h"
#include "chatwire/xmpp/v1/room_service.pb.h"
#include "chatwire/xmpp/v1/roster_service.pb.h"

namespace chatwire::cli {
namespace {

constexpr int kPageSize = 60;
/// With fewer in the service's log a conversation begins with some of the archive.
constexpr int kFewMessages = 20;
constexpr int kRecentMessages = 300;
constexpr int kListSize = 1000;
constexpr auto kLane = ChatCalls::Lane::kRequests;

}  // namespace

void Loader::LoadAll(std::function<void()> done) {
  // Contacts and rooms first: they tell with whom the messages are.
  LoadContacts(
      "", [this, done = std::move(done)] { LoadRooms("", [this, done] { LoadRecent(done); }); });
}

void Loader::LoadContacts(const std::string& page, std::function<void()> done) {
  xmpp::v1::ListContactsRequest request;
  request.set_account(context_.model.account);
  request.set_page_size(kListSize);
  request.set_page_token(page);
  context_.Ask<xmpp::v1::ListContactsResponse>(
      kLane, "xmpp.v1.RosterService.ListContacts", request,
      [this, done = std::move(done)](const absl::Status& status,
                                     const xmpp::v1::ListContactsResponse& response) {
        for (const auto& contact : response.contacts()) applier_.ApplyContact(contact, true);
        if (status.ok() && !response.next_page_token().empty()) {
          LoadContacts(response.next_page_token(), done);
        } else {
          done();
        }
      });
}

void Loader::LoadRooms(const std::string& page, std::function<void()> done) {
  xmpp::v1::ListJoinedRoomsRequest request;
  request.set_account(context_.model.account);
  request.set_page_size(kListSize);
  request.set_page_token(page);
  context_.Ask<xmpp::v1::ListJoinedRoomsResponse>(
      kLane, "xmpp.v1.RoomService.ListJoinedRooms", request,
      [this, done = std::move(done)](const absl::Status& status,
                                     const xmpp::v1::ListJoinedRoomsResponse& response) {
        for (const auto& joined : response.rooms()) {
          Conversation& room = context_.model.Open(ChatKind::kRoom, joined.room());
          room.SetKind(ChatKind::kRoom);
          room.open = true;
          room.joined = joined.state() == xmpp::v1::ROOM_STATE_JOINED;
          room.own_nick = joined.nick();
          room.topic = joined.subject();
          LoadPeople(room);
        }
        if (status.ok() && !response.next_page_token().empty()) {
          LoadRooms(response.next_page_token(), done);
        } else {
          done();
        }
      });
}

void Loader::LoadRecent(std::function<void()> done) {
  xmpp::v1::ListMessagesRequest request;
  request.set_account(context_.model.account);
  request.set_page_size(kRecentMessages);
  context_.Ask<xmpp::v1::ListMessagesResponse>(
      kLane, "xmpp.v1.ChatService.ListMessages", request,
      [this, done = std::move(done)](const absl::Status&,
                                     const xmpp::v1::ListMessagesResponse& response) {
        // Newest first: what comes before the first answer or the first one that was read is new.
        std::map<Conversation*, bool> read;
        for (const auto& message : response.messages()) {
          const auto [conversation, added] = applier_.ApplyHistory(message);
          bool& seen = read[conversation];
          seen = seen || message.outgoing() || message.read() ||
                 conversation->kind() != ChatKind::kContact;
          const bool shown = conversation == context_.model.current();
          if (added && !seen && !shown) ++conversation->unread;
        }
        done();
      });
}

void Loader::LoadNewest(Conversation& conversation) {
  if (conversation.loaded) return;
  conversation.loaded = true;
  LoadPage(conversation, "");
  if (conversation.kind() == ChatKind::kRoom) LoadPeople(conversation);
}

void Loader::LoadOlder(Conversation& conversation) {
  if (conversation.loading) return;
  if (conversation.older_page.empty()) return archive_.LoadOlder(conversation);
  LoadPage(conversation, conversation.older_page);
}

void Loader::LoadPage(Conversation& conversation, const std::string& page) {
  xmpp::v1::ListMessagesRequest request;
  request.set_account(context_.model.account);
  // Of a participant the room's page is asked for, since a resource is not looked at.
  request.set_peer(conversation.jid());
  request.set_page_size(kPageSize);
  request.set_page_token(page);
  conversation.loading = true;
  const std::string jid = conversation.jid();
  context_.Ask<xmpp::v1::ListMessagesResponse>(
      kLane, "xmpp.v1.ChatService.ListMessages", request,
      [this, jid](const absl::Status& status, const xmpp::v1::ListMessagesResponse& response) {
        Conversation* const found = context_.model.Find(jid);
        if (found == nullptr) return;
        found->loading = false;
        found->loaded = status.ok();
        if (status.ok()) found->older_page = response.next_page_token();
        for (const auto& message : response.messages()) applier_.ApplyHistory(message);
        const bool few = found->messages().size() < kFewMessages;
        if (status.ok() && few && found->older_page.empty()) archive_.LoadOlder(*found);
      });
}

void Loader::LoadPeople(Conversation& room) {
  room.people().clear();
  LoadPeoplePage(room.jid(), "");
}

void Loader::LoadPeoplePage(const std::string& room, const std::string& page) {
  xmpp::v1::ListParticipantsRequest request;
  request.set_account(context_.model.account);
  request.set_room(room);
  request.set_page_size(kListSize);
  request.set_page_token(page);
  context_.Ask<xmpp::v1::ListParticipantsResponse>(
      kLane, "xmpp.v1.RoomService.ListParticipants", request,
      [this, room](const absl::Status& status, const xmpp::v1::ListParticipantsResponse& response) {
        Conversation* const found = context_.model.Find(room);
        if (found == nullptr || !status.ok()) return;
        for (const auto& participant : response.participants()) {
          applier_.ApplyParticipant(*found, participant);
        }
        if (!response.next_page_token().empty()) LoadPeoplePage(room, response.next_page_token());
      });
}

}  // namespace chatwire::cli
