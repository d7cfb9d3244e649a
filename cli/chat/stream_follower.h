#ifndef CHATWIRE_CLI_CHAT_STREAM_FOLLOWER_H_
#define CHATWIRE_CLI_CHAT_STREAM_FOLLOWER_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "cli/chat/call_lane.h"
#include "cli/command.h"

namespace chatwire::cli {

/// Follows a stream of a service on a thread of its own, for as long as it exists. A stream that is
/// lost is opened again, with back-off, after the last response that was told; from the beginning
/// where the service does not know that one any more.
class StreamFollower {
 public:
  /// One connection: opens the stream after the token, reads it to its end and returns how it
  /// ended. Calls `heard` after each response, and keeps the response's token. Called on the
  /// follower's thread.
  using Attempt = std::function<grpc::Status(
      const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext* context,
      std::string& resume_token, const std::function<void()>& heard)>;
  /// Called on the follower's thread.
  using Lost = std::function<void(const std::string& why)>;

  /// @p session but for its connection must outlive this.
  StreamFollower(const Session& session, Service service, Attempt attempt, Lost lost);

  /// Ends the stream and waits for its end.
  ~StreamFollower();

  StreamFollower(const StreamFollower&) = delete;
  StreamFollower& operator=(const StreamFollower&) = delete;

 private:
  void Run();
  absl::Status Connect(Connection& connection, const std::function<void()>& heard);

  const Session& session_;
  const Service service_;
  const Attempt attempt_;
  const Lost lost_;
  std::string resume_token_;
  Cancellation cancellation_;
  std::thread thread_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_STREAM_FOLLOWER_H_
