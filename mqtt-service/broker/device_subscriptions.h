#ifndef CHATWIRE_MQTT_SERVICE_BROKER_DEVICE_SUBSCRIPTIONS_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_DEVICE_SUBSCRIPTIONS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "mqtt-service/domain/device_table.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// What a link has to change at the broker.
struct DeviceChanges {
  std::vector<DeviceSubscription> subscribe;
  std::vector<std::string> unsubscribe;
};

/// Which device topics one link listens to.
///
/// On a new connection all of them are subscribed to again: the broker then repeats what is
/// retained, and a device's retained state is its last word. The broker keeps the link's session,
/// and so what was subscribed to in an earlier life; what is not wanted any more is written down
/// until the broker has let go of it.
///
/// Used by the link's thread only.
class DeviceSubscriptions {
 public:
  /// @p store must outlive the object.
  DeviceSubscriptions(Store& store, DeviceLink link) : store_(store), link_(link) {}

  /// The connection is a new one.
  void Begin() { held_.clear(); }

  /// What the broker has to be told now.
  absl::StatusOr<DeviceChanges> Pending();

  /// The broker has been told @p changes.
  absl::Status Done(const DeviceChanges& changes);

 private:
  Store& store_;
  const DeviceLink link_;
  /// Generations by topic, of what this connection has subscribed to.
  std::map<std::string, int64_t> held_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_DEVICE_SUBSCRIPTIONS_H_
