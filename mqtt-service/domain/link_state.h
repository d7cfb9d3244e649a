#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_LINK_STATE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_LINK_STATE_H_

#include <functional>
#include <string>

#include "absl/time/time.h"
#include "common/clock.h"
#include "common/mutex.h"

namespace chatwire::mqtt {

/// How one link of the service is, for health and status.
struct LinkStatus {
  bool connected = false;
  /// Since when it is as it is.
  absl::Time state_time;
  /// Why it is down, for a person. Empty when it is up. Never a secret.
  std::string error_message;
  /// What it leads to.
  std::string target;
};

/// Keeps the status of one link and logs its changes. Thread-safe.
class LinkState {
 public:
  /// @p name is for the log. @p clock must outlive the object.
  LinkState(std::string name, std::string target, const Clock& clock);

  /// Calls @p listener after a change of `connected`. Only while the service is being wired.
  void SetListener(std::function<void()> listener) { listener_ = std::move(listener); }

  void Up();
  /// @p reason says why, and what follows.
  void Down(const std::string& reason);
  /// Down because the service stops.
  void Stopped();

  LinkStatus Get() const;

 private:
  const std::string name_;
  const Clock& clock_;
  std::function<void()> listener_;
  mutable Mutex mutex_;
  LinkStatus status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_LINK_STATE_H_
