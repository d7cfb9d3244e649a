#ifndef CHATWIRE_CLI_CHAT_EVENT_FOLLOWER_H_
#define CHATWIRE_CLI_CHAT_EVENT_FOLLOWER_H_

#include <functional>
#include <string>

#include "chatwire/xmpp/v1/event_service.grpc.pb.h"
#include "cli/chat/stream_follower.h"
#include "cli/command.h"

namespace chatwire::cli {

/// Follows the events of an account on a thread of its own, for as long as it exists, over lost
/// connections.
class EventFollower {
 public:
  /// All are called on the follower's thread.
  struct Handler {
    /// The stream is up. With @p resumed nothing was missed; else what stands must be asked for.
    std::function<void(bool resumed)> up;
    std::function<void(const std::string& why)> lost;
    std::function<void(const xmpp::v1::Event& event)> event;
  };

  /// @p session but for its connection must outlive this.
  EventFollower(const Session& session, const std::string& account, Handler handler);

 private:
  const Handler handler_;
  StreamFollower follower_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_EVENT_FOLLOWER_H_
