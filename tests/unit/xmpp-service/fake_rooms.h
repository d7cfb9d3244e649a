#ifndef CHATWIRE_TESTS_UNIT_XMPP_SERVICE_FAKE_ROOMS_H_
#define CHATWIRE_TESTS_UNIT_XMPP_SERVICE_FAKE_ROOMS_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "xmpp-service/domain/invitation_store.h"
#include "xmpp-service/domain/password_vault.h"
#include "xmpp-service/domain/room_port.h"
#include "xmpp-service/domain/room_store.h"

namespace chatwire::xmpp {

/// Remembers what is asked of it; the test plays the room.
class FakeRoomPort : public RoomPort {
 public:
  void SetListener(RoomListener* new_listener) override { listener = new_listener; }
  void Enter(const RoomEntry& entry) override { entries.push_back(entry); }
  void Show(const std::string&, const std::string& nick, const Presence&) override {
    shown.push_back(nick);
  }
  void Forget(const std::string& room) override { forgotten.push_back(room); }
  void Exit(const std::string& room, const std::string&) override { exits.push_back(room); }
  void CheckInside(const std::string&, const std::string&, Completion<bool> done) override {
    ++checks;
    done(inside);
  }
  void SendMessage(const OutgoingRoomMessage& message, Completion<bool> done) override {
    sent.push_back(message.message_id);
    done(true);
  }
  void SendChatState(const std::string&, ChatState state) override { states.push_back(state); }
  void Decline(const std::string& room, const std::string&, const std::string&) override {
    declined.push_back(room);
  }
  void GetInfo(const std::string&, Completion<RoomInfo> done) override { done(info); }
  void ListRooms(const std::string&, const std::string&, size_t, Completion<RoomPage>) override {}
  void QueryArchive(const RoomArchiveQuery& query, Completion<RoomArchivePage> done) override {
    queries.push_back(query);
    RoomArchivePage page;
    if (!pages.empty()) {
      page = std::move(pages.front());
      pages.erase(pages.begin());
    }
    done(std::move(page));
  }

  RoomListener* listener = nullptr;
  absl::StatusOr<RoomInfo> info = RoomInfo{};
  absl::StatusOr<bool> inside = true;
  int checks = 0;
  std::vector<RoomEntry> entries;
  std::vector<std::string> shown;
  std::vector<std::string> exits;
  std::vector<std::string> forgotten;
  std::vector<std::string> sent;
  std::vector<ChatState> states;
  std::vector<std::string> declined;
  std::vector<RoomArchiveQuery> queries;
  std::vector<RoomArchivePage> pages;
};

/// Rooms in memory; answers at once.
class FakeRoomStore final : public RoomStore {
 public:
  void ListRooms(const std::string&, Completion<std::vector<StoredRoom>> done) override {
    std::vector<StoredRoom> all;
    for (const auto& [jid, room] : rooms) all.push_back(room);
    done(std::move(all));
  }
  void SaveRoom(const std::string&, StoredRoom room, bool, Completion<bool> done) override {
    rooms[room.room] = std::move(room);
    done(true);
  }
  void RemoveRoom(const std::string&, const std::string& room,
                  Completion<std::vector<std::string>> done) override {
    rooms.erase(room);
    done(std::vector<std::string>{});
  }
  void SetMark(const std::string&, const std::string&, ArchiveMark new_mark,
               Completion<bool> done) override {
    mark = std::move(new_mark);
    done(true);
  }
  void Record(RoomArrival arrival, Completion<RoomRecorded> done) override {
    RoomRecorded recorded;
    recorded.mark = ArchiveMark{arrival.stanza_id, arrival.time};
    recorded.confirmed = pending.erase(arrival.own_message_id) > 0;
    arrivals.push_back(std::move(arrival));
    done(std::move(recorded));
  }
  void Accept(NewRoomMessage, Completion<AcceptedRoomMessage>) override {}
  void ListPending(const std::string&, const std::string&, int64_t after_row, int,
                   Completion<std::vector<OutgoingRoomMessage>> done) override {
    std::vector<OutgoingRoomMessage> found;
    for (const auto& [id, message] : pending) {
      if (message.row > after_row) found.push_back(message);
    }
    done(std::move(found));
  }
  void Acknowledge(const std::string&, const std::string& id, Completion<bool> done) override {
    done(pending.erase(id) > 0);
  }
  void Fail(const std::string&, const std::string& id, StanzaError error,
            Completion<bool> done) override {
    failed.emplace_back(id, error.condition);
    done(pending.erase(id) > 0);
  }

  std::map<std::string, StoredRoom> rooms;
  std::optional<ArchiveMark> mark;
  std::vector<RoomArrival> arrivals;
  std::map<std::string, OutgoingRoomMessage> pending;
  std::vector<std::pair<std::string, std::string>> failed;
};

/// Invitations in memory.
class FakeInvitations final : public InvitationStore {
 public:
  void List(const std::string&, const std::string&, size_t,
            Completion<std::vector<RoomInvitation>>) override {}
  void Get(const std::string&, const std::string& room,
           Completion<std::optional<RoomInvitation>> done) override {
    const auto found = invitations.find(room);
    done(found == invitations.end() ? std::optional<RoomInvitation>() : found->second);
  }
  void Remove(const std::string&, const std::string& room, Completion<bool> done) override {
    done(invitations.erase(room) > 0);
  }

  std::map<std::string, RoomInvitation> invitations;
};

/// Writes passwords backwards.
class BackwardVault final : public PasswordVault {
 public:
  std::string Seal(const std::string&, const std::string& password) const override {
    return {password.rbegin(), password.rend()};
  }
  absl::StatusOr<std::string> Open(const std::string&, const std::string& sealed) const override {
    return std::string(sealed.rbegin(), sealed.rend());
  }
  bool Equal(const std::string& a, const std::string& b) const override { return a == b; }
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_UNIT_XMPP_SERVICE_FAKE_ROOMS_H_
