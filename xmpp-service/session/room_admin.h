#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ROOM_ADMIN_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ROOM_ADMIN_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "xmpp-service/domain/room_admin_port.h"
#include "xmpp-service/session/room_registration.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// What owners and admins ask of a room with IQs (XEP-0045, sections 7.10 and 8 to 10).
class RoomAdmin final : public SessionPart, public RoomAdminPort {
 public:
  /// @p stream outlives it.
  explicit RoomAdmin(Stream& stream) : stream_(stream), registration_(stream) {}

  void Exists(const std::string& room, Completion<bool> done) override;
  void GetConfiguration(const std::string& room, Completion<DataForm> done) override;
  void SetConfiguration(const std::string& room, const DataForm& form,
                        Completion<bool> done) override;
  void Destroy(const std::string& room, const std::string& alternative, const std::string& reason,
               Completion<bool> done) override;
  void SetRole(const std::string& room, const std::string& nick, RoomRole role,
               const std::string& reason, Completion<bool> done) override;
  void ListAffiliates(const std::string& room, RoomAffiliation affiliation,
                      Completion<std::vector<RoomAffiliate>> done) override;
  void SetAffiliation(const std::string& room, const RoomAffiliate& affiliate,
                      Completion<bool> done) override;
  void RegisterNick(const std::string& room, const std::string& nick,
                    Completion<std::string> done) override {
    registration_.Register(room, nick, std::move(done));
  }

 private:
  /// Runs @p ask when there is such a room. Some servers make a room of what is asked about its
  /// configuration.
  template <typename T>
  void IfExists(const std::string& room, Completion<T> done,
                absl::AnyInvocable<void(Completion<T>)> ask);
  /// The room did not find somebody. Tells whether it is the room that is missing.
  void TellWhatIsMissing(const std::string& room, absl::Status refused, Completion<bool> done);

  Stream& stream_;
  RoomRegistration registration_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ROOM_ADMIN_H_
