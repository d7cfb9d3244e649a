#include "cli/chat/chat_screen.h"

#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <ftxui/component/component.hpp>
#include <ftxui/component/loop.hpp>
#include <ftxui/component/screen_interactive.hpp>
#include <ftxui/screen/terminal.hpp>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/chat/chat_keys.h"
#include "cli/chat/chat_threads.h"
#include "cli/chat/chat_ui.h"
#include "cli/chat/chat_view.h"
#include "cli/chat/notifier.h"
#include "cli/interrupt.h"

namespace chatwire::cli {
namespace {

/// The library takes these for the wish to end, and then runs into the same fault again and again.
void FaultsEndTheProgram() {
  for (const int signal : {SIGSEGV, SIGILL, SIGFPE, SIGABRT}) std::signal(signal, SIG_DFL);
}

void Notify(const IncomingMessage& message) {
  const std::string title = message.conversation->kind() == ChatKind::kRoom
                                ? absl::StrCat(message.author, " in ", message.conversation->name)
                                : message.author;
  std::cout << NotificationSequence(absl::StrCat(title, ": ", message.text)) << std::flush;
  NotifyDesktop(title, message.text);
}

/// Ends the screen when the chat is over. @p queue runs on each event that it posts.
ftxui::Component Root(ftxui::ScreenInteractive& screen, ChatUi& ui, UiQueue& queue,
                      const std::function<void()>& end) {
  const bool colours = WantsColours();
  auto shown = ftxui::Renderer([&ui, colours] {
    const auto size = ftxui::Terminal::Size();
    return ChatView(ui, {size.dimx, size.dimy, colours});
  });
  return ftxui::CatchEvent(shown, [&screen, &ui, &queue, end](const ftxui::Event& event) {
    const bool over = ui.chat().quit();
    if (over) return true;
    queue.RunAll();
    if (event != ftxui::Event::Custom) HandleKey(ui, event);
    if (ui.chat().quit()) {
      // First the threads: they would wake a screen that is gone.
      end();
      screen.Exit();
    }
    return true;
  });
}

}  // namespace

bool CanShowScreen(const Streams& streams) {
  const char* const terminal = std::getenv("TERM");
  const bool able = terminal != nullptr && *terminal != '\0' && std::string(terminal) != "dumb";
  // The library reads and writes these two and no others.
  const bool own = streams.in == STDIN_FILENO && streams.out == STDOUT_FILENO;
  return able && own && isatty(streams.in) == 1 && isatty(streams.out) == 1;
}

bool WantsColours() {
  const char* const no_color = std::getenv("NO_COLOR");
  return no_color == nullptr || *no_color == '\0';
}

absl::Status RunChatScreen(Session& session, const xmpp::v1::Account& account,
                           const Chat::Options& options) {
  auto screen = ftxui::ScreenInteractive::Fullscreen();
  // Whoever wants to copy a text needs the mouse.
  screen.TrackMouse(false);
  UiQueue queue([&screen] { screen.PostEvent(ftxui::Event::Custom); });
  auto threads = std::make_unique<ChatThreads>(session, account, options, queue);
  ChatUi ui(threads->chat());
  threads->chat().OnNotification(Notify);
  std::unique_ptr<Interrupt> interrupt;
  absl::Status status;
  int waiting = 0;
  const auto end = [&] {
    waiting = threads->chat().waiting();
    threads->StopThreads();
    interrupt->OnInterrupt(nullptr);
    status = interrupt->status();
  };
  {
    ftxui::Loop loop(&screen, Root(screen, ui, queue, end));
    FaultsEndTheProgram();
    auto started = Interrupt::Start(session.output.out());
    if (!started.ok()) return started.status();
    interrupt = *std::move(started);
    interrupt->OnInterrupt([&] { queue.Post([&] { threads->chat().Submit("/quit"); }); });
    threads->Start();
    loop.Run();
  }
  if (waiting > 0) {
    session.output.Notice(absl::StrCat(waiting, waiting == 1 ? " message was" : " messages were",
                                       " not sent: the service could not be reached"));
  }
  return status;
}

}  // namespace chatwire::cli
