#ifndef CHATWIRE_TESTS_UNIT_XMPP_SERVICE_ROOM_KEEPER_FIXTURE_H_
#define CHATWIRE_TESTS_UNIT_XMPP_SERVICE_ROOM_KEEPER_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/fake_clock.h"
#include "tests/unit/xmpp-service/fake_rooms.h"
#include "tests/unit/xmpp-service/manual_executor.h"
#include "xmpp-service/domain/room_event.h"
#include "xmpp-service/domain/room_keeper.h"

namespace chatwire::xmpp {

inline constexpr char kRoom[] = "darkcave@rooms.example.org";

/// An account's rooms; the test plays the room.
class RoomKeeperFixture : public ::testing::Test {
 protected:
  RoomKeeperFixture() {
    port_.info->is_room = true;
    port_.info->archived = true;
    keeper_ = std::make_unique<RoomKeeper>(RoomContext{
        "bot@example.org", store_, invitations_, vault_, clock_, executor_,
        [this](EventPayload payload) { events_.push_back(std::move(payload)); },
        [] { return Presence{}; },
        [this](const std::string& id, DeliveryStage stage) { delivered_.emplace_back(id, stage); },
        [](const std::string& jid) { return jid == "hecate@example.org"; }});
  }

  void Restore() {
    keeper_->Load(Completion<bool>());
    executor_.Run();
  }

  void Up(bool resumed = false) {
    keeper_->OnUp(&port_, resumed);
    executor_.Run();
  }

  void Join(RoomWish wish = {"bot", "", {}, false}) {
    keeper_->Join(kRoom, std::move(wish),
                  Completion<JoinedRoom>([this](auto joined) { joined_ = std::move(joined); }));
    executor_.Run();
  }

  /// The room says that @p nick is there.
  void Present(const std::string& nick, std::set<int> codes = {},
               RoomRole role = RoomRole::kParticipant) {
    RoomPresence presence;
    presence.room = kRoom;
    presence.participant.nick = nick;
    presence.participant.role = role;
    presence.status_codes = std::move(codes);
    keeper_->OnRoomPresence(presence);
    executor_.Run();
  }

  void Gone(const std::string& nick, std::set<int> codes, bool destroyed = false) {
    RoomPresence presence;
    presence.room = kRoom;
    presence.type = RoomPresence::Type::kUnavailable;
    presence.participant.nick = nick;
    presence.status_codes = std::move(codes);
    presence.destroyed = destroyed;
    if (destroyed) presence.alternative = "other@rooms.example.org";
    keeper_->OnRoomPresence(presence);
    executor_.Run();
  }

  void Refuse(const std::string& condition) {
    RoomPresence presence;
    presence.room = kRoom;
    presence.type = RoomPresence::Type::kError;
    presence.error = StanzaError{condition, ""};
    keeper_->OnRoomPresence(presence);
    executor_.Run();
  }

  void Say(const std::string& nick, const std::string& body, const std::string& id,
           const std::string& stanza_id) {
    RoomMessage message;
    message.room = kRoom;
    message.nick = nick;
    message.body = body;
    message.id = id;
    message.stanza_id = stanza_id;
    keeper_->OnRoomMessage(message);
    executor_.Run();
  }

  void Enter() {
    Present("witch");
    Present("bot", {110});
  }

  template <typename Payload>
  std::vector<Payload> Events() const {
    std::vector<Payload> found;
    for (const EventPayload& event : events_) {
      if (const auto* payload = std::get_if<Payload>(&event)) found.push_back(*payload);
    }
    return found;
  }

  RoomState State() const { return keeper_->List("", 10).at(0).state; }

  FakeClock clock_;
  ManualExecutor executor_;
  FakeRoomPort port_;
  FakeRoomStore store_;
  FakeInvitations invitations_;
  BackwardVault vault_;
  std::vector<EventPayload> events_;
  std::vector<std::pair<std::string, DeliveryStage>> delivered_;
  absl::StatusOr<JoinedRoom> joined_ = absl::UnknownError("not answered");
  std::unique_ptr<RoomKeeper> keeper_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_UNIT_XMPP_SERVICE_ROOM_KEEPER_FIXTURE_H_
