#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_PRESENCE_COLUMNS_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_PRESENCE_COLUMNS_H_

#include "common/sqlite/statement.h"
#include "xmpp-service/domain/presence.h"

namespace chatwire::xmpp {

/// The columns in which a presence is stored, in this order.
inline constexpr char kPresenceColumns[] = "availability, status, priority, idle_since";

/// Binds them from @p index on.
inline void BindPresence(sqlite::Statement& statement, int index, const Presence& presence) {
  statement.BindInt(index, static_cast<int>(presence.availability))
      .BindText(index + 1, presence.status)
      .BindInt(index + 2, presence.priority);
  // 0: not told.
  if (presence.idle_since.has_value()) {
    statement.BindTime(index + 3, *presence.idle_since);
  } else {
    statement.BindInt(index + 3, 0);
  }
}

/// Reads them from @p column on.
inline Presence PresenceAt(const sqlite::Statement& statement, int column) {
  Presence presence{static_cast<Availability>(statement.Int(column)), statement.Text(column + 1),
                    static_cast<int>(statement.Int(column + 2))};
  if (statement.Int(column + 3) != 0) presence.idle_since = statement.Time(column + 3);
  return presence;
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_PRESENCE_COLUMNS_H_
