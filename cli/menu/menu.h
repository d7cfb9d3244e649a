#ifndef CHATWIRE_CLI_MENU_MENU_H_
#define CHATWIRE_CLI_MENU_MENU_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/command.h"
#include "cli/menu/menu_terminal.h"
#include "cli/settings.h"

namespace chatwire::cli {

/// The menu for people who type nothing: sign up, sign in, chats, contacts, rooms, checkboxes. What
/// goes wrong is told in the menu, which goes on until it is left. Everything it does is done by
/// the commands of the command line, or by the RPCs that these call.
class Menu {
 public:
  /// Both must outlive this.
  Menu(const Session& outer, MenuTerminal& terminal);

  /// Errors: CANCELLED/INTERRUPTED.
  absl::Status Run();

 private:
  struct Entry {
    std::string text;
    /// nullptr: leave the menu.
    std::function<absl::Status(Session&)> run;
  };
  /// How somebody stands to xmpp-service.
  enum class Standing { kSignedIn, kSignedOut, kAway };

  Standing Look(Session& session);
  std::vector<Entry> EntriesFor(Standing standing);
  void AddChats(std::vector<Entry>& entries);
  void AddSignIn(std::vector<Entry>& entries);
  MenuPage PageOf(Standing standing, const std::vector<Entry>& entries) const;

  absl::Status Become(const std::string& jid, const std::string& note);
  absl::Status SignUp(Session& session);
  absl::Status SignIn(Session& session);
  absl::Status SignOut(Session& session);

  const Session& outer_;
  MenuTerminal& terminal_;
  /// Those of outer_, but for who is signed in.
  Settings settings_;
  std::string account_;
  std::vector<std::string> notes_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MENU_MENU_H_
