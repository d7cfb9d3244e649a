#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {
namespace {

const Argument kRoom{"ROOM", "room", "JID of the room"};
const Argument kNick{"NICK", "nick", "Name in the room"};
const Argument kReason{"--reason TEXT", "reason", "Why, as the room tells it"};

std::vector<Column> ResultColumns() {
  return {{"JID", "jid"}, {"DONE", "done"}, {"WHY NOT", "error_message"}};
}

std::vector<Column> FormColumns() {
  return {
      {"FIELD", "name"}, {"VALUE", "values"}, {"WHAT", "label"}, {"CHOICES", "options.*.value"}};
}

std::vector<RpcCommand> Creation() {
  const Argument nick{"--nick NICK", "nick", "Name in the room; else the account's own"};
  return {
      {.name = "create",
       .about = "Create a room, and join it",
       .rpc = "xmpp.v1.RoomAdminService.CreateRoom",
       .arguments = {kRoom,
                     nick,
                     {"--field NAME=VALUE...", "configuration.fields",
                      "A field of its configuration; may be given several times",
                      ValueKind::kPair}},
       .fixed = {{"configuration.type", "submit"}},
       .done = "{room} is open, and the account is in it as {nick}",
       .notes = "What is not named is as the server has it by default.",
       .examples = {"room create tea@rooms.example.org --nick bot",
                    "room create tea@rooms.example.org --field muc#roomconfig_membersonly=1"}},
      {.name = "reserve",
       .about = "Create a room that stays closed until it is configured",
       .rpc = "xmpp.v1.RoomAdminService.CreateRoom",
       .arguments = {kRoom, nick},
       .fixed = {{"reserve", "true"}},
       .list = "configuration.fields",
       .columns = FormColumns(),
       .notes = "`chatwire room configure` opens it, `chatwire room destroy` gives it up.",
       .examples = {"room reserve tea@rooms.example.org --nick bot"}},
  };
}

std::vector<RpcCommand> Configuration() {
  return {
      {.name = "configuration",
       .about = "Show a room's configuration",
       .rpc = "xmpp.v1.RoomAdminService.GetRoomConfiguration",
       .arguments = {kRoom},
       .list = "configuration.fields",
       .columns = FormColumns(),
       .examples = {"room configuration tea@rooms.example.org"}},
      {.name = "configure",
       .about = "Change a room's configuration",
       .rpc = "xmpp.v1.RoomAdminService.ConfigureRoom",
       .arguments = {kRoom,
                     {"--field NAME=VALUE...", "configuration.fields",
                      "A field to set; may be given several times", ValueKind::kPair, "", true}},
       .fixed = {{"configuration.type", "submit"}},
       .done = "{room} is configured",
       .notes =
           "What is not named keeps its value. `chatwire room configuration` lists the fields.",
       .examples =
           {"room configure tea@rooms.example.org --field muc#roomconfig_persistentroom=1"}},
      {.name = "destroy",
       .about = "Destroy a room for good",
       .rpc = "xmpp.v1.RoomAdminService.DestroyRoom",
       .arguments = {kRoom,
                     kReason,
                     {"--alternative ROOM", "alternative", "Where people are to go"},
                     {"--yes", "", "Yes, destroy it", ValueKind::kPlain, "true", true}},
       .done = "{room} is gone",
       .examples =
           {"room destroy tea@rooms.example.org --yes --alternative coffee@rooms.example.org"}},
      {.name = "subject",
       .about = "Set a room's subject",
       .rpc = "xmpp.v1.RoomAdminService.SetSubject",
       .arguments = {kRoom, {"SUBJECT", "subject", "The new subject; \"\" for none"}},
       .done = "the subject is \"{subject}\"",
       .examples = {"room subject tea@rooms.example.org 'Tea at five'"}},
      {.name = "invite",
       .about = "Invite people to a room",
       .rpc = "xmpp.v1.RoomAdminService.InviteToRoom",
       .arguments = {kRoom,
                     {"JID...", "invitees", "Bare JIDs of whom to invite"},
                     {"--route ROUTE", "route", "mediated (by the room) or direct"},
                     kReason,
                     {"--password-file FILE", "password", "File with the room's password, or -",
                      ValueKind::kSecretFile}},
       .list = "results",
       .columns = ResultColumns(),
       .examples = {"room invite tea@rooms.example.org alice@example.org --reason 'tea?'"}},
      {.name = "register",
       .about = "Register the account's name with a room",
       .rpc = "xmpp.v1.RoomAdminService.RegisterNick",
       .arguments = {kRoom, kNick},
       .done = "registered as {nick}",
       .examples = {"room register tea@rooms.example.org bot"}},
  };
}

std::vector<RpcCommand> People() {
  return {
      {.name = "kick",
       .about = "Put somebody out of a room",
       .rpc = "xmpp.v1.RoomAdminService.KickParticipant",
       .arguments = {kRoom, kNick, kReason},
       .done = "{nick} was put out",
       .examples = {"room kick tea@rooms.example.org noisy --reason 'enough'"}},
      {.name = "role",
       .about = "Give somebody in a room a role",
       .rpc = "xmpp.v1.RoomAdminService.SetRole",
       .arguments = {kRoom, kNick, {"ROLE", "role", "visitor, participant or moderator"}, kReason},
       .done = "{nick} is {role}",
       .examples = {"room role tea@rooms.example.org alice moderator"}},
      {.name = "affiliations",
       .about = "List who belongs to a room, or is banned",
       .rpc = "xmpp.v1.RoomAdminService.ListAffiliations",
       .arguments = {kRoom, {"AFFILIATION", "affiliation", "owner, admin, member or outcast"}},
       .list = "affiliates",
       .columns =
           {{"JID", "jid"}, {"AFFILIATION", "affiliation"}, {"NICK", "nick"}, {"REASON", "reason"}},
       .examples = {"room affiliations tea@rooms.example.org outcast"}},
      {.name = "affiliate",
       .about = "Make people owners, admins, members, outcasts or none of these",
       .rpc = "xmpp.v1.RoomAdminService.SetAffiliations",
       .arguments = {kRoom,
                     {"JID...", "changes.jid", "Bare JIDs"},
                     {"--as AFFILIATION", "changes.affiliation",
                      "owner, admin, member, outcast or none", ValueKind::kPlain, "", true},
                     {"--reason TEXT", "changes.reason", "Why"}},
       .list = "results",
       .columns = ResultColumns(),
       .examples = {"room affiliate tea@rooms.example.org alice@example.org --as member"}},
      {.name = "ban",
       .about = "Put people out of a room and keep them out",
       .rpc = "xmpp.v1.RoomAdminService.SetAffiliations",
       .arguments = {kRoom,
                     {"JID...", "changes.jid", "Bare JIDs"},
                     {"--reason TEXT", "changes.reason", "Why"}},
       .fixed = {{"changes.affiliation", "outcast"}},
       .list = "results",
       .columns = ResultColumns(),
       .notes = "`chatwire room affiliate ROOM JID --as none` lets them in again.",
       .examples = {"room ban tea@rooms.example.org spammer@example.org"}},
  };
}

std::vector<RpcCommand> Moderation() {
  return {
      {.name = "voice",
       .about = "Ask for the right to speak in a moderated room",
       .rpc = "xmpp.v1.RoomAdminService.RequestVoice",
       .arguments = {kRoom},
       .done = "asked",
       .examples = {"room voice tea@rooms.example.org"}},
      {.name = "answer-voice",
       .about = "Answer somebody who asks for the right to speak",
       .rpc = "xmpp.v1.RoomAdminService.AnswerVoiceRequest",
       .arguments =
           {kRoom, {"JID", "jid", "Who asked"}, kNick, {"--grant", "grant", "Yes (else: no)"}},
       .done = "answered {nick}",
       .examples = {"room answer-voice tea@rooms.example.org alice@example.org alice --grant"}},
      {.name = "moderate",
       .about = "Retract somebody's message from a room",
       .rpc = "xmpp.v1.RoomAdminService.ModerateMessage",
       .arguments = {kRoom, {"STANZA_ID", "stanza_id", "stanza_id of the message"}, kReason},
       .done = "retracted",
       .examples = {"room moderate tea@rooms.example.org 5c2a --reason spam"}},
  };
}

}  // namespace

void AddRoomAdminCommands(CommandGroup& group) {
  AddRpcCommands(Creation(), group);
  AddRpcCommands(Configuration(), group);
  AddRpcCommands(People(), group);
  AddRpcCommands(Moderation(), group);
}

}  // namespace chatwire::cli
