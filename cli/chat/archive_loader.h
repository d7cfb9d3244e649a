#ifndef CHATWIRE_CLI_CHAT_ARCHIVE_LOADER_H_
#define CHATWIRE_CLI_CHAT_ARCHIVE_LOADER_H_

#include <string>

#include "chatwire/xmpp/v1/chat_history.pb.h"
#include "cli/chat/chat_context.h"

namespace chatwire::cli {

/// Asks for what is older than the service's log: the archive that the account's server, or the
/// room, keeps (XEP-0313).
class ArchiveLoader {
 public:
  /// @p context must outlive this.
  explicit ArchiveLoader(const ChatContext& context) : context_(context) {}

  /// The page before what is there, if there may be one.
  void LoadOlder(Conversation& conversation);

 private:
  void Fetch(Conversation& conversation, int pages);
  void OnPage(Conversation& conversation, const absl::Status& status,
              const xmpp::v1::FetchArchiveResponse& response, int pages);

  const ChatContext& context_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_ARCHIVE_LOADER_H_
