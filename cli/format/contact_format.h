#ifndef CHATWIRE_CLI_FORMAT_CONTACT_FORMAT_H_
#define CHATWIRE_CLI_FORMAT_CONTACT_FORMAT_H_

#include <string>
#include <vector>

#include "chatwire/xmpp/v1/presence_service.pb.h"
#include "chatwire/xmpp/v1/roster_service.pb.h"
#include "cli/table.h"
#include "nlohmann/json_fwd.hpp"

namespace chatwire::cli {

/// {availability, status, priority}.
nlohmann::ordered_json PresenceJson(const xmpp::v1::Presence& presence);

/// {jid, name, groups, subscription, resources: [{resource, presence}]}.
nlohmann::ordered_json ContactJson(const xmpp::v1::Contact& contact);

/// `away (at lunch)`.
std::string PresenceText(const xmpp::v1::Presence& presence);

Table ContactTable(const std::vector<xmpp::v1::Contact>& contacts);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_CONTACT_FORMAT_H_
