#ifndef CHATWIRE_CLI_CHAT_NOTIFIER_H_
#define CHATWIRE_CLI_CHAT_NOTIFIER_H_

#include <string>

namespace chatwire::cli {

/// What goes to a terminal for a notification: a bell, and the text as OSC 9, which terminals that
/// know it show on the desktop, and others leave out. @p text is of others: nothing in it can end
/// the sequence.
std::string NotificationSequence(const std::string& text);

/// Shows it on the desktop by notify-send, where there are both. Returns at once.
void NotifyDesktop(const std::string& title, const std::string& text);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_NOTIFIER_H_
