#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_DIRECTED_PRESENCE_STORE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_DIRECTED_PRESENCE_STORE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/presence.h"

namespace chatwire::xmpp {

/// To whom an account shows a presence of its own. Thread-safe; completions as in EventLog. Goes
/// with the account.
class DirectedPresenceStore {
 public:
  /// Most that are kept for one account: all are sent on every new stream.
  static constexpr size_t kMaximumDirected = 100;

  virtual ~DirectedPresenceStore() = default;

  /// Adds or replaces. Errors: RESOURCE_EXHAUSTED/TOO_MANY_DIRECTED_PRESENCES.
  virtual void Put(const std::string& account, DirectedPresence directed,
                   Completion<bool> done) = 0;

  /// Whether there was one.
  virtual void Remove(const std::string& account, const std::string& to, Completion<bool> done) = 0;

  /// At most @p limit with a JID above @p after, in order of JID.
  virtual void List(const std::string& account, const std::string& after, size_t limit,
                    Completion<std::vector<DirectedPresence>> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_DIRECTED_PRESENCE_STORE_H_
