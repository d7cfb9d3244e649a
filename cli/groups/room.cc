#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {
namespace {

const Argument kRoom{"ROOM", "room", "JID of the room"};
const Argument kId{"MESSAGE_ID", "message_id", "Id of the account's own message"};
const Argument kBody{"BODY", "body", "Text, or - for standard input", ValueKind::kText};

std::vector<RpcCommand> Rooms() {
  return {
      {.name = "list",
       .about = "List the rooms of a room service",
       .rpc = "xmpp.v1.RoomService.ListRooms",
       .arguments = {{"SERVICE", "service", "JID of the service, such as rooms.example.org"}},
       .list = "rooms",
       .columns = {{"ROOM", "room"}, {"NAME", "name"}},
       .notes = "`chatwire discover features` tells the room services of the account's server.",
       .examples = {"room list rooms.example.org"}},
      {.name = "info",
       .about = "Show what a room tells about itself",
       .rpc = "xmpp.v1.RoomService.GetRoomInfo",
       .arguments = {kRoom},
       .object = "info",
       .examples = {"room info tea@rooms.example.org"}},
      {.name = "join",
       .about = "Join a room, and stay in it over reconnects",
       .rpc = "xmpp.v1.RoomService.JoinRoom",
       .arguments = {kRoom,
                     {"NICK", "nick", "What the account is called there"},
                     {"--password-file FILE", "password", "File with the room's password, or -",
                      ValueKind::kSecretFile},
                     {"--history NUMBER", "history.maximum_messages",
                      "At most so many old messages"},
                     {"--since TIME", "history.since", "Only messages from then on"}},
       .object = "room",
       .done = "in {room} as {nick}",
       .examples = {"room join tea@rooms.example.org bot"}},
      {.name = "leave",
       .about = "Leave a room",
       .rpc = "xmpp.v1.RoomService.LeaveRoom",
       .arguments = {kRoom},
       .done = "left {room}",
       .examples = {"room leave tea@rooms.example.org"}},
      {.name = "joined",
       .about = "List the rooms that the account is in",
       .rpc = "xmpp.v1.RoomService.ListJoinedRooms",
       .list = "rooms",
       .columns = {{"ROOM", "room"},
                   {"NICK", "nick"},
                   {"STATE", "state"},
                   {"PEOPLE", "participant_count"},
                   {"ROLE", "role"},
                   {"AFFILIATION", "affiliation"},
                   {"SUBJECT", "subject"},
                   {"WHY", "failure_message"}},
       .examples = {"room joined"}},
      {.name = "participants",
       .about = "List who is in a room",
       .rpc = "xmpp.v1.RoomService.ListParticipants",
       .arguments = {kRoom},
       .list = "participants",
       .columns = {{"NICK", "nick"},
                   {"ROLE", "role"},
                   {"AFFILIATION", "affiliation"},
                   {"PRESENCE", "presence.availability"},
                   {"JID", "jid"}},
       .examples = {"room participants tea@rooms.example.org"}},
  };
}

std::vector<RpcCommand> Talk() {
  return {
      {.name = "nick",
       .about = "Change what the account is called in a room",
       .rpc = "xmpp.v1.RoomService.ChangeNick",
       .arguments = {kRoom, {"NICK", "nick", "The new name"}},
       .done = "called {nick} now",
       .examples = {"room nick tea@rooms.example.org teabot"}},
      {.name = "send",
       .about = "Send a message to a room",
       .rpc = "xmpp.v1.RoomService.SendRoomMessage",
       .arguments = {kRoom,
                     kBody,
                     {"--thread ID", "thread", "Id of the conversation"},
                     {"--reply-to ID", "reply.message_id",
                      "Answers the message with this stanza id"},
                     {"--reply-author JID", "reply.author", "Its author's address in the room"}},
       .done = "{stage}: {message_id}",
       .examples = {"room send tea@rooms.example.org 'the kettle is on'",
                    "uptime | chatwire room send tea@rooms.example.org -"}},
      {.name = "correct",
       .about = "Replace the text of a message that was sent to a room",
       .rpc = "xmpp.v1.RoomService.CorrectRoomMessage",
       .arguments = {kRoom,
                     kId,
                     {"BODY", "body", "The new text, or - for standard input", ValueKind::kText}},
       .done = "corrected; the correction is message {message_id}",
       .examples = {"room correct tea@rooms.example.org 8f1e 'the kettle is off'"}},
      {.name = "retract",
       .about = "Take a message to a room back",
       .rpc = "xmpp.v1.RoomService.RetractRoomMessage",
       .arguments = {kRoom, kId},
       .done = "retracted",
       .notes =
           "Clients that know retractions (XEP-0424) hide it; others may have shown it already.",
       .examples = {"room retract tea@rooms.example.org 8f1e"}},
      {.name = "react",
       .about = "Set the reactions to a message in a room",
       .rpc = "xmpp.v1.RoomService.ReactInRoom",
       .arguments = {kRoom,
                     {"STANZA_ID", "stanza_id", "The room's id of the message"},
                     {"[EMOJI...]", "reactions", "All reactions; none takes them back"}},
       .done = "reactions: {reactions}",
       .examples = {"room react tea@rooms.example.org 8f1e 👍"}},
      {.name = "state",
       .about = "Say in a room that somebody is typing, or not any more",
       .rpc = "xmpp.v1.RoomService.SendRoomChatState",
       .arguments = {kRoom, {"STATE", "state", "active, composing, paused, inactive or gone"}},
       .done = "told {room}: {state}",
       .examples = {"room state tea@rooms.example.org composing"}},
      {.name = "private",
       .about = "Send a message to one participant of a room",
       .rpc = "xmpp.v1.RoomService.SendPrivateMessage",
       .arguments = {kRoom, {"NICK", "nick", "Who is to get it"}, kBody},
       .done = "{stage}: {message_id}",
       .examples = {"room private tea@rooms.example.org alice 'just for you'"}},
      {.name = "invitations",
       .about = "List the rooms that the account was invited to",
       .rpc = "xmpp.v1.RoomService.ListInvitations",
       .list = "invitations",
       .columns =
           {{"ROOM", "room"}, {"FROM", "from"}, {"INVITED", "invite_time"}, {"TEXT", "text"}},
       .notes = "`chatwire room join` accepts one.",
       .examples = {"room invitations"}},
      {.name = "decline",
       .about = "Decline an invitation to a room",
       .rpc = "xmpp.v1.RoomService.DeclineInvitation",
       .arguments = {kRoom, {"--reason TEXT", "reason", "Why"}},
       .done = "declined the invitation to {room}",
       .examples = {"room decline tea@rooms.example.org --reason 'no time'"}},
  };
}

}  // namespace

CommandGroup RoomCommands() {
  CommandGroup group{
      HelpText("", {"room join tea@rooms.example.org bot", "room send tea@rooms.example.org hello"},
               {}),
      {}};
  AddRpcCommands(Rooms(), group);
  AddRpcCommands(Talk(), group);
  AddRoomAdminCommands(group);
  return group;
}

}  // namespace chatwire::cli
