#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {

CommandGroup StanzaCommands() {
  CommandGroup group{
      HelpText("For what no other command can do. Needs a token with the scope for it.",
               {"stanza send - < stanza.xml"}, {}),
      {}};
  AddRpcCommands(
      {{.name = "send",
        .about = "Send a stanza as it is",
        .rpc = "xmpp.v1.StanzaService.SendStanza",
        .arguments = {{"XML", "xml", "The stanza, or - for standard input", ValueKind::kText}},
        .done = "sent with the id {stanza_id}",
        .examples = {"stanza send \"<message to='alice@example.org'><body>hello</body></message>\"",
                     "stanza send - < stanza.xml"}},
       {.name = "iq",
        .about = "Send an iq and print the answer",
        .rpc = "xmpp.v1.StanzaService.SendIq",
        .arguments = {{"XML", "xml", "The iq, or - for standard input", ValueKind::kText}},
        .done = "{xml}",
        .examples =
            {"stanza iq \"<iq type='get' to='example.org'><ping xmlns='urn:xmpp:ping'/></iq>\""}}},
      group);
  return group;
}

}  // namespace chatwire::cli
