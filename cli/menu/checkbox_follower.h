#ifndef CHATWIRE_CLI_MENU_CHECKBOX_FOLLOWER_H_
#define CHATWIRE_CLI_MENU_CHECKBOX_FOLLOWER_H_

#include <functional>
#include <string>
#include <thread>

#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "cli/chat/call_lane.h"
#include "cli/command.h"

namespace chatwire::cli {

/// Follows all checkboxes on a thread of its own, for as long as it exists. A stream that is lost
/// is opened again, with back-off, after the last response that was told.
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

  /// Ends the stream and waits for its end.
  ~CheckboxFollower();

  CheckboxFollower(const CheckboxFollower&) = delete;
  CheckboxFollower& operator=(const CheckboxFollower&) = delete;

 private:
  void Run();
  absl::Status Attempt(Connection& connection, const std::function<void()>& heard);

  const Session& session_;
  const Handler handler_;
  std::string resume_token_;
  Cancellation cancellation_;
  std::thread thread_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MENU_CHECKBOX_FOLLOWER_H_
