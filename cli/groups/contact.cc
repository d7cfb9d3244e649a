#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {
namespace {

RpcCommand ListContacts(const std::string& name) {
  return {.name = name,
          .about = "List the account's contacts",
          .rpc = "xmpp.v1.RosterService.ListContacts",
          .list = "contacts",
          .columns = {{"CONTACT", "jid"},
                      {"NAME", "name"},
                      {"PRESENCE", "resources.0.presence.availability|offline"},
                      {"STATUS", "resources.0.presence.status"},
                      {"SUBSCRIPTION", "subscription"},
                      {"GROUPS", "groups"}},
          .notes = "PRESENCE is that of the contact's first resource.",
          .examples = {name == "list" ? "contact list" : "contacts",
                       "contacts --json | jq -r 'select(.resources != []).jid'"}};
}

std::vector<RpcCommand> Roster() {
  return {
      ListContacts("list"),
      {.name = "show",
       .about = "Show a contact",
       .rpc = "xmpp.v1.RosterService.GetContact",
       .arguments = {{"JID", "jid", "Bare JID of the contact"}},
       .object = "contact",
       .examples = {"contact show alice@example.org"}},
      {.name = "details",
       .about = "Ask a contact's server and clients for all they tell",
       .rpc = "xmpp.v1.ProfileService.GetContactDetails",
       .arguments = {{"JID", "jid", "Bare JID of the contact"}},
       .notes =
           "Profile, last activity, and the software of each client. What was not answered stands "
           "under errors.",
       .examples = {"contact details alice@example.org"}},
      {.name = "add",
       .about = "Put a contact on the list",
       .rpc = "xmpp.v1.RosterService.AddContact",
       .arguments = {{"JID", "jid", "Bare JID of the contact"},
                     {"--name TEXT", "name", "What to call it"},
                     {"--group NAME...", "groups",
                      "Group to put it into; may be given several times"},
                     {"--request", "request_subscription", "Also ask to see its presence"},
                     {"--message TEXT", "message", "Text that goes with that request"}},
       .object = "contact",
       .done = "{jid} is on the list",
       .examples = {"contact add alice@example.org --name Alice --group Friends",
                    "contact add lamp@example.org --request --message 'the hall lamp'"}},
      {.name = "rename",
       .about = "Call a contact something else",
       .rpc = "xmpp.v1.RosterService.UpdateContact",
       .arguments = {{"JID", "contact.jid", "Bare JID of the contact"},
                     {"NAME", "contact.name", "The new name; \"\" for none"}},
       .fixed = {{"update_mask.paths", "name"}},
       .object = "contact",
       .done = "{jid} is now called \"{name}\"",
       .examples = {"contact rename alice@example.org 'Alice B.'"}},
      {.name = "group",
       .about = "Put a contact into these groups and no other",
       .rpc = "xmpp.v1.RosterService.UpdateContact",
       .arguments = {{"JID", "contact.jid", "Bare JID of the contact"},
                     {"[GROUP...]", "contact.groups", "Names of groups; none takes it out of all"}},
       .fixed = {{"update_mask.paths", "groups"}},
       .object = "contact",
       .done = "{jid} is in: {groups}",
       .examples = {"contact group alice@example.org Friends Neighbours"}},
      {.name = "remove",
       .about = "Take a contact off the list",
       .rpc = "xmpp.v1.RosterService.RemoveContact",
       .arguments = {{"JID", "jid", "Bare JID of the contact"},
                     {"--allow-missing", "allow_missing", "No error when it is not on the list"}},
       .done = "{jid} is off the list",
       .notes = "Both sides stop seeing each other's presence.",
       .examples = {"contact remove alice@example.org"}},
      {.name = "resources",
       .about = "List the clients with which a contact is online",
       .rpc = "xmpp.v1.DiscoveryService.ListResources",
       .arguments = {{"JID", "jid",
                      "Bare JID of the contact; the account's own: its other clients"}},
       .list = "resources",
       .columns = {{"RESOURCE", "resource"},
                   {"PRESENCE", "presence.availability"},
                   {"STATUS", "presence.status"},
                   {"PRIORITY", "presence.priority"},
                   {"SOFTWARE", "info.identities.0.name"}},
       .examples = {"contact resources alice@example.org"}},
  };
}

std::vector<RpcCommand> Subscriptions() {
  return {
      {.name = "request",
       .about = "Ask to see a contact's presence",
       .rpc = "xmpp.v1.RosterService.RequestSubscription",
       .arguments = {{"JID", "jid", "Bare JID of the contact"},
                     {"--message TEXT", "message", "Text that goes with the request"}},
       .done = "asked {jid}",
       .examples = {"contact request alice@example.org --message 'It is Bob'"}},
      {.name = "requests",
       .about = "List who asks to see the account's presence",
       .rpc = "xmpp.v1.RosterService.ListSubscriptionRequests",
       .list = "subscription_requests",
       .columns = {{"FROM", "jid"},
                   {"NICK", "nickname"},
                   {"ASKED", "request_time"},
                   {"MESSAGE", "message"}},
       .examples = {"contact requests"}},
      {.name = "accept",
       .about = "Let somebody see the account's presence",
       .rpc = "xmpp.v1.RosterService.AcceptSubscription",
       .arguments = {{"JID", "jid", "Bare JID of the one who asked"},
                     {"--reciprocate", "reciprocate", "Also ask to see theirs"}},
       .done = "{jid} may see the presence",
       .examples = {"contact accept alice@example.org --reciprocate"}},
      {.name = "deny",
       .about = "Refuse a request to see the account's presence",
       .rpc = "xmpp.v1.RosterService.DenySubscription",
       .arguments = {{"JID", "jid", "Bare JID of the one who asked"}},
       .done = "{jid} was refused",
       .examples = {"contact deny stranger@example.org"}},
      {.name = "cancel",
       .about = "End a subscription, in one direction",
       .rpc = "xmpp.v1.RosterService.CancelSubscription",
       .arguments = {{"JID", "jid", "Bare JID of the contact"},
                     {"DIRECTION", "direction",
                      "to: do not see its presence any more; from: do not show it ours"}},
       .done = "the subscription {direction} {jid} has ended",
       .examples = {"contact cancel alice@example.org from"}},
  };
}

std::vector<RpcCommand> Blocking() {
  return {
      {.name = "block",
       .about = "Let nothing from somebody through",
       .rpc = "xmpp.v1.BlockingService.Block",
       .arguments = {{"JID...", "jids", "JIDs or domains"}},
       .done = "blocked: {jids}",
       .examples = {"contact block spammer@example.org", "contact block spam.example"}},
      {.name = "unblock",
       .about = "Let somebody through again",
       .rpc = "xmpp.v1.BlockingService.Unblock",
       .arguments = {{"[JID...]", "jids", "JIDs or domains"}, {"--all", "all", "Everybody"}},
       .done = "not blocked any more: {jids}",
       .examples = {"contact unblock spammer@example.org", "contact unblock --all"}},
      {.name = "blocked",
       .about = "List who is blocked",
       .rpc = "xmpp.v1.BlockingService.ListBlocked",
       .list = "jids",
       .columns = {{"BLOCKED", "jid"}},
       .examples = {"contact blocked"}},
  };
}

}  // namespace

CommandGroup ContactCommands() {
  CommandGroup group{HelpText("", {"contact list", "contact add alice@example.org --request"}, {}),
                     {}};
  AddRpcCommands(Roster(), group);
  AddRpcCommands(Subscriptions(), group);
  AddRpcCommands(Blocking(), group);
  return group;
}

std::unique_ptr<Command> MakeContactsCommand() { return MakeRpcCommand(ListContacts("contacts")); }

}  // namespace chatwire::cli
