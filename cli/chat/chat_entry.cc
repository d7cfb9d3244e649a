#include "cli/chat/chat_entry.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "cli/call.h"
#include "cli/chat/chat_lines.h"
#include "cli/chat/chat_screen.h"
#include "cli/chat/typed_line.h"
#include "cli/errors.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/unary.h"
#include "cli/screen/full_screen.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

constexpr char kAccountRpc[] = "xmpp.v1.AccountService.GetAccount";

constexpr char kNotes[] =
    R"help(On a terminal: a screen with all conversations, the past from the service's journal and, where
that ends, from the archive on the XMPP server, who types, how far each message has come, what is
unread, and who is there. Connections that are lost are made again by themselves; nothing is lost
and nothing comes twice.
Marks behind a message: · the service has it, ✓ the server has it, ✓✓ a client of theirs has.

Without a terminal, or with TERM=dumb: every line of standard input is sent to JID, and every
message that comes from there is printed, `NAME: TEXT` or with --json {"from", "body"}. It ends
with standard input. Through a pipe nothing is a command.

Keys: Ctrl-N and Ctrl-P, or Alt and a number, show another conversation; Tab completes a command,
a nick or a JID, and on an empty line goes to what is unread; Page up and Page down scroll;
Alt-Enter begins another line, and pasted lines are one message; Up and Down are what was typed
before; Ctrl-C ends.

NO_COLOR is respected. A bell, OSC 9 and notify-send tell of messages while nobody looks;
--no-notify or /notify off keep quiet.)help";

std::string Notes() {
  std::string notes = absl::StrCat(kNotes, "\n\nCommands:");
  for (const ChatCommand& command : ChatCommands()) {
    absl::StrAppend(&notes, "\n  /", command.name, *command.arguments == 0 ? "" : " ",
                    command.arguments, "  ", command.about);
  }
  return notes;
}

class ChatEntry final : public Command {
 public:
  std::vector<std::string> Rpcs() const override {
    return {kAccountRpc,
            "xmpp.v1.EventService.WatchEvents",
            "xmpp.v1.ChatService.ListMessages",
            "xmpp.v1.ChatService.FetchArchive",
            "xmpp.v1.ChatService.SendMessage",
            "xmpp.v1.RoomService.SendRoomMessage",
            "xmpp.v1.ChatService.MarkDisplayed",
            "xmpp.v1.ChatService.SendChatState"};
  }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("chat", "Chat with people and in rooms");
    app->add_option("JID", options_.peer, "A contact, or a room, which is entered")->type_name("");
    app->add_flag("--no-marks", no_marks_, "Tell nobody what is read and typed here");
    app->add_flag("--no-notify", no_notify_, "Neither bell nor notifications");
    app->footer(HelpText(Notes(),
                         {"chat", "chat alice@example.org", "chat tea@rooms.example.org",
                          "chat alice@example.org < letter.txt"},
                         Rpcs()));
    return app;
  }

  absl::Status Run(Session& session) override {
    options_.tell_marks = !no_marks_;
    options_.notify = !no_notify_;
    return RunChat(session, options_);
  }

 private:
  Chat::Options options_;
  bool no_marks_ = false;
  bool no_notify_ = false;
};

absl::Status Check(const std::string& peer, bool screen) {
  if (peer.empty() && !screen) {
    return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                     Tr("without a terminal, say with whom to chat: chatwire chat JID"));
  }
  if (peer.empty() || absl::StrContains(peer, '@')) return absl::OkStatus();
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                   absl::Substitute(Tr("\"$0\" is no address; write NAME@SERVER"), peer));
}

}  // namespace

absl::Status RunChat(Session& session, const Chat::Options& options) {
  const bool screen = CanShowScreen(session.streams) && !session.output.json();
  absl::Status checked = Check(options.peer, screen);
  if (!checked.ok()) return checked;
  // What is wrong with address, token or account is better told before there is a screen.
  xmpp::v1::GetAccountRequest request;
  request.set_account(session.connection.Account());
  xmpp::v1::GetAccountResponse response;
  absl::Status called =
      CallUnary(session, MethodNamed(kAccountRpc), OrdinaryCall(session), request, response);
  if (!called.ok()) return called;
  return screen ? RunChatScreen(session, response.account(), options)
                : RunChatLines(session, response.account(), options);
}

std::unique_ptr<Command> MakeChatCommand() { return std::make_unique<ChatEntry>(); }

}  // namespace chatwire::cli
