#ifndef CHATWIRE_TESTS_UNIT_XMPP_SERVICE_ROOM_ADMIN_FIXTURE_H_
#define CHATWIRE_TESTS_UNIT_XMPP_SERVICE_ROOM_ADMIN_FIXTURE_H_

#include <string>

#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/domain/room_admin_port.h"
#include "xmpp-service/domain/room_moderation_port.h"
#include "xmpp-service/domain/room_request_port.h"

namespace chatwire::xmpp {

inline constexpr char kCoven[] = "coven@chat.shakespeare.lit";
inline constexpr char kAdminNs[] = "http://jabber.org/protocol/muc#admin";
inline constexpr char kOwnerNs[] = "http://jabber.org/protocol/muc#owner";
inline constexpr char kDiscoNs[] = "http://jabber.org/protocol/disco#info";
inline constexpr char kRegisterNs[] = "jabber:iq:register";

/// A session with a scripted room.
class RoomAdminFixture : public SessionFixture {
 protected:
  RoomAdminFixture() { settings_.request_timeout = std::chrono::seconds(5); }

  RoomAdminPort& admin() { return *session_->ports().room_admin; }
  RoomRequestPort& requests() { return *session_->ports().room_requests; }
  RoomModerationPort& moderation() { return *session_->ports().room_moderation; }

  void Answer(const char* xmlns, const QByteArray& inside) {
    server_.script().answers[QLatin1StringView(xmlns)] = inside;
  }
  void Refuse(const char* xmlns, const QByteArray& condition) {
    server_.script().errors[QLatin1StringView(xmlns)] = condition;
  }

  /// The room tells the account that it is in it.
  void Enter(const QByteArray& room = kCoven) {
    server_.Inject("<presence from='" + room +
                   "/firstwitch' to='alice@localhost/test'>"
                   "<x xmlns='http://jabber.org/protocol/muc#user'>"
                   "<item affiliation='owner' role='moderator'/><status code='110'/></x>"
                   "</presence>");
  }

  /// Waits for what the client sends with @p part in it.
  std::string Sent(const QString& part) {
    std::string found;
    testing::WaitUntil([&] {
      for (const auto& element : server_.received()) {
        if (element.xml.contains(part)) found = element.xml.toStdString();
      }
      return !found.empty();
    });
    return found;
  }

  std::string IdOf(const QString& part) {
    Sent(part);
    for (const auto& element : server_.received()) {
      if (element.xml.contains(part)) return element.id.toStdString();
    }
    return "";
  }

  template <typename T>
  absl::StatusOr<T> Wait(const Result<T>& result) {
    if (!WaitForResult(result)) return absl::InternalError("no result");
    return **result;
  }
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_UNIT_XMPP_SERVICE_ROOM_ADMIN_FIXTURE_H_
