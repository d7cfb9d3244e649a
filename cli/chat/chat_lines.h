#ifndef CHATWIRE_CLI_CHAT_CHAT_LINES_H_
#define CHATWIRE_CLI_CHAT_CHAT_LINES_H_

#include "absl/status/status.h"
#include "chatwire/xmpp/v1/account_service.pb.h"
#include "cli/chat/chat.h"
#include "cli/command.h"

namespace chatwire::cli {

/// A chat without a screen: sends every line of standard input, and prints every message that
/// comes from the other side, one a line. Ends with standard input, when all is sent.
///
/// A line that begins with a slash is a command only where somebody types it: what comes through a
/// pipe is text.
///
/// Errors: ABORTED/MESSAGE_FAILED when a message could not be sent, CANCELLED/INTERRUPTED, and
/// those of ForEachLine.
absl::Status RunChatLines(Session& session, const xmpp::v1::Account& account,
                          const Chat::Options& options);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_LINES_H_
