#include "xmpp-service/domain/discovery.h"

#include <algorithm>

namespace chatwire::xmpp {

bool EntityInfo::HasFeature(const std::string& feature) const {
  return std::binary_search(features.begin(), features.end(), feature);
}

bool EntityInfo::IsA(const std::string& category, const std::string& type) const {
  return std::any_of(identities.begin(), identities.end(), [&](const Identity& identity) {
    return identity.category == category && (type.empty() || identity.type == type);
  });
}

bool ShowsPresenceOf(const std::string& jid, const std::string& domain,
                     const std::string& condition) {
  return jid.empty() || jid == domain || condition == "feature-not-implemented";
}

}  // namespace chatwire::xmpp
