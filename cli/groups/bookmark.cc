#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {

CommandGroup BookmarkCommands() {
  const Argument room{"ROOM", "room", "JID of the room"};
  CommandGroup group{
      HelpText("Bookmarks are on the XMPP server; all clients of the account share them.",
               {"bookmark set tea@rooms.example.org --autojoin", "bookmark policy true"}, {}),
      {}};
  AddRpcCommands(
      {{.name = "list",
        .about = "List the rooms that the account has bookmarked",
        .rpc = "xmpp.v1.BookmarkService.ListBookmarks",
        .list = "bookmarks",
        .columns = {{"ROOM", "room"},
                    {"NAME", "name"},
                    {"NICK", "nick"},
                    {"AUTOJOIN", "autojoin"},
                    {"PASSWORD", "has_password"}},
        .examples = {"bookmark list"}},
       {.name = "set",
        .about = "Bookmark a room, or change its bookmark",
        .rpc = "xmpp.v1.BookmarkService.SetBookmark",
        .arguments = {{"ROOM", "bookmark.room", "JID of the room"},
                      {"--name TEXT", "bookmark.name", "What to call it"},
                      {"--nick NICK", "bookmark.nick", "What the account is called there"},
                      {"--autojoin", "bookmark.autojoin", "Clients are to enter it at login"},
                      {"--password-file FILE", "password",
                       "File with the room's password, or -; without it the old one stays",
                       ValueKind::kSecretFile}},
        .done = "bookmarked {bookmark.room}",
        .examples = {"bookmark set tea@rooms.example.org --name Tea --nick bot --autojoin"}},
       {.name = "remove",
        .about = "Remove the bookmark of a room",
        .rpc = "xmpp.v1.BookmarkService.RemoveBookmark",
        .arguments = {room},
        .done = "no bookmark of {room} any more",
        .examples = {"bookmark remove tea@rooms.example.org"}},
       {.name = "show-policy",
        .about = "Show what the service does about the account's bookmarks",
        .rpc = "xmpp.v1.BookmarkService.GetBookmarkPolicy",
        .object = "policy",
        .examples = {"bookmark show-policy"}},
       {.name = "policy",
        .about = "Say whether the account enters rooms as its bookmarks say",
        .rpc = "xmpp.v1.BookmarkService.SetBookmarkPolicy",
        .arguments = {{"AUTOJOIN", "policy.autojoin", "true or false"}},
        .done = "autojoin: {policy.autojoin}",
        .examples = {"bookmark policy true"}}},
      group);
  return group;
}

}  // namespace chatwire::cli
