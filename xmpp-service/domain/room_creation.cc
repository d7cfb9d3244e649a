#include "xmpp-service/domain/room_creation.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/domain/room_privilege.h"
#include "xmpp-service/domain/room_setup.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

absl::Status RoomExists(const std::string& room) {
  return Error(absl::StatusCode::kAlreadyExists, "ROOM_EXISTS",
               absl::StrCat("there is a room ", room, " already; enter it with JoinRoom"));
}

// Only a room that somebody else has made meanwhile, and maybe not opened yet, refuses like that.
constexpr std::array kOfOthers = {"item-not-found", "conflict", "registration-required",
                                  "not-authorized"};

/// What it means for a room that is to come into being that somebody is not let in.
absl::Status CreationRefusal(const std::string& room, const absl::Status& status) {
  ErrorMetadata metadata = MetadataOf(status);
  const std::string& condition = metadata["condition"];
  if (std::find(kOfOthers.begin(), kOfOthers.end(), condition) != kOfOthers.end()) {
    return RoomExists(room);
  }
  if (condition != "forbidden" && condition != "not-allowed") return status;
  const auto text = metadata.find("text");
  return ExplainRefusal(StanzaErrorStatus({condition, text == metadata.end() ? "" : text->second}),
                        "creator");
}

DataForm FormOfType(DataFormType type) {
  DataForm form;
  form.type = type;
  return form;
}

/// One room on its way into being. Kept alive by what it waits for.
class Creation : public std::enable_shared_from_this<Creation> {
 public:
  Creation(RoomSite site, RoomCreation creation, Completion<CreatedRoom> done)
      : site_(std::move(site)), creation_(std::move(creation)), done_(std::move(done)) {}

  /// Looks first: who only tries to enter would have been in a room that is not theirs.
  void Begin() {
    site_.look(Completion<RoomInfo>(
        [self = shared_from_this()](const auto& info) { self->OnLook(info); }));
  }

 private:
  void OnLook(const absl::StatusOr<RoomInfo>& info) {
    if (info.ok() && !info->is_room) {
      done_(NotARoom(creation_.room));
    } else if (info.ok() || IsStanzaError(info.status(), "forbidden")) {
      // Also one that does not show itself to this account.
      done_(RoomExists(creation_.room));
    } else if (!IsStanzaError(info.status(), "item-not-found")) {
      done_(info.status());
    } else {
      Enter();
    }
  }

  void Enter() {
    std::string password;
    if (creation_.configuration.has_value()) {
      password = PasswordSetBy(*creation_.configuration).value_or("");
    }
    site_.enter(password, Completion<JoinedRoom>([self = shared_from_this()](const auto& joined) {
                  if (joined.ok()) {
                    self->OnEntered(*joined);
                  } else {
                    self->done_(CreationRefusal(self->creation_.room, joined.status()));
                  }
                }));
  }

  void OnEntered(const JoinedRoom& joined) {
    if (!joined.created) {
      // Somebody else was faster.
      site_.leave();
      done_(RoomExists(creation_.room));
      return;
    }
    created_.nick = joined.nick;
    Administer([this](RoomAdminPort& admin) {
      if (creation_.reserve) {
        GetForm(admin);
      } else {
        Configure(admin);
      }
    });
  }

  /// Runs @p use with the live session; without one there is nothing to be done any more.
  void Administer(absl::AnyInvocable<void(RoomAdminPort&)> use) {
    site_.admin(Completion<RoomAdminPort*>(
        [self = shared_from_this(), use = std::move(use)](const auto& admin) mutable {
          if (admin.ok()) {
            use(**admin);
          } else {
            self->Finish(admin.status());
          }
        }));
  }

  void GetForm(RoomAdminPort& admin) {
    admin.GetConfiguration(creation_.room,
                           Completion<DataForm>([self = shared_from_this()](auto form) {
                             if (form.ok()) self->created_.form = *std::move(form);
                             self->Finish(form.status());
                           }));
  }

  void Configure(RoomAdminPort& admin) {
    Completion<bool> configured(
        [self = shared_from_this()](const auto& result) { self->Finish(result.status()); });
    if (creation_.configuration.has_value()) {
      ConfigureRoom(admin, creation_.room, *creation_.configuration, std::move(configured));
    } else {
      admin.SetConfiguration(creation_.room, FormOfType(DataFormType::kSubmit),
                             std::move(configured));
    }
  }

  void Finish(const absl::Status& status) {
    if (status.ok()) {
      if (!creation_.reserve) site_.opened();
      done_(std::move(created_));
      return;
    }
    // Asks once more, and whatever comes of it: nobody is to be in a room that is not wanted.
    site_.admin(Completion<RoomAdminPort*>(
        [self = shared_from_this(), status](const auto& admin) { self->GiveUp(admin, status); }));
  }

  void GiveUp(const absl::StatusOr<RoomAdminPort*>& admin, const absl::Status& status) {
    Completion<bool> cancelled([self = shared_from_this(), status](const auto&) {
      self->site_.leave();
      self->done_(status);
    });
    // Without a session the server gives a locked room up by itself.
    if (admin.ok()) {
      (*admin)->SetConfiguration(creation_.room, FormOfType(DataFormType::kCancel),
                                 std::move(cancelled));
    }
  }

  const RoomSite site_;
  const RoomCreation creation_;
  CreatedRoom created_;
  Completion<CreatedRoom> done_;
};

}  // namespace

void CreateRoom(RoomSite site, RoomCreation creation, Completion<CreatedRoom> done) {
  std::make_shared<Creation>(std::move(site), std::move(creation), std::move(done))->Begin();
}

}  // namespace chatwire::xmpp
