#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_USER_SEARCH_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_USER_SEARCH_PORT_H_

#include <string>

#include "common/completion.h"
#include "xmpp-service/domain/data_form.h"
#include "xmpp-service/domain/discovery.h"

namespace chatwire::xmpp {

/// Searches for users (XEP-0055). Threads and errors as those of SessionPorts.
class UserSearchPort {
 public:
  virtual ~UserSearchPort() = default;

  /// What @p service lets one search for; also of a service that has no data forms.
  virtual void GetForm(const std::string& service, Completion<DataForm> done) = 0;

  /// @p answer names the fields that are not left as the form has them.
  virtual void Search(const std::string& service, const DataForm& answer,
                      Completion<FoundUsers> done) = 0;

  /// Everybody whom the service lets one find.
  virtual void SearchAll(const std::string& service, Completion<FoundUsers> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_USER_SEARCH_PORT_H_
