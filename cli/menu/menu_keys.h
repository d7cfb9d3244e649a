#ifndef CHATWIRE_CLI_MENU_MENU_KEYS_H_
#define CHATWIRE_CLI_MENU_MENU_KEYS_H_

#include <cstddef>
#include <ftxui/component/event.hpp>

#include "cli/menu/picker.h"

namespace chatwire::cli {

/// What a key means in a list.
MenuKey MenuKeyOf(const ftxui::Event& event);

/// The digit that was typed; 0 for another key.
size_t DigitOf(const ftxui::Event& event);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MENU_MENU_KEYS_H_
