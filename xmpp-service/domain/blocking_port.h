#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_BLOCKING_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_BLOCKING_PORT_H_

#include <string>
#include <vector>

#include "common/completion.h"

namespace chatwire::xmpp {

/// Whom the account's server keeps away from it (XEP-0191). Errors of all: UNIMPLEMENTED /
/// `NO_BLOCKING`, and those of a request (domain/stanza_status.h).
class BlockingPort {
 public:
  virtual ~BlockingPort() = default;

  /// Sorted.
  virtual void ListBlocked(Completion<std::vector<std::string>> done) = 0;

  /// @p jids: not empty.
  virtual void Block(const std::vector<std::string>& jids, Completion<bool> done) = 0;

  /// @p jids: empty is everybody.
  virtual void Unblock(const std::vector<std::string>& jids, Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_BLOCKING_PORT_H_
