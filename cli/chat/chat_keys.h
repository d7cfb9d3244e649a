#ifndef CHATWIRE_CLI_CHAT_CHAT_KEYS_H_
#define CHATWIRE_CLI_CHAT_CHAT_KEYS_H_

#include <ftxui/component/event.hpp>

#include "cli/chat/chat_ui.h"

namespace chatwire::cli {

/// Does what the key of @p event means. Returns whether it means anything.
bool HandleKey(ChatUi& ui, const ftxui::Event& event);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_KEYS_H_
