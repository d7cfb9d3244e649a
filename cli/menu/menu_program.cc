#include "cli/menu/menu_program.h"

#include "absl/strings/ascii.h"
#include "cli/chat/chat_entry.h"
#include "cli/menu/checkbox_screen.h"
#include "cli/menu/menu.h"
#include "cli/menu/page_screen.h"
#include "cli/password_prompt.h"

namespace chatwire::cli {
namespace {

class RealTerminal final : public MenuTerminal {
 public:
  explicit RealTerminal(Output& output) : output_(output) {}

  absl::StatusOr<std::optional<size_t>> Pick(const MenuPage& page) override {
    return PickOnScreen(output_, page);
  }

  absl::StatusOr<std::string> Ask(const std::string& prompt) override {
    auto typed = cli::Ask(prompt, Echo::kOn);
    if (!typed.ok()) return typed;
    return std::string(absl::StripAsciiWhitespace(*typed));
  }

  absl::Status Chat(Session& session, const std::string& peer) override {
    Chat::Options options;
    options.peer = peer;
    return RunChat(session, options);
  }

  absl::Status Checkboxes(Session& session) override { return RunCheckboxScreen(session); }

 private:
  Output& output_;
};

}  // namespace

absl::Status RunMenu(const Session& session) {
  RealTerminal terminal(session.output);
  return Menu(session, terminal).Run();
}

}  // namespace chatwire::cli
