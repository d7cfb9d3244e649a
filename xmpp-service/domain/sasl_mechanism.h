#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_SASL_MECHANISM_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_SASL_MECHANISM_H_

#include <string>
#include <vector>

namespace chatwire::xmpp {

/// The SASL mechanisms that are weaker than @p mechanism, of those with a password that sessions
/// may use. None for a mechanism that is not known.
std::vector<std::string> WeakerThan(const std::string& mechanism);

/// Whether @p mechanism is known, and stronger than @p other; everything is stronger than "".
bool IsStronger(const std::string& mechanism, const std::string& other);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_SASL_MECHANISM_H_
