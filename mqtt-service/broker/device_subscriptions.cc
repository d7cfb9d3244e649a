#include "mqtt-service/broker/device_subscriptions.h"

#include <utility>

namespace chatwire::mqtt {

absl::StatusOr<DeviceChanges> DeviceSubscriptions::Pending() {
  DeviceChanges changes;
  const absl::Status read = store_.Read([&](Transaction& transaction) {
    for (DeviceSubscription& wanted : transaction.devices().Wanted(link_)) {
      const auto held = held_.find(wanted.topic);
      const bool known = held != held_.end() && held->second == wanted.generation;
      if (!known) changes.subscribe.push_back(std::move(wanted));
    }
    changes.unsubscribe = transaction.devices().Unwanted(link_);
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  return changes;
}

absl::Status DeviceSubscriptions::Done(const DeviceChanges& changes) {
  for (const DeviceSubscription& subscription : changes.subscribe) {
    held_[subscription.topic] = subscription.generation;
  }
  for (const std::string& topic : changes.unsubscribe) held_.erase(topic);
  if (changes.subscribe.empty() && changes.unsubscribe.empty()) return absl::OkStatus();
  return store_.Write([&](Transaction& transaction) {
    for (const DeviceSubscription& subscription : changes.subscribe) {
      transaction.devices().ForgetUnwanted(link_, subscription.topic);
    }
    for (const std::string& topic : changes.unsubscribe) {
      transaction.devices().ForgetUnwanted(link_, topic);
    }
    return absl::OkStatus();
  });
}

}  // namespace chatwire::mqtt
