#ifndef CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_ROOM_ADMIN_FIXTURE_H_
#define CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_ROOM_ADMIN_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/error.h"
#include "common/uuid.h"
#include "tests/component/xmpp-service/service_fixture.h"
#include "tests/unit/xmpp-service/fake_rooms.h"
#include "xmpp-service/domain/room_admin_port.h"
#include "xmpp-service/domain/room_moderation_port.h"
#include "xmpp-service/domain/room_privilege.h"
#include "xmpp-service/domain/room_request_port.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {

inline constexpr char kRoom[] = "coven@rooms.example.org";

/// A room in which nobody may do anything to the owner's friend `king@example.org`. Called on the
/// session's thread.
class FakeRoom final : public RoomAdminPort, public RoomRequestPort, public RoomModerationPort {
 public:
  void Exists(const std::string&, Completion<bool> done) override { done(true); }
  void GetConfiguration(const std::string&, Completion<DataForm> done) override {
    DataForm form;
    form.Set("muc#roomconfig_moderatedroom", {"false"}, FormFieldType::kBoolean);
    form.Set("muc#roomconfig_roomsecret", {""}, FormFieldType::kTextPrivate);
    done(std::move(form));
  }
  void SetConfiguration(const std::string&, const DataForm& form, Completion<bool> done) override {
    if (form.type == DataFormType::kCancel) {
      Log("give up", std::move(done));
    } else {
      Log("configure " + form.Value("muc#roomconfig_moderatedroom"), std::move(done));
    }
  }
  void Destroy(const std::string& room, const std::string& alternative, const std::string& reason,
               Completion<bool> done) override {
    Log("destroy " + room + " " + alternative + " " + reason, std::move(done));
  }
  void SetRole(const std::string&, const std::string& nick, RoomRole role, const std::string&,
               Completion<bool> done) override {
    Log(nick + " is " + ToString(role), std::move(done));
  }
  void ListAffiliates(const std::string&, RoomAffiliation affiliation,
                      Completion<std::vector<RoomAffiliate>> done) override {
    std::vector<RoomAffiliate> affiliates;
    for (const char* jid : {"a@example.org", "b@example.org", "c@example.org"}) {
      affiliates.push_back({jid, affiliation, "", "Treason"});
    }
    done(std::move(affiliates));
  }
  void SetAffiliation(const std::string&, const RoomAffiliate& affiliate,
                      Completion<bool> done) override {
    if (affiliate.jid == "king@example.org") {
      done(ExplainRefusal(StanzaErrorStatus({"not-allowed", ""}), "owner"));
    } else {
      Log(affiliate.jid + " is " + ToString(affiliate.affiliation), std::move(done));
    }
  }
  void RegisterNick(const std::string&, const std::string& nick,
                    Completion<std::string> done) override {
    done(nick);
  }
  void SetSubject(const std::string&, const std::string&, Completion<bool> done) override {
    done(NotInRoom());
  }
  void Invite(const OutgoingInvitation& invitation, Completion<bool> done) override {
    Log("invite " + invitation.invitee + (invitation.direct ? " directly" : ""), std::move(done));
  }
  void RequestVoice(const std::string&, Completion<bool> done) override {
    Log("voice", std::move(done));
  }
  void AnswerVoiceRequest(const std::string&, const std::string& jid, const std::string& nick,
                          bool grant, Completion<bool> done) override {
    Log(jid + " " + nick + (grant ? " granted" : " denied"), std::move(done));
  }
  void Moderate(const std::string&, const std::string& id, const std::string& reason,
                Completion<bool> done) override {
    Log("retract " + id + " " + reason, std::move(done));
  }

  /// What everybody is answered from now on.
  void SetAnswer(absl::Status answer) {
    MutexLock lock(mutex_);
    answer_ = std::move(answer);
  }

  std::vector<std::string> done() const {
    MutexLock lock(mutex_);
    return done_;
  }

 private:
  void Log(std::string what, Completion<bool> done) {
    absl::Status answer;
    {
      MutexLock lock(mutex_);
      done_.push_back(std::move(what));
      answer = answer_;
    }
    if (answer.ok()) {
      done(true);
    } else {
      done(answer);
    }
  }

  mutable Mutex mutex_;
  std::vector<std::string> done_ ABSL_GUARDED_BY(mutex_);
  absl::Status answer_ ABSL_GUARDED_BY(mutex_);
};

/// A room service on which whoever enters a room that does not exist makes it. Called on the
/// session's thread.
class FakeRoomService final : public FakeRoomPort {
 public:
  void GetInfo(const std::string&, Completion<RoomInfo> done) override {
    if (exists()) {
      RoomInfo found;
      found.is_room = true;
      done(std::move(found));
    } else {
      done(StanzaErrorStatus({"item-not-found", ""}));
    }
  }
  void Enter(const RoomEntry& entry) override {
    RoomPresence presence;
    presence.room = entry.room;
    presence.participant.nick = entry.nick;
    presence.participant.role = RoomRole::kModerator;
    presence.participant.affiliation = RoomAffiliation::kOwner;
    {
      MutexLock lock(mutex_);
      passwords_.push_back(entry.password);
      presence.status_codes = exists_ ? std::set<int>{110} : std::set<int>{110, 201};
      exists_ = !refusal_.has_value();
      presence.error = refusal_;
    }
    if (presence.error.has_value()) presence.type = RoomPresence::Type::kError;
    listener->OnRoomPresence(std::move(presence));
  }

  bool exists() const {
    MutexLock lock(mutex_);
    return exists_;
  }
  void Destroy() {
    MutexLock lock(mutex_);
    exists_ = false;
  }
  void Refuse(const std::string& condition) {
    MutexLock lock(mutex_);
    refusal_ = StanzaError{condition, ""};
  }
  /// With which the room was entered, each time.
  std::vector<std::string> passwords() const {
    MutexLock lock(mutex_);
    return passwords_;
  }

 private:
  mutable Mutex mutex_;
  bool exists_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<StanzaError> refusal_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> passwords_ ABSL_GUARDED_BY(mutex_);
};

/// RoomAdminService with a room that is made up.
class RoomAdminFixture : public ServiceFixture {
 protected:
  RoomAdminFixture() {
    SessionPorts ports;
    ports.room_admin = &room_;
    ports.room_requests = &room_;
    ports.room_moderation = &room_;
    ports.rooms = &service_;
    xmpp_.SetPorts(ports);
    token_ = Login();
    stub_ = v1::RoomAdminService::NewStub(channel_);
  }

  template <typename Request>
  static Request For(const std::string& room = kRoom) {
    Request request;
    request.set_room(room);
    request.set_request_id(RandomUuid());
    return request;
  }

  template <typename Method, typename Request, typename Response>
  absl::Status Call(Method method, const Request& request, Response* response) {
    return FromGrpcStatus(((*stub_).*method)(Context(token_).get(), request, response));
  }

  absl::Status Kick(const v1::KickParticipantRequest& request) {
    v1::KickParticipantResponse response;
    return Call(&v1::RoomAdminService::Stub::KickParticipant, request, &response);
  }

  /// A form that sets @p field to @p value.
  static v1::DataForm Form(const std::string& field, const std::string& value) {
    v1::DataForm form;
    form.set_type(v1::DATA_FORM_TYPE_SUBMIT);
    auto* given = form.add_fields();
    given->set_name(field);
    given->add_values(value);
    return form;
  }

  absl::Status Configure(const std::string& field, const std::string& value) {
    auto request = For<v1::ConfigureRoomRequest>();
    *request.mutable_configuration() = Form(field, value);
    v1::ConfigureRoomResponse response;
    return Call(&v1::RoomAdminService::Stub::ConfigureRoom, request, &response);
  }

  FakeRoom room_;
  FakeRoomService service_;
  std::string token_;
  std::unique_ptr<v1::RoomAdminService::Stub> stub_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_ROOM_ADMIN_FIXTURE_H_
