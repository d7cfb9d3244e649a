#ifndef CHATWIRE_CLI_CHAT_CHAT_CALLS_H_
#define CHATWIRE_CLI_CHAT_CHAT_CALLS_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "chatwire/xmpp/v1/file_service.pb.h"

namespace chatwire::cli {

/// How an interactive chat calls the service. Nothing here blocks; every answer comes on the thread
/// that shows the chat.
class ChatCalls {
 public:
  /// The calls of one lane are made one after the other.
  enum class Lane {
    /// What must get there: made again for as long as the service cannot be reached.
    kMessages,
    /// What is worth nothing later: typing and the like. Fails at once.
    kMarks,
    /// What somebody waits for.
    kRequests,
  };
  using Answer =
      std::function<void(const absl::Status& status, const google::protobuf::Message& response)>;

  virtual ~ChatCalls() = default;

  /// Calls @p rpc, such as `xmpp.v1.RosterService.AddContact`.
  virtual void Call(Lane lane, const std::string& rpc, const google::protobuf::Message& request,
                    Answer answer) = 0;

  /// Sends the file @p path. @p progress is told how many bytes of how many are through.
  virtual void SendFile(const std::string& path, const xmpp::v1::SendFileMetadata& metadata,
                        std::function<void(int64_t done, int64_t total)> progress,
                        std::function<void(const absl::Status&)> done) = 0;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_CALLS_H_
