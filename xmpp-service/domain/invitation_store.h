#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_INVITATION_STORE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_INVITATION_STORE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/room.h"

namespace chatwire::xmpp {

/// Invitations into rooms that wait for an answer. They come in with the event InvitationReceived
/// and go when their room is joined. Thread-safe; completions as in EventLog.
class InvitationStore {
 public:
  virtual ~InvitationStore() = default;

  /// At most @p limit invitations into rooms above @p after, in order.
  virtual void List(const std::string& account, const std::string& after, size_t limit,
                    Completion<std::vector<RoomInvitation>> done) = 0;
  virtual void Get(const std::string& account, const std::string& room,
                   Completion<std::optional<RoomInvitation>> done) = 0;
  /// False where there was none.
  virtual void Remove(const std::string& account, const std::string& room,
                      Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_INVITATION_STORE_H_
