#include "cli/menu/menu_keys.h"

#include <map>
#include <string>

namespace chatwire::cli {

using ftxui::Event;

MenuKey MenuKeyOf(const Event& event) {
  static const auto* const kKeys =
      new std::map<std::string, MenuKey>{{Event::ArrowUp.input(), MenuKey::kUp},
                                         {Event::TabReverse.input(), MenuKey::kUp},
                                         {"k", MenuKey::kUp},
                                         {Event::ArrowDown.input(), MenuKey::kDown},
                                         {Event::Tab.input(), MenuKey::kDown},
                                         {"j", MenuKey::kDown},
                                         {Event::Home.input(), MenuKey::kFirst},
                                         {"\x1b[1~", MenuKey::kFirst},
                                         {Event::End.input(), MenuKey::kLast},
                                         {"\x1b[4~", MenuKey::kLast},
                                         {Event::PageUp.input(), MenuKey::kPageUp},
                                         {Event::PageDown.input(), MenuKey::kPageDown},
                                         {Event::Return.input(), MenuKey::kTake},
                                         {" ", MenuKey::kTake},
                                         {Event::Escape.input(), MenuKey::kBack},
                                         {"q", MenuKey::kBack},
                                         {"\x04", MenuKey::kBack}};
  const auto found = kKeys->find(event.input());
  return found == kKeys->end() ? MenuKey::kNone : found->second;
}

size_t DigitOf(const Event& event) {
  const std::string& input = event.input();
  const bool digit = input.size() == 1 && input[0] >= '1' && input[0] <= '9';
  return digit ? static_cast<size_t>(input[0] - '0') : 0;
}

}  // namespace chatwire::cli
