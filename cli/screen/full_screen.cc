#include "cli/screen/full_screen.h"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ftxui/component/component.hpp>
#include <ftxui/component/loop.hpp>
#include <ftxui/screen/terminal.hpp>
#include <memory>
#include <string>
#include <utility>

#include "cli/interrupt.h"

namespace chatwire::cli {
namespace {

/// The library takes these for the wish to end, and then runs into the same fault again and again.
void FaultsEndTheProgram() {
  for (const int signal : {SIGSEGV, SIGILL, SIGFPE, SIGABRT}) std::signal(signal, SIG_DFL);
}

/// Whether colours are wanted (https://no-color.org).
bool WantsColours() {
  const char* const no_color = std::getenv("NO_COLOR");
  return no_color == nullptr || *no_color == '\0';
}

}  // namespace

bool CanShowScreen(const Streams& streams) {
  const char* const terminal = std::getenv("TERM");
  const bool able = terminal != nullptr && *terminal != '\0' && std::string(terminal) != "dumb";
  // The library reads and writes these two and no others.
  const bool own = streams.in == STDIN_FILENO && streams.out == STDOUT_FILENO;
  return able && own && isatty(streams.in) == 1 && isatty(streams.out) == 1;
}

FullScreen::FullScreen()
    : screen_(ftxui::ScreenInteractive::Fullscreen()),
      queue_([this] { screen_.PostEvent(ftxui::Event::Custom); }) {
  // Whoever wants to copy a text needs the mouse.
  screen_.TrackMouse(false);
}

absl::Status FullScreen::Run(Output& output, const FullScreenContent& content) {
  std::unique_ptr<Interrupt> interrupt;
  bool ended = false;
  const auto end = [&] {
    if (std::exchange(ended, true)) return;
    if (content.end != nullptr) content.end();
    output.DivertNotices(nullptr);
    interrupt->OnInterrupt(nullptr);
  };
  const auto shown = ftxui::Renderer([&content, colours = WantsColours()] {
    const auto size = ftxui::Terminal::Size();
    return content.draw({size.dimx, size.dimy, colours});
  });
  const auto root = ftxui::CatchEvent(shown, [&](const ftxui::Event& event) {
    if (ended) return true;
    queue_.RunAll();
    if (event != ftxui::Event::Custom) content.key(event);
    if (!content.over()) return true;
    end();
    screen_.Exit();
    return true;
  });
  // The terminal is put right by the loop's end, before the signals are given back.
  ftxui::Loop loop(&screen_, root);
  FaultsEndTheProgram();
  auto started = Interrupt::Start(output.out());
  if (!started.ok()) return started.status();
  interrupt = *std::move(started);
  interrupt->OnInterrupt([&] { queue_.Post(content.interrupted); });
  if (content.remark != nullptr) {
    output.DivertNotices(
        [&](const std::string& text) { queue_.Post([&content, text] { content.remark(text); }); });
  }
  if (content.begin != nullptr) content.begin();
  loop.Run();
  end();
  return interrupt->status();
}

}  // namespace chatwire::cli
