#ifndef CHATWIRE_CLI_CHAT_CALL_LANE_H_
#define CHATWIRE_CLI_CHAT_CALL_LANE_H_

#include <google/protobuf/message.h>
#include <grpcpp/client_context.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "cli/command.h"
#include "common/mutex.h"

namespace chatwire::cli {

/// Lets one thread end the call of another. Thread-safe.
class Cancellation {
 public:
  /// The call that is under way; nullptr: none any more. One that comes after Cancel is cancelled
  /// at once.
  void Watch(grpc::ClientContext* context);
  void Cancel();
  bool cancelled() const;
  /// Waits; returns true as soon as Cancel was called.
  bool WaitFor(absl::Duration duration);

 private:
  mutable Mutex mutex_;
  std::condition_variable changed_;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mutex_) = nullptr;
};

/// Makes unary calls one after the other on a thread of its own, with a connection of its own.
class CallLane {
 public:
  struct Limits {
    absl::Duration timeout;
    /// Waits for the service when it is away.
    bool wait_for_service = true;
    /// Makes a call again, with the same request, until the service has answered.
    bool until_answered = false;
  };
  using Answer =
      std::function<void(const absl::Status&, std::shared_ptr<google::protobuf::Message>)>;

  /// @p session but for its connection must outlive this.
  CallLane(const Session& session, Limits limits);

  /// Drops what is not begun, cancels what is, and waits for its end. What is dropped gets no
  /// answer.
  ~CallLane();

  CallLane(const CallLane&) = delete;
  CallLane& operator=(const CallLane&) = delete;

  /// @p answer is called on the lane's thread.
  void Add(const std::string& rpc, const google::protobuf::Message& request, Answer answer);

 private:
  struct Job {
    std::string rpc;
    std::shared_ptr<google::protobuf::Message> request;
    Answer answer;
  };

  void Run();
  void Make(const Job& job, Connection& connection);
  absl::Status Attempt(const Job& job, Connection& connection, google::protobuf::Message& response);

  const Session& outer_;
  const Limits limits_;
  Cancellation cancellation_;
  Mutex mutex_;
  std::condition_variable added_;
  std::deque<Job> jobs_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CALL_LANE_H_
