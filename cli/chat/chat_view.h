#ifndef CHATWIRE_CLI_CHAT_CHAT_VIEW_H_
#define CHATWIRE_CLI_CHAT_CHAT_VIEW_H_

#include <ftxui/dom/elements.hpp>

#include "cli/chat/chat_ui.h"
#include "cli/screen/screen_size.h"

namespace chatwire::cli {

/// The whole screen: a title, the list of conversations where there is room for it, messages, how
/// the conversation stands, and the line that is typed. Tells @p ui how much room there is.
ftxui::Element ChatView(ChatUi& ui, const ScreenSize& size);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_VIEW_H_
