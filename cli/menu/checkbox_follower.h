#ifndef CHATWIRE_CLI_MENU_CHECKBOX_FOLLOWER_H_
#define CHATWIRE_CLI_MENU_CHECKBOX_FOLLOWER_H_

#include <functional>
#include <string>

#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "cli/chat/stream_follower.h"
#include "cli/command.h"

namespace chatwire::cli {

/// Follows all checkboxes on a thread of its own, for as long as it exists, over lost connections.
class CheckboxFollower {
 public:
  /// All are called on the follower's thread.
  struct Handler {
    /// What was told is over: all of it comes anew.
    std::function<void()> anew;
    std::function<void(const mqtt::v1::WatchCheckboxesResponse&)> told;
    std::function<void(const std::string& why)> lost;
  };

  /// @p session but for its connection must outlive this.
  CheckboxFollower(const Session& session, Handler handler);

 private:
  const Handler handler_;
  StreamFollower follower_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MENU_CHECKBOX_FOLLOWER_H_
