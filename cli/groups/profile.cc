#include "cli/commands/avatar_get.h"
#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {
namespace {

std::vector<RpcCommand> Profiles() {
  return {
      {.name = "get",
       .about = "Show a profile",
       .rpc = "xmpp.v1.ProfileService.GetProfile",
       .arguments = {{"[JID]", "jid", "Whose (else: the account's)"}},
       .examples = {"profile get", "profile get alice@example.org"}},
      {.name = "set",
       .about = "Replace the account's profile",
       .rpc = "xmpp.v1.ProfileService.SetProfile",
       .arguments = {{"--name TEXT", "profile.full_name", "Full name"},
                     {"--given-name TEXT", "profile.given_name", "Given name"},
                     {"--family-name TEXT", "profile.family_name", "Family name"},
                     {"--middle-name TEXT", "profile.middle_name", "Middle name"},
                     {"--nickname TEXT", "profile.nickname", "Nickname"},
                     {"--birthday DAY", "profile.birthday", "Day of birth, such as 1990-05-01"},
                     {"--title TEXT", "profile.title", "Title"},
                     {"--role TEXT", "profile.role", "Role"},
                     {"--organization TEXT", "profile.organization", "Organization"},
                     {"--unit TEXT...", "profile.organization_units", "Unit of the organization"},
                     {"--email ADDRESS...", "profile.emails", "E-mail address"},
                     {"--phone NUMBER...", "profile.phone_numbers", "Phone number"},
                     {"--url URL...", "profile.urls", "Web page"},
                     {"--jid JID...", "profile.jids", "Chat address"},
                     {"--street TEXT", "profile.addresses.street", "Street and number"},
                     {"--city TEXT", "profile.addresses.locality", "City"},
                     {"--region TEXT", "profile.addresses.region", "Region"},
                     {"--postal-code TEXT", "profile.addresses.postal_code", "Postal code"},
                     {"--country TEXT", "profile.addresses.country", "Country"},
                     {"--description TEXT", "profile.description", "More, or - for standard input",
                      ValueKind::kText}},
       .done = "the profile is set",
       .notes = "What is not given is empty afterwards; the avatar stays.",
       .examples = {"profile set --name 'Lamp Bot' --email bot@example.org"}},
      {.name = "set-avatar",
       .about = "Set the account's picture",
       .rpc = "xmpp.v1.ProfileService.SetAvatar",
       .arguments = {{"FILE", "content", "PNG, JPEG, GIF or WebP file, or -", ValueKind::kFile}},
       .done = "the avatar is set; its hash is {hash}",
       .examples = {"profile set-avatar lamp.png"}},
      {.name = "remove-avatar",
       .about = "Remove the account's picture",
       .rpc = "xmpp.v1.ProfileService.RemoveAvatar",
       .done = "the avatar is removed",
       .examples = {"profile remove-avatar"}},
  };
}

}  // namespace

CommandGroup ProfileCommands() {
  CommandGroup group{HelpText("", {"profile get alice@example.org"}, {}), {}};
  AddRpcCommands(Profiles(), group);
  group.commands.push_back(MakeAvatarGetCommand());
  return group;
}

}  // namespace chatwire::cli
