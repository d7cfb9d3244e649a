#ifndef CHATWIRE_CLI_CHAT_HISTORY_MESSAGE_H_
#define CHATWIRE_CLI_CHAT_HISTORY_MESSAGE_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "chatwire/xmpp/v1/chat_history.pb.h"
#include "cli/chat/chat_message.h"
#include "cli/chat/conversation.h"

namespace chatwire::cli {

/// A file without a text of its own shows as its address.
template <typename Payload>
void AddFiles(const Payload& payload, ChatMessage& message) {
  for (const auto& file : payload.attachments()) {
    if (message.text.find(file.url()) != std::string::npos) continue;
    absl::StrAppend(&message.text, message.text.empty() ? "" : "\n", file.url());
  }
}

/// @p past as it shows in @p conversation, which is one of @p account.
ChatMessage MessageOf(const xmpp::v1::HistoryMessage& past, const Conversation& conversation,
                      const std::string& account);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_HISTORY_MESSAGE_H_
