#ifndef CHATWIRE_CLI_CHAT_EVENT_FOLLOWER_H_
#define CHATWIRE_CLI_CHAT_EVENT_FOLLOWER_H_

#include <functional>
#include <string>
#include <thread>

#include "chatwire/xmpp/v1/event_service.grpc.pb.h"
#include "cli/chat/call_lane.h"
#include "cli/command.h"

namespace chatwire::cli {

/// Follows the events of an account on a thread of its own, for as long as it exists. A stream that
/// is lost is opened again, with back-off, after the last event that was told.
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
  EventFollower(const Session& session, std::string account, Handler handler);

  /// Ends the stream and waits for its end.
  ~EventFollower();

  EventFollower(const EventFollower&) = delete;
  EventFollower& operator=(const EventFollower&) = delete;

 private:
  void Run();
  absl::Status Attempt(Connection& connection, const std::function<void()>& heard);

  const Session& session_;
  const std::string account_;
  const Handler handler_;
  std::string resume_token_;
  Cancellation cancellation_;
  std::thread thread_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_EVENT_FOLLOWER_H_
