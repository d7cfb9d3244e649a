#include "cli/menu/menu_actions.h"

#include <CLI/CLI.hpp>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "chatwire/xmpp/v1/room_service.pb.h"
#include "chatwire/xmpp/v1/roster_service.pb.h"
#include "cli/call.h"
#include "cli/errors.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/unary.h"
#include "cli/translate.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

constexpr int kPageSize = 1000;
/// How much of a room's past is fetched when it is entered for the first time.
constexpr int kHistoryOfRoom = 50;

/// Calls @p rpc, which lists something, until all pages are there; @p take gets each.
template <typename Response, typename Request>
absl::Status CallPages(Session& session, const char* rpc, Request request,
                       const std::function<void(const Response&)>& take) {
  request.set_account(session.connection.Account());
  request.set_page_size(kPageSize);
  do {
    Response response;
    absl::Status called =
        CallUnary(session, MethodNamed(rpc), OrdinaryCall(session), request, response);
    if (!called.ok()) return called;
    take(response);
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

std::string EntryOf(const xmpp::v1::Contact& contact) {
  return absl::StrCat(contact.resources().empty() ? "○ " : "● ",
                      contact.name().empty() ? "" : absl::StrCat(contact.name(), "  "),
                      contact.jid());
}

/// Lets somebody choose one of @p jids, shown as @p page has them below its first entry, and chats
/// with it. @p first is done for the first entry.
absl::Status ChooseAndChat(Session& session, MenuTerminal& terminal, const MenuPage& page,
                           const std::vector<std::string>& jids,
                           const std::function<absl::Status()>& first) {
  const auto chosen = terminal.Pick(page);
  if (!chosen.ok()) return chosen.status();
  if (!chosen->has_value()) return absl::OkStatus();
  return **chosen == 0 ? first() : terminal.Chat(session, jids[**chosen - 1]);
}

absl::Status AddContact(Session& session, MenuTerminal& terminal) {
  return WithAddress(
      terminal, Tr("Whom to add, such as maria@example.org"), [&](const std::string& jid) {
        xmpp::v1::AddContactRequest request;
        request.set_account(session.connection.Account());
        request.set_jid(jid);
        request.set_request_subscription(true);
        request.set_request_id(RandomUuid());
        xmpp::v1::AddContactResponse response;
        absl::Status called = CallUnary(session, MethodNamed("xmpp.v1.RosterService.AddContact"),
                                        OrdinaryCall(session), request, response);
        return called.ok() ? terminal.Chat(session, jid) : called;
      });
}

absl::Status EnterRoom(Session& session, MenuTerminal& terminal) {
  return WithAddress(
      terminal, Tr("Which room, such as tea@rooms.example.org"), [&](const std::string& jid) {
        xmpp::v1::JoinRoomRequest request;
        request.set_account(session.connection.Account());
        request.set_room(jid);
        request.mutable_history()->set_maximum_messages(kHistoryOfRoom);
        request.set_request_id(RandomUuid());
        xmpp::v1::JoinRoomResponse response;
        absl::Status called = CallUnary(session, MethodNamed("xmpp.v1.RoomService.JoinRoom"),
                                        OrdinaryCall(session), request, response);
        return called.ok() ? terminal.Chat(session, response.room().room()) : called;
      });
}

}  // namespace

absl::Status RunCommandLine(Session& session, std::unique_ptr<Command> command,
                            const std::vector<std::string>& arguments) {
  CLI::App app;
  CLI::App* const added = command->AddTo(app);
  // From the last to the first, as the library wants them.
  std::vector<std::string> words(arguments.rbegin(), arguments.rend());
  words.push_back(added->get_name());
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason, error.what());
  }
  return command->Run(session);
}

absl::Status WithAddress(MenuTerminal& terminal, const std::string& what,
                         const std::function<absl::Status(const std::string&)>& then) {
  auto typed = terminal.Ask(absl::Substitute(Tr("$0 (nothing: back): "), what));
  if (!typed.ok()) return typed.status();
  if (typed->empty()) return absl::OkStatus();
  if (absl::StrContains(*typed, '@')) return then(*typed);
  const auto server = terminal.Ask(Tr("At which server, such as example.org (nothing: back): "));
  if (!server.ok()) return server.status();
  return server->empty() ? absl::OkStatus() : then(absl::StrCat(*typed, "@", *server));
}

absl::Status WriteToSomebody(Session& session, MenuTerminal& terminal) {
  return WithAddress(terminal, Tr("To whom, such as maria@example.org"),
                     [&](const std::string& jid) { return terminal.Chat(session, jid); });
}

absl::Status Contacts(Session& session, MenuTerminal& terminal) {
  MenuPage page{Tr("Contacts"), {}, {Tr("Add somebody ...")}};
  std::vector<std::string> jids;
  absl::Status listed = CallPages<xmpp::v1::ListContactsResponse>(
      session, "xmpp.v1.RosterService.ListContacts", xmpp::v1::ListContactsRequest(),
      [&](const xmpp::v1::ListContactsResponse& response) {
        for (const auto& contact : response.contacts()) {
          jids.push_back(contact.jid());
          page.entries.push_back(EntryOf(contact));
        }
      });
  if (!listed.ok()) return listed;
  return ChooseAndChat(session, terminal, page, jids,
                       [&] { return AddContact(session, terminal); });
}

absl::Status Rooms(Session& session, MenuTerminal& terminal) {
  MenuPage page{Tr("Rooms"), {}, {Tr("Enter a room ...")}};
  std::vector<std::string> jids;
  absl::Status listed = CallPages<xmpp::v1::ListJoinedRoomsResponse>(
      session, "xmpp.v1.RoomService.ListJoinedRooms", xmpp::v1::ListJoinedRoomsRequest(),
      [&](const xmpp::v1::ListJoinedRoomsResponse& response) {
        for (const auto& room : response.rooms()) {
          jids.push_back(room.room());
          page.entries.push_back(room.room());
        }
      });
  if (!listed.ok()) return listed;
  return ChooseAndChat(session, terminal, page, jids, [&] { return EnterRoom(session, terminal); });
}

absl::Status ShowHelp(MenuTerminal& terminal) {
  const MenuPage page{
      Tr("Help"),
      {Tr("An address looks like that of an e-mail: maria@example.org. Sign up makes a new one on "
          "an XMPP server, sign in uses one that you have."),
       Tr("In a chat, Enter sends, Tab goes to what is unread, /help tells what else there is, "
          "and /quit comes back here."),
       Tr("Checkboxes are lamps and other switches. [x] is on, [ ] is off, [?] is not known, as "
          "the device says; the blank key turns one on or off."),
       Tr("All of it can be typed as well: see chatwire --help. Ctrl-C ends.")},
      {Tr("Back")}};
  return terminal.Pick(page).status();
}

}  // namespace chatwire::cli
