#include "xmpp-service/session/occupied_rooms.h"

#include "xmpp-service/domain/jid.h"
#include "xmpp-service/session/room_namespaces.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

// No account is in more; who makes it so is not listened to.
constexpr size_t kMaximumOccupied = 1000;

bool IsOwn(const QDomElement& user) {
  const QString name = QStringLiteral("status");
  for (auto it = user.firstChildElement(name); !it.isNull(); it = it.nextSiblingElement(name)) {
    if (it.attribute(QStringLiteral("code")) == QStringLiteral("110")) return true;
  }
  return false;
}

}  // namespace

bool OccupiedRooms::OnStanza(const QDomElement& stanza) {
  if (stanza.tagName() != QStringLiteral("presence")) return false;
  if (!IsOwn(Child(stanza, QStringLiteral("x"), kMucUserNamespace))) return false;
  const std::string room = BareOf(stanza.attribute(QStringLiteral("from")).toStdString());
  if (stanza.attribute(QStringLiteral("type")) == QStringLiteral("unavailable")) {
    rooms_.erase(room);
  } else if (rooms_.size() < kMaximumOccupied) {
    rooms_.insert(room);
  }
  return false;
}

void OccupiedRooms::OnUp(bool resumed) {
  if (!resumed) rooms_.clear();
}

}  // namespace chatwire::xmpp
