#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_XHTML_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_XHTML_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace chatwire::xmpp {

/// Whether @p fragment can stand inside an XHTML body of a stanza (XEP-0071) without harm to the
/// stream around it: well-formed (XML 1.0), without what XMPP forbids (RFC 6120, section 11.1), and
/// without namespaces of its own. Which elements there are is not looked at. Empty is fine.
/// Errors: INVALID_ARGUMENT, with what is wrong and at which byte.
absl::Status CheckXhtml(absl::string_view fragment);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_XHTML_H_
