#include "cli/chat/chat_screen.h"

#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "cli/chat/chat_keys.h"
#include "cli/chat/chat_threads.h"
#include "cli/chat/chat_ui.h"
#include "cli/chat/chat_view.h"
#include "cli/chat/notifier.h"
#include "cli/errors.h"
#include "cli/screen/full_screen.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

/// Has the terminal say where a paste begins and ends (xterm's bracketed paste); the library does
/// not know of it. Terminals that do not either leave it out.
void TellPastes(bool wanted) {
  std::cout << (wanted ? "\x1b[?2004h" : "\x1b[?2004l") << std::flush;
}

/// How long somebody who leaves waits for a service that is slow.
constexpr absl::Duration kPatience = absl::Seconds(5);

void Notify(const IncomingMessage& message) {
  const std::string title =
      message.conversation->kind() == ChatKind::kRoom
          ? absl::Substitute(Tr("$0 in $1"), message.author, message.conversation->name)
          : message.author;
  std::cout << NotificationSequence(absl::StrCat(title, ": ", message.text)) << std::flush;
  NotifyDesktop(title, message.text);
}

}  // namespace

absl::Status RunChatScreen(Session& session, const xmpp::v1::Account& account,
                           const Chat::Options& options) {
  FullScreen screen;
  ChatThreads threads(session, account, options, screen.queue());
  ChatUi ui(threads.chat());
  threads.chat().OnNotification(Notify);
  int waiting = 0;
  FullScreenContent content;
  content.draw = [&](const ScreenSize& size) { return ChatView(ui, size); };
  content.key = [&](const ftxui::Event& event) { HandleKey(ui, event); };
  content.over = [&] { return threads.chat().quit(); };
  content.interrupted = [&] { threads.chat().Submit("/quit"); };
  content.remark = [&](const std::string& text) { threads.chat().model().remark = text; };
  content.begin = [&] {
    TellPastes(true);
    threads.Start();
  };
  content.end = [&] {
    TellPastes(false);
    threads.AwaitSent(kPatience);
    waiting = threads.chat().waiting();
    threads.StopThreads();
  };
  absl::Status status = screen.Run(session.output, content);
  if (waiting == 0) return status;
  const std::string lost = absl::Substitute(
      Tr("the service did not answer; not sent, or nobody knows whether: $0"), waiting);
  // Ctrl-C is what the program is to end with.
  if (status.ok()) return MakeError(absl::StatusCode::kAborted, kMessageFailedReason, lost);
  session.output.Notice(lost);
  return status;
}

}  // namespace chatwire::cli
