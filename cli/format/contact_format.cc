#include "cli/format/contact_format.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format/words.h"

namespace chatwire::cli {

nlohmann::ordered_json PresenceJson(const xmpp::v1::Presence& presence) {
  nlohmann::ordered_json json = {{"availability", WordOf(presence.availability())},
                                 {"status", presence.status()},
                                 {"priority", presence.priority()}};
  if (presence.has_idle_since()) json["idle_since"] = JsonTime(presence.idle_since());
  return json;
}

nlohmann::ordered_json ContactJson(const xmpp::v1::Contact& contact) {
  auto resources = nlohmann::ordered_json::array();
  for (const auto& resource : contact.resources()) {
    resources.push_back(
        {{"resource", resource.resource()}, {"presence", PresenceJson(resource.presence())}});
  }
  auto groups = nlohmann::ordered_json::array();
  for (const std::string& group : contact.groups()) groups.push_back(group);
  return {{"jid", contact.jid()},
          {"name", contact.name()},
          {"groups", groups},
          {"subscription", WordOf(contact.subscription())},
          {"subscription_requested", contact.subscription_requested()},
          {"resources", resources}};
}

std::string PresenceText(const xmpp::v1::Presence& presence) {
  const std::string word = WordOf(presence.availability());
  return presence.status().empty() ? word : absl::StrCat(word, " (", presence.status(), ")");
}

Table ContactTable(const std::vector<xmpp::v1::Contact>& contacts) {
  Table table{{"CONTACT", "NAME", "PRESENCE", "SUBSCRIPTION", "GROUPS"}, {}};
  for (const auto& contact : contacts) {
    const std::string presence =
        contact.resources().empty() ? "offline" : PresenceText(contact.resources(0).presence());
    table.rows.push_back({contact.jid(), contact.name(), presence, WordOf(contact.subscription()),
                          absl::StrJoin(contact.groups(), ", ")});
  }
  return table;
}

}  // namespace chatwire::cli
