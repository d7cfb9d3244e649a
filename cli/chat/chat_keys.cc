#include "cli/chat/chat_keys.h"

#include <map>
#include <string>

namespace chatwire::cli {
namespace {

using ftxui::Event;

/// By what the terminal sends.
const std::map<std::string, Key>& Keys() {
  static const auto* const kKeys =
      new std::map<std::string, Key>{{Event::Return.input(), Key::kEnter},
                                     {"\x1b\n", Key::kNewLine},
                                     {"\x1b\r", Key::kNewLine},
                                     {Event::Tab.input(), Key::kTab},
                                     {Event::Backspace.input(), Key::kBackspace},
                                     {"\b", Key::kBackspace},
                                     {Event::Delete.input(), Key::kDelete},
                                     {Event::ArrowLeft.input(), Key::kLeft},
                                     {Event::ArrowRight.input(), Key::kRight},
                                     {Event::ArrowLeftCtrl.input(), Key::kWordLeft},
                                     {Event::ArrowRightCtrl.input(), Key::kWordRight},
                                     {"\x1b"
                                      "b",
                                      Key::kWordLeft},
                                     {"\x1b"
                                      "f",
                                      Key::kWordRight},
                                     {Event::Home.input(), Key::kHome},
                                     {"\x01", Key::kHome},
                                     {"\x1b[1~", Key::kHome},
                                     {Event::End.input(), Key::kEnd},
                                     {"\x05", Key::kEnd},
                                     {"\x1b[4~", Key::kEnd},
                                     {Event::ArrowUp.input(), Key::kUp},
                                     {Event::ArrowDown.input(), Key::kDown},
                                     {Event::PageUp.input(), Key::kPageUp},
                                     {Event::PageDown.input(), Key::kPageDown},
                                     {"\x17", Key::kKillWord},
                                     {"\x15", Key::kKillToStart},
                                     {"\x0b", Key::kKillToEnd},
                                     {"\x0e", Key::kNext},
                                     {"\x10", Key::kPrevious},
                                     {"\x1b[1;3B", Key::kNext},
                                     {"\x1b[1;3A", Key::kPrevious},
                                     {"\x1b[200~", Key::kPasteStart},
                                     {"\x1b[201~", Key::kPasteEnd},
                                     {"\x04", Key::kEndOfInput}};
  return *kKeys;
}

}  // namespace

bool HandleKey(ChatUi& ui, const Event& event) {
  if (event.is_character()) {
    ui.OnText(event.character());
    return true;
  }
  const std::string& input = event.input();
  const bool alt_digit =
      input.size() == 2 && input[0] == '\x1b' && input[1] >= '1' && input[1] <= '9';
  if (alt_digit) {
    ui.OnNumber(input[1] - '0');
    return true;
  }
  const auto key = Keys().find(input);
  if (key == Keys().end()) return false;
  ui.OnKey(key->second);
  return true;
}

}  // namespace chatwire::cli
