#ifndef CHATWIRE_CLI_CHAT_CHAT_VIEW_H_
#define CHATWIRE_CLI_CHAT_CHAT_VIEW_H_

#include <ftxui/dom/elements.hpp>

#include "cli/chat/chat_ui.h"

namespace chatwire::cli {

/// How the screen looks.
struct ScreenSize {
  int width = 80;
  int height = 24;
  /// Without: bold, dim and reverse only.
  bool colours = true;
};

/// The whole screen: a title, the list of conversations where there is room for it, messages, how
/// the conversation stands, and the line that is typed. Tells @p ui how much room there is.
ftxui::Element ChatView(ChatUi& ui, const ScreenSize& size);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_VIEW_H_
