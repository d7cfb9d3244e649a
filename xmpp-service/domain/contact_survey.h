#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_CONTACT_SURVEY_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_CONTACT_SURVEY_H_

#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/discovery_port.h"

namespace chatwire::xmpp {

/// Most resources of one contact that are asked about themselves.
inline constexpr size_t kMaximumResources = 20;

/// The online resources of @p bare_jid, each with what it can do. Call as a port is called;
/// @p discovery lives at least until its completions have run or were dropped.
void DescribeResources(DiscoveryPort& discovery, const std::string& bare_jid,
                       Completion<std::vector<DescribedResource>> done);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_CONTACT_SURVEY_H_
