#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_TABLE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

/// What a topic is to a checkbox. The numbers are stored.
enum class DeviceTopicUse { kCommand = 0, kState = 1, kAvailability = 2 };

/// A checkbox whose device has a topic.
struct DeviceUser {
  std::string checkbox;
  DeviceTopicUse use = DeviceTopicUse::kState;
};

/// A connection whose session at the broker listens to device topics. The numbers are stored.
enum class DeviceLink {
  /// Hears what devices say.
  kListener = 0,
  /// Hears our own commands come back; see broker/echo_fence.h.
  kEcho = 1,
};

/// A topic that a link has to listen to.
struct DeviceSubscription {
  std::string topic;
  int qos = 1;
  /// Grows when another checkbox comes to the topic: it needs the retained message, too.
  int64_t generation = 0;
};

/// The topics of bound devices; kept in step by CheckboxTable::Put. See Transaction for errors.
class DeviceTable {
 public:
  virtual ~DeviceTable() = default;

  /// Who has @p topic.
  virtual std::vector<DeviceUser> Users(const std::string& topic) = 0;

  /// What was said on @p topic about whether the device of @p checkbox is there.
  virtual void SetSaid(const std::string& checkbox, const std::string& topic,
                       Availability availability) = 0;

  /// What was said last on each availability topic of @p checkbox.
  virtual std::vector<Availability> Said(const std::string& checkbox) = 0;

  /// What @p link has to listen to, by topic.
  virtual std::vector<DeviceSubscription> Wanted(DeviceLink link) = 0;

  /// What @p link may still listen to, at the broker, although nobody wants it any more.
  virtual std::vector<std::string> Unwanted(DeviceLink link) = 0;

  /// The session of @p link does not listen to @p topic any more, or is to do so again.
  virtual void ForgetUnwanted(DeviceLink link, const std::string& topic) = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_TABLE_H_
