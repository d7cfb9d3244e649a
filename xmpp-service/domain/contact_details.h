#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_CONTACT_DETAILS_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_CONTACT_DETAILS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/completion.h"
#include "xmpp-service/domain/discovery.h"
#include "xmpp-service/domain/profile.h"
#include "xmpp-service/domain/session_ports.h"

namespace chatwire::xmpp {

/// One client of a contact.
struct ContactClient {
  DescribedResource resource;
  absl::StatusOr<SoftwareVersion> software = SoftwareVersion{};
  absl::StatusOr<LastActivity> idle = LastActivity{};
};

/// What can be found out about somebody; each part by itself.
struct ContactDetails {
  absl::StatusOr<Profile> profile = Profile{};
  absl::StatusOr<LastActivity> last_activity = LastActivity{};
  std::vector<ContactClient> clients;
};

/// Asks for everything at once. Call as a port is called; needs the ports `discovery`, `entities`
/// and `profiles`. Always OK.
void FindContactDetails(const SessionPorts& ports, const std::string& bare_jid,
                        Completion<ContactDetails> done);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_CONTACT_DETAILS_H_
