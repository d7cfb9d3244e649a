#ifndef CHATWIRE_CLI_CHAT_CHAT_SCREEN_H_
#define CHATWIRE_CLI_CHAT_CHAT_SCREEN_H_

#include "absl/status/status.h"
#include "chatwire/xmpp/v1/account_service.pb.h"
#include "cli/chat/chat.h"
#include "cli/command.h"

namespace chatwire::cli {

/// Shows a chat of @p account on the whole terminal until it is ended. The terminal is left as it
/// was. Errors: CANCELLED/INTERRUPTED after Ctrl-C or a signal.
absl::Status RunChatScreen(Session& session, const xmpp::v1::Account& account,
                           const Chat::Options& options);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_SCREEN_H_
