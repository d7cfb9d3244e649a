#ifndef CHATWIRE_CLI_SCREEN_FULL_SCREEN_H_
#define CHATWIRE_CLI_SCREEN_FULL_SCREEN_H_

#include <ftxui/component/event.hpp>
#include <ftxui/component/screen_interactive.hpp>
#include <ftxui/dom/elements.hpp>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "cli/chat/ui_queue.h"
#include "cli/output.h"
#include "cli/screen/screen_size.h"
#include "cli/streams.h"

namespace chatwire::cli {

/// Whether @p streams are a terminal on which a full screen can be shown.
bool CanShowScreen(const Streams& streams);

/// What is shown on the whole terminal. All of it is called on the thread that shows.
struct FullScreenContent {
  std::function<ftxui::Element(const ScreenSize&)> draw;
  std::function<void(const ftxui::Event&)> key;
  /// Whether to end; asked after every key and every function of the queue.
  std::function<bool()> over;
  /// Ctrl-C or another signal: from now on over() is to be true.
  std::function<void()> interrupted;
  /// What the program would write to standard error meanwhile: a warning, or a call with --verbose.
  std::function<void(const std::string&)> remark = nullptr;
  /// Starts the threads that post to the queue, when the screen is there.
  std::function<void()> begin = nullptr;
  /// Ends them: they would wake a screen that is gone.
  std::function<void()> end = nullptr;
};

/// The whole terminal, for one content.
class FullScreen {
 public:
  FullScreen();

  FullScreen(const FullScreen&) = delete;
  FullScreen& operator=(const FullScreen&) = delete;

  /// Where other threads post what is to be done on the thread that shows.
  UiQueue& queue() { return queue_; }

  /// Shows @p content until it is over, on the terminal of @p output. The terminal is left as it
  /// was. Errors: CANCELLED/INTERRUPTED after Ctrl-C or a signal.
  absl::Status Run(Output& output, const FullScreenContent& content);

 private:
  ftxui::ScreenInteractive screen_;
  UiQueue queue_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_SCREEN_FULL_SCREEN_H_
