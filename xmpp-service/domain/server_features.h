#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_SERVER_FEATURES_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_SERVER_FEATURES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/discovery_port.h"

namespace chatwire::xmpp {

/// A component of a server.
struct ServerComponent {
  std::string jid;
  std::string name;
  absl::StatusOr<EntityInfo> info = EntityInfo{};
};

/// What an account's server offers.
struct ServerFeatures {
  static constexpr size_t kMaximumComponents = 50;

  std::string domain;
  EntityInfo server;
  /// The account on it.
  EntityInfo account;
  std::vector<ServerComponent> components;
};

/// Asks the account's server, the account and the components. Call as a port is called;
/// @p discovery lives at least until its completions have run or were dropped.
void FindServerFeatures(DiscoveryPort& discovery, Completion<ServerFeatures> done);

/// Those of the components, then the server, that have @p feature.
std::vector<std::string> WhereIs(const ServerFeatures& features, const std::string& feature);

/// The largest file that @p upload_service takes (XEP-0363, section 4). 0: it does not say.
int64_t MaximumUploadBytes(const ServerFeatures& features, const std::string& upload_service);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_SERVER_FEATURES_H_
